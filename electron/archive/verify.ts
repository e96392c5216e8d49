/** Proves what is stored: the chain, every row, every revision of every document, the views, the anchors. */
import type { Job } from '../../shared/job/job.ts';
import type { ArchiveProblem, ArchiveReport, Progress } from './archive.ts';
import type { Anchors } from './anchors.ts';
import type { Db } from './database.ts';
import { derivedRow } from './derived-row.ts';
import type { Documents } from './documents.ts';
import type { Events } from './events.ts';
import { tried, type Report } from './findings.ts';
import type { HeadWitness } from './head-witness.ts';
import type { Keyring } from './keyring.ts';
import type { Layout } from './layout.ts';
import type { RowMacs } from './row-macs.ts';
import type { Texts } from './texts.ts';
import { verifyAnchors } from './verify-anchors.ts';
import { verifyDocuments, verifyFiles } from './verify-documents.ts';
import { bodyOf, evolved, type WalkFindings } from './verify-log.ts';
import { joined, walkParts, type Taking } from './verify-parts.ts';
import { verifyOffice, verifyRows, verifySchema } from './verify-rows.ts';
import {
  edgesOf,
  slot,
  startWalks,
  usualPlan,
  type WalkPlan,
  type Walks,
} from './verify-threads.ts';
import type { OpenViews } from './open-views.ts';
import type { ViewsReader } from './views-reader.ts';

export interface VerifyParts {
  readonly db: Db;
  readonly keyringDb: Db;
  readonly layout: Layout;
  readonly keyring: Keyring;
  readonly events: Events;
  readonly documents: Documents;
  readonly texts: Texts;
  readonly anchors: Pick<Anchors, 'list'>;
  readonly macs: readonly RowMacs[];
  /** What is only where the archive lives, and not in a copy of it. */
  readonly live?: {
    readonly views: OpenViews;
    readonly witness: Pick<HeadWitness, 'read'>;
    /** For threads that walk parts of a long log. */
    readonly key: Uint8Array;
  };
  /** Another one for tests. */
  readonly plan?: WalkPlan | undefined;
  /** The documents whose bytes are read; all of them if left out. */
  readonly chosen?: (document: string) => boolean;
}

/** A report that names every one of a million broken rows helps nobody. */
const mostProblems = 1_000;

export function verifyArchive(parts: VerifyParts, progress?: Progress): ArchiveReport {
  const problems: ArchiveProblem[] = [];
  const said = new Set<string>();
  const report: Report = (code, place) => {
    if (problems.length >= mostProblems || said.has(`${code} ${place}`)) return;
    said.add(`${code} ${place}`);
    problems.push({ code, place });
  };
  const walk = tried(() => startWalk(parts), report, 'log.damaged', 'log');
  try {
    if (tried(() => parts.keyring.isSound(), report, 'keyring.damaged', 'keyring.db') === false)
      report('keyring.damaged', 'keyring.db');
    const views = tried(() => viewsOf(parts, report), report, 'views.damaged', 'views.db');
    walk?.threads?.begin(views !== null);
    const look = () => (walk === null ? null : verifyLog(parts, walk, views, report, progress));
    const chain = tried(look, report, 'log.damaged', 'log');
    const stored = tried(
      () => verifyDocuments(parts, report, progress),
      report,
      'documents.damaged',
      'documents',
    ) ?? { ids: new Set(), revisions: 0, bytes: 0 };
    if (problems.length === 0) verifyFiles(parts, stored.ids, report);
    return {
      ok: problems.length === 0,
      events: chain?.events ?? 0,
      documents: stored.ids.size,
      revisions: stored.revisions,
      bytes: stored.bytes,
      head: chain?.last ?? '',
      threads: walk?.threads?.threads ?? 1,
      problems,
    };
  } finally {
    walk?.threads?.stop();
  }
}

/** How the log is cut, and the threads that are at it already: they have rows to look at first. */
interface Walk {
  readonly total: number;
  readonly edges: readonly number[];
  readonly threads: Walks | null;
}

function startWalk({ events, live, layout, plan = usualPlan }: VerifyParts): Walk {
  const total = events.head().seq;
  const edges = edgesOf(total, plan);
  if (live === undefined || total <= plan.threadsFrom) return { total, edges, threads: null };
  return { total, edges, threads: startWalks(layout.home, live.key, edges, plan) };
}

