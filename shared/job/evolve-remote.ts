/** A job as the events from the remote signing service make it. */
import { baseOf } from './base.ts';
import type { Job, SignerStatus } from './job.ts';
import type { Remote, RemoteParty } from './remote.ts';
import { serviceKeepsDays } from './remote.ts';
import type { RemoteEvent, RemoteSaying } from './remote-event.ts';

export function evolveRemote(job: Job, event: RemoteEvent, at: string): Job {
  switch (event.type) {
    case 'posted':
      return {
        ...baseOf(job),
        state: 'at-service',
        signers: job.signers.map((signer) => ({ ...signer, state: 'WAITING', since: at })),
        remote: fresh(event, job.remote),
      };
    case 'found':
      return {
        ...baseOf(job),
        state: 'at-service',
        remote: { ...fresh(event, job.remote), phase: 'made', jobId: event.jobId },
      };
    case 'departed':
      return withRemote(job, { phase: 'sending', package: event.package });
    case 'held-back':
      return withRemote(job, { phase: 'queued' });
    case 'accepted': {
      const { jobId, cancellationUrl, links } = event;
      return withRemote(job, { phase: 'made', jobId, cancellationUrl, links });
    }
    case 'turned-down':
      return {
        ...baseOf(job),
        state: 'draft',
        signers: job.signers.map((signer) => ({ ...signer, since: null })),
        remote: { ...remoteOf(job), phase: 'refused', refusal: event.refusal },
      };
    case 'answer-lost':
      return withRemote(job, { phase: 'unknown' });
    case 'service-said':
      return said(job, event, at);
    case 'result-refused':
      return withRemote(job, { trouble: event.code });
    case 'came-back':
      return ended({
        ...job,
        remote: { ...remoteOf(job), results: event.results, trouble: null },
      });
    case 'receipt-given':
      return withRemote(job, { receipted: true });
    case 'withdrawal-asked':
      return withRemote(job, { withdrawing: event.reason });
    case 'withdrawal-refused':
      return withRemote(job, { withdrawing: null });
    case 'clearing-asked':
      return job;
    case 'cleared-there':
      return withRemote(job, { cleared: true, deleteDocumentsUrl: null });
    case 'stray-seen': {
      const { reference, jobId } = event;
      return withRemote(job, { strays: [...remoteOf(job).strays, { reference, jobId }] });
    }
    case 'invited':
      return withRemote(job, { invitedTo: event.to });
  }
}

function fresh(party: RemoteParty, before: Remote | null): Remote {
  const { flow, sender, queue, attempt, reference } = party;
  return {
    ...{ flow, sender, queue, attempt, reference },
    ...{ phase: 'queued', package: null, jobId: null, status: null, cancellationUrl: null },
    ...{ deleteDocumentsUrl: null, links: {}, refusal: null, withdrawing: null, trouble: null },
    ...{ results: [], fetchBefore: null, receipted: false, cleared: false, invitedTo: null },
    strays: before?.strays ?? [],
  };
}

function remoteOf(job: Job): Remote {
  if (job.remote === null) throw new Error(`job ${job.id}: nothing of it is at the service`);
  return job.remote;
}

function withRemote(job: Job, change: Partial<Remote>): Job {
  return { ...job, remote: { ...remoteOf(job), ...change } };
}

function said(job: Job, event: RemoteSaying, at: string): Job {
  const before = remoteOf(job);
  const final = event.status !== 'IN_PROGRESS';
  const signers = job.signers.map((signer): SignerStatus => {
    const now = event.signers.find((one) => one.signer === signer.id);
    return now === undefined || now.state === signer.state
      ? signer
      : { ...signer, state: now.state, since: now.since ?? at };
  });
  const remote: Remote = {
    ...before,
    status: event.status,
    cancellationUrl: event.cancellationUrl ?? (final ? null : before.cancellationUrl),
    deleteDocumentsUrl: event.deleteDocumentsUrl ?? before.deleteDocumentsUrl,
    fetchBefore: before.fetchBefore ?? (final ? daysAfter(lastSince(signers, at)) : null),
  };
  return { ...job, signers, remote };
}

function lastSince(signers: readonly SignerStatus[], at: string): string {
  const times = signers.flatMap(({ since }) => {
    const time = since === null ? Number.NaN : Date.parse(since);
    return Number.isNaN(time) ? [] : [time];
  });
  return times.length === 0 ? at : new Date(Math.max(...times)).toISOString();
}

function daysAfter(instant: string): string {
  return new Date(Date.parse(instant) + serviceKeepsDays * 86_400_000).toISOString();
}

/** The state that the service gave. */
function ended(job: Job): Job {
  const remote = remoteOf(job);
  const base = { ...baseOf(job), remote };
  if (remote.status === 'COMPLETED_SUCCESSFULLY') return { ...base, state: 'returned' };
  const of = (state: string) => job.signers.find((signer) => signer.state === state);
  const rejecting = of('REJECTED');
  if (rejecting !== undefined) return { ...base, state: 'rejected', by: rejecting.id, reason: '' };
  if (of('CANCELLED') !== undefined)
    return { ...base, state: 'cancelled', reason: remote.withdrawing ?? '', was: job.state };
  if (of('EXPIRED') !== undefined) return { ...base, state: 'expired' };
  const why = job.signers.map(({ state }) => whyEnded[state]).find((code) => code !== undefined);
  return { ...base, state: 'failed', code: why ?? 'posten.ended' };
}

const whyEnded: Readonly<Record<string, string>> = {
  RESERVED: 'posten.signer-reserved',
  CONTACT_INFORMATION_MISSING: 'posten.signer-unreachable',
  BLOCKED: 'posten.signer-blocked',
  SIGNERS_NAME_NOT_AVAILABLE: 'posten.signer-nameless',
};
