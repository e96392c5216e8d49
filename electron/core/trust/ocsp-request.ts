/** Asking an OCSP responder (RFC 6960, 4.1), and which certificate a question or an answer is about. */
import { hashOid } from '../cms/algorithms.ts';
import type { Certificate } from '../cms/certificate.ts';
import { element, explicit, nothing, octetString, oid } from '../cms/der-writing.ts';
import { sequence } from '../cms/der-writing.ts';
import { tags } from '../cms/der.ts';
import type { Crypto, HashAlgorithm } from '../ports.ts';

export const ocspOids = {
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  crlReference: '1.3.6.1.5.5.7.48.1.3',
  archiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  serviceLocator: '1.3.6.1.5.5.7.48.1.7',
  preferredAlgorithms: '1.3.6.1.5.5.7.48.1.8',
  extendedRevoke: '1.3.6.1.5.5.7.48.1.9',
} as const;

/** Hashes of a certificate's issuer, as a CertID has them; null where the runtime lacks the hash. */
export function issuerHashes(
  algorithm: HashAlgorithm,
  certificate: Certificate,
  issuer: Certificate,
  crypto: Pick<Crypto, 'hash'>,
): { readonly name: Uint8Array; readonly key: Uint8Array } | null {
  const name = crypto.hash(algorithm)?.update(certificate.issuer.der).digest();
  const key = crypto.hash(algorithm)?.update(issuer.key.bytes).digest();
  return name === undefined || key === undefined ? null : { name, key };
}

/**
 * DER of an OCSPRequest about one certificate. SHA-1 identifies the issuer because many responders know
 * nothing else (RFC 5019, 2.1.1); nothing rests on its strength, for the answer is signed.
 * `nonce`: 1 to 32 octets (RFC 9654), or none.
 */
export function encodeOcspRequest(
  certificate: Certificate,
  issuer: Certificate,
  crypto: Pick<Crypto, 'hash'>,
  options: { readonly nonce?: Uint8Array; readonly hash?: HashAlgorithm } = {},
): Uint8Array {
  const { nonce, hash = 'sha1' } = options;
  const hashes = issuerHashes(hash, certificate, issuer, crypto);
  if (hashes === null) throw new RangeError(`no ${hash} in this runtime`);
  const certId = sequence(
    sequence(oid(hashOid(hash)), nothing()),
    octetString(hashes.name),
    octetString(hashes.key),
    element(tags.integer, bytesOf(certificate.serial)),
  );
  const extensions = nonce === undefined ? [] : [explicit(2, sequence(nonceExtension(nonce)))];
  return sequence(sequence(sequence(sequence(certId)), ...extensions));
}

/** RFC 9654: the value is an OCTET STRING inside the extension's own. */
export function nonceExtension(nonce: Uint8Array): Uint8Array {
  return sequence(oid(ocspOids.nonce), octetString(octetString(nonce)));
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}
