/** Cryptographic constraints (EN 319 102-1, 5.2.8; ETSI TS 119 312): what is no longer believed. */
import type { Certificate } from '../cms/certificate.ts';
import type { PublicKey } from '../cms/public-key.ts';
import { hashName } from '../cms/algorithms.ts';
import type { HashAlgorithm, SignatureScheme } from '../ports.ts';

const BROKEN: ReadonlySet<HashAlgorithm> = new Set(['md5', 'sha1']);

/** Why this hash is not relied on, or null. */
export function weakHash(hash: HashAlgorithm): string | null {
  return BROKEN.has(hash) ? `${hashName(hash)} is no longer safe` : null;
}

/** Why signatures by this scheme are not relied on, or null. */
export function weakScheme(scheme: SignatureScheme | null): string | null {
  if (scheme === null) return 'the signature algorithm is not known here';
  switch (scheme.type) {
    case 'ed25519':
    case 'ed448':
      return null;
    case 'rsa-pkcs1':
    case 'rsa-pss':
    case 'ecdsa':
    case 'dsa':
      return weakHash(scheme.hash);
  }
}

/** Why signatures with this key are not relied on, or null. */
export function weakKey(key: PublicKey): string | null {
  switch (key.type) {
    case 'rsa':
    case 'rsa-pss':
    case 'dsa':
      return key.bits < 2048 ? `a key of ${key.bits} bits is too short` : null;
    case 'ec':
      if (key.curve === 'explicit') return 'the key spells out a curve of its own';
      return key.bits !== 0 && key.bits < 256 ? `a key of ${key.bits} bits is too short` : null;
    case 'ed25519':
    case 'ed448':
      return null;
    case 'unknown':
      return 'the kind of key is not known here';
  }
}

/** Why a certificate's own signature is not relied on, or null. */
export function weakCertificate(certificate: Certificate): string | null {
  return weakScheme(certificate.scheme) ?? weakKey(certificate.key);
}
