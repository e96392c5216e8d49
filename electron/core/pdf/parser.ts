/** The object syntax of ISO 32000-2, 7.3, read as leniently as qpdf, poppler and pdf.js agree to. */
import { Refusal } from '../../../shared/result.ts';
import { charClass, hexValue, isDigit, isSpace } from './chars.ts';
import type { Cursor } from './cursor.ts';
import { damaged, peek, readInteger, readWord, skipSpace, windowEnd } from './cursor.ts';
import { limits } from './limits.ts';
import type { PdfArray, PdfDict, PdfName, PdfObject, PdfString } from './objects.ts';

const structureWords = new Set([
  'endobj',
  'endstream',
  'obj',
  'stream',
  'xref',
  'trailer',
  'startxref',
]);

/**
 * Parses the object under the cursor and leaves the cursor behind it.
 * @throws Refusal `pdf.damaged` for what cannot be an object, `pdf.limit` for too deep nesting.
 */
export function parseObject(cursor: Cursor, depth = 0): PdfObject {
  skipSpace(cursor);
  const byte = peek(cursor);
  switch (byte) {
    case 0x2f:
      return parseName(cursor);
    case 0x28:
      return parseLiteral(cursor);
    case 0x3c:
      if (peek(cursor, 1) === 0x3c) return parseDict(cursor, depth);
      return parseHex(cursor);
    case 0x5b:
      return parseArray(cursor, depth);
    case -1:
      throw damaged('The file ends in the middle of an object.', cursor.base + cursor.position);
    default:
      break;
  }
  if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return parseNumber(cursor);
  return parseKeyword(cursor);
}

function parseKeyword(cursor: Cursor): PdfObject {
  const start = cursor.position;
  const word = readWord(cursor);
  if (word === 'null') return null;
  if (word === 'true') return true;
  if (word === 'false') return false;
  const offset = cursor.base + start;
  if (word === '') {
    cursor.position++;
    cursor.note('structure.syntax', 'A delimiter stands where an object should.', offset);
    return null;
  }
  if (structureWords.has(word)) {
    cursor.position = start;
    throw damaged(`"${word}" stands in the middle of an object.`, offset);
  }
  cursor.note('structure.syntax', 'An unknown word stands where an object should.', offset);
  return null;
}

/** A number, or the reference that begins with it. */
function parseNumber(cursor: Cursor): PdfObject {
  const { bytes } = cursor;
  const start = cursor.position;
  let at = start;
  let value = 0;
  while (isDigit(bytes[at])) value = value * 10 + (bytes[at++] ?? 0) - 0x30;
  if (at === bytes.length && !cursor.final) throw windowEnd;
  if (at > start && at - start <= 15 && (at === bytes.length || charClass[bytes[at] ?? 0] !== 0)) {
    cursor.position = at;
    return value <= limits.objectNumber ? refAfter(cursor, value) : value;
  }
  return looseNumber(cursor);
}

function refAfter(cursor: Cursor, number: number): PdfObject {
  const behind = cursor.position;
  if (!isSpace(cursor.bytes[behind])) return number;
  skipSpace(cursor);
  if (isDigit(peek(cursor))) {
    const generation = readInteger(cursor);
    if (generation !== null && generation <= 65535) {
      skipSpace(cursor);
      if (peek(cursor) === 0x52) {
        const next = peek(cursor, 1);
        if (next === -1 || charClass[next] !== 0) {
          cursor.position++;
          return { kind: 'ref', number, generation };
        }
      }
    }
  }
  cursor.position = behind;
  return number;
}

