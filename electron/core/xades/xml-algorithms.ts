/** Addresses of hashes and signature algorithms in XML (RFC 9231; XMLDSig 1.1, 6), both ways. */
import type { HashAlgorithm, SignatureScheme } from '../ports.ts';
import { concat, integer, sequence } from '../cms/der-writing.ts';

const hashes: readonly (readonly [HashAlgorithm, string])[] = [
  ['sha256', 'http://www.w3.org/2001/04/xmlenc#sha256'],
  ['sha384', 'http://www.w3.org/2001/04/xmldsig-more#sha384'],
  ['sha512', 'http://www.w3.org/2001/04/xmlenc#sha512'],
  ['sha224', 'http://www.w3.org/2001/04/xmldsig-more#sha224'],
  ['sha3-256', 'http://www.w3.org/2007/05/xmldsig-more#sha3-256'],
  ['sha3-384', 'http://www.w3.org/2007/05/xmldsig-more#sha3-384'],
  ['sha3-512', 'http://www.w3.org/2007/05/xmldsig-more#sha3-512'],
  ['sha1', 'http://www.w3.org/2000/09/xmldsig#sha1'],
  ['md5', 'http://www.w3.org/2001/04/xmldsig-more#md5'],
];

const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const later = 'http://www.w3.org/2007/05/xmldsig-more#';

const schemes: readonly (readonly [string, SignatureScheme])[] = [
  [`${more}rsa-sha256`, { type: 'rsa-pkcs1', hash: 'sha256' }],
  [`${more}rsa-sha384`, { type: 'rsa-pkcs1', hash: 'sha384' }],
  [`${more}rsa-sha512`, { type: 'rsa-pkcs1', hash: 'sha512' }],
  [`${more}rsa-sha224`, { type: 'rsa-pkcs1', hash: 'sha224' }],
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', { type: 'rsa-pkcs1', hash: 'sha1' }],
  [`${more}rsa-md5`, { type: 'rsa-pkcs1', hash: 'md5' }],
  // RFC 9231, 2.3.10: the salt is as long as the hash.
  [`${later}sha256-rsa-MGF1`, { type: 'rsa-pss', hash: 'sha256', saltLength: 32 }],
  [`${later}sha384-rsa-MGF1`, { type: 'rsa-pss', hash: 'sha384', saltLength: 48 }],
  [`${later}sha512-rsa-MGF1`, { type: 'rsa-pss', hash: 'sha512', saltLength: 64 }],
  [`${more}ecdsa-sha256`, { type: 'ecdsa', hash: 'sha256' }],
  [`${more}ecdsa-sha384`, { type: 'ecdsa', hash: 'sha384' }],
  [`${more}ecdsa-sha512`, { type: 'ecdsa', hash: 'sha512' }],
  [`${more}ecdsa-sha224`, { type: 'ecdsa', hash: 'sha224' }],
  [`${more}ecdsa-sha1`, { type: 'ecdsa', hash: 'sha1' }],
  ['http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519', { type: 'ed25519' }],
  ['http://www.w3.org/2021/04/xmldsig-more#eddsa-ed448', { type: 'ed448' }],
];

export function hashOfAddress(address: string): HashAlgorithm | null {
  return hashes.find(([, each]) => each === address)?.[0] ?? null;
}

/** Throws a RangeError for a hash without an address. */
export function addressOfHash(hash: HashAlgorithm): string {
  const found = hashes.find(([name]) => name === hash);
  if (found === undefined) throw new RangeError(`${hash} has no address`);
  return found[1];
}

export function schemeOfAddress(address: string): SignatureScheme | null {
  return schemes.find(([each]) => each === address)?.[1] ?? null;
}

/** Null for a scheme that XML has no address for (a salt of another length). */
export function addressOfScheme(scheme: SignatureScheme): string | null {
  const same = (other: SignatureScheme): boolean =>
    other.type === scheme.type &&
    (!('hash' in other) || !('hash' in scheme) || other.hash === scheme.hash) &&
    (other.type !== 'rsa-pss' ||
      scheme.type !== 'rsa-pss' ||
      other.saltLength === scheme.saltLength);
  return schemes.find(([, other]) => same(other))?.[0] ?? null;
}

/** XMLDSig 1.1, 6.4.3: r and s side by side, each as long as the curve; X9.62 has a sequence of both. */
export function ecdsaToDer(value: Uint8Array): Uint8Array | null {
  if (value.length === 0 || value.length % 2 !== 0 || value.length > 256) return null;
  const half = value.length / 2;
  return sequence(integer(value.subarray(0, half)), integer(value.subarray(half)));
}

/** The other way; `size` is the octets of the curve's order. */
export function ecdsaFromNumbers(r: Uint8Array, s: Uint8Array, size: number): Uint8Array {
  const fixed = (number: Uint8Array): Uint8Array =>
    concat(new Uint8Array(Math.max(0, size - number.length)), number);
  return concat(fixed(r), fixed(s));
}
