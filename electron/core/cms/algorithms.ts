/**
 * Object identifiers of hashes and signature schemes, both ways. What we can read is more than what we
 * may write: SHA-1 and MD5 are read so that the report can name them.
 */
import { Refusal } from '../../../shared/result.ts';
import type { DigestAlgorithm, HashAlgorithm, SignatureScheme } from '../ports.ts';
import { childrenOf, contextTag, oidOf, sequenceOf, smallIntegerOf, tags } from './der.ts';
import type { DerNode } from './der.ts';
import { explicit, integer, nothing, oid, sequence } from './der-writing.ts';

const hashOids: Readonly<Record<HashAlgorithm, string>> = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  'sha512-256': '2.16.840.1.101.3.4.2.6',
  'sha3-256': '2.16.840.1.101.3.4.2.8',
  'sha3-384': '2.16.840.1.101.3.4.2.9',
  'sha3-512': '2.16.840.1.101.3.4.2.10',
  // RFC 8702: id-shake256 in CMS has 512 bits of output.
  'shake256-512': '2.16.840.1.101.3.4.2.12',
};
const hashByOid: ReadonlyMap<string, HashAlgorithm> = new Map(
  (Object.keys(hashOids) as HashAlgorithm[]).map((name) => [hashOids[name], name]),
);

/** Octets of a hash value. */
export const hashSizes: Readonly<Record<HashAlgorithm, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha512-256': 32,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
  'shake256-512': 64,
};

export const oids = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
  ecPublicKey: '1.2.840.10045.2.1',
  dsa: '1.2.840.10040.4.1',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
} as const;

type HashedType = 'rsa-pkcs1' | 'ecdsa' | 'dsa';

/** Signature algorithms that name their hash. */
const signatureOids: readonly (readonly [string, HashedType, HashAlgorithm])[] = [
  ['1.2.840.113549.1.1.4', 'rsa-pkcs1', 'md5'],
  ['1.2.840.113549.1.1.5', 'rsa-pkcs1', 'sha1'],
  ['1.3.14.3.2.29', 'rsa-pkcs1', 'sha1'],
  ['1.2.840.113549.1.1.14', 'rsa-pkcs1', 'sha224'],
  ['1.2.840.113549.1.1.11', 'rsa-pkcs1', 'sha256'],
  ['1.2.840.113549.1.1.12', 'rsa-pkcs1', 'sha384'],
  ['1.2.840.113549.1.1.13', 'rsa-pkcs1', 'sha512'],
  ['1.2.840.113549.1.1.16', 'rsa-pkcs1', 'sha512-256'],
  ['2.16.840.1.101.3.4.3.14', 'rsa-pkcs1', 'sha3-256'],
  ['2.16.840.1.101.3.4.3.15', 'rsa-pkcs1', 'sha3-384'],
  ['2.16.840.1.101.3.4.3.16', 'rsa-pkcs1', 'sha3-512'],
  ['1.2.840.10045.4.1', 'ecdsa', 'sha1'],
  ['1.2.840.10045.4.3.1', 'ecdsa', 'sha224'],
  ['1.2.840.10045.4.3.2', 'ecdsa', 'sha256'],
  ['1.2.840.10045.4.3.3', 'ecdsa', 'sha384'],
  ['1.2.840.10045.4.3.4', 'ecdsa', 'sha512'],
  ['2.16.840.1.101.3.4.3.10', 'ecdsa', 'sha3-256'],
  ['2.16.840.1.101.3.4.3.11', 'ecdsa', 'sha3-384'],
  ['2.16.840.1.101.3.4.3.12', 'ecdsa', 'sha3-512'],
  ['1.2.840.10040.4.3', 'dsa', 'sha1'],
  ['2.16.840.1.101.3.4.3.1', 'dsa', 'sha224'],
  ['2.16.840.1.101.3.4.3.2', 'dsa', 'sha256'],
];

/** Key algorithms that old signers put where a signature algorithm belongs; the digest names the hash. */
const bareKeyOids: ReadonlyMap<string, HashedType> = new Map([
  [oids.rsaEncryption, 'rsa-pkcs1'],
  [oids.ecPublicKey, 'ecdsa'],
  [oids.dsa, 'dsa'],
]);

/** An AlgorithmIdentifier (RFC 5280, 4.1.1.2) as it was read. */
export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: DerNode | null;
  readonly raw: Uint8Array;
}

/** Throws `der.malformed`. */
export function algorithmIdentifierOf(
  node: DerNode | undefined,
  what: string,
): AlgorithmIdentifier {
  const parts = sequenceOf(node, what);
  return {
    oid: oidOf(parts[0], what),
    parameters: parts[1] ?? null,
    raw: node === undefined ? new Uint8Array() : node.raw,
  };
}

/** The hash of an identifier, or null for one we do not know. */
export function hashOf(dotted: string): HashAlgorithm | null {
  return hashByOid.get(dotted) ?? null;
}

export function hashOid(hash: HashAlgorithm): string {
  return hashOids[hash];
}

/**
 * The scheme of a signature algorithm, or null for one we do not know.
 * `digest`: the hash to take where the identifier names only the key (RFC 3370, 3.2).
 */
