import type { SignerSpec } from '../../../shared/job/job.ts';
import { colourOf, numberOf } from './signer-colour.ts';

/** A signer's colour and number. Decoration beside words that say who it is. */
export function Dot({ signers, of }: { signers: readonly SignerSpec[]; of: string }) {
  return (
    <span
      className="prep-dot"
      data-colour={colourOf(signers, of)}
      data-number={numberOf(signers, of)}
      aria-hidden="true"
    />
  );
}
