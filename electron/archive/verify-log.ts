/**
 * One walk over a part of the log: the chain, what the bodies say, the revisions they speak of, and
 * the views that are made of them. Parts can be walked at the same time, each over its own connections.
 */
import { inflateRawSync } from 'node:zlib';
import type { JobEvent } from '../../shared/job/event.ts';
import { evolve } from '../../shared/job/evolve.ts';
import type { Job, RevisionRef } from '../../shared/job/job.ts';
import { officeJob, type OfficeEvent } from '../../shared/office-event.ts';
import type { Json } from '../../shared/result.ts';
import type { ArchiveProblem } from './archive.ts';
import { chainStart, eventDigest, eventHash, type EventBody } from './chain.ts';
import type { Db } from './database.ts';
import { derivedRow } from './derived-row.ts';
import type { Events, StoredRow } from './events.ts';
import type { Keyring } from './keyring.ts';
import { foldText } from './search-words.ts';
import { tried, type Report } from './findings.ts';
import type { Texts } from './texts.ts';
import type { StandingRow, ViewsReader } from './views-reader.ts';

export interface WalkParts {
  readonly db: Db;
  readonly keyring: Keyring;
  readonly events: Events;
  readonly texts: Texts;
  /** Null for a copy, which has none, and for views that could not follow. */
  readonly views: ViewsReader | null;
}

export interface WalkFindings {
  readonly problems: readonly ArchiveProblem[];
  /** Events of this part. */
  readonly events: number;
  readonly last: Uint8Array;
  /** Jobs whose views say something else; another process may just have changed them. */
  readonly suspects: readonly string[];
  /** The office's events of this part, in order. */
  readonly office: readonly { readonly seq: number; readonly event: OfficeEvent }[];
}

const atOnce = 2_000;

