/** Whose turn it is: equal order numbers sign in parallel, the next group opens when all have signed. */
import type { Job, SignerSpec, SignerStatus } from './job.ts';

/** The lowest order number with somebody who has not signed; null when all have. */
export function groupInTurn(
  signers: readonly Pick<SignerStatus, 'order' | 'state'>[],
): number | null {
  let group: number | null = null;
  for (const signer of signers)
    if (signer.state !== 'SIGNED' && (group === null || signer.order < group)) group = signer.order;
  return group;
}

/** Whether this signer may be called to the counter now. */
export function isTheirTurn(job: Job, signer: string): boolean {
  if (job.state !== 'open') return false;
  const status = job.signers.find((one) => one.id === signer);
  return status !== undefined && status.state === 'WAITING' && status.order === job.group;
}

/** Signers who may be called now, in the clerk's order. */
export function signersInTurn(job: Job): readonly SignerStatus[] {
  return job.signers.filter((signer) => isTheirTurn(job, signer.id));
}

/** Where a signer signs a document without a place of their own: key of an invisible field in `fieldNames`. */
export function invisibleFieldKey(document: string, signer: Pick<SignerSpec, 'id'>): string {
  return `${document}/${signer.id}`;
}
