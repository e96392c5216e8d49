import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { subkey } from '../../electron/archive/box.ts';
import { openDatabase } from '../../electron/archive/database.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import type { JobEvent } from '../../shared/job/event.ts';
import { unwrap } from '../../shared/result.ts';
import * as stage from './scene.ts';

const { created, draft, newScene, opened, readAll, sha256 } = stage;

afterAll(stage.cleanUp);

const edited: JobEvent = {
  ...{ type: 'edited', spec: stage.spec({ title: 'Ny tittel' }), titles: {}, order: [] },
} as const;

function codeOf(result: { ok: true } | { ok: false; error: { code: string } }): string {
  return result.ok ? 'ok' : result.error.code;
}

describe('an append', () => {
  it('on another version than the one decided on is refused and stores nothing', () => {
    const scene = newScene();
    const archive = created(scene);
    draft(archive, 'j1', randomBytes(100));
    const head = archive.head();
    const entry = { job: 'j1', actor: 'u1', events: [edited], outbox: [{ topic: 't', body: 1 }] };
    expect(archive.append({ ...entry, expectedVersion: 1 })).toMatchObject({
      error: { code: 'job.moved', detail: { expected: 1, version: 2 } },
    });
    expect(codeOf(archive.append({ ...entry, expectedVersion: 3 }))).toBe('job.moved');
    expect(archive.head()).toEqual(head);
    expect(archive.outbox('t', 10)).toEqual([]);
    expect(codeOf(archive.append({ ...entry, expectedVersion: 2 }))).toBe('ok');
    archive.close();
  });

  it('of two processes at once lets one through, and both see it', () => {
    const scene = newScene();
    const one = created(scene);
    const two = opened(scene);
    draft(one, 'j1', randomBytes(100));
    expect(two.job('j1')?.version).toBe(2);
    const entry = { job: 'j1', expectedVersion: 2, actor: 'u1', events: [edited] };
    expect(codeOf(two.append(entry))).toBe('ok');
    expect(codeOf(one.append(entry))).toBe('job.moved');
    expect(one.job('j1')).toEqual(two.job('j1'));
    expect(one.job('j1')?.spec.title).toBe('Ny tittel');
    expect(one.list({ limit: 5 }).rows[0]?.title).toBe('Ny tittel');
    one.close();
    two.close();
  });

  it('stores events, documents, tails and outbox together or not at all', () => {
    const scene = newScene();
    const archive = created(scene);
    const bytes = randomBytes(1_000);
    const document = draft(archive, 'j1', bytes);
    const tail = randomBytes(50);
    const entry = {
      ...{ job: 'j1', expectedVersion: 2, actor: 'u1', events: [edited] },
      outbox: [{ topic: 't', body: { job: 'j1' } }],
    };
    const wrong = { document, revision: 2, bytes: tail, sha256: sha256(bytes, tail) };
    expect(codeOf(archive.append({ ...entry, tails: [wrong] }))).toBe('document.moved');
    const foreign = { ...wrong, document: 'f'.repeat(32), revision: 1 };
    expect(codeOf(archive.append({ ...entry, tails: [foreign] }))).toBe('document.unknown');
    const missing = { id: 'e'.repeat(32), length: 5, sha256: sha256(Buffer.from('x')) };
    expect(codeOf(archive.append({ ...entry, documents: [missing] }))).toBe('archive.damaged');
    expect(archive.job('j1')?.version).toBe(2);
    expect(archive.outbox('t', 10)).toEqual([]);
    expect(archive.revisions(document)).toHaveLength(1);

    const right = { ...wrong, revision: 1 };
    expect(unwrap(archive.append({ ...entry, tails: [right] })).seq).toBe(3);
    expect(archive.outbox('t', 10)).toMatchObject([{ topic: 't', body: { job: 'j1' } }]);
    expect(readAll(archive, document).equals(Buffer.concat([bytes, tail]))).toBe(true);
    archive.close();
  });

  it('cannot put a document of one job under another', () => {
    const archive = created(newScene());
    draft(archive, 'j1', randomBytes(100));
    const staged = unwrap(archive.stage('j1', stage.bytesSource(randomBytes(100))));
    const result = archive.append({
      ...{ job: 'j2', expectedVersion: 0, actor: 'u1', documents: [staged] },
      events: [{ type: 'created', spec: stage.spec() }],
    });
    expect(codeOf(result)).toBe('archive.damaged');
    archive.unstage(staged);
    expect(archive.verify().ok).toBe(true);
    archive.close();
  });

  it('that is not the first of a new job needs one', () => {
    const archive = created(newScene());
    expect(() =>
      archive.append({ job: 'j1', expectedVersion: 0, actor: 'u1', events: [edited] }),
    ).toThrow('before created');
    expect(archive.head().seq).toBe(0);
    expect(archive.job('j1')).toBeNull();
    archive.close();
  });
});

describe('what is stored', () => {
  it('cannot be changed or removed, not even by replacing it', () => {
    const scene = newScene();
    const archive = created(scene);
    const document = draft(archive, 'j1', randomBytes(100));
    stage.open(archive, 'j1', document, randomBytes(10));
    archive.close();
    const db = openDatabase(layoutOf(scene.home).archive, subkey(scene.key, 'archive'));
    for (const sql of [
      'DELETE FROM job_event',
      'DELETE FROM document',
      'DELETE FROM revision',
      'UPDATE job_event SET seq = seq',
      'UPDATE document SET seq = seq',
      'UPDATE revision SET seq = seq',
      'INSERT OR REPLACE INTO job_event SELECT * FROM job_event',
      'INSERT OR REPLACE INTO document SELECT * FROM document',
      'INSERT OR REPLACE INTO revision SELECT * FROM revision',
    ])
      expect(() => db.exec(sql), sql).toThrow(/only appended|out of line/);
    expect(() =>
      db.exec("INSERT OR REPLACE INTO document SELECT id, 'j9', seq, mac FROM document"),
    ).toThrow('only appended');
    db.close();
    const again = opened(scene);
    expect(again.verify().ok).toBe(true);
    again.close();
  });

  it('is listed for those who listen, oldest first, page by page', () => {
    const scene = newScene();
    const archive = created(scene);
    const other = opened(scene);
    const before = other.dataVersion();
    for (let index = 0; index < 5; index++) draft(archive, `j${index}`, randomBytes(10));
    expect(other.dataVersion()).not.toBe(before);
    const first = other.eventsSince(0, 4);
    expect(first.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
    expect(other.eventsSince(4, 100).map((event) => event.seq)).toEqual([5, 6, 7, 8, 9, 10]);
    expect(other.eventsSince(10, 100)).toEqual([]);
    archive.close();
    other.close();
  });

  it('leaves a staged document that is not used without a trace', () => {
    const archive = created(newScene());
    const staged = unwrap(archive.stage('j1', stage.bytesSource(randomBytes(100))));
    expect(codeOf(archive.source(staged.id))).toBe('document.unknown');
    archive.unstage(staged);
    const document = draft(archive, 'j1', randomBytes(100));
    // One that is used stays.
    archive.unstage({ ...staged, id: document });
    expect(readAll(archive, document)).toHaveLength(100);
    expect(archive.verify()).toMatchObject({ ok: true, documents: 1 });
    archive.close();
  });
});
