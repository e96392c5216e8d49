/**
 * One walk over a part of the log: the chain, what the bodies say, the revisions they speak of, and
 * the views that are made of them. Parts can be walked at the same time, each over its own connections,
 * and find together what one walk over all of it finds.
 */
import { inflateRawSync } from 'node:zlib';
import type { JobEvent } from '../../shared/job/event.ts';
import { evolve } from '../../shared/job/evolve.ts';
import type { Job, RevisionRef } from '../../shared/job/job.ts';
import { officeJob, type OfficeEvent } from '../../shared/office-event.ts';
import { isCanonicalText } from './canonical-text.ts';
import { chainStartText, eventDigestText, eventHashText, type EventBody } from './chain.ts';
import type { Db } from './database.ts';
import { derivedRow } from './derived-row.ts';
import { openBody, type Events } from './events.ts';
import type { Keyring } from './keyring.ts';
import { createLogRows, type LogRow } from './log-row.ts';
import { textWords } from './search-words.ts';
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
  /** Events of this part. */
  readonly events: number;
  /** The hash this part goes on from, and the one it ends with; hex. */
  readonly first: string;
  readonly last: string;
  /** Jobs whose views say something else; another process may just have changed them. */
  readonly suspects: readonly string[];
  /** The office's events of this part, in order. */
  readonly office: readonly { readonly seq: number; readonly event: OfficeEvent }[];
}

const atOnce = 2_000;

