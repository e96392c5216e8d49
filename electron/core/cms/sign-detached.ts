/** A detached signature over bytes that are no PDF: CAdES-B-B, or B-T with an authority (EN 319 122-1, 6). */
import { attemptAsync, Refusal, unwrap, type Result } from '../../../shared/result.ts';
import type { Crypto, DigestAlgorithm, SignatureScheme, SigningKey, Timestamps } from '../ports.ts';
import { digestFor } from './algorithms.ts';
import { readCertificateBody } from './certificate-body.ts';
import { encodeSignedAttributes } from './signed-attributes.ts';
import { encodeSignedData } from './signed-data.ts';

const writable = ['sha256', 'sha384', 'sha512'] as const;

function choose(key: SigningKey): { scheme: SignatureScheme; digest: DigestAlgorithm } {
  for (const scheme of key.schemes) {
    const digest = writable.find((each) => each === digestFor(scheme));
    if (digest !== undefined) return { scheme, digest };
  }
  throw new Refusal('key.unsupported', 'The key cannot sign.');
}

export interface DetachedPorts {
  readonly crypto: Crypto;
  readonly timestamps?: Timestamps;
  /** Where the authority does not answer, the signature stands without a token: a card is asked once. */
  readonly untimed?: boolean;
}

/**
 * DER of a CMS ContentInfo over `content`, which is not inside. Fails with `key.unsupported`,
 * `sign.key-mismatch`, `crypto.unsupported`, and what the key and the authority answer.
 */
export function signDetached(
  content: Uint8Array,
  key: SigningKey,
  { crypto, timestamps, untimed = false }: DetachedPorts,
): Promise<Result<Uint8Array>> {
  return attemptAsync(async () => {
    const { scheme, digest: digestAlgorithm } = choose(key);
    const digest = (bytes: Uint8Array): Uint8Array => {
      const hash = crypto.hash(digestAlgorithm);
      if (hash === null)
        throw new Refusal('crypto.unsupported', `No ${digestAlgorithm} in this runtime.`);
      return hash.update(bytes).digest();
    };
    const { certificate, chain } = key;
    const signedAttributes = encodeSignedAttributes({
      ...{ digest: digest(content), digestAlgorithm, certificate, crypto },
    });
    const signature = unwrap(await key.sign(signedAttributes, scheme));
    const { spki } = readCertificateBody(certificate);
    if ((await crypto.verify(scheme, spki, signedAttributes, signature)) === 'invalid')
      throw new Refusal('sign.key-mismatch', 'The key does not belong to its certificate.');
    const stamped = await timestamps?.stamp({
      algorithm: digestAlgorithm,
      digest: digest(signature),
    });
    const timestampToken =
      stamped === undefined || (untimed && !stamped.ok) ? undefined : unwrap(stamped);
    return encodeSignedData({
      ...{ signedAttributes, signature, scheme, digestAlgorithm, certificate, chain },
      ...(timestampToken === undefined ? {} : { timestampToken }),
    });
  });
}
