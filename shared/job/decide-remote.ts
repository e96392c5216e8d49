/** May this be said of the job's part at the remote signing service? Nothing new is a success without events. */
import { canonicalJson } from '../canonical-json.ts';
import { fail, ok } from '../result.ts';
import type { Decision } from './decision.ts';
import type { Job } from './job.ts';
import type { Remote, RemotePhase } from './remote.ts';
import type { RemoteEvent, RemoteSaying } from './remote-event.ts';
import { missing } from './missing.ts';
import { wrongState } from './refusals.ts';

export function decideRemote(job: Job, event: RemoteEvent): Decision {
  switch (event.type) {
    case 'posted':
      return decidePosted(job, event);
    case 'found':
      if (job.state !== 'draft' && !isAway(job, ['queued', 'sending', 'unknown']))
        return wrongState(job);
      return ok([event]);
    case 'departed':
      return isAway(job, ['queued']) ? ok([event]) : wrongState(job);
    case 'turned-down':
    case 'answer-lost':
      return isAway(job, ['queued', 'sending']) ? ok([event]) : wrongState(job);
    case 'held-back':
      return isAway(job, ['sending']) ? ok([event]) : wrongState(job);
    case 'accepted':
      return isAway(job, ['sending', 'unknown']) ? ok([event]) : wrongState(job);
    case 'service-said':
      return decideSaying(job, event);
    case 'result-refused':
      if (!isAway(job, ['made'])) return wrongState(job);
      // The same reason again is not news: retries must not fill the log.
      return ok(job.remote?.trouble === event.code ? [] : [event]);
    case 'came-back':
      if (!isAway(job, ['made']) || !isFinal(job.remote)) return wrongState(job);
      return ok([event]);
    case 'withdrawal-asked':
      return decideWithdrawal(job, event.reason);
    case 'withdrawal-refused':
      return ok(typeof job.remote?.withdrawing === 'string' ? [event] : []);
    case 'receipt-given':
      return ok(job.remote?.receipted === false ? [event] : []);
    case 'clearing-asked':
      if (job.remote === null || job.state === 'at-service' || job.state === 'draft')
        return wrongState(job);
      if (job.remote.deleteDocumentsUrl === null)
        return fail('posten.not-deletable', 'The documents cannot be deleted there yet.');
      return ok([event]);
    case 'cleared-there':
      return ok(job.remote?.cleared === false ? [event] : []);
    case 'stray-seen': {
      if (job.remote === null) return wrongState(job);
      const known = job.remote.strays.some(({ jobId }) => jobId === event.jobId);
      return ok(known ? [] : [event]);
    }
    case 'invited':
      if (job.remote === null || job.state === 'at-service') return wrongState(job);
      return ok([event]);
  }
}

function isAway(job: Job, phases: readonly RemotePhase[]): boolean {
  return job.state === 'at-service' && job.remote !== null && phases.includes(job.remote.phase);
}

export function isFinal(remote: Remote | null): boolean {
  return remote !== null && remote.status !== null && remote.status !== 'IN_PROGRESS';
}

function decidePosted(job: Job, event: Extract<RemoteEvent, { type: 'posted' }>): Decision {
  // Where no answer came, only a clerk who has looked for the job there may send it anew.
  if (isAway(job, ['unknown'])) return ok([event]);
  if (job.state !== 'draft') return wrongState(job);
  if (job.template === true)
    return fail('job.template', 'A template is not signed: jobs are made of it.');
  if (job.spec.place !== event.flow)
    return fail('posten.signed-here', 'The job is to be signed at the counter.');
  const lacks = missing(job);
  if (lacks.length > 0)
    return fail('job.incomplete', 'The job is not complete.', {
      missing: lacks.map((one) => ({ code: one.code, ...(one.of ? { of: one.of } : {}) })),
    });
  return ok([event]);
}

function decideSaying(job: Job, event: { readonly type: 'service-said' } & RemoteSaying): Decision {
  const { remote } = job;
  if (remote === null || remote.phase !== 'made' || remote.jobId !== event.jobId)
    return wrongState(job);
  if (job.state === 'at-service') return ok(isNews(job, event) ? [event] : []);
  // After the end only this can still come: that the documents there may be deleted.
  const late = event.deleteDocumentsUrl;
  return ok(late !== null && late !== remote.deleteDocumentsUrl ? [event] : []);
}

function isNews(job: Job, said: RemoteSaying): boolean {
  const { remote } = job;
  if (remote === null || remote.status !== said.status) return true;
  if (said.cancellationUrl !== null && said.cancellationUrl !== remote.cancellationUrl) return true;
  if (said.deleteDocumentsUrl !== null && said.deleteDocumentsUrl !== remote.deleteDocumentsUrl)
    return true;
  const known = job.signers.map(({ id, state }) => [id, state]);
  const now = job.signers.map(({ id, state }) => [
    id,
    said.signers.find(({ signer }) => signer === id)?.state ?? state,
  ]);
  return canonicalJson(known) !== canonicalJson(now);
}

function decideWithdrawal(job: Job, reason: string): Decision {
  const { remote } = job;
  if (job.state !== 'at-service' || remote === null) return wrongState(job);
  // Nothing has left: it ends here.
  if (remote.phase === 'queued') return ok([{ type: 'cancelled', reason }]);
  if (remote.flow === 'direct')
    return fail('posten.not-cancellable', 'A job of the direct flow cannot be withdrawn.');
  if (isFinal(remote)) return fail('posten.cannot-cancel', 'The job has ended at the service.');
  return ok(remote.withdrawing === null ? [{ type: 'withdrawal-asked', reason }] : []);
}