/** Walks the events after `from` up to `to`. `tick` is told of how many more and may throw. */
export function walkLog(
  parts: WalkParts,
  [from, to]: readonly [number, number],
  report: Report,
  tick: (events: number) => void,
): WalkFindings {
  const { db, keyring, views } = parts;
  const log = createLogRows(db);
  const lastVersion = db
    .prepare<[string], number>('SELECT max(version) FROM job_event WHERE job = ?')
    .pluck();
  const revisionHash = db
    .prepare<[string, number], Buffer>(
      'SELECT sha256 FROM revision WHERE document = ? AND number = ?',
    )
    .pluck();
  const withText = new Set(
    db.prepare<[], string>('SELECT DISTINCT job FROM document_text').pluck().all(),
  );
  const seen = new Map<string, { version: number; hash: string }>();
  const withoutKey = new Set<string>();
  const suspects = new Set<string>();
  const office: { seq: number; event: OfficeEvent }[] = [];
  const standing = views?.rows(from, to) ?? [];
  /** Jobs whose last event, as the views have it, is in this part: only these are derived here. */
  const ending = new Set(standing.map(({ job }) => job));
  /** What they are so far; null after an event that cannot be. */
  const open = new Map<string, Job | null>();
  /** The others must go on in a later part. */
  const others = new Set<string>();
  let compared = 0;

  function isAfter(row: LogRow, prev: string, seq: number, place: string): void {
    if (row.seq !== seq + 1) report('chain.gap', place);
    if (row.prev !== prev) report('chain.broken', place);
    let before = seen.get(row.job);
    if (before === undefined) {
      // Its events before this one are in an earlier part, or there are none.
      const known = row.version > 1 ? log.ofJob(row.job, row.version, from) : null;
      before = { version: known?.version ?? 0, hash: known?.hash ?? chainStartText };
      seen.set(row.job, before);
    }
    if (eventHashText(row.prev, before.hash, row) !== row.hash) report('chain.hash', place);
    if (row.version !== before.version + 1) report('chain.version', place);
    before.version = row.version;
    before.hash = row.hash;
  }

  function read(row: LogRow, body: EventBody, place: string): JobEvent | OfficeEvent | null {
    if (eventDigestText(body) !== row.digest) report('event.differs', place);
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

  function follow(row: LogRow, event: JobEvent): void {
    if (!ending.has(row.job)) {
      others.add(row.job);
      return;
    }
    const known = open.get(row.job);
    const job = known === undefined && row.version > 1 ? jobBefore(row) : (known ?? null);
    open.set(row.job, evolved(job, row, event, report));
  }

  function jobBefore({ job: id, version: below }: LogRow): Job | null {
    const key = keyring.find(id);
    let job: Job | null = null;
    for (const row of key === null ? [] : log.earlier(id, below)) {
      // What is wrong with them is said where they are walked.
      const body = key === null ? null : tried(() => openBody(key, row), silently, '', '');
      const shown = body === null ? null : eventIn(body.shown);
      if (body !== null && shown !== null)
        job = evolved(job, row, wholeOf(body, shown) as JobEvent, report);
    }
    return job;
  }

  function isAsDerived(stands: StandingRow, changed: number, job: Job): boolean {
    const words = () => (withText.has(job.id) ? bodyOf(parts.texts, job) : '');
    const same = () => views?.isSame(stands, changed, derivedRow(job), words()) === true;
    return tried(same, report, 'text.unreadable', `job ${job.id}`) === true;
  }

  function compare(row: LogRow): void {
    for (let next = standing[compared]; next !== undefined; next = standing[++compared]) {
      if (next.changed > row.seq) return;
      const job = next.changed === row.seq && next.job === row.job ? open.get(row.job) : null;
      if (job !== null && job !== undefined && isAsDerived(next, row.seq, job))
        open.delete(row.job);
      else suspects.add(next.job);
    }
  }

  const start = from === 0 ? null : log.upTo(from);
  const first = start?.hash ?? chainStartText;
  let prev = first;
  let seq = start?.seq ?? 0;
  let count = 0;
  for (let last = from; ; last = seq) {
    const rows = log.next(last, to, atOnce);
    if (rows.length === 0) break;
    for (const row of rows) {
      const place = `event ${row.seq}`;
      isAfter(row, prev, seq, place);
      prev = row.hash;
      seq = row.seq;
      const key = keyring.find(row.job);
      if (key !== null) {
        const body = tried(() => openBody(key, row), report, 'event.unreadable', place);
        const event = body === null ? null : read(row, body, place);
        if (event !== null && row.job === officeJob)
          office.push({ seq, event: event as OfficeEvent });
        else if (event !== null && views !== null) follow(row, event as JobEvent);
      } else if (!keyring.isDestroyed(row.job) && !withoutKey.has(row.job)) {
        withoutKey.add(row.job);
        report('key.missing', place);
      }
      compare(row);
    }
    count += rows.length;
    tick(rows.length);
  }
  for (const { job } of standing.slice(compared)) suspects.add(job);
  // What has no row by its last event here must go on in a later part.
  for (const job of [...open.keys(), ...others])
    if (lastVersion.get(job) === seen.get(job)?.version) suspects.add(job);
  return { events: count, first: hex(first), last: hex(prev), suspects: [...suspects], office };
}

const silently: Report = () => undefined;

function hex(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('hex');
}

/** The job after one more event; null, and said so, where that cannot be. */
export function evolved(
  job: Job | null,
  { seq, job: id, version, at, actor }: Omit<LogRow, 'body' | 'digest' | 'prev' | 'hash' | 'type'>,
  event: JobEvent,
  report: Report,
): Job | null {
  try {
    return evolve(job, { ...{ seq, job: id, version, at, actor }, event });
  } catch {
    report('event.impossible', `event ${seq}`);
    return null;
  }
}

/** The words of a job's documents, as the search has them. */
export function bodyOf(texts: Texts, job: Job): string {
  const of = new Set(job.documents.map((document) => document.id));
  return texts
    .of(job.id)
    .filter((one) => of.has(one.document))
    .map((one) => textWords(inflateRawSync(one.body).toString()))
    .join('\n');
}

/** Null for what is no canonical JSON: an export could not show it so that its digest comes out. */
function eventIn(bytes: Uint8Array): JobEvent | OfficeEvent | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  return isCanonicalText(text) ? (JSON.parse(text) as JobEvent | OfficeEvent) : null;
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
    case 'renewed':
      return event.revisions;
    case 'departed':
      return [{ ...event.package, revision: 0 }];
    case 'came-back':
      return event.results.map(({ document, sha256, length }) => ({
        ...{ document, revision: 0, sha256, length },
      }));
    default:
      return [];
  }
}
