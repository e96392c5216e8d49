import type { SignerSpec } from '../../../shared/job/job.ts';

/** Eight colours told apart by most eyes; the number beside them tells for everyone. */
export const colours = 8;

/** Which of the colours a signer has: by their place in the list, as their number. */
export function colourOf(signers: readonly SignerSpec[], id: string): number {
  const at = signers.findIndex((signer) => signer.id === id);
  return at < 0 ? 0 : (at % colours) + 1;
}

export function numberOf(signers: readonly SignerSpec[], id: string): number {
  return signers.findIndex((signer) => signer.id === id) + 1;
}
