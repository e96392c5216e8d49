import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { subkey } from '../../electron/archive/box.ts';
import { openDatabase } from '../../electron/archive/database.ts';
import { isArchive } from '../../electron/archive/layout.ts';
import { createArchive, openArchive } from '../../electron/archive/open-archive.ts';
import { actor, isolated, lines } from './processes.ts';
import * as stage from './scene.ts';

const { created, draft, newScene, open, opened, readAll, sha256 } = stage;

afterAll(stage.cleanUp);

/** Every file of a home with the hash of its bytes. */
function fingerprint(home: string): Readonly<Record<string, string>> {
  const names = readdirSync(home, { recursive: true }).map(String).sort();
  const files = names.filter((name) => statSync(join(home, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, sha256(readFileSync(join(home, name)))]));
}

function codeOf(result: ReturnType<typeof openArchive>): string {
  if (result.ok) result.value.close();
  return result.ok ? 'ok' : result.error.code;
}

function flip(file: string, place: number): void {
  const bytes = readFileSync(file);
  bytes[place] = (bytes[place] ?? 0) ^ 0x10;
  writeFileSync(file, bytes);
}

function closedScene() {
  const scene = newScene();
  const archive = created(scene);
  draft(archive, 'j1', randomBytes(1_000));
  archive.close();
  return scene;
}

describe('an archive', () => {
  it('gives back what was appended, after it was opened again', () => {
    const scene = newScene();
    const first = created(scene);
    const bytes = randomBytes(700_000);
    const tail = randomBytes(5_000);
    const document = draft(first, 'j1', bytes);
    open(first, 'j1', document, tail);
    const job = first.job('j1');
    first.close();

    const again = opened(scene);
    expect(again.job('j1')).toEqual(job);
    expect(job?.state).toBe('open');
    expect(again.events('j1').map((one) => one.event.type)).toEqual([
      'created',
      'document-added',
      'opened',
    ]);
    expect(readAll(again, document, 0).equals(bytes)).toBe(true);
    expect(readAll(again, document).equals(Buffer.concat([bytes, tail]))).toBe(true);
    expect(again.revisions(document).map((one) => one.sha256)).toEqual([
      sha256(bytes),
      sha256(bytes, tail),
    ]);
    expect(again.jobOf(document)).toBe('j1');
    expect(again.list({ limit: 10 }).rows.map((row) => [row.id, row.tab])).toEqual([
      ['j1', 'waiting'],
    ]);
    expect(again.counts().waiting).toBe(1);
    expect(again.verify()).toMatchObject({ ok: true, events: 3, documents: 1, revisions: 2 });
    expect(again.stats()).toMatchObject({ events: 3, revisions: 2, bytes: 705_000, schema: 3 });
    again.close();
  });

  it('is readable to its own user only, and says nothing without the key', () => {
    const scene = newScene();
    const archive = created(scene);
    draft(archive, 'j1', Buffer.from('%PDF-1.7 hemmelig'), { title: 'Hemmelig avtale' });
    archive.putSetting('organisation', { name: 'Hemmelig etat' }, 'u1');
    for (const name of readdirSync(scene.home, { recursive: true }).map(String)) {
      const stat = statSync(join(scene.home, name));
      expect(stat.mode & 0o077, name).toBe(0);
      expect(name).not.toContain('j1');
      if (!stat.isFile()) continue;
      const bytes = readFileSync(join(scene.home, name));
      for (const word of ['emmelig', 'Kari', 'SQLite format', '%PDF'])
        expect(bytes.includes(word), `${word} in ${name}`).toBe(false);
    }
    archive.close();
  });

  it('is not made over another, nor over what is left of one', () => {
    const scene = closedScene();
    expect(codeOf(createArchive(scene))).toBe('archive.home-not-empty');
    rmSync(join(scene.home, 'archive.db'));
    const before = fingerprint(scene.home);
    expect(codeOf(createArchive(scene))).toBe('archive.home-not-empty');
    expect(fingerprint(scene.home)).toEqual(before);
  });

  it('is made to its end where a first start was cut off', () => {
    const scene = newScene();
    mkdirSync(scene.home);
    for (const name of ['keyring.db', 'archive.db.part', 'archive.db.part-wal', 'views.db'])
      writeFileSync(join(scene.home, name), 'half');
    expect(isArchive(scene.home)).toBe(false);
    const archive = created(scene);
    expect(isArchive(scene.home)).toBe(true);
    expect(archive.verify().ok).toBe(true);
    archive.close();
  });
});

