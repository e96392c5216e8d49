/** Cross-reference tables (ISO 32000-2, 7.5.4) with the line variants that readers in use accept. */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { isDigit, isSpace } from './chars.ts';
import type { Cursor, Note } from './cursor.ts';
import { acceptWord, damaged, inWindow, readInteger, readUpTo, skipSpace } from './cursor.ts';
import { limits } from './limits.ts';
import type { PdfDict } from './objects.ts';
import { isDict } from './objects.ts';
import { parseObject } from './parser.ts';
import type { XrefPart } from './xref.ts';
import { FREE, newPart, OFFSET } from './xref.ts';

const CHUNK = 32_768;

export interface TableSection {
  readonly parts: readonly XrefPart[];
  readonly trailer: PdfDict;
  readonly end: number;
}

/**
 * Reads a table whose word `xref` ends at `offset`, its trailer included.
 * @param shift added to each offset: where the header stands.
 */
export function readTable(
  source: ByteSource,
  offset: number,
  shift: number,
  note: Note,
): TableSection {
  const parts: XrefPart[] = [];
  let at = offset;
  let entries = 0;
  for (;;) {
    const head = inWindow(source, at, note, subsectionHead, 256);
    at = head.end;
    if (head.count === null) break;
    entries += head.count;
    // An entry has at least 11 bytes ("0 0 n" plus line ends shortened): a count beyond that lies.
    if (head.count * 6 > source.length - at)
      throw damaged('A cross-reference table is cut off.', offset);
    if (head.first + head.count > limits.objectNumber + 1)
      throw damaged('A cross-reference table has object numbers beyond all bounds.', offset);
    if (entries > limits.xrefEntries)
      throw new Refusal('pdf.limit', 'A cross-reference table has too many entries.', { offset });
    const part = newPart(head.first, head.count);
    at = readEntries(source, at, part, shift);
    parts.push(zeroBased(part, note, offset));
  }
  return inWindow(source, at, note, (cursor) => {
    const trailer = parseObject(cursor);
    if (!isDict(trailer)) throw damaged('A trailer is no dictionary.', at);
    return { parts, trailer, end: cursor.base + cursor.position };
  });
}

function subsectionHead(cursor: Cursor): { first: number; count: number | null; end: number } {
  if (acceptWord(cursor, 'trailer'))
    return { first: 0, count: null, end: cursor.base + cursor.position };
  const first = readInteger(cursor);
  const count = first === null ? null : readInteger(cursor);
  if (first === null || count === null)
    throw damaged('A cross-reference table is malformed.', cursor.base + cursor.position);
  // Spaces after the two numbers are common; the entry begins on the next line.
  skipSpace(cursor);
  return { first, count, end: cursor.base + cursor.position };
}

/** Fills `part` and answers the offset behind its last entry. */
function readEntries(source: ByteSource, offset: number, part: XrefPart, shift: number): number {
  const count = part.types.length;
  let at = offset;
  let index = 0;
  while (index < count) {
    const wanted = Math.min(count - index, CHUNK);
    const bytes = readUpTo(source, at, wanted * 20 + 64);
    let position = 0;
    const stop = index + wanted;
    while (index < stop) {
      const next =
        strictEntry(bytes, position, part, index, shift) ??
        looseEntry(bytes, position, part, index, shift);
      if (next === null) break;
      position = next;
      index++;
    }
    // What is left of the chunk is at most one padded entry; no progress means no entry.
    if (position === 0) throw damaged('A cross-reference entry is malformed.', at);
    at += position;
  }
  return at;
}

/** The 20 bytes of the standard; null where it is anything else. */
function strictEntry(
  bytes: Uint8Array,
  at: number,
  part: XrefPart,
  index: number,
  shift: number,
): number | null {
  const type = bytes[at + 17];
  if (
    bytes[at + 10] !== 0x20 ||
    bytes[at + 16] !== 0x20 ||
    (type !== 0x6e && type !== 0x66) ||
    !isSpace(bytes[at + 18]) ||
    !isSpace(bytes[at + 19])
  )
    return null;
  let offset = 0;
  for (let i = 0; i < 10; i++) {
    const digit = (bytes[at + i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return null;
    offset = offset * 10 + digit;
  }
  let generation = 0;
  for (let i = 11; i < 16; i++) {
    const digit = (bytes[at + i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return null;
    generation = generation * 10 + digit;
  }
  store(part, index, offset, generation, type, shift);
  return at + 20;
}

/** Two numbers and a letter with any white space between and around them; null where they are not. */
function looseEntry(
  bytes: Uint8Array,
  start: number,
  part: XrefPart,
  index: number,
  shift: number,
): number | null {
  let at = start;
  const number = () => {
    while (isSpace(bytes[at])) at++;
    let value = 0;
    const from = at;
    while (isDigit(bytes[at])) value = value * 10 + (bytes[at++] ?? 0) - 0x30;
    return at === from || at - from > 15 ? null : value;
  };
  const offset = number();
  const generation = number();
  while (isSpace(bytes[at])) at++;
  const type = bytes[at];
  if (offset === null || generation === null || (type !== 0x6e && type !== 0x66)) return null;
  if (bytes[at + 1] !== undefined && !isSpace(bytes[at + 1]) && bytes[at + 1] !== 0x74) return null;
  store(part, index, offset, generation, type, shift);
  return at + 1;
}

function store(
  part: XrefPart,
  index: number,
  offset: number,
  generation: number,
  type: number,
  shift: number,
): void {
  const used = type === 0x6e;
  part.types[index] = used ? OFFSET : FREE;
  part.at[index] = used ? offset + shift : offset;
  part.generations[index] = generation;
}

/** Some writers number a first subsection from 1 although it begins with the free entry of object 0. */
function zeroBased(part: XrefPart, note: Note, offset: number): XrefPart {
  if (
    part.first === 1 &&
    part.types[0] === FREE &&
    part.generations[0] === 65535 &&
    part.at[0] === 0
  ) {
    note('structure.xref-shifted', 'The cross-reference table counts from 1 instead of 0.', offset);
    return { ...part, first: 0 };
  }
  return part;
}
