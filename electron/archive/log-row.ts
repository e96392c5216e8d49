/** Rows of the log as `verify` reads them: its four binary columns come as one, a third of the price. */
import type { Db } from './database.ts';

export interface LogRow {
  readonly seq: number;
  readonly job: string;
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  /** One character a byte. */
  readonly prev: string;
  readonly hash: string;
  readonly digest: string;
  readonly body: Buffer;
}

type RawRow = readonly [number, string, number, string, string, string, number, Buffer];

/** What the schema asks for; somebody may have written past it. */
const asUsual = 32_032_032;

export interface LogRows {
  /** Of the events after `from` and up to `to`, the first ones. */
  next(from: number, to: number, limit: number): readonly LogRow[];
  /** The events of a job below a version. */
  earlier(job: string, below: number): readonly LogRow[];
  /** The last event up to a place; null where there is none. */
  upTo(seq: number): { readonly seq: number; readonly hash: string } | null;
  /** The last event of a job up to a place, below a version. */
  ofJob(
    job: string,
    below: number,
    seq: number,
  ): { readonly version: number; readonly hash: string } | null;
}

export function createLogRows(db: Db): LogRows {
  const selectNext = db
    .prepare<[number, number, number], RawRow>(
      `SELECT seq, job, version, at, actor, type,
         length(prev) * 1000000 + length(hash) * 1000 + length(digest),
         CAST(prev || hash || digest || body AS BLOB)
       FROM job_event WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    )
    .raw();
  const selectEarlier = db
    .prepare<[string, number], RawRow>(
      `SELECT seq, job, version, at, actor, type,
         length(prev) * 1000000 + length(hash) * 1000 + length(digest),
         CAST(prev || hash || digest || body AS BLOB)
       FROM job_event WHERE job = ? AND version < ? ORDER BY version`,
    )
    .raw();
  const selectApart = db.prepare<[number], Record<'prev' | 'hash' | 'digest' | 'body', Buffer>>(
    'SELECT prev, hash, digest, body FROM job_event WHERE seq = ?',
  );
  const selectUpTo = db.prepare<[number], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM job_event WHERE seq <= ? ORDER BY seq DESC LIMIT 1',
  );
  const selectOfJob = db.prepare<[string, number, number], { version: number; hash: Buffer }>(
    `SELECT version, hash FROM job_event WHERE job = ? AND version < ? AND seq <= ?
     ORDER BY version DESC LIMIT 1`,
  );

  function rowOf([seq, job, version, at, actor, type, lengths, bytes]: RawRow): LogRow {
    const place = { seq, job, version, at, actor, type };
    if (lengths === asUsual) {
      const hashes = bytes.toString('latin1', 0, 96);
      return {
        ...place,
        prev: hashes.slice(0, 32),
        hash: hashes.slice(32, 64),
        digest: hashes.slice(64),
        body: bytes.subarray(96),
      };
    }
    const apart = selectApart.get(seq);
    const text = (column: 'prev' | 'hash' | 'digest') => apart?.[column].toString('latin1') ?? '';
    return {
      ...place,
      ...{ prev: text('prev'), hash: text('hash'), digest: text('digest') },
      body: apart?.body ?? Buffer.alloc(0),
    };
  }

  return {
    next: (from, to, limit) => selectNext.all(from, to, limit).map(rowOf),
    earlier: (job, below) => selectEarlier.all(job, below).map(rowOf),
    upTo(seq) {
      const row = selectUpTo.get(seq);
      return row === undefined ? null : { seq: row.seq, hash: row.hash.toString('latin1') };
    },
    ofJob(job, below, seq) {
      const row = selectOfJob.get(job, below, seq);
      return row === undefined ? null : { version: row.version, hash: row.hash.toString('latin1') };
    },
  };
}
