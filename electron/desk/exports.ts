/** Export to folders: of some jobs, or of everything not yet exported. Can be stopped and gone on with. */
import { mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import {
  attempt,
  attemptAsync,
  fail,
  ok,
  Refusal,
  type Json,
  type Result,
} from '../../shared/result.ts';
import type { JobCommand } from '../../shared/job/command.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { ExportReceipt } from '../../shared/rpc/views.ts';
import { writeRefusal, writeWholeFile } from '../adapters/whole-file.ts';
import { createCoverSeal } from './cover-seal.ts';
import { jobOr, newId, perform, type Act, type Desk } from './desk.ts';
import { sweepParts, writeJobFolder, type FolderOptions, type JobFolder } from './export-folder.ts';
import { refuseNationalId } from './national-id.ts';
import { note } from './office-log.ts';
import { exportFolder } from './settings.ts';
import { seenBy } from './viewers.ts';

export interface ExportInput {
  /** Everything that is sealed and was never exported where absent. */
  readonly jobs?: readonly string[];
  readonly folder?: string;
  /** The complete record, ID tokens and all: for records managers, and said in the log. */
  readonly complete?: boolean;
  /** What the one job's folder is called, where somebody waits for it under a name of theirs. */
  readonly name?: string;
}

export async function exportJobs(
  desk: Desk,
  input: ExportInput,
  act: Act,
): Promise<Result<ExportReceipt>> {
  const target = input.folder ?? exportFolder(desk);
  if (!isAbsolute(target)) return fail('folder.relative', 'Give the whole path of the folder.');
  const ready = attempt(() => prepare(target));
  if (!ready.ok) return ready;
  const seen = seenBy(desk, act.actor);
  const chosen =
    input.jobs ??
    (['sealed', 'returned'] as const)
      .flatMap((state) => desk.archive.jobsWhere({ state, notExported: true }))
      .filter(seen);
  if (chosen.length === 0) return fail('export.nothing', 'There is nothing to export.');
  const id = newId(desk);
  const { complete = false, name } = input;
  const options = {
    complete,
    seal: createCoverSeal(desk),
    ...(name === undefined ? {} : { name }),
  };
  const done: ExportReceipt['jobs'][number][] = [];
  const failed: ExportReceipt['failed'][number][] = [];
  for (const [index, job] of chosen.entries()) {
    try {
      act.progress({ step: 'export', done: index, total: chosen.length });
    } catch (error) {
      // Stopped: what is out is out and has its receipt.
      if (error instanceof Refusal && done.length > 0) break;
      throw error;
    }
    const one = await exportOne(
      desk,
      seen(job) ? job : '',
      target,
      { receipt: id, ...options },
      act,
    );
    if (one.ok) done.push({ job, folder: one.value.name, files: one.value.files.length });
    else failed.push({ job, code: one.error.code });
  }
  const at = desk.clock.now().toISOString();
  const receipt: ExportReceipt = {
    id,
    folder: target,
    at,
    jobs: done,
    failed,
    unsealed: options.seal.missing,
  };
  if (done.length > 0) {
    const value = JSON.parse(JSON.stringify(receipt)) as Json;
    desk.archive.putSetting(receiptKey(id), value, act.actor);
    note(desk, act.actor, { type: 'export-made', receipt: id, jobs: done.length });
    writeWholeFile(join(target, `receipt-${id}.json`), `${JSON.stringify(receipt, null, 2)}\n`);
  }
  return ok(receipt);
}

function receiptKey(id: string): string {
  return `export.receipt.${id}`;
}

function prepare(target: string): void {
  try {
    mkdirSync(target, { recursive: true, mode: 0o700 });
    sweepParts(target);
  } catch (error) {
    throw writeRefusal(error);
  }
}

async function exportOne(
  desk: Desk,
  id: string,
  target: string,
  { receipt, ...options }: FolderOptions & { readonly receipt: string },
  act: Act,
): Promise<Result<JobFolder>> {
  const job = jobOr(desk, id);
  if (!job.ok) return job;
  if (['draft', 'open', 'at-service'].includes(job.value.state))
    return fail('job.state', 'The job is in another state.', { state: job.value.state });
  // Progress inside a job must not stop it half way: a job is out, or it is not.
  const quiet: Act = { ...act, progress: () => undefined };
  const folder = await attemptAsync(() => writeJobFolder(desk, job.value, target, quiet, options));
  if (!folder.ok) return folder;
  const { files } = folder.value;
  const command = {
    type: 'export',
    receipt,
    files,
    ...(options.complete ? { complete: true as const } : {}),
  } satisfies JobCommand;
  const recorded = perform(desk, id, act.actor, [command], { on: job.value });
  return recorded.ok ? folder : recorded;
}

/** The records system has it: every job of the receipt says so. */
export function takeOver(
  desk: Desk,
  input: ParsedOf<'export.takenOver'>,
  actor: string,
): Result<null> {
  const { receipt: id, reference } = input;
  const refused = refuseNationalId(reference, 'reference');
  if (refused !== null) return refused;
  // Only `exportJobs` writes under this key.
  const receipt = desk.archive.setting(receiptKey(id)) as unknown as ExportReceipt | undefined;
  if (receipt === undefined) return fail('export.unknown', 'There is no such receipt.');
  const jobs = receipt.jobs.filter(({ job }) => seenBy(desk, actor)(job));
  if (jobs.length === 0) return fail('export.unknown', 'There is no such receipt.');
  for (const { job } of jobs) {
    const taken = perform(desk, job, actor, [{ type: 'take-over', receipt: id, reference }]);
    // Exported anew since then: the newer receipt is the one to mark.
    if (!taken.ok && taken.error.code !== 'export.unknown') return taken;
  }
  return ok(null);
}
