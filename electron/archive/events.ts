/** Reads the log and puts rows on its end. */
import type { KeyObject } from 'node:crypto';
import type { JobEvent } from '../../shared/job/event.ts';
import type { Job } from '../../shared/job/job.ts';
import { evolve } from '../../shared/job/evolve.ts';
import { officeJob, type OfficeEvent } from '../../shared/office-event.ts';
import type { Random } from '../core/ports.ts';
import type { ChainedEvent } from './archive.ts';
import { openBox, sealBox } from './box.ts';
import {
  bodyProof,
  chainStart,
  eventDigest,
  eventHash,
  jobEventBody,
  officeEventBody,
  type EventBody,
  type StoredEvent,
} from './chain.ts';
import type { Db } from './database.ts';
import { decodeBody, encodeBody } from './event-body.ts';
import type { Keyring } from './keyring.ts';
import { damaged } from './refusals.ts';

export interface StoredRow extends StoredEvent {
  readonly body: Buffer;
  readonly digest: Buffer;
  readonly prev: Buffer;
  readonly hash: Buffer;
}

export type SealedRow = Pick<StoredRow, 'seq' | 'job' | 'version' | 'body'>;

export interface Head {
  readonly seq: number;
  readonly hash: Buffer;
}

type Next = Omit<StoredEvent, 'seq' | 'type' | 'digest'>;

export interface Events {
  head(): Head;
  version(job: string): number;
  /** The place of a job's last event; 0 for an unknown one. */
  lastOf(job: string): number;
  /** Whether the log says this at that place. */
  isInLog(head: Head): boolean;
  hashAt(seq: number): Buffer | null;
  /** Null for an unknown job and for one whose key was destroyed. */
  job(id: string): Job | null;
  of(job: string): readonly ChainedEvent[];
  /** Of jobs only. */
  since(seq: number, limit: number): readonly ChainedEvent[];
  /** The office's rows from the newest, below `version`. */
  office(version: number, limit: number): readonly StoredRow[];
  /** Those of one type, from the newest. */
  officeOf(type: OfficeEvent['type'], limit: number): readonly StoredRow[];
  /** What the body says; null where the job's key was destroyed. */
  open(row: SealedRow): EventBody | null;
  /** Inside a transaction: the next event of a job. Nothing is remembered until `remember`. */
  put(head: Head, next: Next, event: JobEvent): ChainedEvent;
  /** Inside a transaction: the next event of the office. */
  putOffice(head: Head, next: Next, event: OfficeEvent): Head;
  remember(job: Job): void;
}

const kept = 2_000;

function bodyContext(job: string, version: number): string {
  return `event ${job} ${version}`;
}

/** What the body says, with its job's key at hand. */
export function openBody(key: KeyObject, row: SealedRow): EventBody {
  const plain = openBox(key, row.body, bodyContext(row.job, row.version));
  const body = plain === null ? null : decodeBody(plain);
  if (body === null) throw damaged(`event ${row.seq}`);
  return body;
}

