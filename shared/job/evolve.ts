/** A job is what its events say. Pure: the same events give the same job, on any machine. */
import { withCodes, withCopy } from './copies.ts';
import type { JobEvent, RecordedEvent } from './event.ts';
import type {
  AtKiosk,
  Job,
  JobDocument,
  JobSpec,
  RevisionRef,
  SignerState,
  SignerStatus,
} from './job.ts';
import { baseOf } from './base.ts';
import { evolveFollowing } from './following.ts';
import { evolveRemote } from './evolve-remote.ts';
import { withoutPickUp, withPickUp } from './pick-up.ts';
import { newest, withRenewal, type SealedJob } from './renewing.ts';
import { groupInTurn } from './signer-turns.ts';
import { wholeOffice } from './visibility.ts';

/**
 * The job after one more event. The log holds only what `decide` allowed, so an event that does not
 * fit is a damaged log: it throws.
 */
export function evolve(job: Job | null, recorded: RecordedEvent): Job {
  const { event } = recorded;
  if (event.type === 'created') {
    if (job !== null) throw new Error(`job ${recorded.job}: created twice`);
    return created(event, recorded);
  }
  if (job === null) throw new Error(`job ${recorded.job}: ${event.type} before created`);
  const next = applied(job, event, recorded);
  return { ...next, version: recorded.version, changedAt: recorded.at };
}

function created(
  { spec, audience, template }: Extract<JobEvent, { type: 'created' }>,
  recorded: RecordedEvent,
): Job {
  return {
    state: 'draft',
    id: recorded.job,
    version: recorded.version,
    createdAt: recorded.at,
    createdBy: recorded.actor,
    audience: audience ?? wholeOffice,
    changedAt: recorded.at,
    spec,
    documents: [],
    revisions: [],
    signers: waiting(spec, null),
    fieldNames: {},
    seal: null,
    exported: null,
    remote: null,
    ...(template === undefined ? {} : { template }),
  };
}

type Later = Exclude<JobEvent, { type: 'created' }>;

function applied(job: Job, event: Later, { at, actor }: RecordedEvent): Job {
  switch (event.type) {
    case 'audience-set':
      return { ...job, audience: event.audience };
    case 'document-added':
      return {
        ...draft(job, event),
        documents: [...job.documents, event.document],
        revisions: [...job.revisions, firstRevision(event.document)],
      };
    case 'document-removed':
      return {
        ...draft(job, event),
        documents: job.documents.filter((one) => one.id !== event.document),
        revisions: job.revisions.filter((one) => one.document !== event.document),
        spec: {
          ...job.spec,
          fields: job.spec.fields.filter((field) => field.document !== event.document),
        },
      };
    case 'edited':
      return edited(draft(job, event), event);
    case 'opened': {
      const signers = waiting(job.spec, at);
      return {
        ...baseOf(draft(job, event)),
        state: 'open',
        signers,
        revisions: newest(job.revisions, event.revisions),
        fieldNames: event.fieldNames,
        seal: event.seal,
        group: groupInTurn(signers) ?? 0,
        atKiosk: null,
        pickUps: [],
      };
    }
    case 'pick-up-made':
      return withPickUp(open(job, event), event, actor);
    case 'pick-up-withdrawn':
      return withoutPickUp(open(job, event), event.signer);
    case 'handed-over':
      return {
        // Used, or not needed any more: a code is good for one beginning.
        ...withoutPickUp(open(job, event), event.signer),
        atKiosk: {
          signer: event.signer,
          identityCheck: event.identityCheck,
          identityCheckHash: event.identityCheckHash,
          clerk: event.clerk ?? actor,
          ...(event.alone === undefined ? {} : { alone: event.alone }),
          ...(event.login === undefined ? {} : { login: event.login }),
          ...(event.certificate === undefined ? {} : { certificate: event.certificate }),
          since: at,
          proof: null,
          confirmed: null,
        },
      };
    case 'handed-back':
      return { ...open(job, event), atKiosk: null };
    case 'proof-given':
      return atKiosk(job, event, () => ({
        proof: { given: event.proof, accepted: event.matches ? 'match' : null },
      }));
    case 'proof-accepted':
      return atKiosk(job, event, ({ proof }) => ({
        proof: proof === null ? null : { ...proof, accepted: 'clerk' },
      }));
    case 'proof-refused':
      return job;
    case 'confirmed': {
      const { textSha256, textVersion, shown } = event;
      return atKiosk(job, event, () => ({ confirmed: { textSha256, textVersion, shown } }));
    }
    case 'signed': {
      const current = open(job, event);
      const signers = withCodes(
        withState(job.signers, 'SIGNED', at, (one) => one.id === event.signer),
        event,
      );
      const group = groupInTurn(signers);
      const revisions = newest(job.revisions, event.revisions);
      return group === null
        ? { ...baseOf(current), state: 'signed', signers, revisions, sealDeferred: null }
        : { ...current, signers, revisions, group, atKiosk: null };
    }
    case 'attested':
      return job;
    case 'copy-asked':
    case 'copy-given':
    case 'copy-failed':
      return { ...job, signers: withCopy(job.signers, event, at) };
    case 'declined':
      // One rejection ends the job for everyone.
      return {
        ...baseOf(open(job, event)),
        state: 'rejected',
        signers: withState(
          withState(job.signers, 'REJECTED', at, (one) => one.id === event.signer),
          'CANCELLED',
          at,
          (one) => one.state === 'WAITING',
        ),
        by: event.signer,
        reason: event.reason,
      };
    case 'cancelled':
      return {
        ...baseOf(job),
        state: 'cancelled',
        signers: withState(job.signers, 'CANCELLED', at, (one) => one.state === 'WAITING'),
        reason: event.reason,
        was: job.state,
      };
    case 'restored':
      if (job.state !== 'cancelled') throw new Error(`job ${job.id}: restored when ${job.state}`);
      return { ...baseOf(job), state: 'draft', signers: waiting(job.spec, null) };
    case 'signer-replaced':
    case 'reminder-asked':
    case 'reminder-leaving':
    case 'reminded':
    case 'reminder-failed':
      return evolveFollowing(open(job, event), event, at);
    case 'expired':
      return {
        ...baseOf(open(job, event)),
        state: 'expired',
        signers: withState(job.signers, 'EXPIRED', at, (one) => one.state === 'WAITING'),
      };
    case 'extended':
      return { ...open(job, event), spec: { ...job.spec, deadline: event.deadline } };
    case 'sealed':
      return {
        ...baseOf(signed(job, event)),
        state: 'sealed',
        revisions: newest(job.revisions, event.revisions),
        sealedAt: event.time,
        authority: event.authority,
        stamp: event.stamp ?? null,
        renewedAt: null,
        renewal: null,
      };
    case 'seal-deferred':
      return { ...signed(job, event), sealDeferred: event.code };
    case 'renewal-due':
    case 'renewed':
    case 'renewal-deferred':
      return withRenewal(sealed(job, event), event);
    case 'exported':
      return { ...job, exported: { receipt: event.receipt, at, takenOver: null } };
    case 'taken-over':
      return {
        ...job,
        exported:
          job.exported?.receipt === event.receipt
            ? { ...job.exported, takenOver: at }
            : job.exported,
      };
    default:
      return evolveRemote(job, event, at);
  }
}

