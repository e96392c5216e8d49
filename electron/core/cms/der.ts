/**
 * A reader for the tag-length-value structure of ASN.1 (X.690), one level at a time. It keeps the raw
 * bytes of every element, because what is hashed and compared must be what stands in the file, never a
 * re-encoding; and it notes where BER was used instead of DER, so that the caller can decide.
 */
import { Refusal } from '../../../shared/result.ts';

/** What a reading met that DER (X.690, clause 10) does not allow. */
export type DerAnomaly = 'der.indefinite-length' | 'der.long-length' | 'der.constructed-string';

export interface DerNode {
  /** The identifier octet: class, constructed bit and tag number (below 31). */
  readonly tag: number;
  /** The whole element: identifier, length, contents. */
  readonly raw: Uint8Array;
  /** The contents octets, without end-of-contents marker. */
  readonly content: Uint8Array;
  readonly depth: number;
  readonly anomalies: Set<DerAnomaly>;
}

/** Deeper than any certificate or signature we know of (about 20), shallow enough for every stack. */
const MAX_DEPTH = 64;
/** Children of one element: the certificates, attributes or revoked entries of one list. */
const MAX_CHILDREN = 1_000_000;

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8: 0x0c,
  numeric: 0x12,
  printable: 0x13,
  teletex: 0x14,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visible: 0x1a,
  universal: 0x1c,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of a context-specific tag. */
export function contextTag(number: number, constructed = true): number {
  return (constructed ? 0xa0 : 0x80) | number;
}

/** Thrown for anything that is not readable ASN.1; public functions turn it into their own code. */
export function malformed(what: string): Refusal {
  return new Refusal('der.malformed', `The ASN.1 structure is not readable: ${what}.`);
}

interface Extent {
  readonly tag: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
}

function extentAt(
  bytes: Uint8Array,
  start: number,
  limit: number,
  depth: number,
  anomalies: Set<DerAnomaly>,
): Extent {
  if (depth > MAX_DEPTH) throw malformed('nested too deeply');
  if (start + 2 > limit) throw malformed('ends inside an element');
  const tag = bytes[start] ?? 0;
  if ((tag & 0x1f) === 0x1f) throw malformed('a tag number above 30');
  if (tag === 0) throw malformed('an end without a beginning');
  const first = bytes[start + 1] ?? 0;
  let position = start + 2;
  if (first < 0x80) return closed(tag, position, first, limit);
  if (first === 0x80) return indefinite(bytes, tag, position, limit, depth, anomalies);
  const octets = first & 0x7f;
  if (octets > 6 || position + octets > limit) throw malformed('a length that cannot be');
  let length = 0;
  for (let i = 0; i < octets; i++) length = length * 256 + (bytes[position + i] ?? 0);
  // X.690, 10.1: the fewest octets that hold the length.
  if (length < 0x80 || length < 256 ** (octets - 1)) anomalies.add('der.long-length');
  position += octets;
  return closed(tag, position, length, limit);
}

function closed(tag: number, contentStart: number, length: number, limit: number): Extent {
  const end = contentStart + length;
  if (end > limit) throw malformed('a length beyond its container');
  return { tag, contentStart, contentEnd: end, end };
}

/** X.690, 8.1.3.6: constructed only; ends with two zero octets at its own level. */
function indefinite(
  bytes: Uint8Array,
  tag: number,
  contentStart: number,
  limit: number,
  depth: number,
  anomalies: Set<DerAnomaly>,
): Extent {
  if ((tag & 0x20) === 0) throw malformed('an indefinite length on a primitive element');
  anomalies.add('der.indefinite-length');
  let position = contentStart;
  while (position + 2 <= limit) {
    if (bytes[position] === 0 && bytes[position + 1] === 0) {
      return { tag, contentStart, contentEnd: position, end: position + 2 };
    }
    position = extentAt(bytes, position, limit, depth + 1, anomalies).end;
  }
  throw malformed('an indefinite length without its end');
}

function nodeAt(
  bytes: Uint8Array,
  start: number,
  depth: number,
  anomalies: Set<DerAnomaly>,
): DerNode {
  const extent = extentAt(bytes, start, bytes.length, depth, anomalies);
  return {
    tag: extent.tag,
    raw: bytes.subarray(start, extent.end),
    content: bytes.subarray(extent.contentStart, extent.contentEnd),
    depth,
    anomalies,
  };
}

/**
 * The element at the start of `bytes`; bytes after it are the caller's to judge (`raw.length`).
 * Throws a `Refusal` (`der.malformed`). Source: X.690, clause 8.1.
 */
