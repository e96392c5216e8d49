/** Proves what is stored: the chain, every revision of every document, and the views made of it. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JobEvent } from '../../shared/job/event.ts';
import type { RevisionRef } from '../../shared/job/job.ts';
import type { OfficeEvent } from '../../shared/office-event.ts';
import { Refusal } from '../../shared/result.ts';
import type { ArchiveProblem, ArchiveReport, Progress } from './archive.ts';
import { chainStart, eventDigest, eventHash, type EventBody } from './chain.ts';
import type { Db } from './database.ts';
import type { Documents } from './documents.ts';
import type { Events } from './events.ts';
import { jobRow } from './job-row.ts';
import type { Keyring } from './keyring.ts';
import type { Layout } from './layout.ts';
import { guarded } from './refusals.ts';
import type { Views } from './views.ts';

export interface VerifyParts {
  readonly db: Db;
  readonly layout: Layout;
  readonly keyring: Keyring;
  readonly events: Events;
  readonly documents: Documents;
  /** Left out for a copy, which has none. */
  readonly views?: Views;
  /** The documents whose bytes are read; all of them if left out. */
  readonly chosen?: (document: string) => boolean;
}

type Report = (code: string, place: string) => void;

const readAtOnce = 1024 * 1024;
/** A report that names every one of a million broken rows helps nobody. */
const mostProblems = 1_000;
const mostRows = 5_000;

export function verifyArchive(parts: VerifyParts, progress?: Progress): ArchiveReport {
  const problems: ArchiveProblem[] = [];
  const report: Report = (code, place) => {
    if (problems.length < mostProblems) problems.push({ code, place });
  };
  if (tried(() => parts.keyring.isSound(), report, 'keyring.damaged', 'keyring.db') === false)
    report('keyring.damaged', 'keyring.db');
  const chain = tried(() => verifyChain(parts, report, progress), report, 'log.damaged', 'log') ?? {
    events: 0,
    head: '',
  };
  const stored = tried(
    () => verifyDocuments(parts, report, progress),
    report,
    'documents.damaged',
    'documents',
  ) ?? { ids: new Set(), revisions: 0, bytes: 0 };
  if (problems.length === 0) verifyFiles(parts, stored.ids, report);
  const { views, events } = parts;
  if (views !== undefined && problems.length === 0)
    tried(() => verifyViews(events, views, report), report, 'log.damaged', 'index');
  return {
    ok: problems.length === 0,
    events: chain.events,
    documents: stored.ids.size,
    revisions: stored.revisions,
    bytes: stored.bytes,
    head: chain.head,
    problems,
  };
}

/** In one read transaction: a consistent log, and each small look-up costs a fifth. */
function verifyChain(parts: VerifyParts, report: Report, progress?: Progress) {
  const walk = () => walkChain(parts, report, progress);
  return parts.db.transaction(() => parts.keyring.atOnce(walk)).deferred();
}

function walkChain(parts: VerifyParts, report: Report, progress?: Progress) {
  const { events, keyring } = parts;
  const hashOf = parts.db
    .prepare<[string, number], Buffer>(
      'SELECT sha256 FROM revision WHERE document = ? AND number = ?',
    )
    .pluck();
  const total = events.head().seq;
  const last = new Map<string, { readonly version: number; readonly hash: Buffer }>();
  const withoutKey = new Set<string>();
  let prev: Uint8Array = chainStart;
  let seq = 0;
  for (const row of events.rows()) {
    const place = `event ${row.seq}`;
    if (row.seq !== seq + 1) report('chain.gap', place);
    if (!row.prev.equals(prev)) report('chain.broken', place);
    const before = last.get(row.job) ?? { version: 0, hash: chainStart };
    if (!eventHash(row.prev, before.hash, row).equals(row.hash)) report('chain.hash', place);
    if (row.version !== before.version + 1) report('chain.version', place);
    last.set(row.job, { version: row.version, hash: row.hash });
    prev = row.hash;
    seq = row.seq;
    if (keyring.find(row.job) !== null) {
      const body = tried(() => events.open(row), report, 'event.unreadable', place);
      const event = body === null ? undefined : eventIn(body);
      if (event !== undefined && event.type !== row.type) report('event.type', place);
      if (body !== null && !eventDigest(body).equals(row.digest)) report('event.differs', place);
      // Every event that speaks of a revision has its bytes: the row's hash is proved further down.
      for (const one of event === undefined ? [] : revisionsIn(event)) {
        const hash = hashOf.get(one.document, one.revision);
        if (hash === undefined) report('revision.missing', place);
        else if (hash.toString('hex') !== one.sha256) report('revision.differs', place);
      }
    } else if (!keyring.isDestroyed(row.job) && !withoutKey.has(row.job)) {
      withoutKey.add(row.job);
      report('key.missing', place);
    }
    if (seq % 10_000 === 0) progress?.({ step: 'archive.verify-chain', done: seq, total });
  }
  return { events: seq, head: Buffer.from(prev).toString('hex') };
}

