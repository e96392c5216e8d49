import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { backupArchive } from '../../electron/archive/backup.ts';
import { replaceRecoverySlot } from '../../electron/archive/keys.ts';
import { makeRecoveryCode } from '../../electron/archive/recovery-code.ts';
import { rehearse, restoreArchive } from '../../electron/archive/restore.ts';
import { unwrap } from '../../shared/result.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

const { random } = stage;

/** An archive with one open job and a recovery code, and a drive to back it up to. */
function office() {
  const scene = stage.newScene();
  const archive = stage.created(scene);
  const bytes = randomBytes(600_000);
  const tail = randomBytes(3_000);
  const document = stage.draft(archive, 'j1', bytes);
  stage.open(archive, 'j1', document, tail);
  archive.putUser({ id: 'u1', name: 'Kari', roles: ['admin'], active: true }, 'u1');
  const code = makeRecoveryCode(random);
  unwrap(replaceRecoverySlot(scene.home, scene.key, code, random));
  const drive = stage.temporaryFolder();
  const whole = Buffer.concat([bytes, tail]);
  return { scene, archive, document, whole, code, drive };
}

function backupFolder(drive: string): string {
  return join(drive, readdirSync(drive)[0] ?? '');
}

function restored(ports: stage.Scene, folder: string, home: string, recoveryCode: string) {
  return restoreArchive({ ...ports, folder, home, recoveryCode });
}

