/** Revocation of a chain: what is known of every certificate below the anchor. */
import type { RevocationStatus } from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import { extensionOids } from '../cms/extension-names.ts';
import type { Revocation } from '../ports.ts';

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

/**
 * Asks for every certificate of the chain below the anchor (and for the end certificate where it is
 * the anchor itself). Without `revocation` a named source is `not-checked`: nothing is guessed.
 */
export async function revocationOf(
  chain: readonly Certificate[],
  at: Date,
  revocation: Revocation | undefined,
): Promise<{ readonly status: RevocationStatus; readonly revokedAt: Date | null }> {
  let status: RevocationStatus = 'no-source';
  let revokedAt: Date | null = null;
  const below = chain.length === 1 ? chain : chain.slice(0, -1);
  for (const [index, certificate] of below.entries()) {
    const issuer = chain[index + 1] ?? certificate;
    const answer = !namesRevocationSource(certificate)
      ? { status: 'no-source' as const }
      : revocation === undefined
        ? { status: 'not-checked' as const }
        : await revocation.check(certificate.der, issuer.der, at);
    if (GRAVITY.indexOf(answer.status) >= GRAVITY.indexOf(status)) continue;
    status = answer.status;
    revokedAt = 'revokedAt' in answer && answer.revokedAt !== undefined ? answer.revokedAt : null;
  }
  return { status, revokedAt };
}
