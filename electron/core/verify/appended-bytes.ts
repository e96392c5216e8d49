/**
 * What later revisions appended, byte by byte: every piece must be an object that its revision's
 * cross-reference names, that cross-reference, or an end. A viewer that rebuilds the cross-reference
 * by searching would otherwise show what nobody validated.
 */
import { Refusal } from '../../../shared/result.ts';
import { latin1Text } from '../pdf/chars.ts';
import {
  acceptWord,
  cursorOver,
  inWindow,
  readInteger,
  readUpTo,
  skipSpace,
} from '../pdf/cursor.ts';
import type { Note } from '../pdf/cursor.ts';
import type { PdfDocument, Revision } from '../pdf/document.ts';
import { readIndirect, streamExtent } from '../pdf/indirect.ts';
import { readObjectStream } from '../pdf/object-stream.ts';
import { isDict, isName, isStream } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';
import type { ByteSource } from '../ports.ts';
import { parseObject } from '../pdf/parser.ts';
import { highestNumber } from '../pdf/xref.ts';
import type { XrefSection } from '../pdf/xref.ts';
import type { Oddity } from './oddity.ts';

export type AppendedProblem = 'bytes-hidden' | 'bytes-loose';

export interface Appended {
  readonly problem: AppendedProblem | null;
  /** What strict and lenient readers take differently. */
  readonly odd: readonly Oddity[];
}

interface Reading {
  readonly document: PdfDocument;
  /** The document as the revision left it. */
  readonly view: PdfDocument;
  readonly revision: Revision;
  /** The revision's own cross-reference sections. */
  readonly own: readonly XrefSection[];
  readonly note: Note;
  /** Where objects and trailers rightly begin. */
  readonly starts: Set<number>;
}

/**
 * Reads the bytes that revision `index` (not the first) appended. `sections`: the cross-reference
 * sections of the document. Never throws on any bytes.
 */
export function readAppended(
  document: PdfDocument,
  sections: readonly XrefSection[],
  index: number,
): Appended {
  const revision = document.revisions[index];
  const from = document.revisions[index - 1]?.end ?? 0;
  if (revision === undefined) return { problem: null, odd: [] };
  const odd = new Map<string, Oddity>();
  const view = document.at(index);
  const own = sections.filter(({ end }) => end > from && end <= revision.end);
  const note: Note = (code, detail) => {
    const text = `Revision ${index + 1}: ${detail}`;
    odd.set(text, { code, text });
  };
  for (const section of own) checkSection(section, note);
  const reading = { document, view, revision, own, note, starts: new Set<number>() };
  return { problem: walk(reading, from), odd: [...odd.values()] };
}

/** ISO 32000-2, 7.5.5: whole numbers; some readers leave out what /Size does not reach. */
function checkSection({ trailer, parts, hybrid }: XrefSection, note: Note): void {
  const size = trailer.entries.get('Size');
  if (typeof size !== 'number' || size <= highestNumber([{ parts, hybrid }]))
    note('structure.size', 'The cross-reference has more objects than it says.');
  const previous = trailer.entries.get('Prev');
  if (typeof previous !== 'number')
    note('structure.previous', 'The cross-reference before is not rightly named.');
  if (hybrid !== null) note('structure.hybrid', 'Objects are hidden from some readers.');
}

function walk(reading: Reading, from: number): AppendedProblem | null {
  const { end } = reading.revision;
  let position = from;
  try {
    while (position < end) {
      const next = pieceAt(reading, position);
      if (typeof next === 'string') return next;
      if (next <= position) return 'bytes-loose';
      position = next;
    }
    return startsHidden(reading.document.source, from, end, reading.starts) ? 'bytes-hidden' : null;
  } catch (error) {
    if (error instanceof Refusal || error instanceof RangeError) return 'bytes-loose';
    throw error;
  }
}