/** Null for a copy, and for views that cannot follow (a full disk): they are old, not wrong. */
function viewsOf({ live }: VerifyParts, report: Report): ViewsReader | null {
  if (live === undefined) return null;
  if (!live.views.isSound()) {
    report('views.damaged', 'views.db');
    live.views.remake();
  }
  if (live.views.takeReplaced()) report('views.replaced', 'views.db mark');
  return live.views.isCurrent() ? live.views.reader() : null;
}

function verifyLog(
  parts: VerifyParts,
  walk: Walk,
  views: ViewsReader | null,
  report: Report,
  progress?: Progress,
): { readonly events: number; readonly last: string } {
  const { db, keyringDb, keyring, events } = parts;
  const { total, edges, threads } = walk;
  const taking = takingOf(walk, progress);
  // One state of all of it; and each small look-up costs a fifth.
  const look = () => {
    const strays = views?.strays(() => events.head().seq) ?? [];
    const own = threads === null ? walkParts({ ...parts, views }, taking) : [];
    verifySchema(db, 'archive', report);
    verifySchema(keyringDb, 'keyring', report);
    if (threads === null) for (const macs of parts.macs) verifyRows(macs, report);
    const others = threads?.join(() => taking.tick(0)) ?? [];
    const found = joined([...own, ...others.flatMap((one) => one.parts)], edges, report);
    for (const { code, place } of others.flatMap((one) => one.problems)) report(code, place);
    if (total > 0 && found.last !== events.head().hash.toString('hex'))
      report('log.damaged', `event ${total}`);
    verifyEnd(parts, found, report);
    return { ...found, strays };
  };
  const inViews = () => (views === null ? look() : views.atOnce(look));
  const found = db.transaction(() => keyring.atOnce(inViews)).deferred();
  if (views !== null) verifyViews(parts, views, found.suspects, report);
  for (const place of found.strays) report('views.differ', place);
  return found;
}

/** Alone, or with threads that take from the same parts and add to the same count. */
function takingOf({ total, edges, threads }: Walk, progress?: Progress): Taking {
  const shared = threads?.shared ?? new Int32Array(3);
  return {
    edges,
    next: () => Atomics.add(shared, slot.nextPart, 1),
    tick(events) {
      const done = Math.min(total, Atomics.add(shared, slot.events, events) + events);
      progress?.({ step: 'archive.verify-chain', done, total });
    },
  };
}

/** What only the whole log can be held against. */
function verifyEnd(
  parts: VerifyParts,
  { office }: Pick<WalkFindings, 'office'>,
  report: Report,
): void {
  const { db, keyring, live, layout, anchors } = parts;
  verifyOffice(db, office, report);
  for (const { seq, event } of office)
    if (event.type === 'job-disposed' && keyring.find(event.job) !== null)
      report('disposal.unfinished', `event ${seq}`);
  const folder = live === undefined ? null : layout.anchors;
  verifyAnchors(db, anchors.list(), office, folder, report);
  if (live === undefined) return;
  const stands = live.witness.read();
  const hashAt = db.prepare<[number], Buffer>('SELECT hash FROM job_event WHERE seq = ?').pluck();
  if (stands === null) report('head.missing', 'head');
  else if (stands.seq > 0 && hashAt.get(stands.seq)?.equals(stands.hash) !== true)
    report('log.cut', `event ${stands.seq}`);
}

/** Another process may have changed a job between the two looks: each suspect is looked at again. */
function verifyViews(
  { events, texts }: VerifyParts,
  views: ViewsReader,
  suspects: readonly string[],
  report: Report,
): void {
  for (const id of new Set(suspects)) {
    const again = () => {
      const row = views.row(id);
      let job: Job | null = null;
      for (const { event, ...place } of events.of(id)) job = evolved(job, place, event, report);
      if (job === null || row === null) return job === null && row === null;
      return views.isSame(row, events.lastOf(id), derivedRow(job), bodyOf(texts, job));
    };
    if (tried(again, report, 'event.unreadable', `job ${id}`) === false)
      report('views.differ', `job ${id}`);
  }
}
