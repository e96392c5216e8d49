/** Indirect objects (ISO 32000-2, 7.3.10) and stream data (7.3.8) where they stand in the file. */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { charClass, indexOfText, isSpace } from './chars.ts';
import type { Cursor, Note } from './cursor.ts';
import { acceptWord, damaged, inWindow, peek, readInteger, readUpTo, skipSpace } from './cursor.ts';
import { limits } from './limits.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { isDict } from './objects.ts';
import { parseObject } from './parser.ts';

export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfObject;
  /** Absolute offset of the stream data; null where the object is no stream. */
  readonly data: number | null;
  /** Absolute offset behind the object (behind `endobj`, or behind the word `stream`'s line end). */
  readonly end: number;
}

/** `n g obj` under the cursor, which is left behind it; null where something else stands. */
export function readObjectHeader(cursor: Cursor): { number: number; generation: number } | null {
  const number = readInteger(cursor);
  if (number === null) return null;
  if (!isSpace(peek(cursor))) return null;
  const generation = readInteger(cursor);
  if (generation === null) return null;
  skipSpace(cursor);
  if (!acceptWord(cursor, 'obj')) return null;
  return { number, generation };
}

/**
 * Parses the indirect object at an absolute offset, without its stream data.
 * @throws Refusal `pdf.damaged` where no object stands there.
 */
export function readIndirect(source: ByteSource, offset: number, note: Note): IndirectObject {
  return inWindow(source, offset, note, (cursor) => {
    const header = readObjectHeader(cursor);
    if (header === null) throw damaged('No object stands where one should.', offset);
    skipSpace(cursor);
    if (acceptWord(cursor, 'endobj')) {
      note('structure.syntax', 'An object is empty.', offset);
      return { ...header, value: null, data: null, end: cursor.base + cursor.position };
    }
    const value = parseObject(cursor);
    if (isDict(value) && acceptWord(cursor, 'stream')) {
      skipLineEnd(cursor);
      return {
        ...header,
        value,
        data: cursor.base + cursor.position,
        end: cursor.base + cursor.position,
      };
    }
    if (!acceptWord(cursor, 'endobj')) note('structure.endobj', 'An object lacks its end.', offset);
    return { ...header, value, data: null, end: cursor.base + cursor.position };
  });
}

/** ISO 32000-2, 7.3.8.1: CR LF or LF, never CR alone; spaces before it and CR alone are met in the wild. */
function skipLineEnd(cursor: Cursor): void {
  const start = cursor.position;
  while (peek(cursor) === 0x20 || peek(cursor) === 0x09) cursor.position++;
  const byte = peek(cursor);
  if (byte !== 13 && byte !== 10) {
    cursor.position = start;
    cursor.note(
      'structure.stream-start',
      'No line end stands after "stream".',
      cursor.base + start,
    );
    return;
  }
  if (cursor.position !== start)
    cursor.note('structure.stream-start', 'Spaces stand after "stream".', cursor.base + start);
  cursor.position++;
  if (byte === 13) {
    if (peek(cursor) === 10) cursor.position++;
    else
      cursor.note(
        'structure.stream-start',
        'A lone carriage return stands after "stream".',
        cursor.base + start,
      );
  }
}

export interface StreamExtent {
  readonly start: number;
  readonly length: number;
  /** Behind `endstream`. */
  readonly end: number;
}

/**
 * Where the data of a stream ends: by /Length where `endstream` follows it, else by search.
 * @param length the resolved /Length, null where it is no whole number.
 */
export function streamExtent(
  source: ByteSource,
  start: number,
  length: number | null,
  note: Note,
): StreamExtent {
  if (length !== null && length >= 0 && start + length <= source.length) {
    const end = endstreamAt(source, start + length, note);
    if (end !== null) return { start, length, end };
  }
  note('structure.stream-length', 'A stream is not as long as it says.', start);
  const found = findEndstream(source, start);
  if (found === null) throw damaged('A stream does not end.', start);
  return found;
}

function endstreamAt(source: ByteSource, offset: number, note: Note): number | null {
  const bytes = readUpTo(source, offset, 64);
  let at = 0;
  while (at < bytes.length && charClass[bytes[at] ?? 0] === 1) at++;
  if (indexOfText(bytes.subarray(at, at + 9), 'endstream') === 0) return offset + at + 9;
  // Some writers leave `endstream` out and go on with `endobj`; qpdf warns, viewers read on.
  if (indexOfText(bytes.subarray(at, at + 6), 'endobj') === 0) {
    note('structure.endstream', 'A stream lacks its "endstream".', offset);
    return offset + at;
  }
  return null;
}

function findEndstream(source: ByteSource, start: number): StreamExtent | null {
  const step = limits.scanWindow;
  for (let at = start; at < source.length && at - start < limits.streamBytes; at += step) {
    const bytes = readUpTo(source, at, step + 16);
    let found = indexOfText(bytes, 'endstream');
    let marker = 9;
    if (found === -1) {
      found = indexOfText(bytes, 'endobj');
      marker = 0;
    }
    if (found === -1) continue;
    const end = at + found;
    const before = readUpTo(source, Math.max(start, end - 2), end - Math.max(start, end - 2));
    let length = end - start;
    const last = before[before.length - 1];
    if (length > 0 && last === 10) length -= before[before.length - 2] === 13 ? 2 : 1;
    else if (length > 0 && last === 13) length -= 1;
    return { start, length, end: end + marker };
  }
  return null;
}

/** The encoded bytes of a stream, as a copy; `pdf.limit` where they are more than can be held. */
export function readStreamBytes(source: ByteSource, extent: StreamExtent): Uint8Array {
  if (extent.length > limits.streamBytes)
    throw new Refusal('pdf.limit', 'A stream is larger than the reader accepts.', {
      offset: extent.start,
      bytes: extent.length,
    });
  return source.read(extent.start, extent.length).slice();
}

/** /Length where it is a direct whole number; for structures read before references can be resolved. */
export function directLength(dictionary: PdfDict): number | null {
  const length = dictionary.entries.get('Length');
  return typeof length === 'number' ? length : null;
}
