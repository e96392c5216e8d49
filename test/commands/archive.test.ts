/** `skranke archive`: is it whole, how much is there, a copy of it, and bringing it back. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/archive/database.ts';
import { unlockWithRecoveryCode } from '../../electron/archive/keys.ts';
import { subkey } from '../../electron/archive/box.ts';
import { unwrap } from '../../shared/result.ts';
import { spawnCli } from '../support/cli.ts';
import { makeHome, shippedCli } from './home.ts';
import type { Home, Shipped } from './home.ts';
import { codeOf, linesOf, newScene, only } from './scene.ts';
import type { Answer } from './scene.ts';

const scene = newScene();
let shipped: Shipped;
let home: Home;
beforeAll(async () => {
  shipped = await shippedCli();
  home = await makeHome(scene, { ...shipped, drafts: 2 });
});
afterAll(() => {
  shipped.remove();
  scene.close();
});

const outcome = (answer: Answer): unknown => [answer.code, codeOf(only(answer)) ?? 'done'];

/**
 * Every file of a folder by its hash. Left out are what SQLite keeps beside a database while it is open,
 * and the views, which are made again from the events whenever that is needed.
 */
function fingerprint(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => !/-(?:wal|shm)$|^views\.db$/.test(name) && statSync(join(folder, name)).isFile(),
    )
    .sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** A copy of the archive's folder, and the command on it. */
function copied(name: string): {
  folder: string;
  ask(...args: readonly string[]): Promise<Answer>;
} {
  const folder = scene.path(name);
  cpSync(home.folder, folder, { recursive: true });
  return {
    folder,
    async ask(...args) {
      const secret = ['--user-passphrase-file', scene.path('user-passphrase.txt')];
      const run = await spawnCli([...args, '--home', folder, ...secret, '--json'], shipped);
      return { ...run, lines: linesOf(run.stdout) };
    },
  };
}

