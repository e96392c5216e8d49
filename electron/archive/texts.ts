/** The text of documents, kept for the search: the views are made from it, so they can be made anew. */
import { deflateRawSync } from 'node:zlib';
import type { Random } from '../core/ports.ts';
import { openBox, sealBox } from './box.ts';
import { type Db, inTransaction } from './database.ts';
import type { Keyring } from './keyring.ts';
import { damaged } from './refusals.ts';
import type { RowMacs } from './row-macs.ts';

export interface DocumentText {
  readonly document: string;
  /** Deflated. */
  readonly body: Buffer;
}

export interface Texts {
  put(job: string, document: string, text: string): void;
  /** Inside a transaction: deflated, as another document of the same bytes has it. */
  putDeflated(job: string, document: string, deflated: Uint8Array): void;
  of(job: string): readonly DocumentText[];
  /** Grows with every text. */
  last(): number;
  jobsAfter(id: number): readonly string[];
}

export function createTexts(db: Db, keyring: Keyring, random: Random, macs: RowMacs): Texts {
  const selectMac = db
    .prepare<[string], Buffer | null>('SELECT mac FROM document_text WHERE document = ?')
    .pluck();
  const stamp = db.prepare<[Uint8Array, number]>('UPDATE document_text SET mac = ? WHERE id = ?');
  const remove = db.prepare<[string]>('DELETE FROM document_text WHERE document = ?');
  const insert = db.prepare<[string, string, Uint8Array]>(
    'INSERT INTO document_text (document, job, body) VALUES (?, ?, ?)',
  );
  const select = db.prepare<[string], { document: string; body: Buffer }>(
    'SELECT document, body FROM document_text WHERE job = ? ORDER BY id',
  );
  const selectLast = db.prepare<[], number | null>('SELECT max(id) FROM document_text').pluck();
  const selectAfter = db
    .prepare<[number], string>('SELECT DISTINCT job FROM document_text WHERE id > ?')
    .pluck();

  function putDeflated(job: string, document: string, deflated: Uint8Array): void {
    const key = keyring.find(job);
    if (key === null) return;
    const body = sealBox(key, deflated, `text ${document}`, random);
    const before = selectMac.get(document);
    if (before !== undefined) macs.drop('document_text', before);
    remove.run(document);
    const id = Number(insert.run(document, job, body).lastInsertRowid);
    stamp.run(macs.add('document_text', [id, document, job, body]), id);
  }

  return {
    putDeflated,
    put(job, document, text) {
      const deflated = deflateRawSync(Buffer.from(text));
      inTransaction(db, () => putDeflated(job, document, deflated));
    },
    of(job) {
      const key = keyring.find(job);
      if (key === null) return [];
      return select.all(job).map(({ document, body }) => {
        const plain = openBox(key, body, `text ${document}`);
        if (plain === null) throw damaged(`text of document ${document}`);
        return { document, body: plain };
      });
    },
    last: () => selectLast.get() ?? 0,
    jobsAfter: (id) => selectAfter.all(id),
  };
}
