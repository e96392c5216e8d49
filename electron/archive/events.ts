/** Reads the log and puts rows on its end. */
import type { JobEvent } from '../../shared/job/event.ts';
import type { Job } from '../../shared/job/job.ts';
import { evolve } from '../../shared/job/evolve.ts';
import type { Random } from '../core/ports.ts';
import type { ChainedEvent } from './archive.ts';
import { openBox, sealBox } from './box.ts';
import {
  chainStart,
  eventBody,
  eventDigest,
  eventHash,
  bodyProof,
  type EventBody,
  type StoredEvent,
} from './chain.ts';
import type { Db } from './database.ts';
import type { Keyring } from './keyring.ts';
import { damaged } from './refusals.ts';

export interface StoredRow extends StoredEvent {
  readonly body: Buffer;
  readonly digest: Buffer;
  readonly prev: Buffer;
  readonly hash: Buffer;
}

export interface Head {
  readonly seq: number;
  readonly hash: Buffer;
}

export interface Events {
  head(): Head;
  version(job: string): number;
  /** Null for an unknown job and for one whose key was destroyed. */
  job(id: string): Job | null;
  of(job: string): readonly ChainedEvent[];
  since(seq: number, limit: number): readonly ChainedEvent[];
  /** All rows as stored, in order. */
  rows(): IterableIterator<StoredRow>;
  decode(row: StoredRow): ChainedEvent | null;
  /** Inside a transaction: the next event of a job. Nothing is remembered until `remember`. */
  put(
    head: Head,
    next: Omit<StoredEvent, 'seq' | 'type' | 'digest'>,
    event: JobEvent,
  ): ChainedEvent;
  remember(job: Job): void;
}

const kept = 2_000;

function bodyContext(job: string, version: number): string {
  return `event ${job} ${version}`;
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
  const selectSince = db.prepare<[number, number], StoredRow>(
    `SELECT seq, job, version, at, actor, type, body, digest, prev, hash FROM job_event
     WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const selectAll = db.prepare<[], StoredRow>(
    'SELECT seq, job, version, at, actor, type, body, digest, prev, hash FROM job_event ORDER BY seq',
  );
  const selectHash = db
    .prepare<[string, number], Buffer>('SELECT hash FROM job_event WHERE job = ? AND version = ?')
    .pluck();
  const insert = db.prepare<
    [number, string, number, string, string, string, Buffer, Buffer, Buffer, Buffer]
  >(`INSERT INTO job_event (seq, job, version, at, actor, type, body, digest, prev, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);

  const jobs = new Map<string, Job>();

  function decode(row: StoredRow): ChainedEvent | null {
    const key = keyring.find(row.job);
    if (key === null) {
      if (keyring.isDestroyed(row.job)) return null;
      throw damaged(`key of event ${row.seq}`);
    }
    const plain = openBox(key, row.body, bodyContext(row.job, row.version));
    if (plain === null) throw damaged(`event ${row.seq}`);
    // The body is authenticated: it is what `put` wrote.
    return chained(row, JSON.parse(plain.toString()) as EventBody);
  }

  function decodeAll(rows: readonly StoredRow[]): readonly ChainedEvent[] {
    return rows.map(decode).filter((one) => one !== null);
  }

  function remember(job: Job): void {
    jobs.delete(job.id);
    if (jobs.size >= kept) {
      const oldest = jobs.keys().next();
      if (oldest.done === false) jobs.delete(oldest.value);
    }
    jobs.set(job.id, job);
  }

  return {
    remember,
    decode,
    head: () => selectHead.get() ?? { seq: 0, hash: chainStart },
    version: (job) => selectVersion.get(job) ?? 0,
    job(id) {
      if (keyring.find(id) === null) {
        jobs.delete(id);
        if ((selectVersion.get(id) ?? 0) === 0 || keyring.isDestroyed(id)) return null;
        throw damaged('key of a job');
      }
      const known = jobs.get(id) ?? null;
      // What is remembered may be behind another process; only the rest is read.
      let job = known;
      for (const row of selectOf.all(id, known?.version ?? 0)) {
        const event = decode(row);
        if (event !== null) job = evolve(job, event);
      }
      if (job !== null && job !== known) remember(job);
      return job;
    },
    of: (job) => decodeAll(selectOf.all(job, 0)),
    since: (seq, limit) => decodeAll(selectSince.all(seq, limit)),
    rows: () => selectAll.iterate(),
    put(head, next, event) {
      const key = keyring.find(next.job);
      if (key === null) throw damaged('key of a job');
      const content = eventBody(event, random);
      const { job, version, at, actor } = next;
      const body = sealBox(
        key,
        Buffer.from(JSON.stringify(content)),
        bodyContext(job, version),
        random,
      );
      const before = version === 1 ? chainStart : selectHash.get(job, version - 1);
      if (before === undefined) throw damaged(`version ${version - 1} of a job`);
      const { type } = event;
      const digest = eventDigest(bodyProof(content));
      const place = { seq: head.seq + 1, job, version, at, actor, type, digest };
      const hash = eventHash(head.hash, before, place);
      insert.run(place.seq, job, version, at, actor, type, body, digest, head.hash, hash);
      return chained({ ...place, prev: head.hash, hash }, content);
    },
  };
}

function chained(
  row: Omit<StoredEvent, 'digest'> & { readonly prev: Buffer; readonly hash: Buffer },
  body: EventBody,
): ChainedEvent {
  const { seq, job, version, at, actor } = row;
  return {
    ...{ seq, job, version, at, actor },
    event: body.whole?.event ?? body.shown,
    prev: row.prev.toString('hex'),
    hash: row.hash.toString('hex'),
    proof: bodyProof(body),
  };
}
