/** The object types of ISO 32000-2, 7.3, as plain values. */
import type { ByteSource } from '../ports.ts';

export interface PdfName {
  readonly kind: 'name';
  /** Decoded (`#20` resolved); one char per byte (latin1). */
  readonly value: string;
}
export interface PdfString {
  readonly kind: 'string';
  /** Decoded and, when read through a document, decrypted. */
  readonly bytes: Uint8Array;
  readonly hex: boolean;
}
export interface PdfRef {
  readonly kind: 'ref';
  readonly number: number;
  readonly generation: number;
}
export interface PdfDict {
  readonly kind: 'dict';
  /** Insertion order is the file's order. Keys are decoded names without the slash. */
  readonly entries: ReadonlyMap<string, PdfObject>;
}
export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  /** The raw (encoded) bytes, decrypted already where the file is encrypted. Lazy. */
  raw(): Uint8Array;
  /** Where the raw bytes stand in the file; absent for a stream that was made, not read. */
  place?(): { readonly offset: number; readonly length: number };
}
/**
 * Bytes written as they are, never encrypted, whose position the writer reports under `name`:
 * `/Contents` and `/ByteRange` of a signature that are filled in after hashing.
 */
export interface PdfHole {
  readonly kind: 'hole';
  readonly name: string;
  readonly bytes: Uint8Array;
}
export interface PdfReal {
  readonly kind: 'real';
  readonly value: number;
}
export type PdfArray = readonly PdfObject[];
/** Integers are JS numbers; a number token with a point is a `PdfReal`, so that it is written back as one. */
export type PdfObject =
  | null
  | boolean
  | number
  | PdfReal
  | PdfName
  | PdfString
  | PdfArray
  | PdfDict
  | PdfStream
  | PdfRef
  | PdfHole;

export function name(value: string): PdfName {
  return { kind: 'name', value };
}
export function ref(number: number, generation = 0): PdfRef {
  return { kind: 'ref', number, generation };
}
export function real(value: number): PdfReal {
  return { kind: 'real', value };
}
export function dict(
  entries: Readonly<Record<string, PdfObject | undefined>> | Map<string, PdfObject>,
): PdfDict {
  if (entries instanceof Map) return { kind: 'dict', entries };
  const map = new Map<string, PdfObject>();
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) map.set(key, value);
  return { kind: 'dict', entries: map };
}
export function bytesString(bytes: Uint8Array, hex = false): PdfString {
  return { kind: 'string', bytes, hex };
}
/** A text string (ISO 32000-2, 7.9.2.2): PDFDocEncoding's ASCII part where it fits, else UTF-16BE with BOM. */
export function textString(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return bytesString(latin1(text));
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xfe, 0xff]);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 + 2 * i] = unit >> 8;
    bytes[3 + 2 * i] = unit & 0xff;
  }
  return bytesString(bytes);
}
export function stream(dictionary: PdfDict, bytes: Uint8Array): PdfStream {
  return { kind: 'stream', dict: dictionary, raw: () => bytes };
}
export function hole(holeName: string, bytes: Uint8Array): PdfHole {
  return { kind: 'hole', name: holeName, bytes };
}
export function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i) & 0xff;
  return bytes;
}

export function isDict(object: PdfObject | undefined): object is PdfDict {
  return (
    typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'dict'
  );
}
export function isName(object: PdfObject | undefined, value?: string): object is PdfName {
  return (
    typeof object === 'object' &&
    object !== null &&
    'kind' in object &&
    object.kind === 'name' &&
    (value === undefined || object.value === value)
  );
}
export function isRef(object: PdfObject | undefined): object is PdfRef {
  return typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'ref';
}
export function isString(object: PdfObject | undefined): object is PdfString {
  return (
    typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'string'
  );
}
export function isStream(object: PdfObject | undefined): object is PdfStream {
  return (
    typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'stream'
  );
}
export function isArray(object: PdfObject | undefined): object is PdfArray {
  return Array.isArray(object);
}
/** The number, whole or real; null for anything else. */
export function numberOf(object: PdfObject | undefined): number | null {
  if (typeof object === 'number') return object;
  if (typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'real')
    return object.value;
  return null;
}

/** Bytes in memory as a source. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    read(offset, length) {
      if (offset < 0 || offset + length > bytes.length) throw new RangeError('read past the end');
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A source followed by a tail: the file after an incremental update, without copying it. */
export function concatSource(head: ByteSource, tail: Uint8Array): ByteSource {
  return {
    length: head.length + tail.length,
    read(offset, length) {
      if (offset < 0 || offset + length > head.length + tail.length)
        throw new RangeError('read past the end');
      if (offset + length <= head.length) return head.read(offset, length);
      if (offset >= head.length)
        return tail.subarray(offset - head.length, offset - head.length + length);
      const bytes = new Uint8Array(length);
      const fromHead = head.length - offset;
      bytes.set(head.read(offset, fromHead), 0);
      bytes.set(tail.subarray(0, length - fromHead), fromHead);
      return bytes;
    },
  };
}