function files(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

function damage(file: string, place: number): void {
  const bytes = readFileSync(file);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe('a backup', () => {
  it('opens on another machine with the recovery code, with everything in it', () => {
    const { scene, archive, document, whole, code, drive } = office();
    archive.indexText('j1', document, 'Strømmen er inkludert');
    const head = archive.head();
    const receipt = unwrap(backupArchive(scene, drive));
    expect(receipt).toMatchObject({ events: 4, documents: 1, tested: true });
    expect(archive.stats().lastBackup).toBe(receipt.at);

    const home = join(stage.temporaryFolder(), 'other');
    const result = unwrap(restored(scene, drive, home, code.toLowerCase()));
    expect(result.key).toEqual(scene.key);
    expect(result.backupAt).toBe(receipt.at);
    expect(result.report).toMatchObject({ ok: true, events: 4, head: head.hash });
    const copy = stage.opened({ ...scene, home });
    expect(copy.job('j1')).toEqual(archive.job('j1'));
    expect(stage.readAll(copy, document).equals(whole)).toBe(true);
    expect(copy.users()).toEqual(archive.users());
    expect(copy.list({ search: 'strøm', limit: 5 }).rows.map((row) => row.id)).toEqual(['j1']);
    copy.close();
    archive.close();
  });

  it('has nothing in it that can be read without the key', () => {
    const { scene, archive, drive } = office();
    stage.draft(archive, 'j2', Buffer.from('%PDF-1.7 hemmelig avtale'), { title: 'Hemmelig' });
    unwrap(backupArchive(scene, drive));
    const folder = backupFolder(drive);
    for (const name of files(folder)) {
      const file = join(folder, name);
      if (!statSync(file).isFile()) continue;
      expect(name).not.toMatch(/j1|kari/i);
      const bytes = readFileSync(file);
      for (const word of ['emmelig', 'Nordmann', 'SQLite format 3', '%PDF'])
        expect(bytes.includes(word), `${word} in ${name}`).toBe(false);
    }
    archive.close();
  });

  it('copies a document once and replaces the rest', () => {
    const { scene, archive, document, drive } = office();
    unwrap(backupArchive(scene, drive));
    const folder = backupFolder(drive);
    const file = join(folder, 'documents', document.slice(0, 2), document);
    const before = statSync(file);
    stage.draft(archive, 'j2', randomBytes(100));
    expect(unwrap(backupArchive(scene, drive))).toMatchObject({ events: 8, documents: 2 });
    expect(statSync(file).ino).toBe(before.ino);
    expect(statSync(file).mtimeMs).toBe(before.mtimeMs);
    expect(files(folder).filter((name) => name.startsWith('archive-'))).toHaveLength(1);
    archive.close();
  });

  it('interrupted anywhere leaves the backup before, and goes on the next time', () => {
    const { scene, archive, code, drive } = office();
    unwrap(backupArchive(scene, drive));
    stage.draft(archive, 'j2', randomBytes(300_000));
    for (const step of ['backup.log', 'backup.documents', 'archive.verify-documents']) {
      const stop = (state: { step: string }) => {
        if (state.step === step) throw new Error('pulled out');
      };
      expect(() => backupArchive(scene, drive, stop)).toThrow('pulled out');
      const home = join(stage.temporaryFolder(), 'other');
      expect(unwrap(restored(scene, drive, home, code)).report).toMatchObject({
        ok: true,
        events: 4,
      });
    }
    expect(unwrap(backupArchive(scene, drive))).toMatchObject({ events: 8, tested: true });
    archive.close();
  });

  it('never takes the place of a good one when it does not verify', () => {
    const { scene, archive, document, code, drive } = office();
    unwrap(backupArchive(scene, drive));
    const other = stage.draft(archive, 'j2', randomBytes(300_000));
    damage(join(scene.home, 'documents', other.slice(0, 2), other), 100_000);
    const result = backupArchive(scene, drive);
    expect(result).toMatchObject({ error: { code: 'backup.not-sound' } });
    expect(JSON.stringify(result)).toContain(other);
    expect(JSON.stringify(result)).not.toContain(document);
    const home = join(stage.temporaryFolder(), 'other');
    expect(unwrap(restored(scene, drive, home, code)).report.ok).toBe(true);
    archive.close();
  });

  it('heals a copy that went bad on the drive', () => {
    const { scene, archive, document, drive } = office();
    unwrap(backupArchive(scene, drive));
    damage(join(backupFolder(drive), 'documents', document.slice(0, 2), document), 5_000);
    expect(backupArchive(scene, drive)).toMatchObject({ error: { code: 'backup.not-sound' } });
    expect(unwrap(backupArchive(scene, drive)).tested).toBe(true);
    archive.close();
  });

  it('keeps the archives of two offices on one drive apart', () => {
    const one = office();
    const two = office();
    unwrap(backupArchive(one.scene, one.drive));
    unwrap(backupArchive(two.scene, one.drive));
    const home = join(stage.temporaryFolder(), 'other');
    expect(restored(one.scene, one.drive, home, one.code)).toMatchObject({
      error: { code: 'backup.several' },
    });
    const folders = readdirSync(one.drive).map((name) => join(one.drive, name));
    const results = folders.map((folder) => restored(one.scene, folder, home, one.code));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    one.archive.close();
    two.archive.close();
  });

  it('refuses a folder that is not there, and one inside the archive', () => {
    const { scene, archive, drive } = office();
    const code = (folder: string) => {
      const result = backupArchive(scene, folder);
      return result.ok ? 'ok' : result.error.code;
    };
    expect(code(join(drive, 'not', 'plugged', 'in'))).toBe('backup.folder-missing');
    expect(code(join(scene.home, 'backup'))).toBe('backup.inside-home');
    writeFileSync(join(drive, 'file'), '');
    expect(code(join(drive, 'file'))).toBe('backup.folder-missing');
    archive.close();
  });

  it('does not run twice at once', () => {
    const { scene, archive, drive } = office();
    let inner: unknown;
    unwrap(backupArchive(scene, drive, () => (inner ??= backupArchive(scene, drive))));
    expect(inner).toMatchObject({ error: { code: 'backup.running' } });
    archive.close();
  });
});

describe('a disposed job', () => {
  it('is unreadable in an older backup once the keyring was replaced', () => {
    const { scene, archive, document, code, drive } = office();
    stage.draft(archive, 'j2', randomBytes(1_000));
    unwrap(backupArchive(scene, drive));
    const folder = backupFolder(drive);
    // Somebody kept the older log.
    const kept = stage.temporaryFolder();
    const log = files(folder).find((name) => name.startsWith('archive-')) ?? '';
    for (const name of [log, 'backup.json']) copyFileSync(join(folder, name), join(kept, name));

    archive.dispose('j1', 'u1');
    unwrap(backupArchive(scene, drive));
    for (const name of [log, 'backup.json']) copyFileSync(join(kept, name), join(folder, name));

    const home = join(stage.temporaryFolder(), 'other');
    const { report } = unwrap(restored(scene, folder, home, code));
    expect(report).toMatchObject({ ok: true, events: 6 });
    const copy = stage.opened({ ...scene, home });
    expect(copy.job('j1')).toBeNull();
    expect(copy.events('j1')).toEqual([]);
    expect(copy.source(document)).toMatchObject({ error: { code: 'job.disposed' } });
    expect(copy.list({ limit: 10 }).rows.map((row) => row.id)).toEqual(['j2']);
    expect(copy.job('j2')?.state).toBe('draft');
    copy.close();
    archive.close();
  });
});

describe('a restore', () => {
  it('refuses a home with something in it, and leaves it alone', () => {
    const { scene, archive, code, drive } = office();
    unwrap(backupArchive(scene, drive));
    const before = files(scene.home);
    expect(restored(scene, drive, scene.home, code)).toMatchObject({
      error: { code: 'archive.home-not-empty' },
    });
    expect(files(scene.home)).toEqual(before);
    expect(archive.verify().ok).toBe(true);
    archive.close();
  });

  it('refuses a wrong or mistyped code and an empty folder, and makes nothing', () => {
    const { scene, archive, code, drive } = office();
    unwrap(backupArchive(scene, drive));
    const home = join(stage.temporaryFolder(), 'other');
    const refused = (folder: string, typed: string) => {
      const result = restored(scene, folder, home, typed);
      return result.ok ? 'ok' : result.error.code;
    };
    expect(refused(drive, makeRecoveryCode(random))).toBe('archive.wrong-recovery-code');
    expect(refused(drive, code.slice(1))).toBe('archive.mistyped-recovery-code');
    expect(refused(stage.temporaryFolder(), code)).toBe('backup.not-here');
    expect(refused(join(drive, 'missing'), code)).toBe('backup.folder-missing');
    expect(existsSync(home)).toBe(false);
    archive.close();
  });

  it('refuses a damaged or newer backup, and makes nothing', () => {
    const { scene, archive, code, drive } = office();
    unwrap(backupArchive(scene, drive));
    const folder = backupFolder(drive);
    const log = join(folder, files(folder).find((name) => name.startsWith('archive-')) ?? '');
    const home = join(stage.temporaryFolder(), 'other');
    const refused = () => {
      const result = restored(scene, drive, home, code);
      expect(existsSync(home)).toBe(false);
      return result.ok ? 'ok' : result.error.code;
    };
    damage(log, 10_000);
    expect(refused()).toBe('backup.damaged');
    damage(log, 10_000);
    const manifest = readFileSync(join(folder, 'backup.json'), 'utf8');
    writeFileSync(join(folder, 'backup.json'), manifest.replace('"schema": 3', '"schema": 99'));
    expect(refused()).toBe('archive.newer');
    writeFileSync(join(folder, 'backup.json'), manifest.slice(0, 50));
    expect(refused()).toBe('backup.damaged');
    writeFileSync(join(folder, 'backup.json'), manifest);
    damage(join(folder, 'keyring.db'), 5_000);
    expect(refused()).toBe('backup.damaged');
    archive.close();
  });

  it('brings the rest back where a document is missing, and names it', () => {
    const { scene, archive, document, code, drive } = office();
    stage.draft(archive, 'j2', randomBytes(1_000));
    unwrap(backupArchive(scene, drive));
    rmSync(join(backupFolder(drive), 'documents', document.slice(0, 2), document));
    const home = join(stage.temporaryFolder(), 'other');
    const { report } = unwrap(restored(scene, drive, home, code));
    expect(report.problems).toEqual([
      { code: 'document.unreadable', place: `document ${document}` },
    ]);
    archive.close();
  });

  it('starts over where one before was cut off', () => {
    const { scene, archive, code, drive } = office();
    unwrap(backupArchive(scene, drive));
    const home = join(stage.temporaryFolder(), 'other');
    mkdirSync(join(home, 'documents', 'ab'), { recursive: true });
    writeFileSync(join(home, 'documents', 'ab', 'left-over'), 'x');
    writeFileSync(join(home, 'keyring.db'), 'half');
    writeFileSync(join(home, 'restoring'), '');
    expect(unwrap(restored(scene, drive, home, code)).report.ok).toBe(true);
    expect(files(home).some((name) => name.includes('left-over'))).toBe(false);
    archive.close();
  });

  it('is rehearsed without leaving anything behind', () => {
    const { scene, archive, code, drive } = office();
    const receipt = unwrap(backupArchive(scene, drive));
    const before = files(scene.home);
    expect(unwrap(rehearse({ ...scene, folder: drive, recoveryCode: code }))).toMatchObject({
      ...{ backupAt: receipt.at, events: 4, documents: 1, ok: true },
    });
    expect(files(scene.home)).toEqual(before);
    expect(
      rehearse({ ...scene, folder: drive, recoveryCode: makeRecoveryCode(random) }),
    ).toMatchObject({
      error: { code: 'archive.wrong-recovery-code' },
    });
    archive.close();
  });
});
