/** From `startxref` along /Prev to the first section (ISO 32000-2, 7.5.5, 7.5.6). */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { lastIndexOfText } from './chars.ts';
import type { Note } from './cursor.ts';
import { acceptWord, damaged, inWindow, readInteger, readUpTo, skipSpace } from './cursor.ts';
import { limits } from './limits.ts';
import { numberOf } from './objects.ts';
import type { XrefSection } from './xref.ts';
import { finder } from './xref.ts';
import { readXrefStream } from './xref-stream.ts';
import { readTable } from './xref-table.ts';

/** Offset of the last `startxref` of the file, and the number behind it (as written). */
export function findStartxref(source: ByteSource, note: Note): { at: number; target: number } {
  let reach = 2048;
  for (;;) {
    const from = Math.max(0, source.length - reach);
    const found = lastIndexOfText(readUpTo(source, from, source.length - from), 'startxref');
    if (found !== -1) {
      const at = from + found;
      const target = inWindow(source, at + 9, note, readInteger, 64);
      if (target === null) throw damaged('No offset stands after "startxref".', at);
      return { at, target };
    }
    if (from === 0 || reach >= limits.tailSearch) throw noStartxref(source);
    reach *= 8;
  }
}

/** A file that breaks off in the middle is told from one that is damaged: it can be fetched again. */
function noStartxref(source: ByteSource): Refusal {
  const tail = readUpTo(source, Math.max(0, source.length - 2048), 2048);
  return lastIndexOfText(tail, '%%EOF') === -1
    ? new Refusal('pdf.truncated', 'The file breaks off before its end.', { offset: source.length })
    : damaged('The file has no "startxref".');
}

/** Reads one section at an absolute offset, with the section its /XRefStm points to. */
export function readSection(
  source: ByteSource,
  offset: number,
  shift: number,
  note: Note,
): XrefSection {
  if (offset >= source.length)
    throw damaged('A cross-reference offset lies outside the file.', offset);
  const start = inWindow(
    source,
    offset,
    note,
    (cursor) => {
      skipSpace(cursor);
      const at = cursor.base + cursor.position;
      return { at, table: acceptWord(cursor, 'xref'), end: cursor.base + cursor.position };
    },
    64,
  );
  const read = start.table
    ? readTable(source, start.end, shift, note)
    : readXrefStream(source, start.end, shift, note);
  const hidden = start.table ? numberOf(read.trailer.entries.get('XRefStm')) : null;
  let hybrid: XrefSection | null = null;
  if (hidden !== null) {
    const stream = readXrefStream(source, hidden + shift, shift, note);
    hybrid = {
      ...stream,
      offset: hidden + shift,
      start: hidden + shift,
      kind: 'stream',
      hybrid: null,
      find: finder(stream.parts),
    };
  }
  if (start.table && start.at !== offset)
    note('structure.xref-offset', 'White space stands before a cross-reference table.', offset);
  return {
    offset,
    start: start.at,
    kind: start.table ? 'table' : 'stream',
    trailer: read.trailer,
    parts: read.parts,
    hybrid,
    end: read.end,
    find: finder(read.parts),
  };
}

/** All sections, newest first. */
export function readChain(
  source: ByteSource,
  start: number,
  shift: number,
  note: Note,
): XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let offset: number | null = start;
  while (offset !== null) {
    if (seen.has(offset)) {
      note('structure.xref-loop', 'The chain of cross-reference sections bites its tail.', offset);
      break;
    }
    if (sections.length >= limits.xrefSections)
      throw new Refusal('pdf.limit', 'The file has too many revisions.');
    seen.add(offset);
    const section = readSection(source, offset, shift, note);
    sections.push(section);
    const previous = numberOf(section.trailer.entries.get('Prev'));
    // A /Prev of 0 is what some writers put for "none".
    offset = previous === null || previous === 0 ? null : previous + shift;
  }
  return sections;
}

export interface FileEnd {
  /** The number behind `startxref`, as written. */
  readonly target: number;
  /** Behind `%%EOF` and its line end. */
  readonly end: number;
  /** Behind `%%EOF` itself. */
  readonly markerEnd: number;
  /** False where no `%%EOF` stands there; both ends are then behind the number. */
  readonly marked: boolean;
}

/** `startxref`, its number and `%%EOF` behind `offset` (and behind the end of an xref stream there). */
export function readFileEnd(source: ByteSource, offset: number, note: Note): FileEnd | null {
  const target = inWindow(
    source,
    offset,
    note,
    (cursor) => {
      acceptWord(cursor, 'endobj');
      if (!acceptWord(cursor, 'startxref')) return null;
      const number = readInteger(cursor);
      return number === null ? null : { number, end: cursor.base + cursor.position };
    },
    256,
  );
  if (target === null) return null;
  const bytes = readUpTo(source, target.end, 64);
  let at = 0;
  while (
    at < bytes.length &&
    (bytes[at] === 32 || bytes[at] === 13 || bytes[at] === 10 || bytes[at] === 9)
  )
    at++;
  const marker = '%%EOF';
  for (let i = 0; i < marker.length; i++)
    if (bytes[at + i] !== marker.charCodeAt(i))
      return { target: target.number, end: target.end, markerEnd: target.end, marked: false };
  at += marker.length;
  const markerEnd = target.end + at;
  if (bytes[at] === 13) at += bytes[at + 1] === 10 ? 2 : 1;
  else if (bytes[at] === 10) at += 1;
  return { target: target.number, end: target.end + at, markerEnd, marked: true };
}
