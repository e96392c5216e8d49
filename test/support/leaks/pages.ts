/**
 * An encrypted database in the clear: every row of every table, those behind the search index too, and
 * every page as it lies in the file and in the log beside it: free pages, what was deleted, and frames
 * of the log that a later commit has replaced.
 */
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../electron/archive/database.ts';

export interface Piece {
  readonly place: string;
  readonly bytes: Buffer;
}

const walHeader = 32;
const frameHeader = 24;

/** `scratch`: a folder of its own. The database may be open elsewhere: copies are read. */
export function databaseInTheClear(
  name: string,
  file: string,
  key: Uint8Array,
  scratch: string,
): readonly Piece[] {
  const copy = join(scratch, 'copy.db');
  const wal = `${file}-wal`;
  const log = existsSync(wal) ? readFileSync(wal) : Buffer.alloc(0);
  for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
  copyFileSync(file, copy);
  if (log.length > 0) copyFileSync(wal, `${copy}-wal`);
  const pieces = [...rowsOf(name, copy, key)];
  settle(copy, key);
  const now = pagesOf(copy, key);
  pieces.push({ place: `${name}: pages`, bytes: now });
  const written = now.readUInt16BE(16);
  const pageSize = written === 1 ? 65536 : written;
  const frames = framesOf(log, pageSize);
  const settled = readFileSync(copy);
  // Each page's first frame in one copy, its second in the next: a page opens only in its own place.
  const rounds = Math.max(0, ...[...frames.values()].map((all) => all.length));
  for (let round = 0; round < rounds; round++) {
    const mixed = Buffer.from(settled);
    const put: number[] = [];
    for (const [page, all] of frames) {
      const frame = all[round];
      // The first page says how many there are: its own older frames hold no rows of people.
      if (page === 1 || frame === undefined || page * pageSize > mixed.length) continue;
      frame.copy(mixed, (page - 1) * pageSize);
      put.push(page);
    }
    writeFileSync(copy, mixed);
    const all = pagesOf(copy, key);
    const bytes = Buffer.concat(
      put.map((page) => all.subarray((page - 1) * pageSize, page * pageSize)),
    );
    pieces.push({ place: `${name}: frames of the log`, bytes });
  }
  return pieces;
}

/** Frames by page, in the order they were written; those of a log that began anew are there, too. */
function framesOf(log: Buffer, pageSize: number): ReadonlyMap<number, readonly Buffer[]> {
  const frames = new Map<number, Buffer[]>();
  const step = frameHeader + pageSize;
  for (let at = walHeader; at + step <= log.length; at += step) {
    const page = log.readUInt32BE(at);
    const bytes = log.subarray(at + frameHeader, at + step);
    frames.set(page, [...(frames.get(page) ?? []), bytes]);
  }
  return frames;
}

function settle(file: string, key: Uint8Array): void {
  const db = openDatabase(file, key);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** Every page without its cipher, free ones too; nothing is rearranged, as VACUUM would. */
function pagesOf(file: string, key: Uint8Array): Buffer {
  const db = openDatabase(file, key, { readonly: true });
  try {
    return db.serialize();
  } finally {
    db.close();
  }
}

function* rowsOf(name: string, file: string, key: Uint8Array): Generator<Piece> {
  const db = openDatabase(file, key);
  try {
    const tables = db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_schema'",
      )
      .pluck()
      .all();
    for (const table of tables) {
      const rows = db
        .prepare<[], readonly unknown[]>(['SELECT * FROM "', table, '"'].join(''))
        .raw()
        .all();
      const cells = rows.flatMap((row) => row.map(bytesOf));
      const gap = Buffer.from('\n');
      yield {
        place: `${name}: table ${table}`,
        bytes: Buffer.concat(cells.flatMap((cell) => [cell, gap])),
      };
    }
  } finally {
    db.close();
  }
}

function bytesOf(value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (value === null) return Buffer.alloc(0);
  return Buffer.from(String(value as string | number));
}
