/** Jobs: create, edit, list, follow up. One function per contract method. */
import { fail, ok, type Result } from '../../shared/result.ts';
import { emptySpec, type Job, type JobSpec } from '../../shared/job/job.ts';
import { missing } from '../../shared/job/missing.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { JobPageView, JobView } from '../../shared/rpc/views.ts';
import { homeUnit, unitsOf } from '../../shared/job/visibility.ts';
import { viewerOf } from '../rpc/authorize.ts';
import type { Caller } from '../rpc/router.ts';
import { jobOr, newId, perform, type Desk } from './desk.ts';
import { checkNationalIds } from './national-id.ts';
import { masked, maskedEvent, unmasked } from '../../shared/job/masks.ts';
import { withBookNumbers } from './people.ts';
import { checkSeal, sealOf } from './seal.ts';
import { officeDay } from '../archive/search-dates.ts';

export function createJob(
  desk: Desk,
  input: ParsedOf<'job.create'>,
  actor: string,
): Result<{ job: string; version: number }> {
  const job = newId(desk);
  const spec = unmasked(
    withBookNumbers(desk, { ...emptySpec, ...given(input.spec) } as JobSpec, null),
    null,
  );
  const maker = desk.archive.users().find((user) => user.id === actor);
  const unit = unitsOf(maker ?? {})[0] ?? homeUnit;
  const create = { type: 'create', spec, audience: { unit, only: null } } as const;
  const numbers = checkNationalIds(desk, spec);
  if (!numbers.ok) return numbers;
  const created = perform(desk, job, actor, [create], { on: null });
  return created.ok ? ok({ job, version: created.value.version }) : created;
}

export function editJob(
  desk: Desk,
  input: ParsedOf<'job.edit'>,
  actor: string,
): Result<{ version: number }> {
  const job = jobOr(desk, input.job);
  if (!job.ok) return job;
  // Somebody else has edited since this was loaded: theirs must not be lost in silence.
  if (job.value.version !== input.version)
    return fail('job.moved', 'The job has changed since it was loaded.', {
      version: job.value.version,
    });
  const spec = unmasked(withBookNumbers(desk, input.spec as JobSpec, job.value), job.value);
  const { titles, order } = input;
  const numbers = checkNationalIds(desk, spec, titles);
  if (!numbers.ok) return numbers;
  return versionOf(
    perform(desk, input.job, actor, [{ type: 'edit', spec, titles, order }], { on: job.value }),
  );
}

export function cancelJob(
  desk: Desk,
  input: ParsedOf<'job.cancel'>,
  actor: string,
): Result<{ version: number }> {
  const { job, reason } = input;
  return versionOf(perform(desk, job, actor, [{ type: 'cancel', reason }]));
}

export function extendJob(
  desk: Desk,
  input: ParsedOf<'job.extend'>,
  actor: string,
): Result<{ version: number }> {
  const now = desk.clock.now().toISOString();
  // One form of an instant, so that deadlines compare as text.
  const deadline = new Date(input.deadline).toISOString();
  return versionOf(perform(desk, input.job, actor, [{ type: 'extend', now, deadline }]));
}

export function removeDocument(
  desk: Desk,
  input: ParsedOf<'document.remove'>,
  actor: string,
): Result<{ version: number }> {
  const { job, document } = input;
  return versionOf(perform(desk, job, actor, [{ type: 'remove-document', document }]));
}

/** Deadlines that have passed; answers the jobs that expired. */
export function expireJobs(desk: Desk): readonly string[] {
  const now = desk.clock.now().toISOString();
  return desk.archive
    .jobsWhere({ state: 'open', deadlineBefore: now })
    .filter((job) => perform(desk, job, 'system', [{ type: 'expire', now }]).ok);
}

export function getJob(desk: Desk, input: ParsedOf<'job.get'>): Result<JobView> {
  const job = jobOr(desk, input.job);
  if (!job.ok) return job;
  const names = new Map(desk.archive.users().map((user) => [user.id, user.name]));
  for (const signer of [...job.value.signers, ...(job.value.formerSigners ?? [])])
    names.set(`signer:${signer.id}`, signer.name);
  const events = desk.archive.events(input.job).map((recorded) => ({
    seq: recorded.seq,
    job: recorded.job,
    version: recorded.version,
    at: recorded.at,
    actor: recorded.actor,
    actorName: names.get(recorded.actor) ?? '',
    event: maskedEvent(recorded.event),
  }));
  const usable = checkSeal(desk);
  return ok({
    job: masked(job.value),
    events,
    missing: missing(job.value),
    sealReady: sealOf(desk) !== null,
    sealProblem: usable.ok ? null : usable.error.code,
  });
}

export function listJobs(
  desk: Desk,
  input: ParsedOf<'job.list'>,
  _actor: string,
  { standing }: Caller,
): Result<JobPageView> {
  const viewer = viewerOf(standing);
  if (viewer === null) return fail('rpc.forbidden', 'This session may not do that.');
  const { mine, ...filter } = given(input.filter ?? {});
  const page = desk.archive.list({
    ...given({ ...input, filter: undefined }),
    ...{ viewer, today: officeDay(desk.clock.now().toISOString()) },
    filter: { ...given(filter), ...(mine === true ? { madeBy: viewer.user } : {}) },
  });
  return ok({ rows: page.rows, next: page.next, counts: desk.archive.counts(viewer) });
}

export function versionOf(result: Result<Job>): Result<{ version: number }> {
  return result.ok ? ok({ version: result.value.version }) : result;
}

/** Without keys whose value is undefined: zod's optional and ours (exactOptionalPropertyTypes) differ. */
export function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
