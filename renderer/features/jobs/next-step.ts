/** The one next thing to do with a job: its only green button. Pure, so that it can be tested. */
import type { SignerStatus } from '../../../shared/job/job.ts';
import { unreachedStates } from '../../../shared/job/remote.ts';
import { signersInTurn } from '../../../shared/job/signer-turns.ts';
import type { JobView } from '../../../shared/rpc/views.ts';

export type NextStep =
  | { readonly type: 'resume' }
  | { readonly type: 'open' }
  | { readonly type: 'send' }
  | { readonly type: 'send-anew' }
  | { readonly type: 'visit'; readonly signer: SignerStatus }
  | { readonly type: 'invite' }
  | { readonly type: 'wait-kiosk'; readonly signer: SignerStatus | null }
  | { readonly type: 'attest'; readonly signer: SignerStatus }
  | { readonly type: 'call-up'; readonly signer: SignerStatus }
  | { readonly type: 'seal' }
  | { readonly type: 'renew' }
  | { readonly type: 'export' }
  | { readonly type: 'none' };

/** Signers whom this clerk handed the screen to, who signed, and of whom it is not stated yet. */
function unattested(view: JobView, user: string): SignerStatus | undefined {
  const stated = new Set<string>();
  const mine = new Set<string>();
  for (const { event, actor } of view.events) {
    if (event.type === 'attested') stated.add(event.signer);
    if (event.type === 'handed-over' && actor === user) mine.add(event.signer);
  }
  return view.job.signers.find(
    (signer) => signer.state === 'SIGNED' && mine.has(signer.id) && !stated.has(signer.id),
  );
}

export function nextStep(view: JobView, user: string): NextStep {
  const { job } = view;
  switch (job.state) {
    case 'draft':
      if (view.missing.length > 0) return { type: 'resume' };
      return { type: (job.spec.place ?? 'counter') === 'counter' ? 'open' : 'send' };
    case 'open': {
      const { atKiosk } = job;
      if (atKiosk !== null)
        return {
          type: 'wait-kiosk',
          signer: job.signers.find((one) => one.id === atKiosk.signer) ?? null,
        };
      const seen = unattested(view, user);
      if (seen !== undefined) return { type: 'attest', signer: seen };
      const [signer] = signersInTurn(job);
      return signer === undefined ? { type: 'none' } : { type: 'call-up', signer };
    }
    case 'signed':
    case 'sealed': {
      const seen = unattested(view, user);
      if (seen !== undefined) return { type: 'attest', signer: seen };
      // With no authority set up, waiting for one must not keep the office from its documents.
      if (job.state === 'signed' && job.sealDeferred !== 'timestamp.none') return { type: 'seal' };
      if (job.state === 'sealed' && job.renewal !== null) return { type: 'renew' };
      return job.exported === null ? { type: 'export' } : { type: 'none' };
    }
    case 'returned':
      return job.exported === null ? { type: 'export' } : { type: 'none' };
    case 'at-service': {
      if (job.remote?.phase === 'unknown') return { type: 'send-anew' };
      const signer = job.signers.find(
        ({ id, state }) => state === 'WAITING' && job.remote?.links[id] !== undefined,
      );
      return signer === undefined ? { type: 'none' } : { type: 'visit', signer };
    }
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'failed': {
      const unreached = job.signers.some(({ state }) => unreachedStates.includes(state));
      return unreached && job.remote?.invitedTo === null ? { type: 'invite' } : { type: 'none' };
    }
  }
}
