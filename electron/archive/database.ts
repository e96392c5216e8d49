/** Opens one of the archive's encrypted databases. */
import { closeSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';

export type Db = Database.Database;

interface Keyed {
  key(key: Buffer): number;
}

export interface DatabaseOptions {
  readonly readonly?: boolean;
  /** FULL: a commit is on the disk when it returns. NORMAL: it may be lost, the file stays whole. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** Overwrites what is deleted. */
  readonly secureDelete?: boolean;
}

/** Milliseconds to wait for another process that writes: longer than any transaction here. */
export const usualPatience = 10_000;

/**
 * `key`: 32 bytes. The cipher is AEGIS-256, which authenticates each page: four times as fast here
 * as the alternatives with authentication, and a flipped bit is an error instead of another value.
 */
export function openDatabase(file: string, key: Uint8Array, options: DatabaseOptions = {}): Db {
  // SQLite gives -wal and -shm the mode of the database: it must be private from its first byte.
  if (options.readonly !== true) closeSync(openSync(file, 'a', 0o600));
  const db = new Database(file, { readonly: options.readonly === true, timeout: usualPatience });
  try {
    db.pragma("cipher = 'aegis'");
    // The published types are those of the package this one is a fork of.
    (db as Db & Keyed).key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
    // Without it INSERT OR REPLACE slips past a DELETE trigger.
    db.pragma('recursive_triggers = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('temp_store = MEMORY');
    db.pragma('mmap_size = 0');
    if (options.readonly === true) {
      db.pragma('query_only = ON');
      db.pragma('user_version');
    } else {
      db.pragma('journal_mode = WAL');
      db.pragma(options.synchronous === 'NORMAL' ? 'synchronous = NORMAL' : 'synchronous = FULL');
      if (options.secureDelete === true) db.pragma('secure_delete = ON');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** `PRAGMA user_version`: the number of the last migration. */
export function schemaOf(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Runs `body` in one write transaction that holds the lock from its start. */
export function inTransaction<T>(db: Db, body: () => T): T {
  return db.transaction(body).immediate();
}

/** A database with the files beside it. */
export function removeDatabase(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
}