function atKiosk(job: Job, event: JobEvent, change: (now: AtKiosk) => Partial<AtKiosk>): Job {
  const current = open(job, event);
  if (current.atKiosk === null) throw new Error(`job ${job.id}: ${event.type} away from the kiosk`);
  return { ...current, atKiosk: { ...current.atKiosk, ...change(current.atKiosk) } };
}

function edited(
  job: Extract<Job, { state: 'draft' }>,
  event: Extract<JobEvent, { type: 'edited' }>,
): Job {
  const order = (id: string) => {
    const place = event.order.indexOf(id);
    return place < 0 ? event.order.length : place;
  };
  const byOrder = (a: string, b: string) => order(a) - order(b);
  return {
    ...job,
    spec: event.spec,
    signers: waiting(event.spec, null),
    documents: job.documents
      .map((document) => ({
        ...document,
        title: Object.hasOwn(event.titles, document.id)
          ? (event.titles[document.id] ?? document.title)
          : document.title,
      }))
      .sort((a, b) => byOrder(a.id, b.id)),
    revisions: [...job.revisions].sort((a, b) => byOrder(a.document, b.document)),
  };
}

function firstRevision(document: JobDocument): RevisionRef {
  return {
    document: document.id,
    revision: 0,
    sha256: document.sha256,
    length: document.length,
  };
}

function waiting(spec: JobSpec, since: string | null): readonly SignerStatus[] {
  return spec.signers.map((signer) => ({ ...signer, state: 'WAITING', since }));
}

function withState(
  signers: readonly SignerStatus[],
  state: SignerState,
  since: string,
  which: (signer: SignerStatus) => boolean,
): readonly SignerStatus[] {
  return signers.map((signer) => (which(signer) ? { ...signer, state, since } : signer));
}

function draft(job: Job, event: JobEvent): Extract<Job, { state: 'draft' }> {
  if (job.state !== 'draft') throw new Error(`job ${job.id}: ${event.type} when ${job.state}`);
  return job;
}
function open(job: Job, event: JobEvent): Extract<Job, { state: 'open' }> {
  if (job.state !== 'open') throw new Error(`job ${job.id}: ${event.type} when ${job.state}`);
  return job;
}
function signed(job: Job, event: JobEvent): Extract<Job, { state: 'signed' }> {
  if (job.state !== 'signed') throw new Error(`job ${job.id}: ${event.type} when ${job.state}`);
  return job;
}
function sealed(job: Job, event: JobEvent): SealedJob {
  if (job.state !== 'sealed') throw new Error(`job ${job.id}: ${event.type} when ${job.state}`);
  return job;
}
