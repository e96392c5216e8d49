/** One pass over a damaged file for what looks like objects and trailers. */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { charClass, isDigit } from './chars.ts';
import { inWindow, readUpTo } from './cursor.ts';
import type { IndirectObject } from './indirect.ts';
import { readIndirect, streamExtent } from './indirect.ts';
import { limits } from './limits.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { isDict, isName, isRef } from './objects.ts';
import { parseObject } from './parser.ts';

export interface FoundObject {
  readonly offset: number;
  readonly generation: number;
}

export interface Found {
  /** By object number; the last one of each stands, as in viewers. */
  readonly objects: ReadonlyMap<number, FoundObject>;
  /** Numbers of object streams, in the order of the file. */
  readonly objectStreams: readonly number[];
  /** Numbers of document catalogs, in the order of the file. */
  readonly catalogs: readonly number[];
  /** Trailer and xref stream dictionaries, in the order of the file. */
  readonly trailers: readonly PdfDict[];
}

const silent = () => undefined;
/** Longest `n g obj` with the white space that is put up with. */
const REACH = 48;

/** Scans the file in windows; stream data is skipped where its end can be told. */
export function scanFile(source: ByteSource, from: number): Found {
  const objects = new Map<number, FoundObject>();
  const objectStreams = new Set<number>();
  const catalogs = new Set<number>();
  const trailers: PdfDict[] = [];
  let endless = Infinity;

  /** Takes the object in and answers where to go on; null to go on right behind the header. */
  const take = (number: number, found: FoundObject): number | null => {
    if (number > limits.objectNumber) return null;
    if (objects.size >= limits.repairObjects)
      throw new Refusal(
        'pdf.limit',
        'The file is damaged and has too many objects to be repaired.',
      );
    objects.set(number, found);
    objectStreams.delete(number);
    catalogs.delete(number);
    const object = tryRead(source, found.offset);
    if (object === null || !isDict(object.value)) return null;
    const type = object.value.entries.get('Type');
    if (isName(type, 'Catalog')) catalogs.add(number);
    if (object.data === null) return object.end;
    if (isName(type, 'ObjStm')) objectStreams.add(number);
    if (isName(type, 'XRef')) trailers.push(object.value);
    // Where one stream finds no end, none behind it does: looked for once, not from each of them.
    if (object.data >= endless) return null;
    const end = streamEnd(source, object, objects);
    if (end === null) endless = object.data;
    return end;
  };

  let at = from;
  while (at < source.length) {
    const bytes = readUpTo(source, at, limits.scanWindow).slice();
    const final = at + bytes.length >= source.length;
    let next = final ? source.length : at + bytes.length - REACH;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === 0x6a && bytes[i - 1] === 0x62 && bytes[i - 2] === 0x6f) {
        const header = headerBefore(bytes, i - 2);
        if (header === null) continue;
        const onward = take(header.number, {
          offset: at + header.start,
          generation: header.generation,
        });
        if (onward === null) continue;
        if (onward - at >= bytes.length) {
          next = onward;
          break;
        }
        i = Math.max(i, onward - at - 1);
      } else if (byte === 0x72 && endsWord(bytes, i, 'trailer')) {
        const dict = tryDict(source, at + i + 1);
        if (dict !== null) trailers.push(dict);
      }
    }
    // A window that ended in a skip goes on there; otherwise the seam is looked at twice.
    at = Math.max(next, at + 1);
  }
  return {
    objects,
    objectStreams: [...objectStreams],
    catalogs: [...catalogs],
    trailers,
  };
}

function endsWord(bytes: Uint8Array, last: number, word: string): boolean {
  const start = last - word.length + 1;
  if (start < 0) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** The two numbers before the word `obj` at `at`. */
function headerBefore(
  bytes: Uint8Array,
  at: number,
): { number: number; generation: number; start: number } | null {
  let i = at - 1;
  const spaces = () => {
    const before = i;
    while (i >= 0 && at - i < REACH && charClass[bytes[i] ?? 0] === 1) i--;
    return before - i;
  };
  const digits = () => {
    const end = i;
    while (i >= 0 && end - i < 10 && isDigit(bytes[i])) i--;
    let value = 0;
    for (let j = i + 1; j <= end; j++) value = value * 10 + (bytes[j] ?? 0) - 0x30;
    return end === i ? null : value;
  };
  spaces();
  const generation = digits();
  if (generation === null || generation > 65535 || spaces() === 0) return null;
  const number = digits();
  if (number === null || isDigit(bytes[i])) return null;
  return { number, generation, start: i + 1 };
}

function tryRead(source: ByteSource, offset: number): IndirectObject | null {
  try {
    return readIndirect(source, offset, silent);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function tryDict(source: ByteSource, offset: number): PdfDict | null {
  try {
    const value = inWindow<PdfObject>(source, offset, silent, (cursor) => parseObject(cursor));
    return isDict(value) ? value : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Behind the stream's data; null where its end cannot be found. */
function streamEnd(
  source: ByteSource,
  object: IndirectObject,
  objects: ReadonlyMap<number, FoundObject>,
): number | null {
  if (object.data === null || !isDict(object.value)) return null;
  let length = object.value.entries.get('Length') ?? null;
  if (isRef(length)) {
    const known = objects.get(length.number);
    length = known === undefined ? null : (tryRead(source, known.offset)?.value ?? null);
  }
  try {
    return streamExtent(source, object.data, typeof length === 'number' ? length : null, silent)
      .end;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
