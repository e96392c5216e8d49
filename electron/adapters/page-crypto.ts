/**
 * `Crypto` without Node: hashes and curves of @noble, RSA verification on BigInt. For a browser page that
 * verifies, and for what a poorer runtime lacks. It only verifies: nothing here touches a secret, so
 * nothing needs constant time.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { ed448 } from '@noble/curves/ed448.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_256, sha3_384, sha3_512, shake256 } from '@noble/hashes/sha3.js';
import { Refusal } from '../../shared/result.ts';
import { oidOf, readWhole, sequenceOf, wholeBitsOf } from '../core/cms/der.ts';
import type { Crypto, CryptoAnswer, Hash, HashAlgorithm, SignatureScheme } from '../core/ports.ts';
import { verifyPkcs1, verifyPss } from './page-rsa.ts';

interface NobleHash {
  update(bytes: Uint8Array): unknown;
  clone(): NobleHash;
  digest(): Uint8Array;
}

const starts: Readonly<Record<HashAlgorithm, () => NobleHash>> = {
  md5: () => md5.create(),
  sha1: () => sha1.create(),
  sha224: () => sha224.create(),
  sha256: () => sha256.create(),
  sha384: () => sha384.create(),
  sha512: () => sha512.create(),
  'sha512-256': () => sha512_256.create(),
  'sha3-256': () => sha3_256.create(),
  'sha3-384': () => sha3_384.create(),
  'sha3-512': () => sha3_512.create(),
  'shake256-512': () => shake256.create({ dkLen: 64 }),
};

function running(hash: NobleHash): Hash {
  const self: Hash = {
    update(bytes) {
      hash.update(bytes);
      return self;
    },
    copy: () => running(hash.clone()),
    digest: () => hash.digest(),
  };
  return self;
}

function digestOf(algorithm: HashAlgorithm, data: Uint8Array): Uint8Array {
  return running(starts[algorithm]()).update(data).digest();
}

const curves = new Map([
  ['1.2.840.10045.3.1.7', p256],
  ['1.3.132.0.34', p384],
  ['1.3.132.0.35', p521],
  ['1.3.132.0.10', secp256k1],
]);

/** Key algorithms each scheme may be used with. */
const keyOids: Readonly<Record<SignatureScheme['type'], readonly string[]>> = {
  'rsa-pkcs1': ['1.2.840.113549.1.1.1'],
  'rsa-pss': ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10'],
  ecdsa: ['1.2.840.10045.2.1'],
  ed25519: ['1.3.101.112'],
  ed448: ['1.3.101.113'],
  dsa: ['1.2.840.10040.4.1'],
};

function check(
  scheme: SignatureScheme,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): CryptoAnswer {
  const [algorithm, bits] = sequenceOf(readWhole(spki), 'public key');
  const [identifier, parameters] = sequenceOf(algorithm, 'key algorithm');
  const key = wholeBitsOf(bits, 'public key');
  if (!keyOids[scheme.type].includes(oidOf(identifier, 'key algorithm'))) return 'invalid';
  switch (scheme.type) {
    case 'rsa-pkcs1':
      return answer(verifyPkcs1(key, scheme.hash, digestOf(scheme.hash, data), signature));
    case 'rsa-pss': {
      const digest = digestOf(scheme.hash, data);
      const hash = (bytes: Uint8Array): Uint8Array => digestOf(scheme.hash, bytes);
      return answer(verifyPss(key, hash, scheme.saltLength, digest, signature));
    }
    case 'ecdsa': {
      const curve = curves.get(oidOf(parameters, 'curve'));
      if (curve === undefined) return 'unsupported';
      const digest = digestOf(scheme.hash, data);
      // Low S is a rule of currencies, not of X.509.
      return answer(
        curve.verify(signature, digest, key, { prehash: false, lowS: false, format: 'der' }),
      );
    }
    case 'ed25519':
      // RFC 8032's own rules rather than ZIP 215's laxer ones.
      return answer(ed25519.verify(signature, data, key, { zip215: false }));
    case 'ed448':
      return answer(ed448.verify(signature, data, key, { zip215: false }));
    case 'dsa':
      return 'unsupported';
  }
}

function answer(valid: boolean): CryptoAnswer {
  return valid ? 'valid' : 'invalid';
}

export const pageCrypto: Crypto = {
  hash: (algorithm) => running(starts[algorithm]()),
  verify(scheme, spki, data, signature) {
    try {
      return Promise.resolve(check(scheme, spki, data, signature));
    } catch (error) {
      // A key that is not readable is a key we can't use; the curves throw on impossible signatures.
      return Promise.resolve(error instanceof Refusal ? 'unsupported' : 'invalid');
    }
  },
};
