/** Jobs that came by the watched folder, on their way out: opened, told of, exported. */
import { join } from 'node:path';
import type { Job } from '../../shared/job/job.ts';
import type { OutboxRow } from '../archive/archive.ts';
import { exportedAs, type JobFolder } from './export-folder.ts';
import { exportJobs } from './exports.ts';
import { shareAs, writeShared } from './folder-files.ts';
import { troubleOf, type Intake, type Outcome } from './folder-intake.ts';
import { folderTopic, type FolderErrand } from './folder-job.ts';
import { isOver, statusFile } from './folder-status.ts';
import { openJob } from './opening.ts';
import { sendJob } from './posten-jobs.ts';

/** Milliseconds until what did not go is tried again. */
const tryAgain = 60_000;
/** Jobs under way at the same time. */
const mostRows = 10_000;
const mostEvents = 1_000;

type Trouble = Extract<Outcome, { type: 'trouble' }>;

export interface Followed {
  readonly changed: readonly string[];
  /** Something is to be sent to the service. */
  readonly sent: boolean;
  readonly troubles: readonly Trouble[];
}

/** `known`: jobs whose status somebody asks for anew, having put the same files there once more. */
export async function follow(intake: Intake, known: readonly string[]): Promise<Followed> {
  const { desk, memory, beat } = intake;
  const { seq } = desk.archive.head();
  const touched = touchedSince(intake);
  const changed: string[] = [];
  const troubles: Trouble[] = [];
  let sent = false;
  for (const row of desk.archive.outbox(folderTopic, mostRows)) {
    const errand = row.body as unknown as FolderErrand;
    if (!touched(errand.job) && !known.includes(errand.job)) continue;
    beat();
    try {
      const done = await followOne(intake, errand, row);
      if (done.changed) changed.push(errand.job);
      sent ||= done.sent;
    } catch (error) {
      troubles.push(troubleOf(error));
    }
  }
  for (const job of known) tellAgain(intake, job);
  // What could not be told is looked at whole in the next round.
  memory.told = troubles.length === 0 ? seq : null;
  return { changed, sent, troubles };
}

/** Those with something new in the log, and those that wait to be tried again. */
function touchedSince({ desk, memory, now }: Intake): (job: string) => boolean {
  if (memory.told === null) return () => true;
  const events = desk.archive.eventsSince(memory.told, mostEvents);
  if (events.length === mostEvents) return () => true;
  const jobs = new Set(events.map(({ job }) => job));
  return (job) => jobs.has(job) || now - (memory.tries.get(job)?.at ?? now) >= tryAgain;
}

async function followOne(
  intake: Intake,
  errand: FolderErrand,
  row: OutboxRow,
): Promise<{ readonly changed: boolean; readonly sent: boolean }> {
  const { desk, memory, beat } = intake;
  const before = desk.archive.job(errand.job);
  if (before === null) {
    desk.archive.removeFromOutbox(row.id);
    return { changed: false, sent: false };
  }
  const sent = await openIfDue(intake, errand, before);
  beat();
  const opened = desk.archive.job(errand.job) ?? before;
  const exported = await exportIfDue(intake, errand.name, opened);
  beat();
  const job = desk.archive.job(errand.job) ?? opened;
  tell(intake, errand.name, job, exported);
  beat();
  if (isOver(job) && (exported !== null || !goesOut(job))) {
    memory.tries.delete(job.id);
    desk.archive.removeFromOutbox(row.id);
  }
  return { changed: job.version !== before.version, sent };
}

/** A draft that somebody has taken in hand is theirs to open. */
function isUntouched(job: Job): boolean {
  return job.state === 'draft' && job.version === job.documents.length + 2;
}

async function openIfDue(intake: Intake, errand: FolderErrand, job: Job): Promise<boolean> {
  const { desk, settings, memory, now } = intake;
  if (!errand.open || !isUntouched(job)) {
    if (job.state !== 'sealed' && job.state !== 'returned') memory.tries.delete(job.id);
    return false;
  }
  const last = memory.tries.get(job.id);
  if (last !== undefined && now - last.at < tryAgain) return false;
  if (!intake.mayAct) {
    memory.tries.set(job.id, { at: now, code: 'folder.user' });
    return false;
  }
  const act = { ...intake.act, actor: settings.user };
  const atCounter = (job.spec.place ?? 'counter') === 'counter';
  const done = atCounter
    ? await openJob(desk, { job: job.id }, act)
    : sendJob(desk, { job: job.id }, settings.user);
  if (done.ok) memory.tries.delete(job.id);
  else memory.tries.set(job.id, { at: now, code: done.error.code });
  return done.ok && !atCounter;
}

function goesOut({ state }: Job): boolean {
  return state === 'sealed' || state === 'returned';
}

/** Once: a folder that stands there from before a crash is the one. */
async function exportIfDue(intake: Intake, name: string, job: Job): Promise<JobFolder | null> {
  if (!goesOut(job)) return null;
  const { desk, settings, memory, now } = intake;
  const there = exportedAs(settings.out, name, (folder) => folder.job === job.id);
  if (there !== null && job.exported !== null) return shared(settings.out, there);
  const last = memory.tries.get(job.id);
  if (last !== undefined && now - last.at < tryAgain) return null;
  const input = { jobs: [job.id], folder: settings.out, name };
  // By the program itself: whoever the jobs are made for need not see them for ever.
  const made = await exportJobs(desk, input, { ...intake.act, actor: 'system' });
  const failed = made.ok ? made.value.failed[0]?.code : made.error.code;
  if (failed !== undefined) {
    memory.tries.set(job.id, { at: now, code: failed });
    return null;
  }
  memory.tries.delete(job.id);
  const found = exportedAs(settings.out, name, (folder) => folder.job === job.id);
  return found === null ? null : shared(settings.out, found);
}

function shared(out: string, folder: JobFolder): JobFolder {
  shareAs(out, folder.name);
  return folder;
}

function tell({ settings, memory }: Intake, name: string, job: Job, exported: JobFolder | null) {
  const deferred = job.state === 'signed' ? job.sealDeferred : null;
  const failed = job.state === 'failed' ? job.code : null;
  const problem = memory.tries.get(job.id)?.code ?? deferred ?? failed;
  const text = statusFile({ name, job, problem, exported });
  writeShared(join(settings.out, `${name}.status.json`), text);
}

/** Of a job that has no errand any more. */
function tellAgain(intake: Intake, id: string): void {
  const { desk, settings } = intake;
  const job = desk.archive.job(id);
  const [first] = desk.archive.events(id);
  if (job === null || first?.event.type !== 'created' || !isOver(job)) return;
  const name = first.event.cameIn?.name;
  if (name === undefined) return;
  const there = exportedAs(settings.out, name, (folder) => folder.job === id);
  tell(intake, name, job, there);
}
