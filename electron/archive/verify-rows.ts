/** The rows beside the log: their authenticators, the schema, settings and users against the office's log. */
import Database from 'better-sqlite3';
import type { OfficeEvent } from '../../shared/office-event.ts';
import type { Json } from '../../shared/result.ts';
import { isCommittedTo, type Commitment } from './commitment.ts';
import type { Db } from './database.ts';
import type { Report } from './findings.ts';
import { migrate } from './migrate.ts';
import type { RowMacs } from './row-macs.ts';

export function verifyRows(macs: RowMacs, report: Report): void {
  macs.check((table, row) =>
    row === null ? report('table.tally', table) : report('row.changed', `${table} ${row}`),
  );
}

/** Triggers, indexes and tables are those that the migrations make. */
export function verifySchema(db: Db, which: 'archive' | 'keyring', report: Report): void {
  const fresh = new Database(':memory:');
  try {
    migrate(fresh, which);
    const wanted = schemaIn(fresh);
    const found = schemaIn(db);
    for (const [name, sql] of wanted)
      if (found.get(name) !== sql) report('schema.differs', `${which}.db ${name}`);
    for (const name of found.keys())
      if (!wanted.has(name)) report('schema.differs', `${which}.db ${name}`);
  } finally {
    fresh.close();
  }
}

function schemaIn(db: Db): ReadonlyMap<string, string> {
  const rows = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*'",
    )
    .all();
  return new Map(rows.map(({ name, sql }) => [name, sql]));
}

/** Settings and users are views of the office's log: each row is what its last event says. */
export function verifyOffice(
  db: Db,
  events: readonly { readonly event: OfficeEvent }[],
  report: Report,
): void {
  const settings = new Map<string, Commitment>();
  const users = new Map<string, Commitment>();
  const entries = new Set<string>();
  for (const { event } of events) {
    if (event.type === 'setting-changed') settings.set(event.key, event);
    if (event.type === 'user-changed') users.set(event.user, event);
    if (event.type === 'entry-saved') entries.add(event.entry);
    if (event.type === 'entry-removed') entries.delete(event.entry);
  }
  const rowsOf = (sql: string) => db.prepare<[], { name: string; value: string }>(sql).all();
  compare('setting', settings, rowsOf('SELECT key AS name, value FROM setting'), report);
  const standing = new Set(db.prepare<[], string>('SELECT id FROM book_entry').pluck().all());
  for (const id of entries) if (!standing.has(id)) report('entry.missing', `book_entry ${id}`);
  for (const id of standing) if (!entries.has(id)) report('entry.untold', `book_entry ${id}`);
  compare('user', users, rowsOf('SELECT id AS name, value FROM user'), report);
}

function compare(
  what: string,
  told: ReadonlyMap<string, Commitment>,
  rows: readonly { readonly name: string; readonly value: string }[],
  report: Report,
): void {
  const standing = new Set(rows.map(({ name }) => name));
  for (const { name, value } of rows) {
    const commitment = told.get(name);
    const same = commitment !== undefined && isCommittedTo(commitment, parsed(value));
    if (!same) report(`${what}.differs`, `${what} ${name}`);
  }
  for (const name of told.keys())
    if (!standing.has(name)) report(`${what}.missing`, `${what} ${name}`);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
