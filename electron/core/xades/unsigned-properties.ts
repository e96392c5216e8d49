/**
 * What is added to a XAdES signature after it was made (EN 319 132-1, 5.3 to 5.5). Every octet that stood
 * there stays: the new property is spliced into the text, with namespaces of its own, whatever prefixes
 * its surroundings use.
 */
import { Refusal } from '../../../shared/result.ts';
import { xmlElement, xmlLeaf } from '../../../shared/xml/write-xml.ts';
import type { XmlSource } from '../../../shared/xml/write-xml.ts';
import { encodeBase64 } from './base64.ts';
import { canonicalisations } from './c14n.ts';
import { DSIG, XADES, XADES_141 } from './namespaces.ts';
import type { XmlSignature } from './read-signature.ts';

/** DER. */
export interface KeptData {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** The document's text with one more unsigned property behind the others. Throws `xades.unsupported`. */
export function withProperty(text: string, { properties }: XmlSignature, added: string): string {
  const depth = properties?.holders.length ?? 0;
  const inner = properties?.holders.at(-1)?.inner ?? null;
  if (depth === 0 || inner === null)
    throw new Refusal('xades.unsupported', 'The XML signature has no place for more properties.');
  const missing = ['UnsignedProperties', 'UnsignedSignatureProperties'].slice(depth - 1);
  const whole = missing.reduceRight(
    (content, name) => `<${name} xmlns="${XADES}">${content}</${name}>`,
    added,
  );
  return text.slice(0, inner.end) + whole + text.slice(inner.end);
}

/** A timestamp over the signature's value, or over the signature with all it keeps. */
export function timestampProperty(type: 'signature' | 'archive', token: Uint8Array): XmlSource {
  return xmlElement(
    type === 'signature' ? 'SignatureTimeStamp' : 'ArchiveTimeStamp',
    { xmlns: type === 'signature' ? XADES : XADES_141 },
    xmlElement('CanonicalizationMethod', { xmlns: DSIG, Algorithm: canonicalisations.inclusive }),
    xmlLeaf('EncapsulatedTimeStamp', encodeBase64(token), { xmlns: XADES }),
  );
}

/** Certificates and answers of a signature that keeps none yet (5.4.1, 5.4.2). */
export function keptValues(data: KeptData): string {
  return [certificateValues(data), revocationValues(data)].filter((part) => part !== null).join('');
}

/** Those of timestamps that came later (5.5.1). */
export function timestampValidationData(data: KeptData): XmlSource {
  return xmlElement(
    'TimeStampValidationData',
    { xmlns: XADES_141 },
    certificateValues(data),
    revocationValues(data),
  );
}

function certificateValues({ certificates }: KeptData): XmlSource | null {
  if (certificates.length === 0) return null;
  return xmlElement(
    'CertificateValues',
    { xmlns: XADES },
    ...certificates.map((der) => xmlLeaf('EncapsulatedX509Certificate', encodeBase64(der))),
  );
}

function revocationValues({ ocsps, crls }: KeptData): XmlSource | null {
  const list = (name: string, item: string, values: readonly Uint8Array[]): XmlSource | null =>
    values.length === 0
      ? null
      : xmlElement(name, {}, ...values.map((der) => xmlLeaf(item, encodeBase64(der))));
  const parts = [
    list('CRLValues', 'EncapsulatedCRLValue', crls),
    list('OCSPValues', 'EncapsulatedOCSPValue', ocsps),
  ];
  return parts.every((part) => part === null)
    ? null
    : xmlElement('RevocationValues', { xmlns: XADES }, ...parts);
}