/** Offset behind the piece at `position`, or what is wrong with it. */
function pieceAt(reading: Reading, position: number): number | AppendedProblem {
  const { document, view, revision, own, note, starts } = reading;
  const { source } = document;
  const start = inWindow(source, position, note, (cursor) => {
    skipSpace(cursor);
    return cursor.base + cursor.position;
  });
  if (start >= revision.end) return start;
  const word = latin1Text(readUpTo(source, start, 9));
  if (word.startsWith('xref'))
    return own.some((section) => section.kind === 'table' && section.start === start)
      ? behindTable(reading, start)
      : 'bytes-hidden';
  if (word === 'startxref') return behindStartxref(reading, start);
  if (!/^\d/.test(word)) return 'bytes-loose';
  const object = readIndirect(source, start, note);
  const entry = view.xrefEntry(object.number);
  const named =
    revision.objects.has(object.number) &&
    entry?.type === 'offset' &&
    entry.at === start &&
    entry.generation === object.generation;
  if (!named && !own.some((section) => startsAt(section, start))) return 'bytes-hidden';
  starts.add(start);
  if (object.data === null || !isDict(object.value)) return object.end;
  if (isName(object.value.entries.get('Type'), 'ObjStm') && !isOpen(reading, object.number))
    return 'bytes-hidden';
  return behindStream(reading, object.value, object.data);
}

function startsAt(section: XrefSection, offset: number): boolean {
  return [section, section.hybrid].some(
    (one) => one !== null && one.kind === 'stream' && one.start === offset,
  );
}

/** Whether the cross-reference names all objects of an object stream as lying in it. */
function isOpen({ view, revision, note }: Reading, number: number): boolean {
  const stream = view.resolve({ kind: 'ref', number, generation: 0 });
  if (!isStream(stream)) return false;
  const count = view.entry(stream.dict, 'N');
  const first = view.entry(stream.dict, 'First');
  if (typeof count !== 'number' || typeof first !== 'number') return false;
  const { numbers, starts, bytes } = readObjectStream(
    view.decode(stream),
    count,
    first,
    null,
    note,
  );
  for (const start of starts) parseObject(cursorOver(bytes, start, note));
  return numbers.every((one, i) => {
    const entry = view.xrefEntry(one);
    if (entry?.type !== 'compressed' || entry.at !== number) return false;
    if (entry.generation !== i)
      note('structure.object-stream-index', 'An object stands elsewhere in its object stream.');
    return revision.objects.has(one);
  });
}

function behindStream({ document, view, note }: Reading, dict: PdfDict, data: number): number {
  const length = view.entry(dict, 'Length');
  const whole = typeof length === 'number' ? length : null;
  const extent = streamExtent(document.source, data, whole, note);
  return inWindow(document.source, extent.end, note, (cursor) => {
    if (!acceptWord(cursor, 'endobj')) note('structure.endobj', 'An object lacks its end.');
    return cursor.base + cursor.position;
  });
}

/** `startxref` and the offset of a section of this revision. */
function behindStartxref(reading: Reading, start: number): number | AppendedProblem {
  const { document, own, note } = reading;
  const { target, end } = inWindow(document.source, start + 9, note, (cursor) => ({
    target: readInteger(cursor),
    end: cursor.base + cursor.position,
  }));
  const meant = target === null ? null : target + document.headerOffset;
  const known = own.some(({ offset, start: at }) => offset === meant || at === meant);
  return known ? end : 'bytes-loose';
}

/** `xref`, its subsections, `trailer` and the dictionary. */
function behindTable({ document, note, starts }: Reading, start: number): number {
  return inWindow(
    document.source,
    start + 4,
    note,
    (cursor) => {
      while (!acceptWord(cursor, 'trailer')) {
        const first = readInteger(cursor);
        const count = readInteger(cursor);
        if (first === null || count === null) return start;
        for (let i = 0; i < count; i++) {
          readInteger(cursor);
          readInteger(cursor);
          if (!acceptWord(cursor, 'n')) acceptWord(cursor, 'f');
        }
      }
      starts.add(cursor.base + cursor.position - 'trailer'.length);
      skipSpace(cursor);
      parseObject(cursor);
      return cursor.base + cursor.position;
    },
    16 * 1024,
  );
}

const CHUNK = 1024 * 1024;
const OVERLAP = 64;

/**
 * Whether something from `from` to `end` looks like the beginning of an object or trailer and does not
 * stand among `known`: in a comment, a string, the data of a stream, or behind the end of the file, where
 * whoever searches would find it.
 */
export function startsHidden(
  source: ByteSource,
  from: number,
  end: number,
  known: ReadonlySet<number> = new Set(),
): boolean {
  for (let at = from; at < end; at += CHUNK) {
    const text = latin1Text(readUpTo(source, at, Math.min(CHUNK + OVERLAP, end - at)));
    for (const found of text.matchAll(/(?<!\d)\d+[\s\0]+\d+[\s\0]*obj|trailer[\s\0]*<</g))
      if (!known.has(at + found.index)) return true;
  }
  return false;
}
