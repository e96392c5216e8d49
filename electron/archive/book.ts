/**
 * The address book: what jobs take their signers from, and nothing else. An entry is encrypted with a key
 * of its own, which is destroyed when the entry is removed. The log says that somebody was put there or
 * removed, and by whom, never who it was.
 */
import type { Json } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';
import { openBox, sealBox } from './box.ts';
import type { Db } from './database.ts';
import type { Keyring } from './keyring.ts';
import type { Office } from './office.ts';
import { damaged } from './refusals.ts';
import type { RowMacs } from './row-macs.ts';

export type BookKind = 'person' | 'group';

export interface BookEntry {
  readonly id: string;
  readonly kind: BookKind;
  readonly value: Json;
}

export interface Book {
  list(): readonly BookEntry[];
  /** Several at once, in one transaction with the events that say so. */
  put(entries: readonly BookEntry[], actor: string): void;
  /** Really: nobody can read it any more, in older backups neither. */
  remove(id: string, actor: string): void;
}

interface Row {
  readonly id: string;
  readonly kind: BookKind;
  readonly body: Buffer;
  readonly mac: Buffer;
}

export function createBook(
  db: Db,
  office: Office,
  keyring: Keyring,
  macs: RowMacs,
  random: Random,
): Book {
  const select = db.prepare<[], Row>('SELECT id, kind, body, mac FROM book_entry ORDER BY id');
  const selectMac = db.prepare<[string], Buffer>('SELECT mac FROM book_entry WHERE id = ?').pluck();
  const selectKind = db
    .prepare<[string], BookKind>('SELECT kind FROM book_entry WHERE id = ?')
    .pluck();
  const upsert = db.prepare<[string, string, Uint8Array, Uint8Array]>(
    `INSERT INTO book_entry (id, kind, body, mac) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, body = excluded.body, mac = excluded.mac`,
  );
  const remove = db.prepare<[string]>('DELETE FROM book_entry WHERE id = ?');
  /** What was opened, by its authenticator: a search types along. */
  let opened = new Map<string, BookEntry>();

  return {
    list() {
      const now = new Map<string, BookEntry>();
      for (const { id, kind, body, mac } of select.all()) {
        const mark = mac.toString('base64');
        now.set(mark, opened.get(mark) ?? { id, kind, value: openEntry(keyring, id, body) });
      }
      opened = now;
      return [...now.values()];
    },
    put(entries, actor) {
      keyring.makeAll(entries.map(({ id }) => id));
      office.noting(actor, (note) => {
        for (const { id, kind, value } of entries) {
          const key = keyring.find(id);
          if (key === null) throw damaged('key of an entry');
          const body = sealBox(key, Buffer.from(JSON.stringify(value)), `book ${id}`, random);
          const before = selectMac.get(id);
          if (before !== undefined) macs.drop('book_entry', before);
          upsert.run(id, kind, body, macs.add('book_entry', [id, kind, body]));
          note({ type: 'entry-saved', kind, entry: id });
        }
      });
    },
    remove(id, actor) {
      const kind = selectKind.get(id);
      if (kind === undefined) return;
      office.noting(actor, (note) => {
        const mac = selectMac.get(id);
        if (mac === undefined) return;
        macs.drop('book_entry', mac);
        remove.run(id);
        note({ type: 'entry-removed', kind, entry: id });
      });
      opened = new Map();
      keyring.destroy(id);
      // The log beside the database still has the page with the row.
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}

function openEntry(keyring: Keyring, id: string, body: Buffer): Json {
  const key = keyring.find(id);
  const plain = key === null ? null : openBox(key, body, `book ${id}`);
  if (plain === null) throw damaged(`entry ${id}`);
  return JSON.parse(plain.toString()) as Json;
}
