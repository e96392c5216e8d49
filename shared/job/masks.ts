/** National identity numbers leave the desk masked: the first six digits are the birth date. */
import type { Job, JobEvent, JobSpec, SignerSpec } from './job.ts';

export function maskId(nationalId: string): string {
  return `${nationalId.slice(0, 6)}*****`;
}

export function masked(job: Job): Job {
  return { ...job, spec: maskedSpec(job.spec), signers: job.signers.map(maskSigner) };
}

/** The very same event where there is nothing to mask. */
export function maskedEvent(event: JobEvent): JobEvent {
  switch (event.type) {
    case 'created':
    case 'edited':
      return event.spec.signers.some(({ nationalId }) => nationalId !== undefined)
        ? { ...event, spec: maskedSpec(event.spec) }
        : event;
    default:
      return event;
  }
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
