import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../../electron/archive/database.ts';
import { subkey } from '../../electron/archive/box.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import { trialTimestamps } from '../../electron/adapters/trial-timestamp-authority.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import { unwrap } from '../../shared/result.ts';
import * as stage from './scene.ts';
import { tamperTable, type Which } from './tamper-table.ts';
import { writeAnew } from './write-anew.ts';

afterAll(stage.cleanUp);

/** An office with two of everything, and a timestamp over what it had done so far. */
async function office() {
  const scene = stage.newScene();
  const archive = stage.created(scene);
  for (const [id, name] of [
    ['u1', 'Kari'],
    ['u2', 'Ola'],
  ] as const)
    archive.putUser({ id, name, roles: ['admin'], active: true }, 'u1');
  archive.putSetting('language', 'nb', 'u1');
  archive.putSetting('lock', { minutes: 5 }, 'u1');
  const documents = ['j1', 'j2'].map((job) => {
    const document = stage.draft(archive, job, stage.random.bytes(500));
    stage.open(archive, job, document, stage.random.bytes(50));
    archive.indexText(job, document, `Strøm ${job}`);
    return document;
  });
  for (const job of ['j3', 'j4'])
    unwrap(
      archive.append({
        ...{ job, expectedVersion: 0, actor: 'u1' },
        events: [{ type: 'created', spec: stage.spec() }],
        outbox: [{ topic: 'seal', body: { job } }],
      }),
    );
  archive.dispose('j3', 'u1');
  stage.draft(archive, 'j5', stage.random.bytes(10));
  archive.dispose('j5', 'u1');
  archive.lease('one', 1_000_000);
  archive.lease('two', 1_000_000);
  const authority = makeTrialAuthority({ name: 'Prøve', now: new Date() });
  const timestamps = trialTimestamps({
    ...authority.issueTimestamper(),
    clock: { now: () => new Date() },
  });
  for (let round = 0; round < 2; round++) {
    const { seq, hash } = archive.head();
    const digest = Buffer.from(hash, 'hex');
    const token = unwrap(await timestamps.stamp({ algorithm: 'sha256', digest }));
    archive.putAnchor({ kind: 'timestamp', seq, hash, token, authority: 'prøve' });
    stage.draft(archive, `late${round}`, stage.random.bytes(10));
  }
  expect(archive.verify().problems).toEqual([]);
  archive.close();
  return { scene, documents };
}

/** Whoever has the key, and no triggers in the way. */
function behindItsBack(scene: stage.Scene, which: Which, body: (db: Db) => void): void {
  const db = openDatabase(layoutOf(scene.home)[which], subkey(scene.key, which));
  if (which !== 'views')
    for (const name of db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .pluck()
      .all())
      db.exec(['DROP TRIGGER ', name].join(''));
  db.pragma('foreign_keys = OFF');
  db.unsafeMode?.(true);
  body(db);
  db.close();
}

function problems(scene: stage.Scene): readonly string[] {
  const archive = stage.opened(scene);
  const found = archive.verify().problems.map(({ code, place }) => `${code} ${place}`);
  archive.close();
  // That triggers are gone is said as well, and is not what is asked for here.
  return found.filter((one) => !one.startsWith('schema.differs'));
}

describe('whatever is changed behind the program’s back is found and named', () => {
  it.each(tamperTable)('%s: %s', async (which, _what, sql, place) => {
    const { scene } = await office();
    behindItsBack(scene, which, (db) => void db.exec(sql));
    const found = problems(scene);
    expect(
      found.filter((one) => place.test(one)),
      found.join('; '),
    ).not.toEqual([]);
  });

  it('the end of the log cut off, with everything in the database that speaks of it', async () => {
    const { scene } = await office();
    const cut = (db: Db) =>
      db.exec(`DELETE FROM revision WHERE seq > 18; DELETE FROM document WHERE seq > 18;
        DELETE FROM job_event WHERE seq > 18; DELETE FROM anchor WHERE seq > 18`);
    behindItsBack(scene, 'archive', cut);
    const found = problems(scene).filter((one) => /^(log.cut|views.replaced|anchor)/.test(one));
    expect(
      found.some((one) => one.startsWith('log.cut event')),
      found.join(),
    ).toBe(true);
    expect(
      found.some((one) => one.startsWith('views.replaced')),
      found.join(),
    ).toBe(true);
    expect(
      found.some((one) => one.startsWith('anchor')),
      found.join(),
    ).toBe(true);
  });

  it('the witness of the log’s end taken away', async () => {
    const { scene } = await office();
    rmSync(layoutOf(scene.home).head);
    expect(problems(scene)).toEqual(['head.missing head']);
  });

  it('a trigger dropped', async () => {
    const { scene } = await office();
    behindItsBack(scene, 'archive', () => undefined);
    const archive = stage.opened(scene);
    expect(archive.verify().problems).toContainEqual({
      ...{ code: 'schema.differs', place: 'archive.db job_event_update' },
    });
    archive.close();
  });

  it('a log written anew to its last byte, with all that the key can make: by the timestamps', async () => {
    const { scene } = await office();
    writeAnew(scene, { keepAnchors: true });
    const found = problems(scene);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one).toMatch(/^anchor\./);
    expect(found.some((one) => one.startsWith('anchor.differs'))).toBe(true);
  });

  it('the same with the timestamps taken out of the database: by their files', async () => {
    const { scene } = await office();
    writeAnew(scene, { keepAnchors: false });
    const found = problems(scene);
    expect(
      found.some((one) => one.startsWith('anchor.differs event')),
      found.join(),
    ).toBe(true);
    for (const one of found) expect(one).toMatch(/^anchor\./);
  });
});
