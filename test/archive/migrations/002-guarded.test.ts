import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { subkey } from '../../../electron/archive/box.ts';
import { openDatabase, removeDatabase } from '../../../electron/archive/database.ts';
import { layoutOf } from '../../../electron/archive/layout.ts';
import { migration001 } from '../../../electron/archive/migrations/001-first.ts';
import { migration002 } from '../../../electron/archive/migrations/002-guarded.ts';
import { newestSchema } from '../../../electron/archive/migrate.ts';
import { readSlots, writeSlots } from '../../../electron/archive/slots.ts';
import { rmSync } from 'node:fs';
import * as stage from '../scene.ts';

afterAll(stage.cleanUp);

describe('migration 002', () => {
  it('is frozen', () => {
    const text = JSON.stringify(migration002);
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '164475310b93760bc8e72caab6081f0dfe05ce4938d9893528d86cc8e85f0502',
    );
  });

  it('lets a row get its authenticator once, and nothing else of it change', () => {
    const db = openDatabase(`${stage.temporaryFolder()}/test.db`, stage.random.bytes(32));
    db.exec(migration001.archive);
    db.exec(
      "INSERT INTO job_event VALUES (1, 'a', 1, '2026', 'u', 't', x'00', zeroblob(32), zeroblob(32), zeroblob(32))",
    );
    db.exec("INSERT INTO document VALUES ('d', 'a', 1)");
    db.exec(migration002.archive);
    expect(() => db.exec("UPDATE document SET job = 'b', mac = x'01'")).toThrow('appended');
    db.exec("UPDATE document SET mac = x'01'");
    expect(() => db.exec("UPDATE document SET mac = x'02'")).toThrow('appended');
    expect(() => db.exec('DELETE FROM document')).toThrow('appended');
    db.exec("INSERT INTO anchor VALUES (1, 'timestamp', 1, zeroblob(32), x'00', 'a', '2026', x'')");
    expect(() => db.exec("UPDATE anchor SET at = '2027'")).toThrow('appended');
    expect(() => db.exec('DELETE FROM anchor')).toThrow('appended');
    db.close();
  });

  it('guards an archive of the schema before it, with everything that is in it', () => {
    const scene = stage.newScene();
    const archive = stage.created(scene);
    const document = stage.draft(archive, 'j1', stage.random.bytes(1_000));
    stage.open(archive, 'j1', document, stage.random.bytes(100));
    archive.indexText('j1', document, 'Strøm er inkludert');
    archive.close();
    asFirstSchema(scene);
    const raised = stage.opened(scene);
    expect(raised.stats().schema).toBe(newestSchema);
    expect(raised.setting('language')).toBe('nb');
    expect(raised.users()).toEqual([{ id: 'u1', name: 'Kari', roles: ['admin'], active: true }]);
    expect(raised.officeEvents(10).rows.map(({ actor, event }) => [actor, event.type])).toEqual([
      ['system', 'user-changed'],
      ['system', 'setting-changed'],
    ]);
    expect(raised.verify()).toMatchObject({ ok: true, problems: [], revisions: 2 });
    raised.close();
  });
});

/** Rows as a program of the first schema had them: the same tables without what came later. */
function asFirstSchema(scene: stage.Scene): void {
  const layout = layoutOf(scene.home);
  for (const which of ['archive', 'keyring'] as const) {
    const old = layout[which];
    const key = subkey(scene.key, which);
    const from = openDatabase(old, key);
    const to = openDatabase(`${old}.old`, key);
    to.exec(migration001[which]);
    to.pragma('user_version = 1');
    const copy = (read: string, insert: string) => {
      for (const row of from.prepare(read).raw().all() as unknown[][]) to.prepare(insert).run(row);
    };
    if (which === 'archive') {
      copy(
        'SELECT * FROM job_event ORDER BY seq',
        `INSERT INTO job_event VALUES (?,?,?,?,?,?,?,?,?,?)`,
      );
      copy('SELECT id, job, seq FROM document', 'INSERT INTO document VALUES (?,?,?)');
      copy(
        'SELECT document, number, start, length, sha256, seq, tail FROM revision ORDER BY number',
        'INSERT INTO revision VALUES (?,?,?,?,?,?,?)',
      );
      copy(
        'SELECT id, document, job, body FROM document_text',
        'INSERT INTO document_text VALUES (?,?,?,?)',
      );
      to.exec(`INSERT INTO setting VALUES ('language', '"nb"')`);
      to.exec(
        `INSERT INTO user VALUES ('u1', '{"id":"u1","name":"Kari","roles":["admin"],"active":true}')`,
      );
      to.exec("INSERT INTO lease VALUES ('seal', '1:x', 0)");
    } else copy('SELECT job, key FROM job_key', 'INSERT INTO job_key VALUES (?,?)');
    from.close();
    to.pragma('journal_mode = DELETE');
    to.prepare('VACUUM INTO ?').run(`${old}.new`);
    to.close();
    removeDatabase(old);
    removeDatabase(`${old}.old`);
    const moved = openDatabase(`${old}.new`, key);
    moved.prepare('VACUUM INTO ?').run(old);
    moved.close();
    removeDatabase(`${old}.new`);
  }
  rmSync(layout.head);
  rmSync(layout.views);
  writeSlots(scene.home, { ...readSlots(scene.home), schema: 1 });
}
