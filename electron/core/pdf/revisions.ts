/** Revisions from cross-reference sections (ISO 32000-2, 7.5.6). */
import type { ByteSource } from '../ports.ts';
import { indexOfText } from './chars.ts';
import type { Note } from './cursor.ts';
import { readUpTo } from './cursor.ts';
import type { Revision } from './document.ts';
import type { XrefSection } from './xref.ts';
import { entryNumbers } from './xref.ts';
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
 * @param newestEnd where the newest revision ends, known from the search for `startxref`.
 */
export function groupRevisions(
  source: ByteSource,
  sections: readonly XrefSection[],
  shift: number,
  newestEnd: number,
  note: Note,
): RevisionSections[] {
  const groups: { own: XrefSection[]; end: number }[] = [];
  let at = 0;
  while (at < sections.length) {
    const head = sections[at];
    if (head === undefined) break;
    let size = 1;
    let end = endAfter(source, head, head.offset - shift, note);
    if (end === null) {
      const next = sections[at + 1];
      // Only the section of a linearized file's remaining objects may close its first page's.
      const closed =
        next !== undefined && next.offset > head.offset
          ? endAfter(source, next, head.offset - shift, note)
          : null;
      if (closed !== null) {
        size = 2;
        end = closed;
      }
    }
    if (groups.length === 0) end = newestEnd;
    if (end === null) {
      note('structure.revision-end', 'A revision has no end of its own.', head.end);
      end = looseEnd(source, head.end);
    }
    groups.push({ own: sections.slice(at, at + size), end });
    at += size;
  }
  groups.reverse();
  return groups.map(({ own, end }, index) => ({ own, revision: revisionOf(index, own, end) }));
}

function endAfter(
  source: ByteSource,
  section: XrefSection,
  target: number,
  note: Note,
): number | null {
  const found = readFileEnd(source, section.end, note);
  return found !== null && found.marked && found.target === target ? found.end : null;
}

/** Where `%%EOF` follows within reach, else where the section itself ends. */
function looseEnd(source: ByteSource, from: number): number {
  const bytes = readUpTo(source, from, 2048);
  const marker = indexOfText(bytes, '%%EOF');
  if (marker === -1) return from;
  let at = marker + 5;
  if (bytes[at] === 13) at += bytes[at + 1] === 10 ? 2 : 1;
  else if (bytes[at] === 10) at += 1;
  return from + at;
}

function revisionOf(index: number, own: readonly XrefSection[], end: number): Revision {
  const [head] = own;
  if (head === undefined) throw new Error('a revision without sections');
  let objects: ReadonlySet<number> | null = null;
  return {
    index,
    xrefOffset: head.offset,
    end,
    trailer: head.trailer,
    get objects() {
      objects ??= new Set(entryNumbers(own));
      return objects;
    },
  };
}
