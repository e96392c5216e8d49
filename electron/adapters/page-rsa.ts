/** RSA verification (RFC 8017) on BigInt: public values only, so time may depend on them. */
import { encodeHashAlgorithm, hashOid } from '../core/cms/algorithms.ts';
import { readWhole, sequenceOf, unsignedOf } from '../core/cms/der.ts';
import {
  concat,
  equalBytes,
  nothing,
  octetString,
  oid,
  sequence,
} from '../core/cms/der-writing.ts';
import type { HashAlgorithm } from '../core/ports.ts';

/** OpenSSL's limits: beyond them verification only burns time. */
const MAX_MODULUS_BITS = 16384;
const MAX_EXPONENT_OCTETS = 8;

interface RsaKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
  readonly bits: number;
}

function readKey(der: Uint8Array): RsaKey | null {
  const [modulusNode, exponentNode] = sequenceOf(readWhole(der), 'RSA key');
  const modulus = toBigInt(unsignedOf(modulusNode, 'modulus'));
  const exponentOctets = unsignedOf(exponentNode, 'exponent');
  const bits = modulus.toString(2).length;
  if (bits > MAX_MODULUS_BITS || bits < 512 || exponentOctets.length > MAX_EXPONENT_OCTETS) {
    return null;
  }
  const exponent = toBigInt(exponentOctets);
  return exponent < 3n ? null : { modulus, exponent, bits };
}

function toBigInt(bytes: Uint8Array): bigint {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
}

function toBytes(value: bigint, length: number): Uint8Array {
  const hex = value.toString(16).padStart(length * 2, '0');
  return Uint8Array.from({ length }, (_, i) => parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** RSAVP1 and I2OSP; null for a signature that can't be one of this key. */
function recover(key: RsaKey, signature: Uint8Array): Uint8Array | null {
  const length = Math.ceil(key.bits / 8);
  const value = toBigInt(signature);
  if (signature.length !== length || value >= key.modulus) return null;
  let result = 1n;
  for (let base = value, power = key.exponent; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * base) % key.modulus;
    base = (base * base) % key.modulus;
  }
  return toBytes(result, length);
}

/** RFC 8017, 8.2.2. The padding is rebuilt and compared whole, never parsed: no room for forgeries. */
export function verifyPkcs1(
  keyDer: Uint8Array,
  algorithm: HashAlgorithm,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = readKey(keyDer);
  const encoded = key === null ? null : recover(key, signature);
  if (encoded === null) return false;
  // RFC 8017, 9.2, note 1: the NULL belongs there, and signers that leave it out are tolerated.
  return [sequence(oid(hashOid(algorithm)), nothing()), encodeHashAlgorithm(algorithm)].some(
    (identifier) => {
      const info = sequence(identifier, octetString(digest));
      const fill = encoded.length - info.length - 3;
      if (fill < 8) return false;
      const padding = new Uint8Array(fill).fill(0xff);
      return equalBytes(encoded, concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info));
    },
  );
}

/** RFC 8017, 8.1.2 and 9.1.2, with MGF1 over the same hash. */
export function verifyPss(
  keyDer: Uint8Array,
  hash: (bytes: Uint8Array) => Uint8Array,
  saltLength: number,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = readKey(keyDer);
  const whole = key === null ? null : recover(key, signature);
  if (key === null || whole === null) return false;
  const emBits = key.bits - 1;
  const emLength = Math.ceil(emBits / 8);
  const encoded = whole.subarray(whole.length - emLength);
  const size = digest.length;
  if (whole.subarray(0, whole.length - emLength).some((byte) => byte !== 0)) return false;
  if (emLength < size + saltLength + 2 || encoded[emLength - 1] !== 0xbc) return false;
  const masked = encoded.subarray(0, emLength - size - 1);
  const seed = encoded.subarray(emLength - size - 1, emLength - 1);
  const spare = 0xff >> (8 * emLength - emBits);
  if (((masked[0] ?? 0) & ~spare) !== 0) return false;
  const mask = mgf1(hash, seed, masked.length);
  const block = masked.map((byte, i) => byte ^ (mask[i] ?? 0));
  block[0] = (block[0] ?? 0) & spare;
  const zeros = block.length - saltLength - 1;
  if (block.subarray(0, zeros).some((byte) => byte !== 0) || block[zeros] !== 1) return false;
  const salt = block.subarray(zeros + 1);
  return equalBytes(seed, hash(concat(new Uint8Array(8), digest, salt)));
}

/** RFC 8017, B.2.1. */
function mgf1(
  hash: (bytes: Uint8Array) => Uint8Array,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let counter = 0, done = 0; done < length; counter++) {
    const block = hash(concat(seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff)));
    blocks.push(block);
    done += block.length;
  }
  return concat(...blocks).subarray(0, length);
}