export function readFirst(bytes: Uint8Array): DerNode {
  return nodeAt(bytes, 0, 0, new Set());
}

/** The one element `bytes` consists of; throws `der.malformed` when anything follows it. */
export function readWhole(bytes: Uint8Array): DerNode {
  const node = readFirst(bytes);
  if (node.raw.length !== bytes.length) throw malformed('bytes after the end');
  return node;
}

/** The elements inside a constructed element. Throws `der.malformed` for a primitive one. */
export function childrenOf(node: DerNode): readonly DerNode[] {
  if ((node.tag & 0x20) === 0) throw malformed('a primitive element where parts were expected');
  const children: DerNode[] = [];
  let position = 0;
  while (position < node.content.length) {
    if (children.length >= MAX_CHILDREN) throw malformed('too many parts');
    const rest = node.content.subarray(position);
    const child = nodeAt(rest, 0, node.depth + 1, node.anomalies);
    children.push(child);
    position += child.raw.length;
  }
  return children;
}

/** Throws `der.malformed` unless `node` is there and has the tag. */
export function expectTag(node: DerNode | undefined, tag: number, what: string): DerNode {
  if (node === undefined || node.tag !== tag) throw malformed(`${what} is missing or another type`);
  return node;
}

/** Parts of a SEQUENCE, or a refusal that says what was expected. */
export function sequenceOf(node: DerNode | undefined, what: string): readonly DerNode[] {
  return childrenOf(expectTag(node, tags.sequence, what));
}

/** Parts of a SET, or a refusal that says what was expected. */
export function setOf(node: DerNode | undefined, what: string): readonly DerNode[] {
  return childrenOf(expectTag(node, tags.set, what));
}

/** Dotted form of an OBJECT IDENTIFIER (X.690, 8.19). */
export function oidOf(node: DerNode | undefined, what: string): string {
  const bytes = expectTag(node, tags.oid, what).content;
  if (bytes.length === 0 || bytes.length > 64) throw malformed(`${what} is not an identifier`);
  const arcs: string[] = [];
  let arc = 0n;
  let fresh = true;
  for (const byte of bytes) {
    if (fresh && byte === 0x80) throw malformed(`${what} is padded`);
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    fresh = byte < 0x80;
    if (!fresh) continue;
    if (arcs.length === 0) {
      const root = arc < 80n ? arc / 40n : 2n;
      arcs.push(String(root), String(arc - root * 40n));
    } else arcs.push(String(arc));
    arc = 0n;
  }
  if (!fresh) throw malformed(`${what} ends inside a number`);
  return arcs.join('.');
}

/** A small non-negative INTEGER or ENUMERATED. */
export function smallIntegerOf(node: DerNode | undefined, what: string): number {
  if (node === undefined || (node.tag !== tags.integer && node.tag !== tags.enumerated)) {
    throw malformed(`${what} is missing or another type`);
  }
  if (node.content.length === 0 || node.content.length > 6) throw malformed(`${what} is too large`);
  if ((node.content[0] ?? 0) >= 0x80) throw malformed(`${what} is negative`);
  return node.content.reduce((value, byte) => value * 256 + byte, 0);
}

/** Contents of an INTEGER of any size, without the octet that only keeps it positive. */
export function unsignedOf(node: DerNode | undefined, what: string): Uint8Array {
  const bytes = expectTag(node, tags.integer, what).content;
  if (bytes.length === 0) throw malformed(`${what} is empty`);
  return bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes;
}

/** Bits of a BIT STRING whose length is a multiple of eight (keys, signatures). */
export function wholeBitsOf(node: DerNode | undefined, what: string): Uint8Array {
  const bytes = expectTag(node, tags.bitString, what).content;
  if (bytes.length === 0 || bytes[0] !== 0) throw malformed(`${what} has bits left over`);
  return bytes.subarray(1);
}

/**
 * Contents of an OCTET STRING. BER lets it be cut into pieces (X.690, 8.7.3), which some programs do
 * for encapsulated content: joined here and noted as an anomaly.
 */
export function octetsOf(node: DerNode | undefined, what: string): Uint8Array {
  if (node?.tag === (tags.octetString | 0x20)) {
    node.anomalies.add('der.constructed-string');
    const pieces = childrenOf(node).map((piece) => octetsOf(piece, what));
    const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let position = 0;
    for (const piece of pieces) {
      joined.set(piece, position);
      position += piece.length;
    }
    return joined;
  }
  return expectTag(node, tags.octetString, what).content;
}
