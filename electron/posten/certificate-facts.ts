/**
 * The few facts of a certificate that decide here, read from its DER: what a runtime prints of a subject
 * differs (Electron's TLS library prints unknown attributes as numbers), and a printed text can be forged.
 */
import { strictUtf8 } from '../../shared/xml/utf8.ts';

export interface CertificateFacts {
  /** Nine digits from organizationIdentifier (SEID 2), serialNumber (SEID 1) or the common name; or null. */
  readonly organisation: string | null;
  readonly commonName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Null where the certificate does not restrict it. */
  readonly mayAuthenticate: boolean | null;
  /** Whether digitalSignature is among its uses; null where it names none. */
  readonly maySign: boolean | null;
}

interface Node {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Null for what is no certificate; never throws. */
export function certificateFacts(der: Uint8Array): CertificateFacts | null {
  const [certificate] = nodesOf(der) ?? [];
  const [tbs] = certificate === undefined ? [] : (nodesOf(certificate.content) ?? []);
  const fields = tbs === undefined ? null : nodesOf(tbs.content);
  if (fields === null) return null;
  // RFC 5280, 4.1: version is there from v2 on; then serial, algorithm, issuer, validity, subject, key.
  const start = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [validity, subject] = [fields[start + 3], fields[start + 4]];
  const [from, until] = (validity === undefined ? null : nodesOf(validity.content)) ?? [];
  const notBefore = timeOf(from);
  const notAfter = timeOf(until);
  if (subject === undefined || notBefore === null || notAfter === null) return null;
  const attributes = attributesOf(subject);
  const extensions = fields.find(({ tag }) => tag === 0xa3);
  const values =
    extensions === undefined ? new Map<string, Uint8Array>() : extensionsOf(extensions);
  return {
    organisation: organisationIn(attributes),
    commonName: attributes.findLast(({ oid }) => oid === '550403')?.value ?? '',
    notBefore,
    notAfter,
    mayAuthenticate: authenticates(values.get('551d25')),
    maySign: signs(values.get('551d0f')),
  };
}

/** The elements side by side; null where the bytes are no definite-length DER. */
function nodesOf(bytes: Uint8Array): readonly Node[] | null {
  const nodes: Node[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0x80;
    let length = first;
    let start = at + 2;
    if (first >= 0x80) {
      const octets = first & 0x7f;
      if (octets === 0 || octets > 4) return null;
      length = 0;
      for (let i = 0; i < octets; i++) length = length * 256 + (bytes[start + i] ?? 0);
      start += octets;
    }
    if (start + length > bytes.length) return null;
    nodes.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return nodes;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Attribute {
  /** Hex of the identifier's contents. */
  readonly oid: string;
  readonly value: string;
}

function attributesOf(name: Node): readonly Attribute[] {
  return (nodesOf(name.content) ?? []).flatMap((relative) =>
    (nodesOf(relative.content) ?? []).flatMap((pair) => {
      const [type, value] = nodesOf(pair.content) ?? [];
      if (type === undefined || value === undefined) return [];
      return [{ oid: hex(type.content), value: strictUtf8(value.content) ?? '' }];
    }),
  );
}

/** 2.5.4.97, 2.5.4.5 and 2.5.4.3 in this order; each must be the whole value, not a part of it. */
function organisationIn(attributes: readonly Attribute[]): string | null {
  const forms: readonly (readonly [string, RegExp])[] = [
    ['550461', /^(?:NTRNO-)?([0-9]{9})$/],
    ['550405', /^([0-9]{9})$/],
    ['550403', /^([0-9]{9})(?:[^0-9].*)?$/],
  ];
  for (const [oid, form] of forms)
    for (const attribute of attributes) {
      const found = attribute.oid === oid ? form.exec(attribute.value)?.[1] : undefined;
      if (found !== undefined) return found;
    }
  return null;
}

function timeOf(node: Node | undefined): Date | null {
  const text = node === undefined ? '' : (strictUtf8(node.content) ?? '');
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number);
  // RFC 5280, 4.1.2.5.1: two digits below 50 are of this century.
  const full = node?.tag === 0x17 ? year + (year < 50 ? 2000 : 1900) : year;
  return new Date(Date.UTC(full, month - 1, day, hour, minute, second));
}

function extensionsOf(wrapped: Node): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const [list] = nodesOf(wrapped.content) ?? [];
  for (const each of (list === undefined ? null : nodesOf(list.content)) ?? []) {
    const parts = nodesOf(each.content) ?? [];
    const value = parts.at(-1);
    if (parts[0] !== undefined && value?.tag === 0x04)
      found.set(hex(parts[0].content), value.content);
  }
  return found;
}

/** extKeyUsage: clientAuth or anything. */
function authenticates(value: Uint8Array | undefined): boolean | null {
  if (value === undefined) return null;
  const [list] = nodesOf(value) ?? [];
  const purposes = (list === undefined ? null : nodesOf(list.content)) ?? [];
  return purposes.some(({ content }) => ['2b06010505070302', '551d2500'].includes(hex(content)));
}

/** keyUsage: the first bit, digitalSignature. */
function signs(value: Uint8Array | undefined): boolean | null {
  const [bits] = value === undefined ? [] : (nodesOf(value) ?? []);
  return bits === undefined ? null : ((bits.content[1] ?? 0) & 0x80) !== 0;
}