export function createEvents(db: Db, keyring: Keyring, random: Random): Events {
  const selectHead = db.prepare<[], Head>(
    'SELECT seq, hash FROM job_event ORDER BY seq DESC LIMIT 1',
  );
  const selectVersion = db
    .prepare<[string], number | null>('SELECT max(version) FROM job_event WHERE job = ?')
    .pluck();
  const selectOf = db.prepare<[string, number], StoredRow>(
    `SELECT seq, job, version, at, actor, type, body, digest, prev, hash FROM job_event
     WHERE job = ? AND version > ? ORDER BY version`,
  );
  const selectOfficeOf = db.prepare<[string, string, number], StoredRow>(
    `SELECT seq, job, version, at, actor, type, body, digest, prev, hash FROM job_event
     WHERE job = ? AND type = ? ORDER BY version DESC LIMIT ?`,
  );
  const selectOffice = db.prepare<[string, number, number], StoredRow>(
    `SELECT seq, job, version, at, actor, type, body, digest, prev, hash FROM job_event
     WHERE job = ? AND version < ? ORDER BY version DESC LIMIT ?`,
  );
  const selectSince = db.prepare<[number, string, number], StoredRow>(
    `SELECT seq, job, version, at, actor, type, body, digest, prev, hash FROM job_event
     WHERE seq > ? AND job <> ? ORDER BY seq LIMIT ?`,
  );
  const selectLastOf = db
    .prepare<[string], number | null>('SELECT max(seq) FROM job_event WHERE job = ?')
    .pluck();
  const hashAt = db.prepare<[number], Buffer>('SELECT hash FROM job_event WHERE seq = ?').pluck();
  const selectHash = db
    .prepare<[string, number], Buffer>('SELECT hash FROM job_event WHERE job = ? AND version = ?')
    .pluck();
  const insert = db.prepare<
    [number, string, number, string, string, string, Buffer, Buffer, Buffer, Buffer]
  >(`INSERT INTO job_event (seq, job, version, at, actor, type, body, digest, prev, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);

  const jobs = new Map<string, Job>();

  function open(row: SealedRow): EventBody | null {
    const key = keyring.find(row.job);
    if (key !== null) return openBody(key, row);
    if (keyring.isDestroyed(row.job)) return null;
    throw damaged(`key of event ${row.seq}`);
  }

  function decodeAll(rows: readonly StoredRow[]): readonly ChainedEvent[] {
    return rows.flatMap((row) => {
      const body = open(row);
      return body === null ? [] : [chained(row, body)];
    });
  }

  function remember(job: Job): void {
    jobs.delete(job.id);
    if (jobs.size >= kept) {
      const oldest = jobs.keys().next();
      if (oldest.done === false) jobs.delete(oldest.value);
    }
    jobs.set(job.id, job);
  }

  function insertNext(head: Head, next: Next, type: string, content: EventBody) {
    const { job, version, at, actor } = next;
    const key = keyring.find(job);
    if (key === null) throw damaged('key of a job');
    const body = sealBox(key, encodeBody(content), bodyContext(job, version), random);
    const before = version === 1 ? chainStart : selectHash.get(job, version - 1);
    if (before === undefined) throw damaged(`version ${version - 1} of a job`);
    const digest = eventDigest(content);
    const place = { seq: head.seq + 1, job, version, at, actor, type, digest };
    const hash = eventHash(head.hash, before, place);
    insert.run(place.seq, job, version, at, actor, type, body, digest, head.hash, hash);
    return { ...place, prev: head.hash, hash };
  }

  return {
    remember,
    open,
    head: () => selectHead.get() ?? { seq: 0, hash: chainStart },
    version: (job) => selectVersion.get(job) ?? 0,
    lastOf: (job) => selectLastOf.get(job) ?? 0,
    hashAt: (seq) => hashAt.get(seq) ?? null,
    isInLog: ({ seq, hash }) => seq === 0 || hashAt.get(seq)?.equals(hash) === true,
    job(id) {
      if (id === officeJob) return null;
      if (keyring.find(id) === null) {
        jobs.delete(id);
        if ((selectVersion.get(id) ?? 0) === 0 || keyring.isDestroyed(id)) return null;
        throw damaged('key of a job');
      }
      const known = jobs.get(id) ?? null;
      // What is remembered may be behind another process; only the rest is read.
      let job = known;
      for (const event of decodeAll(selectOf.all(id, known?.version ?? 0)))
        job = evolve(job, event);
      if (job !== null && job !== known) remember(job);
      return job;
    },
    of: (job) => (job === officeJob ? [] : decodeAll(selectOf.all(job, 0))),
    since: (seq, limit) => decodeAll(selectSince.all(seq, officeJob, limit)),
    office: (version, limit) => selectOffice.all(officeJob, version, limit),
    officeOf: (type, limit) => selectOfficeOf.all(officeJob, type, limit),
    put(head, next, event) {
      const content = jobEventBody(event, random);
      return chained(insertNext(head, next, event.type, content), content);
    },
    putOffice: (head, next, event) =>
      insertNext(head, next, event.type, officeEventBody(event, random)),
  };
}

type Place = Omit<StoredEvent, 'digest'> & { readonly prev: Buffer; readonly hash: Buffer };

/** The body is authenticated: it is what `put` wrote. */
function chained({ prev, hash, ...row }: Place, body: EventBody): ChainedEvent {
  const { seq, job, version, at, actor } = row;
  const shown = eventIn(body.shown);
  return {
    ...{ seq, job, version, at, actor },
    event: body.whole === null ? shown : eventIn(body.whole.event),
    prev: prev.toString('hex'),
    hash: hash.toString('hex'),
    proof: bodyProof(body, shown),
  };
}

function eventIn(json: Uint8Array): JobEvent {
  return JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.length).toString()) as JobEvent;
}
