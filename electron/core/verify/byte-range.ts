/**
 * The strict byte range (ISO 32000-2, 12.8.1): exactly four non-negative integers, from the start of
 * the file, around exactly the /Contents string of this very dictionary with its delimiters, ending
 * inside the file. Everything else lets somebody choose what was signed.
 */
import { Refusal } from '../../../shared/result.ts';
import { hexValue } from '../pdf/chars.ts';
import { inWindow, peek, readUpTo, skipSpace } from '../pdf/cursor.ts';
import type { Cursor } from '../pdf/cursor.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { readObjectHeader } from '../pdf/indirect.ts';
import { isArray, isName, isString } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';
import { parseObject } from '../pdf/parser.ts';

/** `[0, gapStart)` and `[gapEnd, end)` are signed. */
export interface SignedRange {
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
}

export type ByteRangeResult =
  | { readonly ok: true; readonly range: SignedRange; readonly contents: Uint8Array }
  | { readonly ok: false; readonly problem: string };

// Deeper than a signature dictionary can honestly lie in its object (field, /V, and to spare).
const MAX_DEPTH = 8;
/** Larger than any chain with revocation data inside; a clear answer instead of a gigabyte in memory. */
const MAX_CONTENTS = 16 * 1024 * 1024;

function wrong(problem: string): ByteRangeResult {
  return { ok: false, problem };
}

/**
 * Checks the byte range of the signature dictionary `signature`, which stands in the indirect object
 * `holder` (its own number, or its field's where it is a direct value). `contents` is the decoded
 * string: the CMS and its padding. Never throws on any bytes.
 */
export function readByteRange(
  document: PdfDocument,
  holder: number | null,
  signature: PdfDict,
): ByteRangeResult {
  const array = signature.entries.get('ByteRange');
  if (array === undefined) return wrong('The byte range is missing.');
  if (!isArray(array)) return wrong('The byte range is not an array.');
  if (array.length !== 4) return wrong('The byte range does not have exactly four numbers.');
  const [start, before, gapEnd, after] = array;
  if (
    typeof start !== 'number' ||
    typeof before !== 'number' ||
    typeof gapEnd !== 'number' ||
    typeof after !== 'number'
  )
    return wrong('The byte range has something that is not an integer.');
  if (![start, before, gapEnd, after].every((value) => Number.isSafeInteger(value) && value >= 0))
    return wrong('The byte range has a negative number or one that is too large.');
  if (start !== 0) return wrong('The byte range does not start at the start of the file.');
  if (before === 0 || gapEnd <= before) return wrong('The parts of the byte range overlap.');
  const end = gapEnd + after;
  if (end > document.source.length) return wrong('The byte range ends behind the end of the file.');
  if (gapEnd - before > 2 * MAX_CONTENTS + 2) return wrong('The signature is too large to be one.');
  const place = placeOfContents(document, holder);
  if (typeof place === 'string') return wrong(place);
  if (place.start !== before || place.end !== gapEnd)
    return wrong('The gap in the byte range is not exactly the signature of this dictionary.');
  const contents = hexString(readUpTo(document.source, before, gapEnd - before));
  if (contents === null) return wrong('The signature is not one plain hexadecimal string.');
  const parsed = signature.entries.get('Contents');
  if (!isString(parsed) || !parsed.hex) return wrong('The signature is not a hexadecimal string.');
  return { ok: true, range: { gapStart: before, gapEnd, end }, contents };
}

/** `<`, an even number of hex digits and nothing else, `>`. */
function hexString(gap: Uint8Array): Uint8Array | null {
  if (gap[0] !== 0x3c || gap[gap.length - 1] !== 0x3e || gap.length % 2 !== 0) return null;
  const bytes = new Uint8Array(gap.length / 2 - 1);
  for (let i = 0; i < bytes.length; i++) {
    const high = hexValue[gap[1 + 2 * i] ?? 0] ?? 255;
    const low = hexValue[gap[2 + 2 * i] ?? 0] ?? 255;
    if (high > 15 || low > 15) return null;
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Absolute place of the /Contents value beside a /ByteRange in the object, or what is wrong. */
function placeOfContents(document: PdfDocument, holder: number | null): Place | string {
  const entry = holder === null ? undefined : document.xrefEntry(holder);
  if (entry?.type !== 'offset')
    return 'The signature dictionary does not stand by itself in the file, uncompressed.';
  let odd = false;
  const note = (): void => {
    odd = true;
  };
  try {
    const found = inWindow(
      document.source,
      entry.at,
      note,
      (cursor) => {
        odd = false;
        const header = readObjectHeader(cursor);
        if (header?.number !== holder) return null;
        const places: Place[] = [];
        walk(cursor, places, 0);
        return places;
      },
      64 * 1024,
    );
    if (found === null) return 'No object stands where the signature dictionary should.';
    if (odd) return 'The signature dictionary can be read in more than one way.';
    const [place, second] = found;
    if (place === undefined || second !== undefined)
      return 'There is not exactly one signature in the signature dictionary.';
    return place;
  } catch (error) {
    if (error instanceof Refusal) return 'The signature dictionary cannot be read.';
    throw error;
  }
}

/** Walks the value under the cursor and collects where dictionaries with a /ByteRange have /Contents. */
function walk(cursor: Cursor, places: Place[], depth: number): void {
  skipSpace(cursor);
  const isDictionary = peek(cursor) === 0x3c && peek(cursor, 1) === 0x3c;
  if (!isDictionary || depth > MAX_DEPTH) {
    parseObject(cursor);
    return;
  }
  cursor.position += 2;
  const keys = new Set<string>();
  let contents: Place | null = null;
  for (;;) {
    skipSpace(cursor);
    if (peek(cursor) === 0x3e && peek(cursor, 1) === 0x3e) {
      cursor.position += 2;
      break;
    }
    const key = parseObject(cursor);
    if (!isName(key) || keys.has(key.value))
      cursor.note('structure.duplicate-key', 'Two readings.');
    const word = isName(key) ? key.value : '';
    keys.add(word);
    skipSpace(cursor);
    const start = cursor.base + cursor.position;
    walk(cursor, places, depth + 1);
    if (word === 'Contents') contents = { start, end: cursor.base + cursor.position };
  }
  if (contents !== null && keys.has('ByteRange')) places.push(contents);
}

/** True where `offset` is followed by at most one line end up to the end of a revision. */
export function reaches(document: PdfDocument, end: number, revisionEnd: number): boolean {
  if (end === revisionEnd) return true;
  const rest = revisionEnd - end;
  if (rest < 0 || rest > 2) return false;
  const bytes = readUpTo(document.source, end, rest);
  return bytes.every((byte) => byte === 10 || byte === 13);
}
