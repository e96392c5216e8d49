/**
 * What lies in the watched folder becomes jobs, each once. A name becomes the id of its job, and the log
 * holds one first event per job: so however often the program dies between two steps, and whoever else
 * looks at the same folder, the second attempt finds the job that the first one made, and only goes on
 * moving the files away. The job file is moved last: while it lies there, it is not over.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJobFile, type JobFile } from '../../shared/job/job-file.ts';
import type { CameIn } from '../../shared/job/event.ts';
import {
  attempt,
  attemptAsync,
  fail,
  Refusal,
  type Failure,
  type Result,
} from '../../shared/result.ts';
import { writeRefusal } from '../adapters/whole-file.ts';
import { stackOf } from '../rpc/stack-of.ts';
import { sha256Hex, type Act, type Desk } from './desk.ts';
import {
  copyPlain,
  isJobName,
  isPlainFileName,
  jobFilesIn,
  largestJob,
  largestJobFile,
  moveInto,
  readSmallFile,
  takenFolder,
  traceOf,
} from './folder-files.ts';
import { makeFolderJob } from './folder-job.ts';
import type { FolderMemory } from './folder-memory.ts';
import { isBeingRefused, refuseFiles } from './folder-refusal.ts';
import { maskNationalIds } from './national-id.ts';
import type { FolderSettings } from './settings-store.ts';

/** Milliseconds for which a job file waits for documents that it names. */
const patience = 5 * 60_000;

export interface Intake {
  readonly desk: Desk;
  readonly settings: FolderSettings;
  readonly memory: FolderMemory;
  /** Uptime in milliseconds. */
  readonly now: number;
  readonly act: Act;
  /** Whether the user in whose name jobs are made may still make them. */
  readonly mayAct: boolean;
  /** Between any two steps. */
  readonly beat: () => void;
}

export type Outcome =
  | { readonly type: 'taken' | 'known'; readonly job: string }
  | { readonly type: 'refused' | 'waiting' }
  /** Nothing is wrong with the file; it stays where it is. */
  | { readonly type: 'trouble'; readonly code: string; readonly bug?: string };

export async function takeIn(intake: Intake): Promise<readonly Outcome[]> {
  const { settings, memory, beat } = intake;
  const outcomes: Outcome[] = [];
  const files = jobFilesIn(settings.in);
  memory.keepOnly(files);
  for (const file of files) {
    beat();
    const outcome = await takeOne(intake, file).catch((error: unknown) => troubleOf(error));
    outcomes.push(outcome);
    // Nothing else would fit either.
    if (outcome.type === 'trouble' && /\.disk-full$/.test(outcome.code)) break;
  }
  return outcomes;
}

/** A share that went away and a full disk pass; a bug is one file's, and the others go on. */
export function troubleOf(error: unknown): Extract<Outcome, { type: 'trouble' }> {
  const refusal = writeRefusal(error);
  if (refusal instanceof Refusal) return { type: 'trouble', code: refusal.failure.code };
  const isFromSystem = error instanceof Error && 'syscall' in error;
  return isFromSystem
    ? { type: 'trouble', code: 'folder.unreadable' }
    : { type: 'trouble', code: 'internal', bug: stackOf(error) };
}

async function takeOne(intake: Intake, file: string): Promise<Outcome> {
  const { settings, memory } = intake;
  const name = file.slice(0, -'.json'.length);
  if (!memory.isSettled(settings.in, file)) return { type: 'waiting' };
  const bytes = readSmallFile(join(settings.in, file), largestJobFile);
  const jobFile = bytes.ok ? sha256Hex(bytes.value) : '';
  const refuse = (failure: Failure | null, parsed: JobFile | null): Outcome => {
    // A name that may not be told does not stand on what we write either.
    const as = isFitName(name) ? name : `refused-${sha256Hex(name).slice(0, 12)}`;
    const named = parsed === null ? [] : parsed.documents.map((one) => one.file);
    const documents = named.filter(isPlainFileName);
    refuseFiles(intake, { file, as, documents, jobFile, failure });
    return { type: 'refused' };
  };
  const parsed = parsedName(name, bytes);
  if (!parsed.ok) return refuse(parsed.error, null);
  if (isBeingRefused(settings.in, name, jobFile)) return refuse(null, parsed.value);
  const outcome = await takeParsed(intake, { name, file, jobFile, parsed: parsed.value });
  return 'type' in outcome ? outcome : refuse(outcome, parsed.value);
}

function parsedName(name: string, bytes: Result<Uint8Array>): Result<JobFile> {
  if (!isFitName(name)) return fail('folder.name', 'The job file has a name that is not allowed.');
  if (!bytes.ok) return bytes;
  const text = attempt(() => textOf(bytes.value));
  return text.ok ? readJobFile(text.value) : text;
}