export function schemeOf(
  identifier: AlgorithmIdentifier,
  digest: HashAlgorithm | null,
): SignatureScheme | null {
  if (identifier.oid === oids.ed25519) return { type: 'ed25519' };
  if (identifier.oid === oids.ed448) return { type: 'ed448' };
  if (identifier.oid === oids.rsaPss) return pssScheme(identifier.parameters);
  const bare = bareKeyOids.get(identifier.oid);
  if (bare !== undefined) return digest === null ? null : { type: bare, hash: digest };
  const named = signatureOids.find(([dotted]) => dotted === identifier.oid);
  return named === undefined ? null : { type: named[1], hash: named[2] };
}

/** RFC 4055, 3.1: absent parts mean SHA-1, MGF1 with SHA-1, 20 octets of salt. */
function pssScheme(parameters: DerNode | null): SignatureScheme | null {
  if (parameters === null || parameters.tag !== tags.sequence) return null;
  let hash: HashAlgorithm | null = 'sha1';
  let maskHash: HashAlgorithm | null = 'sha1';
  let saltLength = 20;
  let trailer = 1;
  for (const part of childrenOf(parameters)) {
    const inner = childrenOf(part)[0];
    if (part.tag === contextTag(0)) hash = hashOf(algorithmIdentifierOf(inner, 'PSS hash').oid);
    else if (part.tag === contextTag(1)) {
      const mask = algorithmIdentifierOf(inner, 'PSS mask');
      if (mask.oid !== oids.mgf1 || mask.parameters === null) return null;
      maskHash = hashOf(algorithmIdentifierOf(mask.parameters, 'PSS mask hash').oid);
    } else if (part.tag === contextTag(2)) saltLength = smallIntegerOf(inner, 'PSS salt length');
    else if (part.tag === contextTag(3)) trailer = smallIntegerOf(inner, 'PSS trailer');
    else return null;
  }
  // No runtime verifies a mask made with another hash, and no signer of documents makes one.
  if (hash === null || maskHash !== hash || trailer !== 1) return null;
  return { type: 'rsa-pss', hash, saltLength };
}

/** DER of a hash's AlgorithmIdentifier. RFC 5754, 2: parameters are left out. */
export function encodeHashAlgorithm(hash: HashAlgorithm): Uint8Array {
  return sequence(oid(hashOids[hash]));
}

/**
 * DER of a scheme's AlgorithmIdentifier for something we write (CMS, X.509).
 * Throws a `Refusal` `cms.unsupported-scheme` for what we never write (SHA-1, MD5, DSA, ...).
 */
export function encodeSignatureAlgorithm(scheme: SignatureScheme): Uint8Array {
  switch (scheme.type) {
    case 'ed25519':
      return sequence(oid(oids.ed25519));
    case 'ed448':
      return sequence(oid(oids.ed448));
    case 'rsa-pss': {
      const hash = sequence(oid(hashOids[writable(scheme.hash)]), nothing());
      return sequence(
        oid(oids.rsaPss),
        sequence(
          explicit(0, hash),
          explicit(1, sequence(oid(oids.mgf1), hash)),
          explicit(2, integer(scheme.saltLength)),
        ),
      );
    }
    case 'rsa-pkcs1':
    case 'ecdsa': {
      const hash = writable(scheme.hash);
      const named = signatureOids.find(([, type, name]) => type === scheme.type && name === hash);
      if (named === undefined) throw unwritable(scheme.hash);
      // RFC 4055, 5: NULL must be there for RSA; RFC 5758, 3.2: and must not be for ECDSA.
      return scheme.type === 'rsa-pkcs1'
        ? sequence(oid(named[0]), nothing())
        : sequence(oid(named[0]));
    }
    case 'dsa':
      throw unwritable('DSA');
  }
}

function writable(hash: HashAlgorithm): DigestAlgorithm {
  if (hash === 'sha256' || hash === 'sha384' || hash === 'sha512') return hash;
  throw unwritable(hash);
}

function unwritable(what: string): Refusal {
  return new Refusal('cms.unsupported-scheme', `Signatures with ${what} are not made.`, { what });
}

/**
 * The digest algorithm that signed attributes carry with a scheme; RFC 8419, 3.1: Ed25519 goes with
 * SHA-512 and Ed448 with SHAKE256 and with nothing else. For the others the scheme's own hash.
 */
export function digestFor(scheme: SignatureScheme): HashAlgorithm {
  switch (scheme.type) {
    case 'ed25519':
      return 'sha512';
    case 'ed448':
      return 'shake256-512';
    case 'rsa-pkcs1':
    case 'rsa-pss':
    case 'ecdsa':
    case 'dsa':
      return scheme.hash;
  }
}

/** A scheme in words for reports, e.g. `RSA-PSS with SHA-256`. */
export function schemeName(scheme: SignatureScheme): string {
  switch (scheme.type) {
    case 'ed25519':
      return 'Ed25519';
    case 'ed448':
      return 'Ed448';
    case 'rsa-pkcs1':
      return `RSA with ${hashName(scheme.hash)}`;
    case 'rsa-pss':
      return `RSA-PSS with ${hashName(scheme.hash)}`;
    case 'ecdsa':
      return `ECDSA with ${hashName(scheme.hash)}`;
    case 'dsa':
      return `DSA with ${hashName(scheme.hash)}`;
  }
}

const hashNames: Readonly<Record<HashAlgorithm, string>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
  'sha512-256': 'SHA-512/256',
  'sha3-256': 'SHA3-256',
  'sha3-384': 'SHA3-384',
  'sha3-512': 'SHA3-512',
  'shake256-512': 'SHAKE256',
};

/** A hash in words, e.g. `SHA-256`. */
export function hashName(hash: HashAlgorithm): string {
  return hashNames[hash];
}
