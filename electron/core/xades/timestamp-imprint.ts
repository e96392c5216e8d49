/** What the timestamps of a XAdES signature are over (EN 319 132-1, 5.3 and 5.5). */
import type { XmlElement } from '../../../shared/xml/tree.ts';
import { concat } from '../cms/der-writing.ts';
import { canonicalElement } from './c14n.ts';
import type { Canonicalisation } from './c14n.ts';
import { octetsOf } from './check-signature.ts';
import type { SignatureCase } from './check-signature.ts';
import type { TimestampProperty } from './qualifying-properties.ts';
import { transformOf } from './read-signature.ts';

const plain: Canonicalisation = { type: 'inclusive-1.0', comments: false, inclusivePrefixes: [] };

function methodOf({ method }: TimestampProperty): Canonicalisation {
  return method === null ? plain : transformOf(method);
}

/** A signature timestamp: the canonical SignatureValue element (5.3). Throws `xades.unsupported`. */
export function signatureImprint(theCase: SignatureCase, stamp: TimestampProperty): Uint8Array {
  return canonicalElement(theCase.signature.valueElement, methodOf(stamp));
}

/**
 * An archive timestamp (5.5.2.2): what every reference is over, SignedInfo, SignatureValue, KeyInfo, the
 * unsigned properties before it, and the objects that hold no properties. Null where a reference leads nowhere.
 */
export function archiveImprint(
  theCase: SignatureCase,
  stamp: TimestampProperty,
): Uint8Array | null {
  return imprintOver(theCase, methodOf(stamp), stamp.place);
}

/** The same for one that is still to be written behind all that stands there, in Canonical XML 1.0. */
export function nextArchiveImprint(theCase: SignatureCase): Uint8Array | null {
  return imprintOver(theCase, plain, theCase.signature.properties?.unsigned.length ?? 0);
}

function imprintOver(
  { signature, identifiers, file }: SignatureCase,
  method: Canonicalisation,
  place: number,
): Uint8Array | null {
  const parts: Uint8Array[] = [];
  for (const reference of signature.references) {
    const found = octetsOf(reference, signature, identifiers, file);
    if (!found.ok) return null;
    parts.push(found.octets);
  }
  const unsigned = signature.properties?.unsigned ?? [];
  const holder = signature.properties?.signed.parent?.parent ?? null;
  const elements: readonly (XmlElement | null)[] = [
    signature.signedInfo,
    signature.valueElement,
    signature.keyInfo,
    ...unsigned.slice(0, place),
    ...signature.objects.filter((object) => object !== holder),
  ];
  for (const element of elements)
    if (element !== null) parts.push(canonicalElement(element, method));
  return concat(...parts);
}
