/** The tables whose rows carry an authenticator, and how they are read for it. */

export type GuardedTable =
  | 'document'
  | 'revision'
  | 'document_text'
  | 'outbox'
  | 'setting'
  | 'user'
  | 'lease'
  | 'anchor'
  | 'book_entry'
  | 'job_key'
  | 'destroyed';

interface Guarded {
  readonly name: GuardedTable;
  readonly database: 'archive' | 'keyring';
  /** All columns in the order in which they are authenticated, the authenticator last. */
  readonly read: string;
  /** How many of them name the row. */
  readonly key: number;
  /** Gives a row of an older schema its authenticator; null where none is older. */
  readonly stamp: { readonly sql: string; readonly key: number } | null;
}

/** To add one more: a line here, a column `mac`, and `add` and `drop` where its rows come and go. */
export const guardedTables: readonly Guarded[] = [
  {
    ...{ name: 'document', database: 'archive', key: 1 },
    read: 'SELECT id, job, seq, mac FROM document ORDER BY id',
    stamp: { sql: 'UPDATE document SET mac = ? WHERE id = ?', key: 1 },
  },
  {
    ...{ name: 'revision', database: 'archive', key: 2 },
    read: `SELECT document, number, start, length, sha256, seq, tail, mac FROM revision
      ORDER BY document, number`,
    stamp: { sql: 'UPDATE revision SET mac = ? WHERE document = ? AND number = ?', key: 2 },
  },
  {
    ...{ name: 'document_text', database: 'archive', key: 2 },
    read: 'SELECT id, document, job, body, mac FROM document_text ORDER BY id',
    stamp: { sql: 'UPDATE document_text SET mac = ? WHERE id = ?', key: 1 },
  },
  {
    ...{ name: 'outbox', database: 'archive', key: 1 },
    read: 'SELECT id, topic, job, at, body, mac FROM outbox ORDER BY id',
    stamp: { sql: 'UPDATE outbox SET mac = ? WHERE id = ?', key: 1 },
  },
  {
    ...{ name: 'setting', database: 'archive', key: 1 },
    read: 'SELECT key, value, mac FROM setting ORDER BY key',
    stamp: { sql: 'UPDATE setting SET mac = ? WHERE key = ?', key: 1 },
  },
  {
    ...{ name: 'user', database: 'archive', key: 1 },
    read: 'SELECT id, value, mac FROM user ORDER BY id',
    stamp: { sql: 'UPDATE user SET mac = ? WHERE id = ?', key: 1 },
  },
  {
    ...{ name: 'lease', database: 'archive', key: 1 },
    read: 'SELECT name, holder, until, mac FROM lease ORDER BY name',
    stamp: { sql: 'UPDATE lease SET mac = ? WHERE name = ?', key: 1 },
  },
  {
    ...{ name: 'anchor', database: 'archive', key: 1 },
    read: 'SELECT n, kind, seq, hash, token, authority, at, mac FROM anchor ORDER BY n',
    stamp: null,
  },
  {
    ...{ name: 'book_entry', database: 'archive', key: 1 },
    read: 'SELECT id, kind, body, mac FROM book_entry ORDER BY id',
    stamp: null,
  },
  {
    ...{ name: 'job_key', database: 'keyring', key: 1 },
    read: 'SELECT job, key, mac FROM job_key ORDER BY job',
    stamp: { sql: 'UPDATE job_key SET mac = ? WHERE job = ?', key: 1 },
  },
  {
    ...{ name: 'destroyed', database: 'keyring', key: 1 },
    read: 'SELECT job, at, mac FROM destroyed ORDER BY job',
    stamp: { sql: 'UPDATE destroyed SET mac = ? WHERE job = ?', key: 1 },
  },
];
