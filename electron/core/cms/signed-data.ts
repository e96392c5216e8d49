/** Writes the detached SignedData of a signature (RFC 5652, 5; EN 319 142-1, 6.2). */
import type { SignatureScheme } from '../ports.ts';
import { encodeHashAlgorithm, encodeSignatureAlgorithm } from './algorithms.ts';
import {
  element,
  equalBytes,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  setOfSorted,
} from './der-writing.ts';
import type { AttributeDigest } from './signed-attributes.ts';
import {
  asSignedAttrsField,
  attribute,
  attributeOids,
  contentTypes,
  issuerAndSerial,
} from './signed-attributes.ts';

export interface SignedDataParts {
  /** DER of the SET OF, from `encodeSignedAttributes`. */
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  readonly scheme: SignatureScheme;
  readonly digestAlgorithm: AttributeDigest;
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array;
  /** DER of the issuers. */
  readonly chain?: readonly Uint8Array[];
  /** What to carry instead of `certificate` and `chain`, e.g. nothing. */
  readonly certificates?: readonly Uint8Array[];
  /** DER of a TimeStampToken over `signature`: level B-T. */
  readonly timestampToken?: Uint8Array;
  /** Content inside the structure: only timestamp tokens have it; a PDF signature is detached. */
  readonly content?: { readonly type: string; readonly bytes: Uint8Array };
}

/**
 * DER of a CMS ContentInfo with one SignerInfo.
 * Throws `Refusal` (`cms.unsupported-scheme`, `der.malformed` for a certificate that is none).
 */
export function encodeSignedData(parts: SignedDataParts): Uint8Array {
  const contentType = parts.content?.type ?? contentTypes.data;
  const signerInfo = sequence(
    integer(1),
    issuerAndSerial(parts.certificate),
    encodeHashAlgorithm(parts.digestAlgorithm),
    asSignedAttrsField(parts.signedAttributes),
    encodeSignatureAlgorithm(parts.scheme),
    octetString(parts.signature),
    ...(parts.timestampToken === undefined
      ? []
      : [element(0xa1, attribute(attributeOids.timestampToken, parts.timestampToken))]),
  );
  const signedData = sequence(
    // RFC 5652, 5.1: version 3 when the content is not id-data.
    integer(contentType === contentTypes.data ? 1 : 3),
    setOfSorted(encodeHashAlgorithm(parts.digestAlgorithm)),
    parts.content === undefined
      ? sequence(oid(contentType))
      : sequence(oid(contentType), explicit(0, octetString(parts.content.bytes))),
    ...certificateSet(parts.certificates ?? [parts.certificate, ...(parts.chain ?? [])]),
    setOfSorted(signerInfo),
  );
  return sequence(oid(contentTypes.signedData), explicit(0, signedData));
}

/** `[0] IMPLICIT SET OF`: sorted as DER demands, each certificate once; absent when empty. */
function certificateSet(certificates: readonly Uint8Array[]): readonly Uint8Array[] {
  if (certificates.length === 0) return [];
  const set = setOfSorted(...unique(certificates));
  set[0] = 0xa0;
  return [set];
}

function unique(certificates: readonly Uint8Array[]): readonly Uint8Array[] {
  return certificates.filter(
    (certificate, index) =>
      certificates.findIndex((other) => equalBytes(other, certificate)) === index,
  );
}
