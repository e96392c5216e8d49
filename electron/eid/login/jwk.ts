/** A provider's keys (RFC 7517) and what a JWS says it was signed with (RFC 7515). */
import { constants, createHash, createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/result.ts';

export interface ProviderKey extends JsonWebKey {
  readonly kid?: string;
  readonly use?: string;
  readonly alg?: string;
}

export interface JwsHeader {
  readonly alg?: unknown;
  readonly kid?: unknown;
  readonly crit?: unknown;
}

const keyTypes = { RS256: 'RSA', PS256: 'RSA', ES256: 'EC', EdDSA: 'OKP', Ed25519: 'OKP' } as const;
type Algorithm = keyof typeof keyTypes;

export function isAlgorithm(name: unknown): name is Algorithm {
  return typeof name === 'string' && Object.hasOwn(keyTypes, name);
}

/** Null for what is no set of keys. */
export function readKeys(text: string): readonly ProviderKey[] | null {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || !('keys' in value)) return null;
  return Array.isArray(value.keys) ? (value.keys as ProviderKey[]) : null;
}

/** Keys that a token may be signed with. */
export function usableKeys(keys: readonly ProviderKey[]): readonly ProviderKey[] {
  return keys.filter((key) =>
    (Object.keys(keyTypes) as Algorithm[]).some((algorithm) => fits(key, algorithm)),
  );
}

function fits(key: ProviderKey, algorithm: Algorithm): boolean {
  if (key.kty !== keyTypes[algorithm] || (key.use ?? 'sig') !== 'sig') return false;
  if (algorithm === 'ES256' && key.crv !== 'P-256') return false;
  if (keyTypes[algorithm] === 'OKP' && key.crv !== 'Ed25519') return false;
  return key.alg === undefined || key.alg === algorithm;
}

/** The one key that the header names; the only fitting one where it names none. */
export function keyFor(
  keys: readonly ProviderKey[],
  header: JwsHeader,
  algorithm: Algorithm,
): Result<KeyObject> {
  const named = keys.filter(
    (key) => fits(key, algorithm) && (header.kid === undefined || key.kid === header.kid),
  );
  const unknown = () =>
    fail('eid.unknown-key', 'The token is signed with a key that the provider does not publish.');
  const [jwk] = named;
  if (jwk === undefined || named.length > 1) return unknown();
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength;
    return bits !== undefined && bits < 2048
      ? fail('eid.algorithm', 'The provider’s key is too short.')
      : ok(key);
  } catch {
    return unknown();
  }
}

export function isSignedBy(key: KeyObject, algorithm: Algorithm, data: string, signature: Buffer) {
  const bytes = Buffer.from(data, 'ascii');
  switch (algorithm) {
    case 'RS256':
      return verify('sha256', bytes, key, signature);
    case 'PS256': {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return verify('sha256', bytes, { key, padding, saltLength: 32 }, signature);
    }
    case 'ES256':
      return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
    case 'EdDSA':
    case 'Ed25519':
      return verify(null, bytes, key, signature);
  }
}

/** OIDC Core 1.0, 3.1.3.6: the left half of the hash that goes with the signature's algorithm. */
export function halfHash(algorithm: Algorithm, text: string): string {
  const name = keyTypes[algorithm] === 'OKP' ? 'sha512' : 'sha256';
  const digest = createHash(name).update(text, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
