/** Revision 0 is a file, later revisions are tails in the database: reading one is the sum of both. */
import type { KeyObject } from 'node:crypto';
import type { RevisionRef } from '../../shared/job/job.ts';
import { officeJob } from '../../shared/office-event.ts';
import { Refusal } from '../../shared/result.ts';
import type { ByteSource, Random } from '../core/ports.ts';
import type { Append, Progress, RevisionSource, StagedDocument } from './archive.ts';
import { openBox, sealBox } from './box.ts';
import { type ChunkedFile, openChunked, writeChunked } from './chunked-file.ts';
import type { Db } from './database.ts';
import type { Keyring } from './keyring.ts';
import { documentPath, syncFiles, type Layout } from './layout.ts';
import { damaged } from './refusals.ts';
import type { RowMacs } from './row-macs.ts';
import type { Staging } from './staging.ts';

export interface RevisionRow {
  readonly number: number;
  readonly start: number;
  readonly length: number;
  readonly sha256: Buffer;
  readonly tail: Buffer | null;
}

type Tail = NonNullable<Append['tails']>[number];

export interface Documents {
  stage(job: string, from: ByteSource, progress?: Progress): StagedDocument;
  /** Several, each under the key of its own job: a fraction of the price of one after the other. */
  stageAll(
    wanted: readonly { readonly job: string; readonly from: ByteSource }[],
  ): Promise<readonly StagedDocument[]>;
  unstage(document: StagedDocument): void;
  jobOf(document: string): string | null;
  revisions(document: string): readonly RevisionRef[];
  source(document: string, revision?: number): RevisionSource;
  /** Inside a transaction. */
  putDocument(job: string, seq: number, document: StagedDocument): void;
  putTail(job: string, seq: number, tail: Tail): void;
  sweep(): void;
}

function tailContext(document: string, revision: number): string {
  return `tail ${document} ${revision}`;
}

