/**
 * Reads a `ds:Signature` (XMLDSig 1.1, 4) with its XAdES properties. Strict on what an attacker could move:
 * the order of parts, one set of properties, identifiers that are given once in the whole document.
 */
import { Refusal } from '../../../shared/result.ts';
import { XML_NAMESPACE } from '../../../shared/xml/element.ts';
import {
  allElements,
  attributeOf,
  childElement,
  childElements,
  textOf,
} from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import type { HashAlgorithm, SignatureScheme } from '../ports.ts';
import { decodeBase64 } from './base64.ts';
import { canonicalisationOf } from './c14n.ts';
import type { Canonicalisation } from './c14n.ts';
import { DSIG, SIGNED_PROPERTIES } from './namespaces.ts';
import { readQualifyingProperties } from './qualifying-properties.ts';
import type { QualifyingProperties } from './qualifying-properties.ts';
import { ecdsaToDer, hashOfAddress, schemeOfAddress } from './xml-algorithms.ts';

export interface XmlReference {
  readonly id: string | null;
  readonly uri: string;
  readonly type: string | null;
  /** The signature itself is left out of what it is over: only where it stands inside that (`readSignature`). */
  readonly enveloped: boolean;
  readonly transforms: readonly Canonicalisation[];
  readonly hash: HashAlgorithm | null;
  readonly digest: Uint8Array;
}

export interface XmlSignature {
  readonly element: XmlElement;
  readonly signedInfo: XmlElement;
  readonly canonicalisation: Canonicalisation;
  /** Null for one we do not know. */
  readonly scheme: SignatureScheme | null;
  readonly schemeAddress: string;
  readonly references: readonly XmlReference[];
  readonly valueElement: XmlElement;
  /** As `Crypto.verify` takes it: ECDSA in DER. */
  readonly value: Uint8Array;
  readonly keyInfo: XmlElement | null;
  readonly objects: readonly XmlElement[];
  /** DER, in the order of KeyInfo. */
  readonly certificates: readonly Uint8Array[];
  /** Null for a plain XML signature without XAdES. */
  readonly properties: QualifyingProperties | null;
}

const MAX_REFERENCES = 1000;
/** XMLDSig 1.1, 6.6.4. */
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

export function malformedSignature(what: string): Refusal {
  return new Refusal('xades.malformed', `The XML signature is not readable: ${what}.`);
}

/** Throws `xades.malformed` where an identifier is given twice anywhere in the document. */
export function identifiersOf(root: XmlElement): ReadonlyMap<string, XmlElement> {
  const found = new Map<string, XmlElement>();
  for (const element of allElements(root))
    for (const { namespace, local, value } of element.attributes) {
      const names =
        namespace === '' ? /^id$/i.test(local) : namespace === XML_NAMESPACE && local === 'id';
      if (!names) continue;
      if (found.has(value)) throw malformedSignature('an identifier that is given twice');
      found.set(value, element);
    }
  return found;
}

/**
 * Throws `xades.malformed` or `xades.unsupported`. `place`: a signature that stands inside what it signs
 * may leave itself out.
 */
