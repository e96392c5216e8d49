/** Revocation of a chain: what is known of every certificate below the anchor. */
import type { RevocationStatus } from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import { extensionOids } from '../cms/extension-names.ts';
import type { Revocation, RevocationAnswer } from '../ports.ts';

/** Whether the certificate names a place that knows of its revocation (OCSP or CRL). */
export function namesRevocationSource(certificate: Certificate): boolean {
  return (
    certificate.ocspUrls.length > 0 ||
    certificate.crlUrls.length > 0 ||
    // A distribution point need not be a URL (RFC 5280, 4.2.1.13).
    certificate.extensions.some(({ oid }) => oid === extensionOids.crlDistributionPoints)
  );
}

// The gravest answer of a chain speaks for it; `good` outweighs a certificate without a source.
const GRAVITY: readonly RevocationStatus[] = [
  'revoked',
  'unknown',
  'not-checked',
  'good',
  'no-source',
];

export interface ChainRevocation {
  readonly status: RevocationStatus;
  readonly revokedAt: Date | null;
  /** Where the certificate it speaks of stands in the chain. */
  readonly depth: number;
  /** The last reason why an answer was not used, or null. */
  readonly problem: string | null;
  /** Some of it is only what was known at this time: the earliest of them. */
  readonly asOf: Date | null;
}

/**
 * Asks for every certificate of the chain below the anchor (and for the end certificate where it is
 * the anchor itself). Without `revocation` a named source is `not-checked`: nothing is guessed.
 */
export async function revocationOf(
  chain: readonly Certificate[],
  request: {
    readonly at: Date;
    readonly pool: readonly Certificate[];
    readonly within?: readonly Certificate[];
  },
  revocation: Revocation | undefined,
): Promise<ChainRevocation> {
  const below = chain.length === 1 ? chain : chain.slice(0, -1);
  // All at once: where nobody can be reached, the waiting is that for one.
  const answers = await Promise.all(
    below.map(async (certificate, depth): Promise<RevocationAnswer> => {
      if (revocation === undefined)
        return { status: namesRevocationSource(certificate) ? 'not-checked' : 'no-source' };
      const above = chain.slice(depth + 1);
      const { at, pool, within = [] } = request;
      const issuers = above.length === 0 ? [certificate] : above;
      return revocation.check({ certificate, issuers, pool, at, within });
    }),
  );
  const times = answers.flatMap(({ asOf }) => asOf ?? []);
  const asOf = times.reduce<Date | null>((a, b) => (a === null || b < a ? b : a), null);
  let worst: ChainRevocation = {
    status: 'no-source',
    revokedAt: null,
    depth: 0,
    problem: null,
    asOf,
  };
  for (const [depth, answer] of answers.entries()) {
    // Whether it was asked in vain or not at all makes no difference to what is known.
    const status = answer.status === 'unreachable' ? 'not-checked' : answer.status;
    if (GRAVITY.indexOf(status) >= GRAVITY.indexOf(worst.status)) continue;
    const problem = answer.problems?.at(-1) ?? null;
    worst = { status, revokedAt: answer.revokedAt ?? null, depth, problem, asOf };
  }
  return worst;
}
