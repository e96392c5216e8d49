/**
 * The password ciphers of PKCS #12 itself (RFC 7292, appendix C): RC2 and triple DES under SHA-1, as
 * Windows and OpenSSL before 3 write them. Node's OpenSSL no longer has RC2, Electron's BoringSSL never
 * had it: node-forge brings both.
 */
import forge from 'node-forge';
import type { AlgorithmIdentifier } from '../core/cms/algorithms.ts';
import { octetsOf, sequenceOf } from '../core/cms/der.ts';
import type { Secret } from './pkcs12-secret.ts';
import { iterationsOf, unsupported } from './pkcs12-secret.ts';
import { deriveKey } from './pkcs12-key-derivation.ts';
import type { Purpose } from './pkcs12-key-derivation.ts';

interface OldCipher {
  readonly type: '3des' | 'rc2';
  readonly keyLength: number;
}

const oldCiphers: ReadonlyMap<string, OldCipher> = new Map([
  ['1.2.840.113549.1.12.1.3', { type: '3des', keyLength: 24 }],
  ['1.2.840.113549.1.12.1.4', { type: '3des', keyLength: 16 }],
  ['1.2.840.113549.1.12.1.5', { type: 'rc2', keyLength: 16 }],
  ['1.2.840.113549.1.12.1.6', { type: 'rc2', keyLength: 5 }],
]);

/** As `decrypt`: null when the passphrase does not fit. */
export function decryptOld(
  algorithm: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  secret: Secret,
): Uint8Array | null {
  const cipher = oldCiphers.get(algorithm.oid);
  if (cipher === undefined) throw unsupported(algorithm.oid);
  const [salt, rounds] = sequenceOf(algorithm.parameters ?? undefined, 'password encryption');
  const iterations = iterationsOf(rounds);
  const derived = (purpose: Purpose, length: number): Buffer => {
    const key = deriveKey({
      algorithm: 'sha1',
      passphrase: secret.bmp,
      salt: octetsOf(salt, 'salt'),
      iterations,
      purpose,
      length,
    });
    if (key === null) throw unsupported('sha1');
    return Buffer.from(key);
  };
  const key = derived('key', cipher.keyLength);
  const iv = derived('iv', 8);
  if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) return null;
  const plain =
    cipher.type === 'rc2' ? decryptRc2(key, iv, ciphertext) : decrypt3Des(key, iv, ciphertext);
  return plain === null ? null : new Uint8Array(Buffer.from(plain.getBytes(), 'latin1'));
}

function decryptRc2(key: Buffer, iv: Buffer, ciphertext: Uint8Array): forge.util.ByteBuffer | null {
  const decipher = forge.rc2.createDecryptionCipher(binary(key), key.length * 8);
  decipher.start(binary(iv));
  decipher.update(forge.util.createBuffer(binary(ciphertext)));
  return decipher.finish() ? decipher.output : null;
}

function decrypt3Des(
  key: Buffer,
  iv: Buffer,
  ciphertext: Uint8Array,
): forge.util.ByteBuffer | null {
  const decipher = forge.cipher.createDecipher('3DES-CBC', binary(tripleKey(key)));
  decipher.start({ iv: binary(iv) });
  decipher.update(forge.util.createBuffer(binary(ciphertext)));
  return decipher.finish() ? decipher.output : null;
}

/** Two-key triple DES uses its first key again. */
function tripleKey(key: Buffer): Buffer {
  return key.length === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key;
}

/** node-forge carries octets as the characters of a string. */
function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
