/** Reads a database's schema number without touching it, its folder or its log. */
import { closeSync, existsSync, ftruncateSync, mkdtempSync, openSync, readSync } from 'node:fs';
import { rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, schemaOf } from './database.ts';

const pageSize = 4096;

/**
 * `PRAGMA user_version`. Opening a WAL database, even for reading, makes files beside it; the number
 * stands on the first page, so a sparse copy of that page is opened instead. Where the log beside it
 * holds newer pages its files are there anyway, and the database is opened for reading.
 */
export function peekSchema(file: string, key: Uint8Array): number {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (log !== undefined && log.size > 0) return readSchema(file, key);
  const folder = mkdtempSync(join(tmpdir(), 'skranke-'));
  try {
    const copy = join(folder, 'page.db');
    copyFirstPage(file, copy);
    return readSchema(copy, key);
  } catch (error) {
    // A page that was written just while it was copied does not authenticate: ask the database then.
    if (existsSync(`${file}-wal`)) return readSchema(file, key);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readSchema(file: string, key: Uint8Array): number {
  const db = openDatabase(file, key, { readonly: true });
  try {
    return schemaOf(db);
  } finally {
    db.close();
  }
}

function copyFirstPage(file: string, copy: string): void {
  const page = Buffer.alloc(pageSize);
  const from = openSync(file, 'r');
  const to = openSync(copy, 'wx', 0o600);
  try {
    const count = readSync(from, page, 0, pageSize, 0);
    writeSync(to, page, 0, count, 0);
    // SQLite believes a database whose size is the one its first page names.
    ftruncateSync(to, statSync(file).size);
  } finally {
    closeSync(from);
    closeSync(to);
  }
}
