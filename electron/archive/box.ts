/** Small sealed values: AES-256-GCM with a random nonce, `nonce (12) | ciphertext | tag (16)`. */
import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject } from 'node:crypto';
import type { Random } from '../core/ports.ts';

const nonceLength = 12;
const tagLength = 16;
export const boxOverhead = nonceLength + tagLength;
const gcm = { authTagLength: tagLength } as const;

/** `context` is authenticated, not stored: a value moved to another place does not open there. */
export function sealBox(
  key: Uint8Array | KeyObject,
  plain: Uint8Array,
  context: string,
  random: Random,
): Buffer {
  const nonce = random.bytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** The plain bytes, or null where key, context or bytes are not the ones it was sealed with. */
export function openBox(
  key: Uint8Array | KeyObject,
  sealed: Uint8Array,
  context: string,
): Buffer | null {
  if (sealed.length < boxOverhead) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), gcm);
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  const plain = decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return plain;
}

/** One key per purpose out of the archive key (HKDF-SHA256, RFC 5869). */
export function subkey(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `skranke ${purpose}`, 32));
}
