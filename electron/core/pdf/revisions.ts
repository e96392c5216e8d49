/** Revisions from cross-reference sections (ISO 32000-2, 7.5.6). */
import type { ByteSource } from '../ports.ts';
import { indexOfText } from './chars.ts';
import type { Note } from './cursor.ts';
import { readUpTo } from './cursor.ts';
import type { Revision } from './document.ts';
import type { XrefSection } from './xref.ts';
import { entryNumbers } from './xref.ts';
import type { FileEnd } from './xref-chain.ts';
import { readFileEnd } from './xref-chain.ts';

export interface RevisionSections {
  readonly revision: Revision;
  /** This revision's own sections, newest first. */
  readonly own: readonly XrefSection[];
}

/**
 * Groups sections (newest first) into revisions, oldest first. A linearized file has two sections in
 * one revision: the first page's stands at the front and ends in `startxref 0`, the other stands
 * behind it and ends in the offset of the first (ISO 32000-2, annex F). Whatever the shape, a
 * revision is complete where a section is followed by `startxref` with the offset of the group's head.
 * @param newest where the newest revision ends, known from the search for `startxref`.
 */
export function groupRevisions(
  source: ByteSource,
  sections: readonly XrefSection[],
  shift: number,
  newest: End,
  note: Note,
): RevisionSections[] {
  const groups: { own: XrefSection[]; end: End }[] = [];
  let at = 0;
  while (at < sections.length) {
    const head = sections[at];
    if (head === undefined) break;
    let size = 1;
    const own = readFileEnd(source, head.end, note);
    let end = endOf(own, head, shift);
    const next = sections[at + 1];
    if (next !== undefined && at + 2 === sections.length && onlyHides(head)) size = 2;
    else if (end === null && next !== undefined && next.offset > head.offset) {
      // Only the section of a linearized file's remaining objects may close its first page's.
      end = endOf(readFileEnd(source, next.end, note), head, shift);
      if (end !== null || own?.target === 0) size = 2;
    }
    if (groups.length === 0) end = newest;
    if (end === null) {
      note('structure.revision-end', 'A revision has no end of its own.', head.end);
      end = looseEnd(source, (size === 2 ? next : head)?.end ?? head.end);
    }
    groups.push({ own: sections.slice(at, at + size), end });
    at += size;
  }
  groups.reverse();
  if (groups.some(({ end }, i) => i > 0 && end.end <= (groups[i - 1]?.end.end ?? 0)))
    note('structure.revision-order', 'The revisions do not follow one another.');
  return groups.map(({ own, end }, index) => ({ own, revision: revisionOf(index, own, end) }));
}

/**
 * Word closes its hybrid files with a second section that has no entries and names the stream of the
 * hidden objects: both are one revision (ISO 32000-2, 7.5.8.4).
 */
function onlyHides({ parts, hybrid }: XrefSection): boolean {
  return hybrid !== null && parts.every(({ types }) => types.length === 0);
}

type End = Pick<Revision, 'end' | 'markerEnd'>;

function endOf(found: FileEnd | null, head: XrefSection, shift: number): End | null {
  if (found === null || !found.marked) return null;
  const target = found.target + shift;
  // Offsets that differ by the white space before a section lead to the same one.
  return target >= head.offset && target <= head.start ? found : null;
}

/** Where `%%EOF` follows within reach, else where the section itself ends. */
export function looseEnd(source: ByteSource, from: number): End {
  const bytes = readUpTo(source, from, 2048);
  const marker = indexOfText(bytes, '%%EOF');
  if (marker === -1) return { end: from, markerEnd: from };
  let at = marker + 5;
  if (bytes[at] === 13) at += bytes[at + 1] === 10 ? 2 : 1;
  else if (bytes[at] === 10) at += 1;
  return { end: from + at, markerEnd: from + marker + 5 };
}

/** A revision of these sections (newest first). */
export function revisionOf(index: number, own: readonly XrefSection[], end: End): Revision {
  const [head] = own;
  if (head === undefined) throw new Error('a revision without sections');
  let objects: ReadonlySet<number> | null = null;
  return {
    index,
    xrefOffset: head.offset,
    end: end.end,
    markerEnd: end.markerEnd,
    trailer: head.trailer,
    get objects() {
      objects ??= new Set(entryNumbers(own));
      return objects;
    },
  };
}
