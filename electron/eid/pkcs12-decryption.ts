/** Undoing what encrypts in a key file: PBES2 (RFC 8018, 6.2) here, the old schemes of PKCS #12 apart. */
import { createDecipheriv, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { algorithmIdentifierOf } from '../core/cms/algorithms.ts';
import type { AlgorithmIdentifier } from '../core/cms/algorithms.ts';
import type { DerNode } from '../core/cms/der.ts';
import { octetsOf, sequenceOf, tags } from '../core/cms/der.ts';
import { pkcs12Oids } from './pkcs12-names.ts';
import type { Secret } from './pkcs12-secret.ts';
import { iterationsOf, unsupported } from './pkcs12-secret.ts';

const ciphers: ReadonlyMap<string, { readonly name: string; readonly keyLength: number }> = new Map(
  [
    ['2.16.840.1.101.3.4.1.2', { name: 'aes-128-cbc', keyLength: 16 }],
    ['2.16.840.1.101.3.4.1.22', { name: 'aes-192-cbc', keyLength: 24 }],
    [pkcs12Oids.aes256, { name: 'aes-256-cbc', keyLength: 32 }],
    ['1.2.840.113549.3.7', { name: 'des-ede3-cbc', keyLength: 24 }],
  ],
);

const macHashes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

/**
 * Decrypts with one reading of the passphrase; null when it does not fit (the padding is wrong).
 * Throws `Refusal` (`key.unsupported`, `der.malformed`).
 */
export async function decrypt(
  algorithm: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  secret: Secret,
): Promise<Uint8Array | null> {
  if (algorithm.oid !== pkcs12Oids.pbes2) {
    // node-forge takes time to load, and only old files need it.
    const { decryptOld } = await import('./pkcs12-old-ciphers.ts');
    return decryptOld(algorithm, ciphertext, secret);
  }
  const [derivation, scheme] = sequenceOf(algorithm.parameters ?? undefined, 'PBES2');
  const cipher = algorithmIdentifierOf(scheme, 'cipher');
  const known = ciphers.get(cipher.oid);
  if (known === undefined) throw unsupported(cipher.oid);
  const iv = octetsOf(cipher.parameters ?? undefined, 'initial vector');
  const key = await pbkdf2Key(derivation, secret.octets, known.keyLength);
  try {
    const decipher = createDecipheriv(known.name, key, iv);
    return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
  } catch {
    return null;
  }
}

const derive = promisify(pbkdf2);

/** A key by the PBKDF2 that `node` describes (RFC 8018, appendix A.2). */
export async function pbkdf2Key(
  node: DerNode | undefined,
  secret: Uint8Array,
  keyLength: number,
): Promise<Uint8Array> {
  const derivation = algorithmIdentifierOf(node, 'key derivation');
  if (derivation.oid !== pkcs12Oids.pbkdf2) throw unsupported(derivation.oid);
  const [salt, iterations, ...rest] = sequenceOf(derivation.parameters ?? undefined, 'PBKDF2');
  const prfNode = rest.find((part) => part.tag === tags.sequence);
  const prf = prfNode === undefined ? 'sha1' : macHash(algorithmIdentifierOf(prfNode, 'PRF').oid);
  return derive(secret, octetsOf(salt, 'salt'), iterationsOf(iterations), keyLength, prf);
}

/** The hash of an HMAC's identifier. */
export function macHash(oid: string): string {
  const hash = macHashes.get(oid);
  if (hash === undefined) throw unsupported(oid);
  return hash;
}