/** Signs, points and what writers have made of them (`--5`, `1.2.3`, `5-3`): read as viewers do. */
function looseNumber(cursor: Cursor): PdfObject {
  const offset = cursor.base + cursor.position;
  const word = readWord(cursor);
  if (/^[+-]?\d+$/.test(word)) {
    const whole = Number(word);
    if (Number.isSafeInteger(whole)) return whole === 0 ? 0 : whole;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return { kind: 'real', value: Number(word) };
  cursor.note('structure.syntax', 'A number is malformed.', offset);
  const match = /^([+-]*)(\d*\.?\d*)/.exec(word);
  const size = Number(match?.[2] ?? '0');
  const value = (match?.[1] ?? '').includes('-') ? -size : size;
  return Number.isFinite(value) ? { kind: 'real', value } : { kind: 'real', value: 0 };
}

function parseName(cursor: Cursor): PdfName {
  const { bytes } = cursor;
  cursor.position++;
  let at = cursor.position;
  let value = '';
  for (; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (charClass[byte] !== 0) break;
    if (byte === 0x23) {
      if (at + 2 >= bytes.length && !cursor.final) throw windowEnd;
      const high = hexValue[bytes[at + 1] ?? 0] ?? 255;
      const low = hexValue[bytes[at + 2] ?? 0] ?? 255;
      if (high < 16 && low < 16) {
        value += String.fromCharCode(high * 16 + low);
        at += 2;
        continue;
      }
      cursor.note('structure.syntax', 'A name has a stray "#".', cursor.base + at);
    }
    value += String.fromCharCode(byte);
  }
  if (at === bytes.length && !cursor.final) throw windowEnd;
  cursor.position = at;
  return { kind: 'name', value };
}

const escapes: Readonly<Record<number, number>> = {
  0x6e: 10,
  0x72: 13,
  0x74: 9,
  0x62: 8,
  0x66: 12,
};

function parseLiteral(cursor: Cursor): PdfString {
  const start = cursor.position++;
  const out: number[] = [];
  let open = 1;
  for (;;) {
    const byte = peek(cursor);
    if (byte === -1) throw damaged('A string does not end.', cursor.base + start);
    cursor.position++;
    if (byte === 0x28) open++;
    else if (byte === 0x29) {
      if (--open === 0) break;
    } else if (byte === 0x5c) {
      escapeInto(cursor, out);
      continue;
    } else if (byte === 13) {
      // ISO 32000-2, 7.3.4.2: any line end in a string counts as one line feed.
      if (peek(cursor) === 10) cursor.position++;
      out.push(10);
      continue;
    }
    out.push(byte);
  }
  return { kind: 'string', bytes: Uint8Array.from(out), hex: false };
}

function escapeInto(cursor: Cursor, out: number[]): void {
  const byte = peek(cursor);
  if (byte === -1) return;
  cursor.position++;
  if (byte >= 0x30 && byte <= 0x37) {
    let value = byte - 0x30;
    for (let i = 0; i < 2; i++) {
      const digit = peek(cursor);
      if (digit < 0x30 || digit > 0x37) break;
      value = value * 8 + digit - 0x30;
      cursor.position++;
    }
    out.push(value & 0xff);
  } else if (byte === 13) {
    if (peek(cursor) === 10) cursor.position++;
  } else if (byte !== 10) out.push(escapes[byte] ?? byte);
}

function parseHex(cursor: Cursor): PdfString {
  const start = cursor.position++;
  const end = cursor.bytes.indexOf(0x3e, cursor.position);
  if (end === -1) {
    if (!cursor.final) throw windowEnd;
    throw damaged('A hexadecimal string does not end.', cursor.base + start);
  }
  const out = new Uint8Array((end - cursor.position + 1) >> 1);
  let length = 0;
  let high = -1;
  for (let at = cursor.position; at < end; at++) {
    const byte = cursor.bytes[at] ?? 0;
    const digit = hexValue[byte] ?? 255;
    if (digit > 15) {
      if (!isSpace(byte))
        cursor.note(
          'structure.syntax',
          'A hexadecimal string has a stray character.',
          cursor.base + at,
        );
    } else if (high < 0) high = digit;
    else {
      out[length++] = high * 16 + digit;
      high = -1;
    }
  }
  if (high >= 0) out[length++] = high * 16;
  cursor.position = end + 1;
  return { kind: 'string', bytes: out.slice(0, length), hex: true };
}

function enter(cursor: Cursor, depth: number): void {
  if (depth >= limits.depth)
    throw new Refusal('pdf.limit', 'Objects are nested too deep.', {
      offset: cursor.base + cursor.position,
    });
}

function parseArray(cursor: Cursor, depth: number): PdfArray {
  enter(cursor, depth);
  cursor.position++;
  const items: PdfObject[] = [];
  for (;;) {
    skipSpace(cursor);
    if (peek(cursor) === 0x5d) {
      cursor.position++;
      return items;
    }
    items.push(parseObject(cursor, depth + 1));
  }
}

function parseDict(cursor: Cursor, depth: number): PdfDict {
  enter(cursor, depth);
  cursor.position += 2;
  const entries = new Map<string, PdfObject>();
  for (;;) {
    skipSpace(cursor);
    const byte = peek(cursor);
    if (byte === 0x3e && peek(cursor, 1) === 0x3e) {
      cursor.position += 2;
      return { kind: 'dict', entries };
    }
    if (byte !== 0x2f) {
      cursor.note(
        'structure.syntax',
        'A dictionary key is no name.',
        cursor.base + cursor.position,
      );
      parseObject(cursor, depth + 1);
      continue;
    }
    const key = parseName(cursor).value;
    skipSpace(cursor);
    const endsHere = peek(cursor) === 0x3e && peek(cursor, 1) === 0x3e;
    if (endsHere)
      cursor.note(
        'structure.syntax',
        'A dictionary ends before a value.',
        cursor.base + cursor.position,
      );
    if (entries.has(key))
      cursor.note(
        'structure.duplicate-key',
        'A dictionary has a key twice.',
        cursor.base + cursor.position,
      );
    entries.set(key, endsHere ? null : parseObject(cursor, depth + 1));
  }
}
