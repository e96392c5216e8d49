import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { subkey } from '../../electron/archive/box.ts';
import { openDatabase } from '../../electron/archive/database.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

function twoJobs() {
  const scene = stage.newScene();
  const archive = stage.created(scene);
  const document = stage.draft(archive, 'j1', randomBytes(100_000), { title: 'Hemmelig' });
  stage.open(archive, 'j1', document, randomBytes(100));
  archive.indexText('j1', document, 'fortrolig innhold');
  stage.draft(archive, 'j2', randomBytes(100));
  return { scene, archive, document };
}

/** Every page of a database in plain, freed ones too. */
function decrypted(file: string, key: Uint8Array): Buffer {
  const copy = join(stage.temporaryFolder(), 'copy.db');
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  const db = openDatabase(copy, key);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.close();
  return readFileSync(copy);
}

describe('a disposed job', () => {
  it('cannot be read, found or gone on with, and the chain stays whole', () => {
    const { archive, document } = twoJobs();
    const head = archive.head();
    archive.dispose('j1', 'u1');
    expect(archive.job('j1')).toBeNull();
    expect(archive.events('j1')).toEqual([]);
    expect(archive.eventsSince(0, 100).map((event) => event.job)).toEqual(['j2', 'j2']);
    expect(archive.documents('j1')).toEqual([]);
    expect(archive.source(document)).toMatchObject({ error: { code: 'job.disposed' } });
    expect(archive.list({ limit: 10 }).rows.map((row) => row.id)).toEqual(['j2']);
    expect(archive.list({ search: 'fortrolig', limit: 10 }).rows).toEqual([]);
    expect(archive.counts()).toMatchObject({ draft: 1, waiting: 0 });
    expect(archive.stage('j1', stage.bytesSource(randomBytes(5)))).toMatchObject({
      error: { code: 'job.disposed' },
    });
    const again = { job: 'j1', expectedVersion: 3, actor: 'u1' };
    expect(archive.append({ ...again, events: [{ type: 'expired' }] })).toMatchObject({
      error: { code: 'job.disposed' },
    });
    // The office says that it was done, and nothing else is added.
    expect(archive.head().seq).toBe(head.seq + 1);
    expect(archive.verify()).toMatchObject({ ok: true, events: 6, documents: 2 });
    archive.close();
  });

  it('is gone for every process that has the archive open', () => {
    const { scene, archive, document } = twoJobs();
    const other = stage.opened(scene);
    expect(other.job('j1')?.state).toBe('open');
    expect(stage.readAll(other, document).length).toBe(100_100);
    archive.dispose('j1', 'u1');
    expect(other.job('j1')).toBeNull();
    expect(other.source(document).ok).toBe(false);
    expect(other.list({ limit: 10 }).rows.map((row) => row.id)).toEqual(['j2']);
    other.close();
    archive.close();
  });

  it('has no key and no words left on any page, whoever has the archive key', () => {
    const { scene, archive } = twoJobs();
    const layout = layoutOf(scene.home);
    const db = openDatabase(layout.keyring, subkey(scene.key, 'keyring'));
    const key = db.prepare<[], Buffer>("SELECT key FROM job_key WHERE job = 'j1'").pluck().get();
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const keyringPages = () => decrypted(layout.keyring, subkey(scene.key, 'keyring'));
    const viewsPages = () => decrypted(layout.views, subkey(scene.key, 'views'));
    // The look finds what is there.
    expect(key !== undefined && keyringPages().includes(key)).toBe(true);
    expect(viewsPages().includes('fortrolig')).toBe(true);
    archive.dispose('j1', 'u1');
    expect(key !== undefined && keyringPages().includes(key)).toBe(false);
    expect(viewsPages().includes('fortrolig')).toBe(false);
    expect(viewsPages().includes('emmelig')).toBe(false);
    for (const log of ['keyring.db-wal', 'views.db-wal'])
      expect(statSync(join(scene.home, log)).size).toBe(0);
    archive.close();
  });

  it('is told apart from one whose key was lost', () => {
    const { scene, archive } = twoJobs();
    archive.close();
    const db = openDatabase(layoutOf(scene.home).keyring, subkey(scene.key, 'keyring'));
    db.exec("DELETE FROM job_key WHERE job = 'j1'");
    db.close();
    const again = stage.opened(scene);
    expect(again.verify().problems).toContainEqual({ code: 'key.missing', place: 'event 1' });
    expect(() => again.job('j1')).toThrow('damaged');
    again.close();
  });
});