export function readSignature(
  element: XmlElement,
  place: 'detached' | 'enveloped' = 'detached',
): XmlSignature {
  const [signedInfo, valueElement, ...rest] = childElements(element);
  if (!isNamed(signedInfo, 'SignedInfo') || !isNamed(valueElement, 'SignatureValue'))
    throw malformedSignature('its parts are out of order');
  const keyInfo = isNamed(rest[0], 'KeyInfo') ? (rest.shift() ?? null) : null;
  if (!rest.every((each) => isNamed(each, 'Object')))
    throw malformedSignature('a part nobody knows');
  const around = place === 'detached' && element.parent !== null ? [element.parent] : [];
  if ([...around, element, ...rest, ...rest.flatMap((each) => childElements(each))].some(hasWords))
    throw malformedSignature('words where only parts may stand');
  const [methodElement, signatureMethod, ...references] = childElements(signedInfo);
  if (
    !isNamed(methodElement, 'CanonicalizationMethod') ||
    !isNamed(signatureMethod, 'SignatureMethod')
  )
    throw malformedSignature('its signed part is out of order');
  if (references.length === 0 || !references.every((each) => isNamed(each, 'Reference')))
    throw malformedSignature('what it signs');
  if (references.length > MAX_REFERENCES) throw malformedSignature('too many references');
  const schemeAddress = algorithmOf(signatureMethod);
  const scheme = schemeOfAddress(schemeAddress);
  const raw = decoded(valueElement);
  const value = scheme?.type === 'ecdsa' ? ecdsaToDer(raw) : raw;
  if (value === null) throw malformedSignature('its value');
  return {
    element,
    signedInfo,
    canonicalisation: transformOf(methodElement),
    scheme,
    schemeAddress,
    references: references.map((reference) => referenceOf(reference, place)),
    valueElement,
    value,
    keyInfo,
    objects: rest,
    certificates: certificatesIn(keyInfo),
    properties: readQualifyingProperties(rest, attributeOf(element, 'Id')),
  };
}

/** Text between the parts, which the schema allows nowhere and nothing signs. */
function hasWords({ children }: XmlElement): boolean {
  return children.some((node) => node.type === 'text' && /\S/.test(node.value));
}

function isNamed(element: XmlElement | undefined, local: string): element is XmlElement {
  return element?.namespace === DSIG && element.local === local;
}

function algorithmOf(element: XmlElement): string {
  const algorithm = attributeOf(element, 'Algorithm');
  if (algorithm === null) throw malformedSignature('an algorithm without a name');
  return algorithm;
}

/** The only transforms accepted are canonicalisations: others choose what is signed while verifying. */
export function transformOf(element: XmlElement): Canonicalisation {
  const found = canonicalisationOf(element, algorithmOf(element));
  if (found === null)
    throw new Refusal('xades.unsupported', 'The XML signature uses a transform that is refused.', {
      algorithm: algorithmOf(element),
    });
  return found;
}

export function decoded(element: XmlElement): Uint8Array {
  const bytes = decodeBase64(textOf(element));
  if (bytes === null) throw malformedSignature('a value that is not base64');
  return bytes;
}

function referenceOf(element: XmlElement, place: 'detached' | 'enveloped'): XmlReference {
  const transforms = childElement(element, DSIG, 'Transforms');
  const method = childElement(element, DSIG, 'DigestMethod');
  const value = childElement(element, DSIG, 'DigestValue');
  const uri = attributeOf(element, 'URI');
  if (method === null || value === null || uri === null) throw malformedSignature('a reference');
  const steps = transforms === null ? [] : childElements(transforms);
  const [first] = steps;
  const enveloped =
    place === 'enveloped' && first !== undefined && algorithmOf(first) === ENVELOPED;
  return {
    id: attributeOf(element, 'Id'),
    uri,
    type: attributeOf(element, 'Type'),
    enveloped,
    transforms: (enveloped ? steps.slice(1) : steps).map(transformOf),
    hash: hashOfAddress(algorithmOf(method)),
    digest: decoded(value),
  };
}

function certificatesIn(keyInfo: XmlElement | null): readonly Uint8Array[] {
  if (keyInfo === null) return [];
  return childElements(keyInfo, DSIG, 'X509Data').flatMap((data) =>
    childElements(data, DSIG, 'X509Certificate').map(decoded),
  );
}

/** The one reference to the signed properties; null where there is none, refused where there are two. */
export function propertiesReference(signature: XmlSignature): XmlReference | null {
  const found = signature.references.filter(({ type }) => type === SIGNED_PROPERTIES);
  if (found.length > 1) throw malformedSignature('its properties are signed twice');
  return found[0] ?? null;
}
