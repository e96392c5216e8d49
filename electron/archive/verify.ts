/** Proves what is stored: the chain, every row, every revision of every document, the views, the anchors. */
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
import { bodyOf, walkLog, type WalkFindings } from './verify-log.ts';
import { verifyOffice, verifyRows, verifySchema } from './verify-rows.ts';
import { startWalks } from './verify-threads.ts';
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
  /** The documents whose bytes are read; all of them if left out. */
  readonly chosen?: (document: string) => boolean;
}

/** A report that names every one of a million broken rows helps nobody. */
const mostProblems = 1_000;
/** A thread has to be started before it saves anything. */
const longLog = 50_000;

export function verifyArchive(parts: VerifyParts, progress?: Progress): ArchiveReport {
  const problems: ArchiveProblem[] = [];
  const said = new Set<string>();
  const report: Report = (code, place) => {
    if (problems.length >= mostProblems || said.has(`${code} ${place}`)) return;
    said.add(`${code} ${place}`);
    problems.push({ code, place });
  };
  if (tried(() => parts.keyring.isSound(), report, 'keyring.damaged', 'keyring.db') === false)
    report('keyring.damaged', 'keyring.db');
  const views = tried(() => viewsOf(parts, report), report, 'views.damaged', 'views.db');
  const chain = tried(
    () => verifyLog(parts, views, report, progress),
    report,
    'log.damaged',
    'log',
  );
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
    head: chain?.head ?? '',
    problems,
  };
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
  views: ViewsReader | null,
  report: Report,
  progress?: Progress,
): { readonly events: number; readonly head: string } {
  const { db, keyringDb, keyring, events, live, layout } = parts;
  const total = events.head().seq;
  const others = live !== undefined && views !== null && total > longLog ? [live.key] : [];
  const [key] = others;
  const threads = key === undefined ? null : startWalks(layout.home, key, total);
  const tick = (done: number) => progress?.({ step: 'archive.verify-chain', done, total });
  try {
    // One state of all of it; and each small look-up costs a fifth.
    const walk = () => {
      const own = walkLog({ ...parts, views }, [0, threads?.own ?? total], report, (seq) =>
        tick(Math.min(total, Math.round((seq / (threads?.own ?? total)) * total))),
      );
      verifySchema(db, 'archive', report);
      verifySchema(keyringDb, 'keyring', report);
      for (const macs of parts.macs) verifyRows(macs, report);
      const found = [{ problems: [], ...own }, ...(threads?.join() ?? [])];
      for (const { code, place } of found.flatMap((one) => one.problems)) report(code, place);
      verifyEnd(parts, found, report);
      return found;
    };
    const inViews = () => (views === null ? walk() : views.atOnce(walk));
    const found = db.transaction(() => keyring.atOnce(inViews)).deferred();
    if (views !== null) verifyViews(parts, views, found, report);
    const last = found.at(-1)?.last ?? new Uint8Array(32);
    return {
      events: found.reduce((sum, one) => sum + one.events, 0),
      head: Buffer.from(last).toString('hex'),
    };
  } finally {
    threads?.stop();
  }
}

/** What only the whole log can be held against. */
function verifyEnd(parts: VerifyParts, found: readonly WalkFindings[], report: Report): void {
  const { db, keyring, live, layout, anchors } = parts;
  const office = found.flatMap((one) => one.office);
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
  found: readonly WalkFindings[],
  report: Report,
): void {
  for (const id of new Set(found.flatMap((one) => one.suspects))) {
    const again = () => {
      const row = views.row(id);
      const job = events.job(id);
      if (job === null || row === null) return job === null && row === null;
      return views.isSame(row, events.lastOf(id), derivedRow(job), bodyOf(texts, job));
    };
    if (tried(again, report, 'event.unreadable', `job ${id}`) === false)
      report('views.differ', `job ${id}`);
  }
  for (const place of views.strays(events.head().seq)) report('views.differ', place);
}
