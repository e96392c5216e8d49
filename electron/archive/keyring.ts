/** One random key per job, in a database of its own whose backups replace each other. */
import type { Clock, Random } from '../core/ports.ts';
import { type Db, inTransaction } from './database.ts';

export interface Keyring {
  /** The key of a job; made, and on the disk, when it is asked for the first time. Null once destroyed. */
  keyFor(job: string): Uint8Array | null;
  /** The key of a job that has one. */
  find(job: string): Uint8Array | null;
  isDestroyed(job: string): boolean;
  /** Overwrites the key: whatever it encrypted is unreadable from now on, here and in every backup. */
  destroy(job: string): void;
}

const kept = 5_000;

export function createKeyring(db: Db, clock: Clock, random: Random): Keyring {
  const select = db.prepare<[string], Buffer>('SELECT key FROM job_key WHERE job = ?').pluck();
  const insert = db.prepare<[string, Uint8Array]>(
    'INSERT INTO job_key (job, key) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const selectDestroyed = db
    .prepare<[string], number>('SELECT 1 FROM destroyed WHERE job = ?')
    .pluck();
  const remove = db.prepare<[string]>('DELETE FROM job_key WHERE job = ?');
  const insertDestroyed = db.prepare<[string, string]>(
    'INSERT INTO destroyed (job, at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const version = db.prepare<[], number>('SELECT data_version FROM pragma_data_version').pluck();

  const cache = new Map<string, Uint8Array>();
  let seen = version.get();

  function find(job: string): Uint8Array | null {
    // Another process may have destroyed a key that is remembered here.
    const now = version.get();
    if (now !== seen) cache.clear();
    seen = now;
    const known = cache.get(job);
    if (known !== undefined) return known;
    const key = select.get(job);
    if (key === undefined) return null;
    if (cache.size >= kept) cache.clear();
    cache.set(job, key);
    return key;
  }

  function isDestroyed(job: string): boolean {
    return selectDestroyed.get(job) !== undefined;
  }

  return {
    find,
    isDestroyed,
    keyFor(job) {
      const known = find(job);
      if (known !== null) return known;
      if (isDestroyed(job)) return null;
      insert.run(job, random.bytes(32));
      return find(job);
    },
    destroy(job) {
      cache.get(job)?.fill(0);
      cache.delete(job);
      inTransaction(db, () => {
        remove.run(job);
        insertDestroyed.run(job, clock.now().toISOString());
      });
      // The log beside the database still has the page with the key.
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}
