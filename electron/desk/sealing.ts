/**
 * After the last signer: a document timestamp over each document proves when all of it was so, and what
 * the issuers say of its certificates is kept with it under a second one. Without
 * an authority in reach the job waits and says why; it is tried again by itself.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Job } from '../../shared/job/job.ts';
import { anchorLog, anchorTopic } from './anchoring.ts';
import { timestampsOf } from './authorities.ts';
import { perform, type Act, type Desk } from './desk.ts';
import { underSealLease, type KeepLease } from './seal-lease.ts';
import { isRefusal, stampDocuments } from './stamping.ts';

export interface Sealed {
  readonly version: number;
  /** Code of what it waits for; null when it is sealed. */
  readonly deferred: string | null;
}

export function sealJob(
  desk: Desk,
  input: { readonly job: string },
  act: Act,
): Promise<Result<Sealed>> {
  return underSealLease(desk, input.job, async (job, keep) => {
    if (job.state === 'sealed') return ok({ version: job.version, deferred: null });
    if (job.state !== 'signed')
      return fail('job.state', 'The job is in another state.', { state: job.state });
    const sealed = await sealWithLease(desk, job, act, keep);
    // Best now, while the authority is there; else the outbox has it, and it is done later.
    if (sealed.ok && sealed.value.deferred === null) await anchorLog(desk, {}, act);
    return sealed;
  });
}

async function sealWithLease(
  desk: Desk,
  job: Job,
  act: Act,
  keep: KeepLease,
): Promise<Result<Sealed>> {
  const timestamps = timestampsOf(desk);
  if (timestamps === null) return defer(desk, job, act, 'timestamp.none');
  const stamped = await stampDocuments(desk, job, timestamps, act, keep);
  if (isRefusal(stamped)) {
    const { wait, failure } = stamped;
    return wait ? defer(desk, job, act, failure.error.code) : failure;
  }
  const { revisions, tails, stamp } = stamped;
  const time = desk.clock.now().toISOString();
  const { name: authority } = timestamps;
  // The clerk may have stated what they saw while the authority was asked: the documents are as they were,
  // and a revision that is not the next one is refused.
  const sealed = perform(
    desk,
    job.id,
    act.actor,
    [{ type: 'seal', revisions, authority, time, ...(stamp === null ? {} : { stamp }) }],
    {
      tails,
      outbox: [{ topic: anchorTopic, body: { job: job.id } }],
    },
  );
  return sealed.ok ? ok({ version: sealed.value.version, deferred: null }) : sealed;
}

function defer(desk: Desk, job: Job, act: Act, code: string): Result<Sealed> {
  const deferred = perform(desk, job.id, act.actor, [{ type: 'defer-seal', code }]);
  return deferred.ok ? ok({ version: deferred.value.version, deferred: code }) : deferred;
}
