/**
 * The issuer's name as X509IssuerName carries it (XMLDSig, 4.5.4.1: RFC 2253). Attribute types without a
 * short name there, such as organizationIdentifier, stand as their number with the value in hex, which is
 * the form the remote service's reference client writes.
 */
import { oidOf, readWhole, sequenceOf, setOf, tags } from '../cms/der.ts';
import type { DerNode } from '../cms/der.ts';
import { hex } from '../cms/certificate.ts';
import { textOf } from '../cms/name.ts';

/** RFC 2253, 2.3. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.6', 'C'],
  ['2.5.4.9', 'STREET'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
]);

const texts: readonly number[] = [
  tags.utf8,
  tags.printable,
  tags.teletex,
  tags.ia5,
  tags.bmp,
  tags.universal,
];

/** `der`: a Name. Throws `Refusal` `der.malformed`. */
export function issuerNameText(der: Uint8Array): string {
  const parts = sequenceOf(readWhole(der), 'name').map((relative) =>
    setOf(relative, 'part of a name').map(attributeText).join('+'),
  );
  return parts.reverse().join(',');
}

function attributeText(node: DerNode): string {
  const [type, value] = sequenceOf(node, 'attribute of a name');
  const number = oidOf(type, 'attribute type');
  const name = shortNames.get(number);
  if (name === undefined || value === undefined || !texts.includes(value.tag))
    return `${number}=#${value === undefined ? '' : hex(value.raw)}`;
  return `${name}=${escapeValue(textOf(value))}`;
}

/** RFC 2253, 2.4. */
function escapeValue(text: string): string {
  return text
    .replace(/[,+"\\<>;]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ +$/, (blanks) => blanks.replaceAll(' ', '\\ '))
    .replaceAll('\0', '\\00');
}

/** A serial number's INTEGER contents in decimal; negative ones, which old issuers made, with a sign. */
export function serialText(contents: Uint8Array): string {
  const value = contents.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  const negative = (contents[0] ?? 0) >= 0x80;
  return String(negative ? value - (1n << BigInt(8 * contents.length)) : value);
}
