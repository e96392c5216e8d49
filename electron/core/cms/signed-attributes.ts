/** The attributes a signer signs (RFC 5652, 5.3; EN 319 122-1; EN 319 142-1, table 1). */
import { Refusal } from '../../../shared/result.ts';
import type { Crypto, DigestAlgorithm } from '../ports.ts';
import { encodeHashAlgorithm, hashSizes } from './algorithms.ts';
import { readCertificateBody } from './certificate-body.ts';
import { element, octetString, oid, sequence, setOfSorted } from './der-writing.ts';

export const attributeOids = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  algorithmProtection: '1.2.840.113549.1.9.52',
  /** Adobe's revocation data; read by others, never written by us. */
  adbeRevocation: '1.2.840.113583.1.1.8',
} as const;

export const contentTypes = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
} as const;

/** What signed attributes may carry as digest: SHAKE256 only for Ed448 (RFC 8419, 3.1). */
export type AttributeDigest = DigestAlgorithm | 'shake256-512';

/**
 * DER of the signed attributes as a SET OF: exactly the bytes the key signs.
 * content-type, message-digest and signing-certificate-v2, in DER order; no signing-time, because in
 * PAdES the time stands in the signature dictionary (EN 319 142-1, 6.3).
 * `digest`: of the byte range; `certificate`: DER of the signer's.
 * Throws `Refusal` (`der.malformed` for the certificate, `crypto.unsupported` without the hash).
 */
export function encodeSignedAttributes(input: {
  readonly digest: Uint8Array;
  readonly digestAlgorithm: AttributeDigest;
  readonly certificate: Uint8Array;
  readonly crypto: Pick<Crypto, 'hash'>;
  readonly contentType?: string;
}): Uint8Array {
  if (input.digest.length !== hashSizes[input.digestAlgorithm]) {
    throw new RangeError(
      `a digest of ${input.digest.length} octets is not ${input.digestAlgorithm}`,
    );
  }
  return setOfSorted(
    attribute(attributeOids.contentType, oid(input.contentType ?? contentTypes.data)),
    attribute(attributeOids.messageDigest, octetString(input.digest)),
    attribute(attributeOids.signingCertificateV2, signingCertificate(input)),
  );
}

/** One Attribute with one value. */
export function attribute(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), setOfSorted(value));
}

/** SigningCertificateV2 with one ESSCertIDv2 (RFC 5035, 3). */
function signingCertificate(input: Parameters<typeof encodeSignedAttributes>[0]): Uint8Array {
  const algorithm = input.digestAlgorithm === 'shake256-512' ? 'sha512' : input.digestAlgorithm;
  const hash = input.crypto.hash(algorithm);
  if (hash === null) throw new Refusal('crypto.unsupported', `No ${algorithm} in this runtime.`);
  const body = readCertificateBody(input.certificate);
  const certHash = octetString(hash.update(input.certificate).digest());
  // GeneralNames with the issuer as directoryName [4], which is EXPLICIT because Name is a CHOICE.
  const issuerSerial = sequence(sequence(element(0xa4, body.issuer)), element(0x02, body.serial));
  // The default, SHA-256, must not be encoded in DER (X.690, 11.5).
  const essCertId =
    algorithm === 'sha256'
      ? sequence(certHash, issuerSerial)
      : sequence(encodeHashAlgorithm(algorithm), certHash, issuerSerial);
  return sequence(sequence(essCertId));
}

/** The SET OF as it stands inside SignerInfo: `[0] IMPLICIT`. */
export function asSignedAttrsField(signedAttributes: Uint8Array): Uint8Array {
  const field = Uint8Array.from(signedAttributes);
  field[0] = 0xa0;
  return field;
}

/** CMS version 1 wants issuerAndSerialNumber (RFC 5652, 5.3). */
export function issuerAndSerial(certificate: Uint8Array): Uint8Array {
  const body = readCertificateBody(certificate);
  return sequence(body.issuer, element(0x02, body.serial));
}