describe('an archive', () => {
  it('is whole, and says how much it holds', async () => {
    const verified = await home.ask('archive', 'verify');
    expect([verified.code, verified.stderr]).toEqual([0, '']);
    expect(only(verified)).toMatchObject({
      ok: true,
      documents: 2,
      revisions: 2,
      problems: [],
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const stats = await home.ask('archive', 'stats');
    expect(stats.code).toBe(0);
    expect(only(stats)).toMatchObject({
      documents: 2,
      revisions: 2,
      lastBackup: null,
      schema: expect.any(Number),
    });
  });

  it('is copied, and comes back on another machine with the recovery code', async () => {
    mkdirSync(scene.path('drive'));
    const backup = await home.ask('archive', 'backup', scene.path('drive'));
    expect(backup.code).toBe(0);
    const receipt = only(backup) as { folder: string; documents: number; tested: boolean };
    expect(receipt).toMatchObject({ documents: 2, tested: true });
    expect(only(await home.ask('archive', 'stats'))['lastBackup']).not.toBeNull();

    const code = scene.put('code.txt', `${home.recoveryCode}\n`);
    const elsewhere = scene.path('elsewhere');
    const restore = (folder: string, file: string) =>
      spawnCli(
        [
          ...['archive', 'restore', scene.path('drive'), '--home', folder],
          ...['--recovery-code-file', file, '--json'],
        ],
        shipped,
      );
    const mistyped = scene.put('mistyped.txt', home.recoveryCode.replace(/.$/, '~'));
    const refused = await restore(elsewhere, mistyped);
    expect(refused.code).toBe(2);
    expect(codeOf(linesOf(refused.stdout)[0])).toBe('archive.mistyped-recovery-code');
    expect(scene.list()).not.toContain('elsewhere');

    const restored = await restore(elsewhere, code);
    expect(restored.code).toBe(0);
    expect(linesOf(restored.stdout)).toMatchObject([{ home: elsewhere, ok: true, documents: 2 }]);
    const again = await restore(elsewhere, code);
    expect(again.code).toBe(2);
    expect(codeOf(linesOf(again.stdout)[0])).toBe('archive.home-not-empty');

    const secret = ['--user-passphrase-file', scene.path('user-passphrase.txt')];
    const verify = ['archive', 'verify', '--home', elsewhere, ...secret, '--json'];
    const verified = await spawnCli(verify, shipped);
    expect(linesOf(verified.stdout)).toMatchObject([{ ok: true, documents: 2 }]);
  });

  it('takes the recovery code from the environment too, and needs one', async () => {
    const restore = ['archive', 'restore', scene.path('drive'), '--json'];
    const none = await spawnCli([...restore, '--home', scene.path('none')], shipped);
    expect([none.code, codeOf(linesOf(none.stdout)[0])]).toEqual([2, 'cli.usage']);
    const env = { SKRANKE_RECOVERY_CODE: home.recoveryCode };
    const given = await spawnCli([...restore, '--home', scene.path('given')], { env, ...shipped });
    expect(given.code).toBe(0);
  });

  it('refuses its own folder for copies, and one without any to bring back', async () => {
    const own = await home.ask('archive', 'backup', join(home.folder, 'documents'));
    expect(outcome(own)).toEqual([2, 'backup.inside-home']);
    const empty = scene.path('empty-drive');
    mkdirSync(empty);
    const env = { SKRANKE_RECOVERY_CODE: home.recoveryCode };
    const args = ['archive', 'restore', empty, '--home', scene.path('never'), '--json'];
    const nothing = await spawnCli(args, { env, ...shipped });
    expect([nothing.code, codeOf(linesOf(nothing.stdout)[0])]).toEqual([2, 'backup.not-here']);
    expect(scene.list()).not.toContain('never');
  });

  it('with nothing that has ended has nothing to export', async () => {
    mkdirSync(scene.path('export'));
    const answer = await home.ask('archive', 'export', scene.path('export'));
    expect(outcome(answer)).toEqual([2, 'export.nothing']);
    expect(scene.list('export')).toEqual([]);
  });
});

describe('a database', () => {
  it('that was made by a newer program is not touched', async () => {
    const { folder, ask } = copied('newer');
    const key = unwrap(unlockWithRecoveryCode(folder, home.recoveryCode));
    const db = openDatabase(join(folder, 'archive.db'), subkey(key, 'archive'));
    db.pragma('user_version = 99');
    db.close();
    const before = fingerprint(folder);
    for (const args of [
      ['archive', 'stats'],
      ['job', 'list'],
      ['archive', 'backup', scene.path('drive')],
    ]) {
      const answer = await ask(...args);
      expect(outcome(answer)).toEqual([2, 'archive.newer']);
    }
    expect(fingerprint(folder)).toEqual(before);
  });

  it('that is damaged is told, and left as it is', async () => {
    for (const [name, at, bytes] of [
      ['torn', 0, 64],
      ['torn-inside', 5000, 3000],
    ] as const) {
      const { folder, ask } = copied(name);
      const database = join(folder, 'archive.db');
      const descriptor = openSync(database, 'r+');
      writeSync(descriptor, Buffer.alloc(bytes, 0x5a), 0, bytes, at);
      closeSync(descriptor);
      const before = fingerprint(folder);
      const answer = await ask('archive', 'stats');
      expect([name, outcome(answer)]).toEqual([name, [2, 'archive.damaged']]);
      expect(fingerprint(folder)).toEqual(before);
    }
  });

  it('that is no database at all, or is gone, is told', async () => {
    const text = copied('text');
    writeFileSync(join(text.folder, 'archive.db'), 'Kjære kommune');
    expect(outcome(await text.ask('archive', 'stats'))).toEqual([2, 'archive.damaged']);
  });

  it('of which a document is damaged answers no, and which', async () => {
    const { folder, ask } = copied('one-document');
    const documents = join(folder, 'documents');
    const [name = ''] = readdirSync(documents, { recursive: true, encoding: 'utf8' }).filter(
      (each) => statSync(join(documents, each)).isFile(),
    );
    const path = join(documents, name);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const answer = await ask('archive', 'verify');
    expect(answer.code).toBe(1);
    expect(only(answer)).toMatchObject({ ok: false });
    expect((only(answer)['problems'] as unknown[]).length).toBeGreaterThan(0);
  });
});