function eventIn({ shown }: EventBody): JobEvent | OfficeEvent {
  return JSON.parse(Buffer.from(shown).toString()) as JobEvent | OfficeEvent;
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

function verifyDocuments(parts: VerifyParts, report: Report, progress?: Progress) {
  const { db, documents, keyring, chosen } = parts;
  const rows = db
    .prepare<[], { id: string; job: string }>('SELECT id, job FROM document ORDER BY seq')
    .all();
  let revisions = 0;
  let bytes = 0;
  rows.forEach(({ id, job }, index) => {
    const place = `document ${id}`;
    const refs = documents.revisions(id);
    revisions += refs.length;
    bytes += refs.at(-1)?.length ?? 0;
    if (keyring.find(job) !== null && chosen?.(id) !== false) {
      const read = () => hashRevisions(documents, id, refs);
      tried(read, report, 'document.unreadable', place)?.forEach((hash, number) => {
        if (hash !== refs[number]?.sha256) report('document.hash', `${place} revision ${number}`);
      });
    }
    progress?.({ step: 'archive.verify-documents', done: index + 1, total: rows.length });
  });
  return { ids: new Set(rows.map(({ id }) => id)), revisions, bytes };
}

/** One pass over the bytes: the running hash is forked where a revision ends. */
function hashRevisions(
  documents: Documents,
  id: string,
  refs: readonly RevisionRef[],
): readonly string[] {
  const source = documents.source(id);
  try {
    const hash = createHash('sha256');
    let at = 0;
    return refs.map(({ length }) => {
      while (at < length) {
        const count = Math.min(readAtOnce, length - at);
        hash.update(source.read(at, count));
        at += count;
      }
      return hash.copy().digest('hex');
    });
  } finally {
    source.close();
  }
}

/** Files that no row names. One on its way in has a marker. */
function verifyFiles(
  { layout, documents }: VerifyParts,
  known: ReadonlySet<string>,
  report: Report,
): void {
  if (!existsSync(layout.staging)) return;
  const arriving = new Set(readdirSync(layout.staging).map((name) => name.split('-')[1]));
  for (const folder of readdirSync(layout.documents))
    for (const name of readdirSync(join(layout.documents, folder))) {
      const id = name.replace(/\.part$/, '');
      if (!known.has(id) && !arriving.has(id) && documents.jobOf(id) === null)
        report('file.orphan', `documents/${folder}/${name}`);
    }
}

/** The views can be made anew at any time: of many rows a share is compared. */
function verifyViews(events: Events, views: Views, report: Report): void {
  if (tried(() => views.isSound(), report, 'views.damaged', 'views.db') !== true) return;
  // Views that cannot follow (a full disk) are old, not wrong.
  if (!views.isCurrent()) return;
  const every = Math.ceil(views.count() / mostRows);
  const derived = (id: string) => {
    const job = events.job(id);
    return job === null ? null : JSON.stringify(jobRow(job));
  };
  let index = 0;
  const suspects: string[] = [];
  for (const { job, row } of views.rows())
    if (index++ % every === 0 && derived(job) !== row) suspects.push(job);
  // Another process may have changed the job between the two looks.
  for (const job of suspects)
    if (derived(job) !== views.row(job)) report('views.differ', `job ${job}`);
}

/** What the disk answers is a finding; anything else, a cancelled run too, goes on up. */
const findings = ['archive.damaged', 'archive.unreadable', 'document.unknown', 'job.disposed'];

function tried<T>(body: () => T, report: Report, code: string, place: string): T | null {
  try {
    return guarded(body);
  } catch (error) {
    if (!(error instanceof Refusal) || !findings.includes(error.failure.code)) throw error;
    report(code, place);
    return null;
  }
}
