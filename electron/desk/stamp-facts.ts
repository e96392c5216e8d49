/** What a timestamp rests on, told from its token: its authority's certificates and its algorithms. */
import type { StampFacts } from '../../shared/job/renewal.ts';
import type { Certificate } from '../core/cms/certificate.ts';
import { matchesSid } from '../core/cms/certificate.ts';
import { parseTimestampToken } from '../core/cms/timestamp-token.ts';
import type { Timestamps } from '../core/ports.ts';
import { createCertificateReader } from '../core/trust/certificates.ts';

/**
 * Null where the token cannot be read or does not bring its certificate along. Roots do not count: an
 * anchor's own dates and signature are not looked at (RFC 5280, 6.1.1 (d)).
 */
export function stampFacts(token: Uint8Array): StampFacts | null {
  const parsed = parseTimestampToken(token);
  if (!parsed.ok) return null;
  const { signer, certificates } = parsed.value.signedData;
  const all = createCertificateReader()(certificates);
  const authority = all.find((certificate) => matchesSid(certificate, signer.sid));
  if (authority === undefined) return null;
  const chain = [authority, ...all.filter((one) => one !== authority && !one.selfIssued)];
  const [first] = chain.map(({ notAfter }) => notAfter.toISOString()).sort();
  const hashes = [
    parsed.value.imprint.algorithm,
    signer.digestAlgorithm,
    ...[signer.scheme, ...chain.map(({ scheme }) => scheme)].map((scheme) =>
      scheme !== null && 'hash' in scheme ? scheme.hash : null,
    ),
  ].filter((hash) => hash !== null);
  const bits = chain.flatMap(rsaBits);
  return {
    certificateEnd: first ?? authority.notAfter.toISOString(),
    hashes: [...new Set(hashes)].sort(),
    rsaBits: bits.length === 0 ? null : Math.min(...bits),
  };
}

/** Of its own key, and of its issuer's, whose signature is as long as the key. */
function rsaBits({ key, scheme, signature }: Certificate): readonly number[] {
  const own = key.type === 'rsa' || key.type === 'rsa-pss' ? [key.bits] : [];
  const issued = scheme?.type === 'rsa-pkcs1' || scheme?.type === 'rsa-pss';
  return issued ? [...own, 8 * signature.length] : own;
}

/** The same authority, which remembers the last token it gave. */
export function remembering(timestamps: Timestamps): Timestamps & { last(): Uint8Array | null } {
  let last: Uint8Array | null = null;
  return {
    name: timestamps.name,
    get tokenSize() {
      return timestamps.tokenSize;
    },
    async stamp(imprint) {
      const token = await timestamps.stamp(imprint);
      if (token.ok) last = token.value;
      return token;
    },
    last: () => last,
  };
}
