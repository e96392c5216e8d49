/** What must leave the house: a row stands from the commit that made it until it was delivered. */
import type { Json } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';
import type { OutboxRow } from './archive.ts';
import { openBox, sealBox } from './box.ts';
import { type Db, inTransaction } from './database.ts';
import type { Keyring } from './keyring.ts';
import { damaged } from './refusals.ts';
import type { RowMacs } from './row-macs.ts';

export interface Outbox {
  /** Inside a transaction. */
  put(job: string, topic: string, at: string, body: Json): void;
  list(topic: string, limit: number): readonly OutboxRow[];
  remove(id: number): void;
}

export function createOutbox(db: Db, keyring: Keyring, random: Random, macs: RowMacs): Outbox {
  const insert = db.prepare<[string, string, string, Uint8Array]>(
    'INSERT INTO outbox (topic, job, at, body) VALUES (?, ?, ?, ?)',
  );
  const stamp = db.prepare<[Uint8Array, number]>('UPDATE outbox SET mac = ? WHERE id = ?');
  const selectMac = db
    .prepare<[number], Buffer | null>('SELECT mac FROM outbox WHERE id = ?')
    .pluck();
  const select = db.prepare<
    [string, number],
    { id: number; topic: string; job: string; at: string; body: Buffer }
  >('SELECT id, topic, job, at, body FROM outbox WHERE topic = ? ORDER BY id LIMIT ?');
  const remove = db.prepare<[number]>('DELETE FROM outbox WHERE id = ?');

  return {
    put(job, topic, at, body) {
      const key = keyring.find(job);
      if (key === null) throw damaged('key of a job');
      const plain = Buffer.from(JSON.stringify(body));
      const sealed = sealBox(key, plain, `outbox ${topic} ${job}`, random);
      const id = Number(insert.run(topic, job, at, sealed).lastInsertRowid);
      stamp.run(macs.add('outbox', [id, topic, job, at, sealed]), id);
    },
    list: (topic, limit) =>
      select.all(topic, limit).flatMap(({ id, job, at, body }) => {
        const key = keyring.find(job);
        // Nothing of a disposed job leaves the house.
        if (key === null) return [];
        const plain = openBox(key, body, `outbox ${topic} ${job}`);
        if (plain === null) throw damaged(`outbox ${id}`);
        return [{ id, topic, at, body: JSON.parse(plain.toString()) as Json }];
      }),
    remove(id) {
      inTransaction(db, () => {
        const mac = selectMac.get(id);
        if (mac === undefined) return;
        macs.drop('outbox', mac);
        remove.run(id);
      });
    },
  };
}
