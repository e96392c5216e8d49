/** The key derivation of PKCS #12 itself (RFC 7292, appendix B.2): for the MAC and for old ciphers. */
import { hash } from 'node:crypto';

/** Block length of the hash, in octets (RFC 7292, B.2: v). */
const blockLengths: ReadonlyMap<string, number> = new Map([
  ['sha1', 64],
  ['sha224', 64],
  ['sha256', 64],
  ['sha384', 128],
  ['sha512', 128],
]);

export type Purpose = 'key' | 'iv' | 'mac';
const purposeIds: Readonly<Record<Purpose, number>> = { key: 1, iv: 2, mac: 3 };

/**
 * A passphrase as PKCS #12 hashes it: BMPString with its terminator. A character beyond the basic plane
 * goes as a surrogate pair, as all programs do it.
 */
export function bmpPassphrase(passphrase: string): Uint8Array {
  const bytes = new Uint8Array(passphrase.length * 2 + 2);
  for (let i = 0; i < passphrase.length; i++) {
    const unit = passphrase.charCodeAt(i);
    bytes[2 * i] = unit >> 8;
    bytes[2 * i + 1] = unit & 0xff;
  }
  return bytes;
}

/** `length` octets; null for a hash that PKCS #12 does not go with. */
export function deriveKey(input: {
  readonly algorithm: string;
  readonly passphrase: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly purpose: Purpose;
  readonly length: number;
}): Uint8Array | null {
  const v = blockLengths.get(input.algorithm);
  if (v === undefined) return null;
  const material = Buffer.concat([repeated(input.salt, v), repeated(input.passphrase, v)]);
  const diversifier = Buffer.alloc(v, purposeIds[input.purpose]);
  const blocks: Buffer[] = [];
  let done = 0;
  while (done < input.length) {
    let block = digest(input.algorithm, Buffer.concat([diversifier, material]));
    for (let i = 1; i < input.iterations; i++) block = digest(input.algorithm, block);
    blocks.push(block);
    done += block.length;
    const addend = repeated(block, v).subarray(0, v);
    for (let at = 0; at < material.length; at += v)
      addInPlace(material.subarray(at, at + v), addend);
  }
  return new Uint8Array(Buffer.concat(blocks).subarray(0, input.length));
}

/** Thousands of times in a row: by way of a string it takes half as long as Node's own buffers do. */
function digest(algorithm: string, bytes: Uint8Array): Buffer {
  return Buffer.from(hash(algorithm, bytes, 'binary'), 'binary');
}

/** Copies of `bytes` up to the next multiple of `v`; nothing for nothing. */
function repeated(bytes: Uint8Array, v: number): Uint8Array {
  const length = v * Math.ceil(bytes.length / v);
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length] ?? 0);
}

/** `block = block + addend + 1` as big-endian numbers, the overflow dropped (RFC 7292, B.2, step 6C). */
function addInPlace(block: Uint8Array, addend: Uint8Array): void {
  let carry = 1;
  for (let i = block.length - 1; i >= 0; i--) {
    const sum = (block[i] ?? 0) + (addend[i] ?? 0) + carry;
    block[i] = sum & 0xff;
    carry = sum >> 8;
  }
}
