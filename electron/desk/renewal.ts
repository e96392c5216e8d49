/**
 * Renewal: a sealed job's newest timestamps prove less and less as their authority's certificate and their
 * algorithms come to their end. Before that, others are put over them: a new revision like the seal's, with
 * an event of its own; nothing that stands there is touched.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Job } from '../../shared/job/job.ts';
import { renewalIsDue, renewalLead, stampEnd } from '../../shared/job/renewal.ts';
import { anchorTopic } from './anchoring.ts';
import { timestampsOf } from './authorities.ts';
import { perform, silent, type Act, type Desk } from './desk.ts';
import { underSealLease, type KeepLease } from './seal-lease.ts';
import { isRefusal, stampDocuments } from './stamping.ts';

type SealedJob = Extract<Job, { state: 'sealed' }>;

export interface Renewed {
  readonly version: number;
  /** Code of what it waits for; null when it is renewed. */
  readonly deferred: string | null;
}

/** Says of each job whose timestamps come to their end that they do; answers those of which it is news. */
export function noteRenewals(desk: Desk): readonly string[] {
  return dueJobs(desk).flatMap((job) => {
    if (job.renewal !== null) return [];
    const end = job.stamp === null ? null : stampEnd(job.stamp);
    return perform(desk, job.id, 'system', [{ type: 'need-renewal', end }]).ok ? [job.id] : [];
  });
}

function dueJobs(desk: Desk): readonly SealedJob[] {
  const now = desk.clock.now();
  const before = new Date(now.getTime() + renewalLead).toISOString();
  return desk.archive
    .jobsWhere({ state: 'sealed', deadlineBefore: before })
    .map((id) => desk.archive.job(id))
    .filter((job): job is SealedJob => job?.state === 'sealed')
    .filter(({ stamp }) => renewalIsDue(stamp, now));
}

/**
 * Renews what is due, one job after the other. Where an authority does not answer, or still signs with a
 * certificate that ends no later, it is the same for all of them: the rest is left for the next day.
 */
export async function renewDue(
  desk: Desk,
  _input: object,
  act: Act,
): Promise<Result<{ readonly renewed: readonly string[]; readonly deferred: string | null }>> {
  const renewed: string[] = [];
  for (const job of dueJobs(desk)) {
    const done = await renewJob(desk, { job: job.id }, { ...act, progress: silent });
    if (!done.ok) continue;
    if (done.value.deferred !== null) return ok({ renewed, deferred: done.value.deferred });
    renewed.push(job.id);
  }
  return ok({ renewed, deferred: null });
}

/** By hand, or when it is due. Fails with `job.state`, `sealing.running`, and where a document is unreadable. */
export function renewJob(
  desk: Desk,
  input: { readonly job: string },
  act: Act,
): Promise<Result<Renewed>> {
  return underSealLease(desk, input.job, (job, keep) =>
    job.state === 'sealed'
      ? renewWithLease(desk, job, act, keep)
      : Promise.resolve(fail('job.state', 'The job is in another state.', { state: job.state })),
  );
}

async function renewWithLease(
  desk: Desk,
  job: SealedJob,
  act: Act,
  keep: KeepLease,
): Promise<Result<Renewed>> {
  const timestamps = timestampsOf(desk);
  if (timestamps === null) return defer(desk, job, act, 'timestamp.none');
  const stamped = await stampDocuments(desk, job, timestamps, act, keep);
  if (isRefusal(stamped)) {
    const { wait, failure } = stamped;
    return wait ? defer(desk, job, act, failure.error.code) : failure;
  }
  const { revisions, tails, stamp } = stamped;
  if (stamp === null) return defer(desk, job, act, 'renewal.unreadable');
  // Every renewal stays in the file for ever: one that lasts no longer is not stored.
  if (job.stamp !== null && stampEnd(stamp).until <= stampEnd(job.stamp).until)
    return defer(desk, job, act, 'renewal.no-gain');
  const time = desk.clock.now().toISOString();
  const { name: authority } = timestamps;
  const renewed = perform(
    desk,
    job.id,
    act.actor,
    [{ type: 'renew', revisions, authority, time, stamp }],
    { tails, outbox: [{ topic: anchorTopic, body: { job: job.id } }] },
  );
  return renewed.ok ? ok({ version: renewed.value.version, deferred: null }) : renewed;
}

function defer(desk: Desk, job: Job, act: Act, code: string): Result<Renewed> {
  const deferred = perform(desk, job.id, act.actor, [{ type: 'defer-renewal', code }]);
  return deferred.ok ? ok({ version: deferred.value.version, deferred: code }) : deferred;
}
