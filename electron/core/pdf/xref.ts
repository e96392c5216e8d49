/** Cross-reference sections in memory: typed arrays, because a file may have millions of entries. */
import type { XrefEntry } from './document.ts';
import type { PdfDict } from './objects.ts';

export const FREE = 0;
export const OFFSET = 1;
export const COMPRESSED = 2;

/** A run of consecutive object numbers. */
export interface XrefPart {
  readonly first: number;
  readonly types: Uint8Array;
  /** Absolute offset, or number of the object stream. */
  readonly at: Float64Array;
  /** Generation, or index in the object stream. */
  readonly generations: Uint32Array;
}

export interface XrefSection {
  /** Absolute offset by which it was reached; white space may stand there before it. */
  readonly offset: number;
  /** Absolute offset of `xref` or of the xref stream's object. */
  readonly start: number;
  readonly kind: 'table' | 'stream';
  /** Trailer dictionary, or the xref stream's. */
  readonly trailer: PdfDict;
  readonly parts: readonly XrefPart[];
  /** The section that /XRefStm of a hybrid file points to (ISO 32000-2, 7.5.8.4). */
  readonly hybrid: XrefSection | null;
  /** Absolute offset behind the trailer dictionary or the xref stream object. */
  readonly end: number;
  /** The entry of this section alone; the first of several for one number counts, as in qpdf. */
  find(number: number): XrefEntry | undefined;
}

export function newPart(first: number, count: number): XrefPart {
  return {
    first,
    types: new Uint8Array(count),
    at: new Float64Array(count),
    generations: new Uint32Array(count),
  };
}

function entryOf(part: XrefPart, number: number): XrefEntry {
  const index = number - part.first;
  const type = part.types[index] ?? FREE;
  return {
    type: type === OFFSET ? 'offset' : type === COMPRESSED ? 'compressed' : 'free',
    at: part.at[index] ?? 0,
    generation: part.generations[index] ?? 0,
  };
}

/** A look-up over parts: linear for few, binary where they are sorted, by map otherwise. */
export function finder(parts: readonly XrefPart[]): (number: number) => XrefEntry | undefined {
  const covers = (part: XrefPart, number: number) =>
    number >= part.first && number < part.first + part.types.length;
  if (parts.length <= 6) {
    return (number) => {
      for (const part of parts) if (covers(part, number)) return entryOf(part, number);
      return undefined;
    };
  }
  const sorted = [...parts].sort((a, b) => a.first - b.first);
  const apart = sorted.every((part, i) => {
    const next = sorted[i + 1];
    return next === undefined || part.first + part.types.length <= next.first;
  });
  if (!apart) {
    const map = new Map<number, XrefPart>();
    for (const part of parts)
      for (let i = 0; i < part.types.length; i++)
        if (!map.has(part.first + i)) map.set(part.first + i, part);
    return (number) => {
      const part = map.get(number);
      return part && entryOf(part, number);
    };
  }
  return (number) => {
    let low = 0;
    let high = sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const part = sorted[middle];
      if (part === undefined) return undefined;
      if (number < part.first) high = middle - 1;
      else if (number >= part.first + part.types.length) low = middle + 1;
      else return entryOf(part, number);
    }
    return undefined;
  };
}

/**
 * The entry that holds in a chain of sections (newest first). A free entry of a hybrid file's table
 * does not hide what its /XRefStm says (ISO 32000-2, 7.5.8.4).
 */
export function findEntry(sections: readonly XrefSection[], number: number): XrefEntry | undefined {
  for (const section of sections) {
    const own = section.find(number);
    if (own !== undefined && (own.type !== 'free' || section.hybrid === null)) return own;
    const hidden = section.hybrid?.find(number);
    if (hidden !== undefined) return hidden;
    if (own !== undefined) return own;
  }
  return undefined;
}

/** Called with the entry that holds for each number; `type` is FREE, OFFSET or COMPRESSED. */
export type VisitEntry = (number: number, type: number, at: number, generation: number) => void;

/** Visits the entries that hold in a chain (newest section first), each number once, as `findEntry` answers. */
export function visitEntries(sections: readonly XrefSection[], visit: VisitEntry): void {
  const seen = new Uint8Array(highestNumber(sections) + 1);
  for (const section of sections) {
    const passes: { parts: readonly XrefPart[]; hideFree: boolean }[] = [
      { parts: section.parts, hideFree: section.hybrid !== null },
    ];
    if (section.hybrid !== null)
      passes.push(
        { parts: section.hybrid.parts, hideFree: false },
        { parts: section.parts, hideFree: false },
      );
    for (const { parts, hideFree } of passes)
      for (const part of parts)
        for (let i = 0; i < part.types.length; i++) {
          const number = part.first + i;
          const type = part.types[i] ?? FREE;
          if (seen[number] === 1 || (hideFree && type === FREE)) continue;
          seen[number] = 1;
          visit(number, type, part.at[i] ?? 0, part.generations[i] ?? 0);
        }
  }
}

/** All object numbers that have an entry in these sections, each once. */
export function entryNumbers(sections: readonly XrefSection[]): number[] {
  const numbers: number[] = [];
  visitEntries(sections, (number) => numbers.push(number));
  return numbers;
}

/** Highest object number with an entry; -1 for none. */
export function highestNumber(sections: readonly Pick<XrefSection, 'parts' | 'hybrid'>[]): number {
  let highest = -1;
  for (const section of sections)
    for (const part of [...section.parts, ...(section.hybrid?.parts ?? [])])
      highest = Math.max(highest, part.first + part.types.length - 1);
  return highest;
}