describe('opening', () => {
  it('says where there is no archive, and makes nothing', () => {
    const scene = newScene();
    expect(codeOf(openArchive(scene))).toBe('archive.not-here');
    expect(() => statSync(scene.home)).toThrow();
    const unfinished = closedScene();
    rmSync(join(unfinished.home, 'archive.db'));
    expect(codeOf(openArchive(unfinished))).toBe('archive.not-here');
  });

  it('refuses a wrong key and changes nothing', () => {
    const scene = closedScene();
    const before = fingerprint(scene.home);
    expect(codeOf(openArchive({ ...scene, key: stage.random.bytes(32) }))).toBe(
      'archive.wrong-key',
    );
    expect(fingerprint(scene.home)).toEqual(before);
  });

  it('never touches an archive that a newer program has made', () => {
    const bySlots = closedScene();
    const slots = join(bySlots.home, 'slots.json');
    writeFileSync(slots, readFileSync(slots, 'utf8').replace('"schema": 3', '"schema": 4'));
    const byDatabase = closedScene();
    const db = openDatabase(join(byDatabase.home, 'archive.db'), subkey(byDatabase.key, 'archive'));
    db.pragma('user_version = 4');
    db.close();
    for (const scene of [bySlots, byDatabase]) {
      const before = fingerprint(scene.home);
      const result = openArchive(scene);
      expect(result).toMatchObject({ error: { code: 'archive.newer', detail: { schema: 4 } } });
      expect(fingerprint(scene.home)).toEqual(before);
    }
  });

  it('never touches a newer archive whose log was not written back yet', () => {
    const scene = closedScene();
    const db = openDatabase(join(scene.home, 'archive.db'), subkey(scene.key, 'archive'));
    db.pragma('user_version = 7');
    const logs = () => fingerprint(scene.home)['archive.db-wal'];
    const before = [fingerprint(scene.home)['archive.db'], logs()];
    expect(codeOf(openArchive(scene))).toBe('archive.newer');
    expect([fingerprint(scene.home)['archive.db'], logs()]).toEqual(before);
    db.close();
  });

  it.each(['archive.db', 'keyring.db'])('says that a damaged %s is damaged', (name) => {
    for (const place of [30, 4096 * 2 + 100]) {
      const scene = closedScene();
      flip(join(scene.home, name), place);
      const result = openArchive(scene);
      if (!result.ok) {
        expect(result.error.code).toBe('archive.damaged');
        continue;
      }
      // A page that opening does not read: verification does.
      expect(result.value.quickCheck()).not.toEqual([]);
      expect(result.value.verify().problems.map((one) => one.code)).toContainEqual(
        expect.stringMatching(/damaged$/),
      );
      result.value.close();
    }
  });

  it('says that slots.json is damaged, and that the keyring is missing', () => {
    const scene = closedScene();
    const slots = readFileSync(join(scene.home, 'slots.json'), 'utf8');
    writeFileSync(join(scene.home, 'slots.json'), slots.slice(0, 40));
    expect(codeOf(openArchive(scene))).toBe('archive.damaged');
    writeFileSync(join(scene.home, 'slots.json'), slots);
    rmSync(join(scene.home, 'keyring.db'));
    expect(codeOf(openArchive(scene))).toBe('archive.damaged');
    expect(readdirSync(scene.home)).not.toContain('keyring.db');
  });
});

describe('a disk', () => {
  it('that cannot be written to has its own code', () => {
    const scene = closedScene();
    const before = fingerprint(scene.home);
    const mounts = `mount --bind ${scene.home} ${scene.home} && mount -o remount,ro,bind ${scene.home}`;
    const run = isolated(mounts, actor('open', scene));
    if (run === null) return;
    expect(lines(run)).toMatchObject([{ error: { code: 'archive.read-only' } }]);
    expect(fingerprint(scene.home)).toEqual(before);
  });

  it('that is full refuses whole, and everything before stays', () => {
    const scene = newScene();
    mkdirSync(scene.home);
    const ballast = join(scene.home, 'ballast');
    const mounts = `mount -t tmpfs -o size=6m,mode=700 tmpfs ${scene.home}`;
    const run = isolated(
      mounts,
      actor('create', scene),
      ['sh', '-c', `head -c 300000 /dev/urandom > ${ballast}`],
      actor('fill', scene),
      ['rm', ballast],
      actor('open', scene),
    );
    if (run === null) return;
    const [made, filled, after] = lines(run) as [unknown, Record<string, unknown>, unknown];
    expect(made).toEqual({ ok: true });
    expect(filled['codes']).toEqual(['archive.disk-full', 'archive.disk-full']);
    expect(filled['version']).toBeGreaterThan(0);
    expect(filled['stored']).toBe(filled['version']);
    expect(filled['report']).toMatchObject({ ok: true, problems: [] });
    expect(after).toMatchObject({ ok: { ok: true, events: filled['version'] } });
  });

  it('for backups that is full or read-only is told apart from that of the archive', () => {
    const scene = closedScene();
    const drive = stage.temporaryFolder();
    const full = `mount -t tmpfs -o size=64k tmpfs ${drive}`;
    const locked = `mount -t tmpfs -o ro tmpfs ${drive}`;
    for (const [mounts, code] of [
      [full, 'backup.disk-full'],
      [locked, 'backup.read-only'],
    ] as const) {
      const run = isolated(mounts, actor('backup', scene, drive));
      if (run === null) return;
      expect(lines(run)).toMatchObject([{ error: { code } }]);
    }
  });
});
