/**
 * Which mechanism of a card makes which signature. The digest is made here and the card only gets to
 * apply its key, which every card can; where one has nothing but mechanisms that hash, those.
 */
import { createHash } from 'node:crypto';
import { hashOid } from '../../core/cms/algorithms.ts';
import { integer, nothing, octetString, oid, sequence } from '../../core/cms/der-writing.ts';
import type { PublicKey } from '../../core/cms/public-key.ts';
import type { DigestAlgorithm, SignatureScheme } from '../../core/ports.ts';
import { ckg, ckm } from './cryptoki.ts';

export interface Mechanism {
  readonly mechanism: number;
  readonly parameter?: {
    readonly type: number;
    readonly hashAlg: number;
    readonly mgf: number;
    readonly saltLen: number;
  };
  /** What goes to C_Sign. */
  readonly input: Uint8Array;
}

const digests: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512'];
const saltLengths = { sha256: 32, sha384: 48, sha512: 64 } as const;
const hashing = {
  'rsa-pkcs1': { sha256: ckm.sha256RsaPkcs, sha384: ckm.sha384RsaPkcs, sha512: ckm.sha512RsaPkcs },
  'rsa-pss': {
    sha256: ckm.sha256RsaPkcsPss,
    sha384: ckm.sha384RsaPkcsPss,
    sha512: ckm.sha512RsaPkcsPss,
  },
  ecdsa: { sha256: ckm.ecdsaSha256, sha384: ckm.ecdsaSha384, sha512: ckm.ecdsaSha512 },
} as const;
const raw = { 'rsa-pkcs1': ckm.rsaPkcs, 'rsa-pss': ckm.rsaPkcsPss, ecdsa: ckm.ecdsa } as const;
/** The binding's own number for CK_RSA_PKCS_PSS_PARAMS. */
const pssParameter = 5;

type CardScheme = Extract<SignatureScheme, { type: keyof typeof raw }>;

function isCardScheme(scheme: SignatureScheme): scheme is CardScheme {
  return Object.hasOwn(raw, scheme.type);
}

/** What the key behind a certificate can do on this card, the preferred first. */
export function schemesOn(
  key: PublicKey,
  mechanisms: readonly number[],
): readonly SignatureScheme[] {
  const has = (scheme: CardScheme) => chosenNumber(scheme, mechanisms) !== null;
  return schemesOfKey(key).filter(has);
}

function schemesOfKey(key: PublicKey): readonly CardScheme[] {
  switch (key.type) {
    case 'rsa':
      return [
        ...digests.map((hash) => ({ type: 'rsa-pkcs1', hash }) as const),
        ...digests.map(
          (hash) => ({ type: 'rsa-pss', hash, saltLength: saltLengths[hash] }) as const,
        ),
      ];
    case 'ec': {
      // BSI TR-03111, 4.2.1: the hash as long as the curve.
      const first = key.bits > 384 ? 'sha512' : key.bits > 256 ? 'sha384' : 'sha256';
      return [first, ...digests.filter((hash) => hash !== first)].map(
        (hash) => ({ type: 'ecdsa', hash }) as CardScheme,
      );
    }
    default:
      return [];
  }
}

function chosenNumber(scheme: CardScheme, mechanisms: readonly number[]): number | null {
  const hash = scheme.hash as DigestAlgorithm;
  return (
    [raw[scheme.type], hashing[scheme.type][hash]].find((one) => mechanisms.includes(one)) ?? null
  );
}

/** Null where the card has no way to make it. */
export function mechanismFor(
  scheme: SignatureScheme,
  data: Uint8Array,
  mechanisms: readonly number[],
): Mechanism | null {
  if (!isCardScheme(scheme)) return null;
  const mechanism = chosenNumber(scheme, mechanisms);
  if (mechanism === null) return null;
  const hash = scheme.hash as DigestAlgorithm;
  const digest = new Uint8Array(createHash(hash).update(data).digest());
  const bare = mechanism === raw[scheme.type];
  switch (scheme.type) {
    case 'rsa-pkcs1':
      // The card adds the padding.
      return {
        mechanism,
        input: bare ? digestInfo(hash, digest) : data,
      };
    case 'rsa-pss':
      return {
        mechanism,
        parameter: {
          type: pssParameter,
          hashAlg: ckm[hash],
          mgf: ckg[hash],
          saltLen: scheme.saltLength,
        },
        input: bare ? digest : data,
      };
    case 'ecdsa':
      return { mechanism, input: bare ? digest : data };
  }
}

/** RFC 8017, 9.2: here, and only here, the parameters are NULL instead of left out. */
function digestInfo(hash: DigestAlgorithm, digest: Uint8Array): Uint8Array {
  return sequence(sequence(oid(hashOid(hash)), nothing()), octetString(digest));
}

/** A card's ECDSA answer is r and s side by side; CMS carries DER (RFC 5753, 2.1.1). */
export function inCms(scheme: SignatureScheme, signature: Uint8Array): Uint8Array {
  if (scheme.type !== 'ecdsa') return signature;
  const half = signature.length / 2;
  return sequence(integer(signature.subarray(0, half)), integer(signature.subarray(half)));
}
