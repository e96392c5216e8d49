/** One random key per job, in a database of its own whose backups replace each other. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Clock, Random } from '../core/ports.ts';
import { type Db, inTransaction } from './database.ts';
import type { RowMacs } from './row-macs.ts';

export interface Keyring {
  /** Forgets what another process may have destroyed; once before each look at the archive. */
  refresh(): void;
  /** The key of a job; made, and on the disk, when it is asked for the first time. Null once destroyed. */
  keyFor(job: string): KeyObject | null;
  /** Keys of several, made in one transaction where they are new; `keyFor` answers each. */
  makeAll(jobs: readonly string[]): void;
  /** The key of a job that has one. */
  find(job: string): KeyObject | null;
  isDestroyed(job: string): boolean;
  /** Runs `body` over one state of the keyring: many look-ups then cost a fifth. */
  atOnce<T>(body: () => T): T;
  /** False where a page of the keyring is damaged. */
  isSound(): boolean;
  /** Overwrites the key: whatever it encrypted is unreadable from now on, here and in every backup. */
  destroy(job: string): void;
}

/**
 * Node opens a box four times as fast with a key object as with the bytes of a key. More than the jobs
 * that are worked at in the same weeks: their events lie among each other in the log.
 */
const kept = 10_000;

export function createKeyring(db: Db, clock: Clock, random: Random, macs: RowMacs): Keyring {
  const select = db.prepare<[string], Buffer>('SELECT key FROM job_key WHERE job = ?').pluck();
  const insert = db.prepare<[string, Uint8Array, Uint8Array]>(
    'INSERT INTO job_key (job, key, mac) VALUES (?, ?, ?)',
  );
  const selectMac = db
    .prepare<[string], Buffer | null>('SELECT mac FROM job_key WHERE job = ?')
    .pluck();
  const selectDestroyed = db
    .prepare<[string], number>('SELECT 1 FROM destroyed WHERE job = ?')
    .pluck();
  const remove = db.prepare<[string]>('DELETE FROM job_key WHERE job = ?');
  const insertDestroyed = db.prepare<[string, string, Uint8Array]>(
    'INSERT INTO destroyed (job, at, mac) VALUES (?, ?, ?)',
  );
  const check = db.prepare<[], string>('PRAGMA quick_check(1)').pluck();
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();

  // Two generations: a map whose oldest is taken out again and again has to look for its first.
  let young = new Map<string, KeyObject>();
  let old = young;
  let seen = version.get();

  function keep(job: string, key: KeyObject): KeyObject {
    if (young.size >= kept) {
      old = young;
      young = new Map();
    }
    young.set(job, key);
    return key;
  }

  function find(job: string): KeyObject | null {
    const known = young.get(job);
    if (known !== undefined) return known;
    const older = old.get(job);
    if (older !== undefined) return keep(job, older);
    const bytes = select.get(job);
    if (bytes === undefined) return null;
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return keep(job, key);
  }

  function isDestroyed(job: string): boolean {
    return selectDestroyed.get(job) !== undefined;
  }

  /** Inside a transaction. */
  function make(job: string): void {
    // Another process may have been faster, also with destroying it.
    if (selectMac.get(job) !== undefined || isDestroyed(job)) return;
    const key = Buffer.from(random.bytes(32));
    insert.run(job, key, macs.add('job_key', [job, key]));
    key.fill(0);
  }

  return {
    refresh() {
      const now = version.get();
      if (now !== seen) for (const keys of [young, old]) keys.clear();
      seen = now;
    },
    find,
    isDestroyed,
    atOnce: (body) => db.transaction(body).deferred(),
    isSound: () => check.get() === 'ok',
    keyFor(job) {
      const known = find(job);
      if (known !== null) return known;
      if (isDestroyed(job)) return null;
      inTransaction(db, () => make(job));
      return find(job);
    },
    makeAll(jobs) {
      const fresh = jobs.filter((job) => find(job) === null);
      if (fresh.length > 0) inTransaction(db, () => fresh.forEach(make));
    },
    destroy(job) {
      for (const keys of [young, old]) keys.delete(job);
      inTransaction(db, () => {
        const mac = selectMac.get(job);
        if (mac !== undefined) {
          macs.drop('job_key', mac);
          remove.run(job);
        }
        if (isDestroyed(job)) return;
        const at = clock.now().toISOString();
        insertDestroyed.run(job, at, macs.add('destroyed', [job, at]));
      });
      // The log beside the database still has the page with the key.
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}