/** A failure is one of the file's own: it is to be refused. */
async function takeParsed(intake: Intake, one: Arrived): Promise<Outcome | Failure> {
  const { documents } = one.parsed;
  if (!documents.every(({ file }) => isPlainFileName(file) && isFit(file)))
    return fail('folder.file-name', 'A document has a name that is not allowed.').error;
  const job = folderJobId(intake.settings, one.name);
  if (intake.desk.archive.job(job) !== null) {
    const same = isTheSame(intake, one, job);
    return same.ok ? moveTaken(intake, one, { type: 'known', job }) : same.error;
  }
  const there = areThere(intake, one);
  if (there === 'waiting') return { type: 'waiting' };
  if (!there.ok) return there.error;
  const tried = await attemptAsync(() => make(intake, one, job));
  const made = tried.ok ? tried.value : tried;
  if (made.ok) return moveTaken(intake, one, { type: 'taken', job });
  return passes(made.error.code) ? { type: 'trouble', code: made.error.code } : made.error;
}

export interface Arrived {
  readonly name: string;
  readonly file: string;
  /** Hex SHA-256. */
  readonly jobFile: string;
  readonly parsed: JobFile;
}

/** The same in every run of this office, and in no other office. */
export function folderJobId({ salt }: FolderSettings, name: string): string {
  // Names that differ in case alone are the same file on most machines.
  return sha256Hex(`folder ${salt ?? ''} ${name.toLowerCase()}`).slice(0, 32);
}

/** Of the disk and the archive, not of the file. */
function passes(code: string): boolean {
  return (
    /^archive\./.test(code) ||
    ['file.disk-full', 'file.read-only', 'file.no-folder', 'task.cancelled', 'job.moved'].includes(
      code,
    )
  );
}

function isFitName(name: string): boolean {
  return isJobName(name) && isFit(name);
}

function isFit(name: string): boolean {
  return maskNationalIds(name) === name;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('file.not-json', 'The specification is not UTF-8.');
  }
}

/** Every document there and at rest; one that does not come within the patience is refused. */
function areThere(
  { settings, memory, now }: Intake,
  { file, parsed }: Arrived,
): 'waiting' | Result<null> {
  const names = parsed.documents.map((one) => one.file);
  const settled = names.map((name) => memory.isSettled(settings.in, name));
  const missing = names.filter((name) => traceOf(join(settings.in, name)) === null);
  if (missing.length === 0) return settled.every(Boolean) ? { ok: true, value: null } : 'waiting';
  if (now - memory.waitsSince(file, now) < patience) return 'waiting';
  return fail('folder.file-missing', 'A document that the job file names did not come.', {
    documents: missing.map((name) => names.indexOf(name) + 1),
  });
}

/** Left over from a crash, or put there once more; anything else under a name that is used is refused. */
function isTheSame(intake: Intake, { jobFile, parsed }: Arrived, job: string): Result<null> {
  const [first] = intake.desk.archive.events(job);
  const came: CameIn | undefined = first?.event.type === 'created' ? first.event.cameIn : undefined;
  const differs = () =>
    fail('folder.name-used', 'Another job came in under this name; give the file a new one.');
  if (came === undefined || came.jobFile !== jobFile) return differs();
  return inSpool(intake, (spool) => {
    for (const [index, { file }] of parsed.documents.entries()) {
      if (traceOf(join(intake.settings.in, file)) === null) continue;
      const to = join(spool, String(index));
      const copy = copyPlain(join(intake.settings.in, file), to, largestJob, intake.beat);
      if (!copy.ok) return copy;
      if (copy.value.sha256 !== came.documents[index]) return differs();
    }
    return { ok: true, value: null };
  });
}

async function make(intake: Intake, one: Arrived, job: string): Promise<Result<unknown>> {
  const { settings, beat } = intake;
  return inSpool(intake, async (spool) => {
    const copies: { path: string; sha256: string }[] = [];
    let left = largestJob;
    for (const [index, { file }] of one.parsed.documents.entries()) {
      const path = join(spool, String(index));
      const copy = copyPlain(join(settings.in, file), path, left, beat);
      if (!copy.ok) return copy;
      left -= copy.value.length;
      copies.push({ path, sha256: copy.value.sha256 });
    }
    beat();
    return makeFolderJob(intake, one, job, copies);
  });
}

/** A folder of the data folder's own, for as long as it is needed. */
function inSpool<T>({ desk }: Intake, body: (spool: string) => T): T {
  const spool = join(desk.archive.home, 'incoming');
  const empty = () => rmSync(spool, { recursive: true, force: true });
  empty();
  mkdirSync(spool, { mode: 0o700 });
  const done = body(spool);
  if (done instanceof Promise) return done.finally(empty) as T;
  empty();
  return done;
}

function moveTaken({ settings, beat, memory }: Intake, one: Arrived, outcome: Outcome): Outcome {
  beat();
  for (const name of new Set(one.parsed.documents.map(({ file }) => file))) {
    moveInto(settings.in, takenFolder, name);
    beat();
  }
  moveInto(settings.in, takenFolder, one.file);
  memory.forget(one.file);
  beat();
  return outcome;
}
