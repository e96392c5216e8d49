/** What a SubjectPublicKeyInfo holds (RFC 5280, 4.1.2.7; RFC 5480; RFC 8410). */
import { oids } from './algorithms.ts';
import { oidOf, readWhole, sequenceOf, tags, unsignedOf, wholeBitsOf } from './der.ts';
import type { DerNode } from './der.ts';

export interface PublicKey {
  readonly type: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'ed448' | 'dsa' | 'unknown';
  readonly oid: string;
  /** Strength as people name it: modulus, field or group size; 0 when unknown. */
  readonly bits: number;
  /** For `ec`: a name of `curveNames`, or the OID, or `explicit` for spelled-out parameters. */
  readonly curve: string | null;
  /** The bits inside: what key identifiers are hashes of (RFC 5280, 4.2.1.2). */
  readonly bytes: Uint8Array;
}

const curveNames: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['1.2.840.10045.3.1.7', ['P-256', 256]],
  ['1.3.132.0.34', ['P-384', 384]],
  ['1.3.132.0.35', ['P-521', 521]],
  ['1.3.132.0.10', ['secp256k1', 256]],
  ['1.3.36.3.3.2.8.1.1.7', ['brainpoolP256r1', 256]],
  ['1.3.36.3.3.2.8.1.1.11', ['brainpoolP384r1', 384]],
  ['1.3.36.3.3.2.8.1.1.13', ['brainpoolP512r1', 512]],
]);

/** Reads a SubjectPublicKeyInfo. Throws `Refusal` `der.malformed`. */
export function readPublicKey(spki: Uint8Array): PublicKey {
  const [algorithm, bits] = sequenceOf(readWhole(spki), 'public key');
  const [identifier, parameters] = sequenceOf(algorithm, 'key algorithm');
  const oid = oidOf(identifier, 'key algorithm');
  const bytes = wholeBitsOf(bits, 'public key');
  const base = { oid, bytes, curve: null };
  switch (oid) {
    case oids.rsaEncryption:
      return { ...base, type: 'rsa', bits: modulusBits(bytes) };
    case oids.rsaPss:
      return { ...base, type: 'rsa-pss', bits: modulusBits(bytes) };
    case oids.ecPublicKey:
      return { ...base, type: 'ec', ...curveOf(parameters) };
    case oids.ed25519:
      return { ...base, type: 'ed25519', bits: 256 };
    case oids.ed448:
      return { ...base, type: 'ed448', bits: 448 };
    case oids.dsa:
      return { ...base, type: 'dsa', bits: groupBits(parameters) };
    default:
      return { ...base, type: 'unknown', bits: 0 };
  }
}

function modulusBits(key: Uint8Array): number {
  const [modulus] = sequenceOf(readWhole(key), 'RSA key');
  return bitLength(unsignedOf(modulus, 'modulus'));
}

function groupBits(parameters: DerNode | undefined): number {
  if (parameters === undefined || parameters.tag !== tags.sequence) return 0;
  return bitLength(unsignedOf(sequenceOf(parameters, 'DSA parameters')[0], 'prime'));
}

function bitLength(bytes: Uint8Array): number {
  return bytes.length === 0 ? 0 : bytes.length * 8 - Math.clz32(bytes[0] ?? 0) + 24;
}

function curveOf(parameters: DerNode | undefined): { curve: string; bits: number } {
  // RFC 5480, 2.1.1: certificates must name the curve; spelled-out parameters are an attack surface.
  if (parameters === undefined || parameters.tag !== tags.oid)
    return { curve: 'explicit', bits: 0 };
  const oid = oidOf(parameters, 'curve');
  const [curve, bits] = curveNames.get(oid) ?? [oid, 0];
  return { curve, bits };
}
