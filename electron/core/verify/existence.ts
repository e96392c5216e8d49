/** When what a verdict rests on is proven to have existed (EN 319 102-1, 5.6.2.3). */
import type { Certificate } from '../cms/certificate.ts';
import type { Strength } from '../trust/strength.ts';
import type { Case, TimeProof } from './judged.ts';

/**
 * Certificates of the store are as old as the first proving timestamp over it; `own`, those inside a
 * signature, as what covers that signature (`provenAt`). A timestamp inside the signature says nothing
 * of them: it is over the signature's value alone.
 */
export function strengthFor(
  { constraints, at: now }: Pick<Case, 'constraints' | 'at'>,
  proofs: readonly TimeProof[],
  own: { readonly certificates: readonly Certificate[]; readonly provenAt: Date | null },
): Strength {
  return {
    constraints,
    now,
    existed(certificate) {
      const stored = proofs
        .filter(({ proves, certificates }) => proves && certificates.has(certificate))
        .map(({ time }) => time);
      const inside =
        own.provenAt !== null && own.certificates.includes(certificate) ? [own.provenAt] : [];
      return [...stored, ...inside].reduce((first, time) => (time < first ? time : first), now);
    },
  };
}
