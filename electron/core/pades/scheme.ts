/** Which signature scheme of a key goes with which digest. */
import { Refusal } from '../../../shared/result.ts';
import { digestFor } from '../cms/algorithms.ts';
import type { DigestAlgorithm, SignatureScheme, SigningKey } from '../ports.ts';

/**
 * The scheme a key signs with under a digest: the first of its own that uses it.
 *
 * @throws Refusal `sign.digest-unsupported` where none does, e.g. Ed25519 with anything but SHA-512
 *   (RFC 8419, 3.1)
 */
export function schemeWith(
  key: Pick<SigningKey, 'schemes'>,
  digest: DigestAlgorithm,
): SignatureScheme {
  const scheme = key.schemes.find((each) => digestFor(each) === digest);
  if (scheme === undefined)
    throw new Refusal('sign.digest-unsupported', 'The key cannot sign with this hash.', {
      digest,
      possible: digestsOf(key),
    });
  return scheme;
}

/** The digests a key can sign with, the preferred first; empty for a key that can't sign a PDF. */
export function digestsOf(key: Pick<SigningKey, 'schemes'>): readonly DigestAlgorithm[] {
  const digests: readonly string[] = key.schemes.map(digestFor);
  const writable = (digest: string): digest is DigestAlgorithm =>
    digest === 'sha256' || digest === 'sha384' || digest === 'sha512';
  return [...new Set(digests.filter(writable))];
}
