/**
 * `Crypto` on node:crypto. Node links OpenSSL and Electron BoringSSL, which has no SHA-3, no Ed448, no
 * brainpool curves: what the runtime lacks is read with @noble, and what that lacks too is
 * `unsupported`, never a throw.
 */
import { constants, createHash, createPublicKey, getHashes, verify } from 'node:crypto';
import type { Hash as NodeHash, KeyObject } from 'node:crypto';
import type { Crypto, CryptoAnswer, Hash, HashAlgorithm, SignatureScheme } from '../core/ports.ts';

const nodeNames: Readonly<Record<HashAlgorithm, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  'sha512-256': 'sha512-256',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
  'shake256-512': 'shake256',
};

const present: ReadonlySet<string> = probe();
const complete = Object.values(nodeNames).every((name) => present.has(name));
// Loaded only where the runtime is poorer than we are: it costs start-up time.
const substitute = complete ? null : (await import('./page-crypto.ts')).pageCrypto;

function probe(): ReadonlySet<string> {
  const listed = new Set(getHashes().map((name) => name.toLowerCase()));
  return new Set(Object.values(nodeNames).filter((name) => listed.has(name) && works(name)));
}

function works(name: string): boolean {
  // Listed is not the same as allowed: a FIPS provider lists MD5 and refuses it.
  try {
    createHash(name);
    return true;
  } catch {
    return false;
  }
}

function running(hash: NodeHash, options?: { outputLength: number }): Hash {
  const self: Hash = {
    update(bytes) {
      hash.update(bytes);
      return self;
    },
    copy: () => running(hash.copy(options), options),
    digest: () => new Uint8Array(hash.digest()),
  };
  return self;
}

function startHash(algorithm: HashAlgorithm): Hash | null {
  const name = nodeNames[algorithm];
  if (!present.has(name)) return substitute === null ? null : substitute.hash(algorithm);
  // RFC 8419, 2.3: Ed448 takes SHAKE256 with 512 bits of output.
  const options = algorithm === 'shake256-512' ? { outputLength: 64 } : undefined;
  return running(createHash(name, options), options);
}

/** The key types a scheme may be used with: a key of another type can't have made the signature. */
const keyTypes: Readonly<Record<SignatureScheme['type'], readonly string[]>> = {
  'rsa-pkcs1': ['rsa'],
  'rsa-pss': ['rsa', 'rsa-pss'],
  ecdsa: ['ec'],
  ed25519: ['ed25519'],
  ed448: ['ed448'],
  dsa: ['dsa'],
};

function readKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

function check(
  scheme: SignatureScheme,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  switch (scheme.type) {
    case 'rsa-pkcs1':
      return verify(
        nodeNames[scheme.hash],
        data,
        { key, padding: constants.RSA_PKCS1_PADDING },
        signature,
      );
    case 'rsa-pss':
      return verify(
        nodeNames[scheme.hash],
        data,
        { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength },
        signature,
      );
    case 'ecdsa':
    case 'dsa':
      return verify(nodeNames[scheme.hash], data, { key, dsaEncoding: 'der' }, signature);
    case 'ed25519':
    case 'ed448':
      return verify(null, data, key, signature);
  }
}

async function verifyElsewhere(...request: Parameters<Crypto['verify']>): Promise<CryptoAnswer> {
  const { pageCrypto } = await import('./page-crypto.ts');
  return pageCrypto.verify(...request);
}

export const nodeCrypto: Crypto = {
  hash: startHash,
  async verify(scheme, spki, data, signature) {
    const key = readKey(spki);
    if (key === null) return verifyElsewhere(scheme, spki, data, signature);
    if (!keyTypes[scheme.type].includes(key.asymmetricKeyType ?? '')) return 'invalid';
    if ('hash' in scheme) {
      if (scheme.hash === 'shake256-512') return 'unsupported';
      if (!present.has(nodeNames[scheme.hash]))
        return verifyElsewhere(scheme, spki, data, signature);
    }
    try {
      return check(scheme, key, data, signature) ? 'valid' : 'invalid';
    } catch {
      // A parameter the library refuses (a salt longer than the key, a digest a PSS key forbids)
      // can't belong to a good signature; what another library makes of it decides.
      return verifyElsewhere(scheme, spki, data, signature);
    }
  },
};
