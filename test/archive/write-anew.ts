/** Writes an archive's log anew with a changed past, and everything that its key can make right again. */
import { rmSync } from 'node:fs';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { officeJob } from '../../shared/office-event.ts';
import type { Json } from '../../shared/result.ts';
import { openBox, sealBox, subkey } from '../../electron/archive/box.ts';
import { chainStart, eventDigest, eventHash } from '../../electron/archive/chain.ts';
import { openDatabase } from '../../electron/archive/database.ts';
import { decodeBody, encodeBody } from '../../electron/archive/event-body.ts';
import type { StoredRow } from '../../electron/archive/events.ts';
import { createHeadWitness } from '../../electron/archive/head-witness.ts';
import { layoutOf } from '../../electron/archive/layout.ts';
import { createRowMacs } from '../../electron/archive/row-macs.ts';
import { random, type Scene } from './scene.ts';

export function writeAnew(scene: Scene, { keepAnchors }: { readonly keepAnchors: boolean }): void {
  const layout = layoutOf(scene.home);
  const key = subkey(scene.key, 'archive');
  const db = openDatabase(layout.archive, key);
  const keyring = openDatabase(layout.keyring, subkey(scene.key, 'keyring'));
  const triggers = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    )
    .all();
  for (const { name } of triggers) db.exec(['DROP TRIGGER ', name].join(''));
  db.pragma('foreign_keys = OFF');
  const keyOf = keyring.prepare<[string], Buffer>('SELECT key FROM job_key WHERE job = ?').pluck();
  let rows = db.prepare<[], StoredRow>('SELECT * FROM job_event ORDER BY seq').all();
  if (!keepAnchors) {
    rows = rows.filter((row) => row.type !== 'anchored');
    db.exec('DELETE FROM anchor');
  }
  db.exec('DELETE FROM job_event');
  const insert = db.prepare('INSERT INTO job_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const before = new Map<string, { version: number; hash: Buffer }>();
  const moved = new Map<number, number>();
  let prev: Buffer = chainStart;
  let seq = 0;
  for (const row of rows) {
    const { hash: last, version: lastVersion } = before.get(row.job) ?? {
      ...{ hash: chainStart, version: 0 },
    };
    const place = { ...row, seq: seq + 1, version: lastVersion + 1 };
    const jobKey = keyOf.get(row.job);
    const context = (version: number) => `event ${row.job} ${version}`;
    const plain = jobKey === undefined ? null : openBox(jobKey, row.body, context(row.version));
    let { body, digest } = row;
    const content = plain === null ? null : decodeBody(plain);
    if (jobKey !== undefined && content !== null) {
      let shown = content.shown;
      // The past that is made up: who wrote the first job's contract, and what it was called.
      if (row.type === 'created' && row.job !== officeJob) {
        const event = JSON.parse(Buffer.from(shown).toString()) as { spec: { title: string } };
        event.spec.title = 'En annen avtale';
        shown = Buffer.from(canonicalJson(event as unknown as Json));
      }
      const changed = { ...content, shown };
      digest = eventDigest(changed);
      body = sealBox(jobKey, encodeBody(changed), context(place.version), random);
    }
    const hash = eventHash(prev, last, { ...place, digest });
    const { job, version, at, actor, type } = place;
    insert.run(place.seq, job, version, at, actor, type, body, digest, prev, hash);
    before.set(job, { version, hash });
    moved.set(row.seq, place.seq);
    prev = hash;
    seq = place.seq;
  }
  for (const [from, to] of moved)
    if (from !== to) {
      db.prepare('UPDATE document SET seq = ? WHERE seq = ?').run(to, from);
      db.prepare('UPDATE revision SET seq = ? WHERE seq = ?').run(to, from);
    }
  db.exec('UPDATE document SET mac = NULL; UPDATE revision SET mac = NULL; DELETE FROM tally');
  createRowMacs(db, 'archive', subkey(scene.key, 'archive rows')).settle();
  for (const { sql } of triggers) db.exec(sql);
  db.close();
  keyring.close();
  createHeadWitness(layout, subkey(scene.key, 'head'), () => true).begin({ seq, hash: prev });
  rmSync(layout.views);
}
