import type { Result } from '../../../shared/result.ts';
import { hashSizes } from '../cms/algorithms.ts';
import { readCertificateBody } from '../cms/certificate-body.ts';
import { encodeSignedAttributes } from '../cms/signed-attributes.ts';
import { encodeSignedData } from '../cms/signed-data.ts';
import type { Crypto, DigestAlgorithm, SigningKey, SignatureScheme, Timestamps } from '../ports.ts';
import { schemeWith } from './scheme.ts';

/** A stand-in that has the size of a hash and nothing else: lengths are all that is asked here. */
const blankHash: Pick<Crypto, 'hash'> = {
  hash(algorithm) {
    const self = {
      update: () => self,
      copy: () => self,
      digest: () => new Uint8Array(hashSizes[algorithm]),
    };
    return self;
  },
};

/** The largest signature of a key, in bytes, told from its SubjectPublicKeyInfo. */
function largestSignature(spki: Uint8Array, scheme: SignatureScheme): number {
  switch (scheme.type) {
    case 'ed25519':
      return 64;
    case 'ed448':
      return 114;
    case 'rsa-pkcs1':
    case 'rsa-pss':
      // A signature is as long as the modulus, and the key is longer than its modulus.
      return spki.length;
    case 'ecdsa':
    case 'dsa': {
      // X9.62: two integers of the curve's size, each maybe with a leading zero, in a sequence. An
      // uncompressed point is two coordinates and 25 or so bytes around them; a compressed one is half.
      const compressed = spki.length < 80;
      const coordinate = compressed ? spki.length - 20 : Math.ceil((spki.length - 22) / 2);
      return 2 * (coordinate + 4) + 4;
    }
  }
}

/** SEQUENCE and OID around a token as unsigned attribute, and longer length octets above it. */
const attributeAround = 40;

/**
 * Bytes to reserve in /Contents, before hex, for the CMS of this key: its certificates, the signed
 * attributes and the largest signature it can make are measured, not guessed; a timestamp token adds
 * what its authority says.
 *
 * @throws Refusal `sign.digest-unsupported`, `der.malformed` for a certificate that is none
 */
export function roomFor(
  key: Pick<SigningKey, 'certificate' | 'chain' | 'schemes'>,
  digest: DigestAlgorithm,
  timestamps?: Pick<Timestamps, 'tokenSize'>,
): number {
  const scheme = schemeWith(key, digest);
  const { spki } = readCertificateBody(key.certificate);
  const cms = encodeSignedData({
    signedAttributes: encodeSignedAttributes({
      digest: new Uint8Array(hashSizes[digest]),
      digestAlgorithm: digest,
      certificate: key.certificate,
      crypto: blankHash,
    }),
    signature: new Uint8Array(largestSignature(spki, scheme)),
    scheme,
    digestAlgorithm: digest,
    certificate: key.certificate,
    chain: key.chain,
  });
  return cms.length + (timestamps === undefined ? 0 : timestamps.tokenSize + attributeAround);
}

/** How much two tokens of one authority differ: serial number, fraction of the second, signature. */
const betweenTokens = 64;

/**
 * Runs `body` with `room`; once more with what it turned out to need where an authority's token was
 * larger than anybody knew. Without an authority nothing would be larger the second time either.
 */
export async function withEnoughRoom<T>(
  room: number,
  timestamps: Timestamps | undefined,
  body: (room: number) => Promise<Result<T>>,
): Promise<Result<T>> {
  const first = await body(room);
  if (first.ok || timestamps === undefined || first.error.code !== 'sign.no-room') return first;
  const needed = first.error.detail?.['needed'];
  return typeof needed === 'number' ? body(needed + betweenTokens) : first;
}
