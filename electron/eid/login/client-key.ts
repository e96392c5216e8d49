/** The client's own key: made here or brought along; what the provider must be told of it. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ClientKey } from './provider.ts';

/** RSA 2048: what ID-porten and the others take without asking. */
export async function makeClientKey(): Promise<ClientKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return stored(privateKey, 'RS256');
}

/** A key in PEM, e.g. the one an office has registered already. */
export function readClientKey(pem: string): Result<ClientKey> {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return fail('eid.key', 'That is no private key in PEM without a passphrase.');
  }
  if (key.asymmetricKeyType === 'rsa')
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048
      ? fail('eid.key', 'The key is too short.')
      : ok(stored(key, 'RS256'));
  if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1')
    return ok(stored(key, 'ES256'));
  return fail('eid.key', 'The provider’s rules know no such key.');
}

function stored(key: KeyObject, algorithm: ClientKey['algorithm']): ClientKey {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    pkcs8: key.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    keyId: createHash('sha256').update(spki).digest('base64url').slice(0, 16),
    algorithm,
  };
}

/** RFC 7517, for the provider's registration; the private half never leaves. */
export function publicJwk({ pkcs8, keyId, algorithm }: ClientKey): string {
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
  const { kty, n, e, crv, x, y } = createPublicKey(key).export({ format: 'jwk' });
  return JSON.stringify({ kty, n, e, crv, x, y, use: 'sig', alg: algorithm, kid: keyId }, null, 2);
}

const webCryptoNames = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
} as const;

export async function webCryptoKey({ pkcs8, keyId, algorithm }: ClientKey) {
  const bytes = Buffer.from(pkcs8, 'base64');
  const name = webCryptoNames[algorithm];
  return {
    key: await crypto.subtle.importKey('pkcs8', bytes, name, false, ['sign']),
    kid: keyId,
  };
}
