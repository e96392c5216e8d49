/** The XAdES properties of a signature (ETSI TS 101 903, 7; EN 319 132-1, 5), signed and unsigned. */
import { Refusal } from '../../../shared/result.ts';
import { attributeOf, childElement, childElements, textOf } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import type { HashAlgorithm, RevocationEvidence } from '../ports.ts';
import { decodeBase64 } from './base64.ts';
import { parseDateTime } from './date-time.ts';
import { DSIG, XADES, XADES_141 } from './namespaces.ts';
import { hashOfAddress } from './xml-algorithms.ts';

export interface TimestampProperty {
  readonly element: XmlElement;
  /** DER of the tokens in it. */
  readonly tokens: readonly Uint8Array[];
  /** `ds:CanonicalizationMethod`, or null for Canonical XML 1.0. */
  readonly method: XmlElement | null;
  /** Its place among the unsigned properties: an archive timestamp is over those before it. */
  readonly place: number;
}

/** What one unsigned property keeps for validators (EN 319 132-1, 5.4 and 5.5.1). */
export interface KeptValues {
  readonly place: number;
  /** DER. */
  readonly certificates: readonly Uint8Array[];
  readonly evidence: readonly RevocationEvidence[];
}

export interface QualifyingProperties {
  readonly signed: XmlElement;
  readonly signingTime: Date | null;
  /** The signer's certificate by its digest; null where the property is missing. */
  readonly signingCertificate: {
    readonly version: 1 | 2;
    readonly hash: HashAlgorithm | null;
    readonly digest: Uint8Array;
  } | null;
  readonly signatureTimestamps: readonly TimestampProperty[];
  /** XAdES 1.4.1 only: the earlier form is no longer made. */
  readonly archiveTimestamps: readonly TimestampProperty[];
  /** Elements in their order. */
  readonly unsigned: readonly XmlElement[];
  /** Of the signature and of its timestamps. */
  readonly kept: readonly KeptValues[];
  /** `QualifyingProperties`, and inside it what holds the unsigned ones, as far as there is any. */
  readonly holders: readonly XmlElement[];
}

function malformed(what: string): Refusal {
  return new Refusal('xades.malformed', `The XML signature is not readable: ${what}.`);
}

/** Throws `xades.malformed`; null for a plain XML signature. */
export function readQualifyingProperties(
  objects: readonly XmlElement[],
  id: string | null,
): QualifyingProperties | null {
  const all = objects.flatMap((object) => childElements(object, XADES, 'QualifyingProperties'));
  const [element] = all;
  if (element === undefined) return null;
  // ETSI TS 101 903, 6.3: one, and it names the signature it stands in.
  if (all.length > 1 || id === null || attributeOf(element, 'Target') !== `#${id}`)
    throw malformed('properties of another signature');
  const [signed, ...more] = childElements(element, XADES, 'SignedProperties');
  if (signed === undefined || more.length > 0) throw malformed('its signed properties');
  const own = childElement(signed, XADES, 'SignedSignatureProperties');
  const time = own === null ? null : childElement(own, XADES, 'SigningTime');
  const unsignedParent = childElement(element, XADES, 'UnsignedProperties');
  const unsignedOwn =
    unsignedParent === null
      ? null
      : childElement(unsignedParent, XADES, 'UnsignedSignatureProperties');
  const unsigned = unsignedOwn === null ? [] : childElements(unsignedOwn);
  return {
    signed,
    signingTime: time === null ? null : parseDateTime(textOf(time).trim()),
    signingCertificate: own === null ? null : signingCertificateIn(own),
    signatureTimestamps: timestampsIn(unsigned, XADES, 'SignatureTimeStamp'),
    archiveTimestamps: timestampsIn(unsigned, XADES_141, 'ArchiveTimeStamp'),
    unsigned,
    kept: unsigned
      .map(keptIn)
      .filter((each) => each.certificates.length + each.evidence.length > 0),
    holders: [element, unsignedParent, unsignedOwn].filter((each) => each !== null),
  };
}

function keptIn(property: XmlElement, place: number): KeptValues {
  const { namespace, local } = property;
  const ofTimestamp = namespace === XADES_141 && local === 'TimeStampValidationData';
  const parts = ofTimestamp ? childElements(property) : [property];
  const named = (name: string): readonly XmlElement[] =>
    parts.filter((each) => each.namespace === XADES && each.local === name);
  const values = (list: string, item: string): readonly Uint8Array[] =>
    named('RevocationValues')
      .flatMap((each) => childElements(each, XADES, list))
      .flatMap((each) => childElements(each, XADES, item).map(octets));
  return {
    place,
    certificates: named('CertificateValues').flatMap((each) =>
      childElements(each, XADES, 'EncapsulatedX509Certificate').map(octets),
    ),
    evidence: [
      ...values('OCSPValues', 'EncapsulatedOCSPValue').map(
        (der) => ({ type: 'ocsp', der }) as const,
      ),
      ...values('CRLValues', 'EncapsulatedCRLValue').map((der) => ({ type: 'crl', der }) as const),
    ],
  };
}

function octets(element: XmlElement): Uint8Array {
  const bytes = decodeBase64(textOf(element));
  if (bytes === null) throw malformed('a value that is not base64');
  return bytes;
}

function signingCertificateIn(own: XmlElement): QualifyingProperties['signingCertificate'] {
  const later = childElement(own, XADES, 'SigningCertificateV2');
  const property = later ?? childElement(own, XADES, 'SigningCertificate');
  if (property === null) return null;
  const cert = childElement(property, XADES, 'Cert');
  const digest = cert === null ? null : childElement(cert, XADES, 'CertDigest');
  const method = digest === null ? null : childElement(digest, DSIG, 'DigestMethod');
  const value = digest === null ? null : childElement(digest, DSIG, 'DigestValue');
  if (method === null || value === null) throw malformed('which certificate is the signer’s');
  return {
    version: later === null ? 1 : 2,
    hash: hashOfAddress(attributeOf(method, 'Algorithm') ?? ''),
    digest: octets(value),
  };
}

function timestampsIn(
  unsigned: readonly XmlElement[],
  namespace: string,
  local: string,
): readonly TimestampProperty[] {
  return unsigned
    .map((element, place) => ({ element, place }))
    .filter(({ element }) => element.namespace === namespace && element.local === local)
    .map(({ element, place }) => ({
      ...{ element, place },
      tokens: childElements(element, XADES, 'EncapsulatedTimeStamp').map(octets),
      method: childElement(element, DSIG, 'CanonicalizationMethod'),
    }));
}
