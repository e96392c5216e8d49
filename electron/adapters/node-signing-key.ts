/** A `SigningKey` over a private key of node:crypto. */
import { constants, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { DigestAlgorithm, SignatureScheme, SigningKey } from '../core/ports.ts';

const digests: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512'];
const saltLengths = { sha256: 32, sha384: 48, sha512: 64 } as const;

/**
 * The schemes a private key can sign with, the preferred first; empty for a key we never sign with.
 * ECDSA prefers the hash as long as the curve (BSI TR-03111, 4.2.1), RSA prefers PKCS #1 v1.5 because
 * every reader knows it.
 */
export function schemesOf(key: KeyObject): readonly SignatureScheme[] {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return [
        ...digests.map((hash) => ({ type: 'rsa-pkcs1', hash }) as const),
        ...digests.map((hash) => pss(hash)),
      ];
    case 'rsa-pss':
      return pssSchemes(key);
    case 'ec': {
      const first = curveDigest(key.asymmetricKeyDetails?.namedCurve);
      return [first, ...digests.filter((hash) => hash !== first)].map(
        (hash) => ({ type: 'ecdsa', hash }) as const,
      );
    }
    case 'ed25519':
      return [{ type: 'ed25519' }];
    case 'ed448':
      return [{ type: 'ed448' }];
    default:
      return [];
  }
}

/** A key that is bound to PSS may also be bound to one hash and a shortest salt (RFC 4055, 3.1). */
function pssSchemes(key: KeyObject): readonly SignatureScheme[] {
  const { hashAlgorithm, saltLength = 0 } = key.asymmetricKeyDetails ?? {};
  return digests
    .filter((hash) => hashAlgorithm === undefined || hashAlgorithm === hash)
    .filter((hash) => saltLengths[hash] >= saltLength)
    .map(pss);
}

function pss(hash: DigestAlgorithm): SignatureScheme {
  // RFC 8017, 9.1, note 4: a salt as long as the hash, which verifiers expect.
  return { type: 'rsa-pss', hash, saltLength: saltLengths[hash] };
}

function curveDigest(curve: string | undefined): DigestAlgorithm {
  if (curve === 'secp384r1' || curve === 'brainpoolP384r1') return 'sha384';
  if (curve === 'secp521r1' || curve === 'brainpoolP512r1') return 'sha512';
  return 'sha256';
}

/** Signs `data` itself; ECDSA answers DER. Throws what node:crypto throws. */
export function signBytes(key: KeyObject, scheme: SignatureScheme, data: Uint8Array): Uint8Array {
  switch (scheme.type) {
    case 'rsa-pkcs1':
      return sign(scheme.hash, data, { key, padding: constants.RSA_PKCS1_PADDING });
    case 'rsa-pss':
      return sign(scheme.hash, data, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: scheme.saltLength,
      });
    case 'ecdsa':
      return sign(scheme.hash, data, { key, dsaEncoding: 'der' });
    case 'ed25519':
    case 'ed448':
      return sign(null, data, key);
    case 'dsa':
      throw new RangeError('DSA is read, never written');
  }
}

/** `certificate` and `chain` are DER; the chain is nearest issuer first. */
export function nodeSigningKey(input: {
  readonly privateKey: KeyObject;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}): SigningKey {
  const schemes = schemesOf(input.privateKey);
  return {
    certificate: input.certificate,
    chain: input.chain,
    schemes,
    sign(data, scheme) {
      return Promise.resolve(signed(input.privateKey, schemes, data, scheme));
    },
  };
}

function signed(
  key: KeyObject,
  schemes: readonly SignatureScheme[],
  data: Uint8Array,
  scheme: SignatureScheme,
): Result<Uint8Array> {
  if (!schemes.some((known) => sameScheme(known, scheme))) {
    return fail('key.unsupported', 'The key cannot sign with this algorithm.', {
      scheme: scheme.type,
    });
  }
  try {
    return ok(new Uint8Array(signBytes(key, scheme, data)));
  } catch {
    // E.g. a 512-bit RSA key has no room for PSS with SHA-512.
    return fail('key.unsupported', 'The key cannot sign with this algorithm.', {
      scheme: scheme.type,
    });
  }
}

function sameScheme(a: SignatureScheme, b: SignatureScheme): boolean {
  if (a.type !== b.type) return false;
  return !('hash' in a) || !('hash' in b) || a.hash === b.hash;
}