export function createDocuments(
  db: Db,
  layout: Layout,
  staging: Staging,
  keyring: Keyring,
  random: Random,
  macs: RowMacs,
): Documents {
  const selectJob = db.prepare<[string], string>('SELECT job FROM document WHERE id = ?').pluck();
  const selectRevisions = db.prepare<[string], RevisionRow>(
    'SELECT number, start, length, sha256, tail FROM revision WHERE document = ? ORDER BY number',
  );
  const selectRefs = db.prepare<[string], Omit<RevisionRow, 'tail'>>(
    'SELECT number, start, length, sha256 FROM revision WHERE document = ? ORDER BY number',
  );
  const selectLast = db.prepare<[string], Omit<RevisionRow, 'tail'>>(
    `SELECT number, start, length, sha256 FROM revision WHERE document = ?
     ORDER BY number DESC LIMIT 1`,
  );
  const insertDocument = db.prepare<[string, string, number, Uint8Array]>(
    'INSERT INTO document (id, job, seq, mac) VALUES (?, ?, ?, ?)',
  );
  const insertRevision = db.prepare<
    [string, number, number, number, Uint8Array, number, Uint8Array | null, Uint8Array]
  >(
    `INSERT INTO revision (document, number, start, length, sha256, seq, tail, mac)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const putRevision = (...row: [string, number, number, number, Buffer, number, Buffer | null]) =>
    void insertRevision.run(...row, macs.add('revision', row));

  function keyOf(job: string): KeyObject {
    const key = keyring.find(job);
    if (key !== null) return key;
    if (keyring.isDestroyed(job)) throw disposed();
    throw damaged('key of a job');
  }

  function openFile(document: string, job: string): ChunkedFile {
    const file = documentPath(layout.documents, document);
    try {
      return openChunked(file, { document, job }, keyOf(job));
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      throw missing ? damaged(`document ${document}`) : error;
    }
  }

  return {
    stage(job, from, progress) {
      if (job === officeJob) throw unknown();
      const key = keyring.keyFor(job);
      if (key === null) throw disposed();
      const document = Buffer.from(random.bytes(16)).toString('hex');
      let sha256 = '';
      staging.place(document, (file) => {
        sha256 = writeChunked(file, from, { document, job }, key, random, progress);
      });
      return { id: document, length: from.length, sha256 };
    },
    async stageAll(wanted) {
      keyring.makeAll(wanted.map(({ job }) => job));
      // One folder for all of them is one to make durable; the rest of the name is random enough.
      const [first = 0] = random.bytes(1);
      const place = Buffer.of(first);
      const staged = wanted.map(({ job, from }) => {
        const key = job === officeJob ? null : keyring.find(job);
        if (key === null) throw disposed();
        const id = Buffer.concat([place, random.bytes(15)]).toString('hex');
        return { id, job, from, key, sha256: '' };
      });
      const byId = new Map(staged.map((one) => [one.id, one]));
      await staging.placeAll(
        staged.map(({ id }) => id),
        (id, file) => {
          const one = byId.get(id);
          if (one === undefined) return;
          const { job, from, key } = one;
          one.sha256 = writeChunked(
            file,
            from,
            { document: id, job },
            key,
            random,
            undefined,
            false,
          );
        },
        syncFiles,
      );
      return staged.map(({ id, from, sha256 }) => ({ id, length: from.length, sha256 }));
    },
    unstage(document) {
      if (selectJob.get(document.id) === undefined) staging.drop(document.id);
    },
    jobOf: (document) => selectJob.get(document) ?? null,
    revisions: (document) =>
      selectRefs.all(document).map(({ number, length, sha256 }) => ({
        document,
        revision: number,
        sha256: sha256.toString('hex'),
        length,
      })),
    source(document, revision) {
      const job = selectJob.get(document);
      if (job === undefined) throw unknown();
      const rows = selectRevisions.all(document);
      const wanted = revision ?? rows.length - 1;
      const last = rows[wanted];
      if (last === undefined) throw unknown();
      const key = keyOf(job);
      const tails = rows.slice(1, wanted + 1).map((row) => {
        const bytes = openBox(key, row.tail ?? Buffer.alloc(0), tailContext(document, row.number));
        if (bytes === null) throw damaged(`document ${document} revision ${row.number}`);
        return { start: row.start, bytes };
      });
      const ref = { document, revision: wanted, length: last.length };
      return joined(openFile(document, job), tails, {
        ...ref,
        sha256: last.sha256.toString('hex'),
      });
    },
    putDocument(job, seq, { id, length, sha256 }) {
      // A file under another job's key would be unreadable for ever: it is opened before it counts.
      const file = openFile(id, job);
      file.close();
      if (file.length !== length) throw damaged(`document ${id}`);
      insertDocument.run(id, job, seq, macs.add('document', [id, job, seq]));
      putRevision(id, 0, 0, length, Buffer.from(sha256, 'hex'), seq, null);
    },
    putTail(job, seq, { document, revision, bytes, sha256 }) {
      const last = selectLast.get(document);
      if (last === undefined || selectJob.get(document) !== job) throw unknown();
      if (last.number + 1 !== revision)
        throw new Refusal('document.moved', 'The document has another revision by now', {
          document,
          revision: last.number,
        });
      const tail = sealBox(keyOf(job), bytes, tailContext(document, revision), random);
      const length = last.length + bytes.length;
      const hash = Buffer.from(sha256, 'hex');
      putRevision(document, revision, last.length, length, hash, seq, tail);
    },
    sweep() {
      staging.sweep((document) => selectJob.get(document) !== undefined);
    },
  };
}

function unknown(): Refusal {
  return new Refusal('document.unknown', 'There is no such document or revision');
}

function disposed(): Refusal {
  return new Refusal('job.disposed', 'The job was disposed of and cannot be read any more');
}

interface TailPart {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** One source over the file and what was appended to it. */
function joined(
  file: ChunkedFile,
  tails: readonly TailPart[],
  revision: RevisionRef,
): RevisionSource {
  const { length } = revision;
  const parts = [...tails];
  const last = parts.at(-1);
  const end = last === undefined ? file.length : last.start + last.bytes.length;
  if (end !== length || (parts[0]?.start ?? length) !== file.length) {
    file.close();
    throw damaged(`document ${revision.document} revision ${revision.revision}`);
  }
  return {
    revision,
    length,
    read(offset, count) {
      if (offset < 0 || count < 0 || offset + count > length)
        throw new RangeError('read outside the document');
      if (offset + count <= file.length) return file.read(offset, count);
      const stop = offset + count;
      const inFile = Math.max(0, file.length - offset);
      const out = Buffer.allocUnsafe(count);
      if (inFile > 0) out.set(file.read(offset, inFile), 0);
      for (const { start, bytes } of parts) {
        const from = Math.max(start, offset);
        const to = Math.min(start + bytes.length, stop);
        if (from < to) out.set(bytes.subarray(from - start, to - start), from - offset);
      }
      return out;
    },
    close: () => file.close(),
  };
}
