/** How it is known who signed: for the signer's own line, in the order in which it was shown. */
import type { TFunction } from 'i18next';
import type { JobEvent } from '../../../shared/job/event.ts';
import type { IdentityProof } from '../../../shared/job/proof.ts';
import { providerName } from './provider-name.ts';

interface Shown {
  readonly handedOver: Extract<JobEvent, { type: 'handed-over' }> | null;
  readonly proof: IdentityProof | null;
  /** The clerk compared and decided; the proof alone left a doubt. */
  readonly byClerk: boolean;
}

/** What stood when they signed; null for whoever has not. */
export function shownBefore(
  events: readonly { readonly event: JobEvent }[],
  signer: string,
): Shown | null {
  let shown: Shown = { handedOver: null, proof: null, byClerk: false };
  for (const { event } of events) {
    if (!('signer' in event) || event.signer !== signer) continue;
    switch (event.type) {
      case 'handed-over':
        shown = { handedOver: event, proof: null, byClerk: false };
        break;
      case 'proof-given':
        shown = { ...shown, proof: event.proof, byClerk: false };
        break;
      case 'proof-accepted':
        shown = { ...shown, byClerk: true };
        break;
      case 'signed':
        return shown;
      default:
        break;
    }
  }
  return null;
}

/** `t` speaks the `jobs` namespace. */
export function signerProofWords(
  t: TFunction<'jobs'>,
  { handedOver, proof, byClerk }: Shown,
): readonly string[] {
  const check = handedOver?.identityCheck;
  const alone = handedOver?.alone;
  return [
    proof === null ? '' : proofWords(t, proof),
    proof !== null && byClerk ? t('proof.byClerk') : '',
    check?.method === 'document'
      ? t('proof.document', {
          type: t(`identity.type.${check.documentType ?? 'other'}`),
          lastFour: check.lastFour ?? '',
        })
      : '',
    check?.method === 'known' ? t('proof.known') : '',
    check?.second === undefined ? '' : t('event.second', { name: check.second.name }),
    alone === undefined ? '' : t(`event.alone.${alone}`),
  ].filter(Boolean);
}

function proofWords(t: TFunction<'jobs'>, proof: IdentityProof): string {
  return proof.means === 'login'
    ? t('proof.login', { provider: providerName(proof), level: proof.level })
    : t(`proof.${proof.means}`, { issuer: proof.issuer });
}
