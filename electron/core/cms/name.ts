/** Distinguished names (RFC 5280, 4.1.2.4) as text for people. Comparing is done on the DER. */
import { malformed, oidOf, readWhole, sequenceOf, setOf, tags } from './der.ts';
import type { DerNode } from './der.ts';
import {
  ia5String,
  oid,
  printableString,
  sequence,
  setOfSorted,
  utf8String,
} from './der-writing.ts';

export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}

export interface Name {
  readonly der: Uint8Array;
  /** RFC 4514-like, the most specific part first: `CN=Kari Nordmann,O=Eksempel kommune,C=NO`. */
  readonly text: string;
  /** In the order of the certificate, the most general first. */
  readonly attributes: readonly NameAttribute[];
}

export const nameOids = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  state: '2.5.4.8',
  organisation: '2.5.4.10',
  organisationalUnit: '2.5.4.11',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
  pseudonym: '2.5.4.65',
  organisationIdentifier: '2.5.4.97',
  email: '1.2.840.113549.1.9.1',
  domainComponent: '0.9.2342.19200300.100.1.25',
  userId: '0.9.2342.19200300.100.1.1',
} as const;

/** RFC 4514, table 1, and the short names in common use. */
const shortNames: ReadonlyMap<string, string> = new Map([
  [nameOids.commonName, 'CN'],
  [nameOids.surname, 'SN'],
  [nameOids.serialNumber, 'serialNumber'],
  [nameOids.country, 'C'],
  [nameOids.locality, 'L'],
  [nameOids.state, 'ST'],
  [nameOids.organisation, 'O'],
  [nameOids.organisationalUnit, 'OU'],
  [nameOids.title, 'title'],
  [nameOids.givenName, 'GN'],
  [nameOids.pseudonym, 'pseudonym'],
  [nameOids.organisationIdentifier, 'organizationIdentifier'],
  [nameOids.email, 'emailAddress'],
  [nameOids.domainComponent, 'DC'],
  [nameOids.userId, 'UID'],
]);

/** Reads a Name from its DER. Throws `Refusal` `der.malformed`. */
export function readName(der: Uint8Array): Name {
  const attributes: NameAttribute[] = [];
  const parts: string[] = [];
  for (const relative of sequenceOf(readWhole(der), 'name')) {
    const values = setOf(relative, 'part of a name').map(attributeOf);
    attributes.push(...values);
    parts.unshift(values.map(attributeText).join('+'));
  }
  return { der, text: parts.join(','), attributes };
}

function attributeOf(node: DerNode): NameAttribute {
  const [type, value] = sequenceOf(node, 'attribute of a name');
  return { oid: oidOf(type, 'attribute type'), value: textOf(value) };
}

function attributeText({ oid: type, value }: NameAttribute): string {
  // RFC 4514, 2.4. Control characters are shown as escapes: a line break must not fake a second line.
  const escaped = value
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(/[\u0000-\u001f\u007f]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `${shortNames.get(type) ?? type}=${escaped}`;
}

/** The last value of a type in a name, or null. */
export function nameValue(name: Name, type: string): string | null {
  return name.attributes.findLast((attribute) => attribute.oid === type)?.value ?? null;
}

/** What a person calls the subject: common name, else organisation, else the whole name. */
export function commonName(name: Name): string {
  return (
    nameValue(name, nameOids.commonName) ?? nameValue(name, nameOids.organisation) ?? name.text
  );
}

/** Text of any of the string types a name or a general name may use (X.690, 8.23). */
export function textOf(node: DerNode | undefined): string {
  if (node === undefined) throw malformed('a text is missing');
  const bytes = node.content;
  switch (node.tag) {
    case tags.utf8:
      return decodeUtf8(bytes);
    case tags.bmp:
      return decodeWide(bytes, 2);
    case tags.universal:
      return decodeWide(bytes, 4);
    case tags.printable:
    case tags.ia5:
    case tags.visible:
    case tags.numeric:
    // TeletexString, which everybody fills with Latin-1.
    case tags.teletex:
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    default:
      // RFC 4514, 2.4: a value without a string form (an identifier of bits, say) is shown in hex.
      return `#${Array.from(node.raw, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}

function decodeWide(bytes: Uint8Array, width: 2 | 4): string {
  let text = '';
  for (let i = 0; i + width <= bytes.length; i += width) {
    let code = 0;
    for (let k = 0; k < width; k++) code = code * 256 + (bytes[i + k] ?? 0);
    text += width === 2 ? String.fromCharCode(code) : point(code);
  }
  return text;
}

function point(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

/** UTF-8 without a platform's decoder; what is not UTF-8 reads as U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++] ?? 0;
    const more =
      first < 0x80 ? 0 : first >> 5 === 6 ? 1 : first >> 4 === 14 ? 2 : first >> 3 === 30 ? 3 : -1;
    if (more < 0) {
      text += '\ufffd';
      continue;
    }
    let code = more === 0 ? first : first & (0x3f >> more);
    let taken = 0;
    while (taken < more && ((bytes[i] ?? 0) & 0xc0) === 0x80) {
      code = (code << 6) | ((bytes[i++] ?? 0) & 0x3f);
      taken++;
    }
    const shortest = [0, 0x80, 0x800, 0x10000][more] ?? 0;
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    text += taken < more || code < shortest || surrogate ? '\ufffd' : point(code);
  }
  return text;
}

/**
 * DER of a Name, one attribute per relative name, the most general first. UTF8String except where
 * RFC 5280, appendix A names another type.
 */
export function encodeName(attributes: readonly NameAttribute[]): Uint8Array {
  return sequence(
    ...attributes.map(({ oid: type, value }) =>
      setOfSorted(sequence(oid(type), nameString(type, value))),
    ),
  );
}

function nameString(type: string, value: string): Uint8Array {
  if (type === nameOids.country || type === nameOids.serialNumber) return printableString(value);
  if (type === nameOids.email || type === nameOids.domainComponent) return ia5String(value);
  return utf8String(value);
}
