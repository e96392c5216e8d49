/**
 * What later revisions appended, byte by byte: every piece must be an object that its revision's
 * cross-reference names, a cross-reference, or an end. A viewer that rebuilds the cross-reference by
 * searching would otherwise show what nobody validated.
 */
import { Refusal } from '../../../shared/result.ts';
import { latin1Text } from '../pdf/chars.ts';
import { acceptWord, inWindow, readInteger, readUpTo, skipSpace } from '../pdf/cursor.ts';
import type { PdfDocument, Revision } from '../pdf/document.ts';
import { readIndirect, streamExtent } from '../pdf/indirect.ts';
import { isDict, isName } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';
import { parseObject } from '../pdf/parser.ts';
import { sectionsOf } from '../pdf/document-view.ts';
import { OFFSET, visitEntries } from '../pdf/xref.ts';

export type AppendedProblem = 'bytes-hidden' | 'bytes-loose';

const ignore = (): void => undefined;

/** What is wrong with the bytes `[from, to)` that revision `index` appended; null where nothing is. */
export function appendedProblem(
  document: PdfDocument,
  index: number,
  from: number,
): AppendedProblem | null {
  const revision = document.revisions[index];
  if (revision === undefined) return null;
  const view = document.at(index);
  let position = from;
  try {
    while (position < revision.end) {
      const next = pieceAt(document, view, revision, position);
      if (typeof next === 'string') return next;
      if (next <= position) return null;
      position = next;
    }
    return null;
  } catch (error) {
    if (error instanceof Refusal || error instanceof RangeError) return 'bytes-loose';
    throw error;
  }
}

/** Offset behind the piece at `position`, or what is wrong with it. */
function pieceAt(
  document: PdfDocument,
  view: PdfDocument,
  { objects, end }: Revision,
  position: number,
): number | AppendedProblem {
  const { source } = document;
  const start = inWindow(source, position, ignore, (cursor) => {
    skipSpace(cursor);
    return cursor.base + cursor.position;
  });
  if (start >= end) return start;
  const word = latin1Text(readUpTo(source, start, 9));
  if (word.startsWith('xref')) return behindTable(document, start);
  if (word === 'startxref')
    return inWindow(source, start + 9, ignore, (cursor) => {
      readInteger(cursor);
      return cursor.base + cursor.position;
    });
  if (!/^\d/.test(word)) return 'bytes-loose';
  const object = readIndirect(source, start, ignore);
  const entry = view.xrefEntry(object.number);
  const named =
    objects.has(object.number) &&
    entry?.type === 'offset' &&
    entry.at === start &&
    entry.generation === object.generation;
  const isXref = isDict(object.value) && isName(object.value.entries.get('Type'), 'XRef');
  if (!named && !isXref) return 'bytes-hidden';
  if (object.data === null || !isDict(object.value)) return object.end;
  return behindStream(document, view, object.value, object.data);
}

function behindStream(
  document: PdfDocument,
  view: PdfDocument,
  dictionary: PdfDict,
  data: number,
): number {
  const length = view.entry(dictionary, 'Length');
  const extent = streamExtent(
    document.source,
    data,
    typeof length === 'number' ? length : null,
    ignore,
  );
  return inWindow(document.source, extent.end, ignore, (cursor) => {
    acceptWord(cursor, 'endobj');
    return cursor.base + cursor.position;
  });
}

/** `xref`, its subsections, `trailer` and the dictionary. */
function behindTable(document: PdfDocument, start: number): number {
  return inWindow(
    document.source,
    start + 4,
    ignore,
    (cursor) => {
      for (;;) {
        if (acceptWord(cursor, 'trailer')) break;
        const first = readInteger(cursor);
        const count = readInteger(cursor);
        if (first === null || count === null) return start;
        for (let i = 0; i < count; i++) {
          readInteger(cursor);
          readInteger(cursor);
          if (!acceptWord(cursor, 'n')) acceptWord(cursor, 'f');
        }
      }
      skipSpace(cursor);
      parseObject(cursor);
      return cursor.base + cursor.position;
    },
    16 * 1024,
  );
}

/** Numbers of objects whose cross-reference leads into the gap of a signature, of which there must be none. */
export function entriesInGaps(
  document: PdfDocument,
  gaps: readonly { readonly gapStart: number; readonly gapEnd: number }[],
): number[] {
  const found: number[] = [];
  if (gaps.length === 0) return found;
  const sorted = [...gaps].sort((a, b) => a.gapStart - b.gapStart);
  visitEntries(sectionsOf(document), (number, type, at) => {
    if (type !== OFFSET) return;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.gapEnd ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    const gap = sorted[low];
    if (gap !== undefined && at >= gap.gapStart) found.push(number);
  });
  return found;
}

/** Whether a cross-reference names an object twice: readers differ on which entry counts. */
export function namesTwice(document: PdfDocument): boolean {
  return sectionsOf(document).some(({ parts, hybrid }) =>
    [parts, hybrid?.parts ?? []].some((list) => {
      const sorted = list
        .map(({ first, types }) => ({ first, end: first + types.length }))
        .filter(({ first, end }) => end > first && end > 1)
        .sort((a, b) => a.first - b.first);
      return sorted.some(({ first }, i) => i > 0 && first < (sorted[i - 1]?.end ?? 0));
    }),
  );
}
