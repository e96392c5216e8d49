/**
 * What leaves the desk is masked: of national identity numbers the first six digits are left, the birth
 * date; of how a name was drawn, nothing.
 */
import type { JobEvent } from './event.ts';
import type { Job, JobSpec, SignerSpec } from './job.ts';
import { shownPickUp } from './pick-up.ts';
import type { IdentityProof } from './proof.ts';

export function maskId(nationalId: string): string {
  return `${nationalId.slice(0, 6)}*****`;
}

export function masked(job: Job): Job {
  const former = job.formerSigners?.map(maskSigner);
  const masks = {
    ...job,
    spec: maskedSpec(job.spec),
    signers: job.signers.map(maskSigner),
    ...(former === undefined ? {} : { formerSigners: former }),
  };
  if (masks.state !== 'open') return masks;
  const bare = { ...masks, pickUps: masks.pickUps.map(shownPickUp) };
  if (bare.atKiosk === null || bare.atKiosk.proof === null) return bare;
  const { proof } = bare.atKiosk;
  return {
    ...bare,
    atKiosk: { ...bare.atKiosk, proof: { ...proof, given: maskedProof(proof.given) } },
  };
}

/** The very same event where there is nothing to mask. */
export function maskedEvent(event: JobEvent): JobEvent {
  switch (event.type) {
    case 'created':
    case 'edited':
      return event.spec.signers.some(({ nationalId }) => nationalId !== undefined)
        ? { ...event, spec: maskedSpec(event.spec) }
        : event;
    case 'signer-replaced':
      return event.by.nationalId === undefined ? event : { ...event, by: maskSigner(event.by) };
    case 'pick-up-made': {
      const { hash: _, ...shown } = event;
      return shown;
    }
    case 'proof-given':
      return event.proof.means === 'login' ? { ...event, proof: maskedProof(event.proof) } : event;
    case 'signed': {
      if (event.dynamics === undefined) return event;
      const { dynamics: _, ...shown } = event;
      return shown;
    }
    default:
      return event;
  }
}

/** An ID token carries the national identity number in the clear. */
export function maskedProof(proof: IdentityProof): IdentityProof {
  if (proof.means !== 'login') return proof;
  const { idToken: _, ...rest } = proof;
  return rest;
}

/** A form that was filled from a masked view gives back what is behind the mask. */
export function unmasked(spec: JobSpec, before: Job | null): JobSpec {
  return {
    ...spec,
    signers: spec.signers.map((signer) => {
      if (signer.nationalId?.includes('*') !== true) return signer;
      const { nationalId, ...rest } = signer;
      const known = before?.spec.signers.find((one) => one.id === signer.id)?.nationalId;
      return known !== undefined && nationalId === maskId(known)
        ? { ...rest, nationalId: known }
        : rest;
    }),
  };
}

function maskSigner<S extends SignerSpec>(signer: S): S {
  return signer.nationalId === undefined
    ? signer
    : { ...signer, nationalId: maskId(signer.nationalId) };
}

function maskedSpec(spec: JobSpec): JobSpec {
  return { ...spec, signers: spec.signers.map(maskSigner) };
}