/** Walks the events after `from` up to `to`. `tick` is told how far it is and may throw. */
export function walkLog(
  parts: WalkParts,
  [from, to]: readonly [number, number],
  report: Report,
  tick: (seq: number) => void,
): Omit<WalkFindings, 'problems'> {
  const { db, keyring, events, views } = parts;
  const select = db.prepare<[number, number, number], StoredRow>(
    `SELECT seq, job, version, at, actor, type, body, digest, prev, hash FROM job_event
     WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
  );
  const hashAt = db.prepare<[number], Buffer>('SELECT hash FROM job_event WHERE seq = ?').pluck();
  const hashBefore = db
    .prepare<[string, number], Buffer>('SELECT hash FROM job_event WHERE job = ? AND version = ?')
    .pluck();
  const lastVersion = db
    .prepare<[string], number>('SELECT max(version) FROM job_event WHERE job = ?')
    .pluck();
  const revisionHash = db
    .prepare<[string, number], Buffer>(
      'SELECT sha256 FROM revision WHERE document = ? AND number = ?',
    )
    .pluck();
  const selectEarlier = db.prepare<[string, number], StoredRow>(
    `SELECT seq, job, version, at, actor, type, body, digest, prev, hash FROM job_event
     WHERE job = ? AND version < ? ORDER BY version`,
  );
  const seen = new Map<string, { version: number; hash: Buffer }>();
  /** Jobs whose last event, as the views have it, is still to come. */
  const open = new Map<string, Job | null>();
  const withoutKey = new Set<string>();
  const suspects = new Set<string>();
  const office: { seq: number; event: OfficeEvent }[] = [];
  const standing = views?.rows(from, to) ?? null;
  let next: StandingRow | null = pull(standing);

  function isAfter(row: StoredRow, prev: Uint8Array, seq: number, place: string): void {
    if (row.seq !== seq + 1) report('chain.gap', place);
    if (!row.prev.equals(prev)) report('chain.broken', place);
    let before = seen.get(row.job);
    if (before === undefined) {
      // Its events before this one are in an earlier part, or there are none.
      const hash = row.version > 1 ? hashBefore.get(row.job, row.version - 1) : undefined;
      const version = hash === undefined ? 0 : row.version - 1;
      before = { version, hash: hash ?? chainStart };
      seen.set(row.job, before);
    }
    if (!eventHash(row.prev, before.hash, row).equals(row.hash)) report('chain.hash', place);
    if (row.version !== before.version + 1) report('chain.version', place);
    before.version = row.version;
    before.hash = row.hash;
  }

  function read(row: StoredRow, place: string): JobEvent | OfficeEvent | null {
    const body = tried(() => events.open(row), report, 'event.unreadable', place);
    if (body === null) return null;
    if (!eventDigest(body).equals(row.digest)) report('event.differs', place);
    const shown = eventIn(body.shown);
    if (shown === null) {
      report('event.differs', place);
      return null;
    }
    if (shown.type !== row.type) report('event.type', place);
    // Every event that speaks of a revision has its bytes: the row's hash is proved elsewhere.
    for (const one of revisionsIn(shown)) {
      const hash = revisionHash.get(one.document, one.revision);
      if (hash === undefined) report('revision.missing', place);
      else if (hash.toString('hex') !== one.sha256) report('revision.differs', place);
    }
    return wholeOf(body, shown);
  }

  function follow(row: StoredRow, event: JobEvent, place: string): void {
    const known = open.get(row.job);
    try {
      const job = known === undefined && row.version > 1 ? jobBefore(row) : (known ?? null);
      const { seq, job: id, version, at, actor } = row;
      open.set(id, evolve(job, { ...{ seq, job: id, version, at, actor }, event }));
    } catch {
      report('event.impossible', place);
      open.set(row.job, null);
    }
  }

  function jobBefore({ job: id, version: below }: StoredRow): Job | null {
    let job: Job | null = null;
    for (const row of selectEarlier.all(id, below)) {
      const body = events.open(row);
      const shown = body === null ? null : eventIn(body.shown);
      if (body === null || shown === null) continue;
      const { seq, version, at, actor } = row;
      const event = wholeOf(body, shown) as JobEvent;
      job = evolve(job, { ...{ seq, job: id, version, at, actor }, event });
    }
    return job;
  }

  function isAsDerived(stands: StandingRow, changed: number, job: Job): boolean {
    const same = () =>
      views?.isSame(stands, changed, derivedRow(job), bodyOf(parts.texts, job)) === true;
    return tried(same, report, 'text.unreadable', `job ${job.id}`) === true;
  }

  function compare(row: StoredRow): void {
    while (next !== null && next.changed < row.seq) {
      suspects.add(next.job);
      next = pull(standing);
    }
    while (next !== null && next.changed === row.seq) {
      const job = open.get(next.job) ?? null;
      const same = next.job === row.job && job !== null && isAsDerived(next, row.seq, job);
      if (same) open.delete(next.job);
      else suspects.add(next.job);
      next = pull(standing);
    }
  }

  let prev: Uint8Array = from === 0 ? chainStart : (hashAt.get(from) ?? chainStart);
  let seq = from;
  let count = 0;
  try {
    for (;;) {
      const rows = select.all(seq, to, atOnce);
      if (rows.length === 0) break;
      for (const row of rows) {
        const place = `event ${row.seq}`;
        isAfter(row, prev, seq, place);
        prev = row.hash;
        seq = row.seq;
        count += 1;
        if (keyring.find(row.job) !== null) {
          const event = read(row, place);
          if (event !== null && row.job === officeJob)
            office.push({ seq, event: event as OfficeEvent });
          else if (event !== null && views !== null) follow(row, event as JobEvent, place);
        } else if (!keyring.isDestroyed(row.job) && !withoutKey.has(row.job)) {
          withoutKey.add(row.job);
          report('key.missing', place);
        }
        if (next !== null && next.changed <= row.seq) compare(row);
      }
      tick(seq);
    }
    for (; next !== null; next = pull(standing)) suspects.add(next.job);
  } finally {
    // A statement that is not at its end keeps its connection busy.
    standing?.return?.();
  }
  // What has no row by its last event here must go on in a later part.
  for (const job of open.keys())
    if (lastVersion.get(job) === seen.get(job)?.version) suspects.add(job);
  return { events: count, last: prev, suspects: [...suspects], office };
}

function pull(rows: IterableIterator<StandingRow> | null): StandingRow | null {
  const result = rows?.next();
  return result === undefined || result.done === true ? null : result.value;
}

/** The words of a job's documents, as the search has them. */
export function bodyOf(texts: Texts, job: Job): string {
  const of = new Set(job.documents.map((document) => document.id));
  return texts
    .of(job.id)
    .filter((one) => of.has(one.document))
    .map((one) => foldText(inflateRawSync(one.body).toString()))
    .join('\n');
}

/** Null for what is no canonical JSON: an export could not show it so that its digest comes out. */
function eventIn(bytes: Uint8Array): JobEvent | OfficeEvent | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  try {
    const value = JSON.parse(text) as Json;
    return JSON.stringify(value) === text && isSorted(value)
      ? (value as unknown as JobEvent | OfficeEvent)
      : null;
  } catch {
    return null;
  }
}

function isSorted(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return (value as readonly Json[]).every(isSorted);
  let before = '';
  for (const [key, inner] of Object.entries(value as Readonly<Record<string, Json>>)) {
    if (key < before) return false;
    before = key;
    if (typeof inner === 'object' && inner !== null && !isSorted(inner)) return false;
  }
  return true;
}

function wholeOf(body: EventBody, shown: JobEvent | OfficeEvent): JobEvent | OfficeEvent {
  return body.whole === null ? shown : (eventIn(body.whole.event) ?? shown);
}

function revisionsIn(event: JobEvent | OfficeEvent): readonly RevisionRef[] {
  switch (event.type) {
    case 'document-added': {
      const { id, sha256, length } = event.document;
      return [{ document: id, revision: 0, sha256, length }];
    }
    case 'opened':
    case 'signed':
    case 'sealed':
      return event.revisions;
    default:
      return [];
  }
}
