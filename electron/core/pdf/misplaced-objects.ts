/** Whether each object stands where the cross-reference says, without reading the objects. */
import { isDigit, isSpace } from './chars.ts';
import { readUpTo } from './cursor.ts';
import type { PdfDocument } from './document.ts';
import { sectionsOf } from './document-view.ts';
import { COMPRESSED, OFFSET, visitEntries } from './xref.ts';

export interface Misplaced {
  readonly number: number;
  /** Absolute offset where it should stand. */
  readonly offset: number;
}

const results = new WeakMap<PdfDocument, readonly Misplaced[]>();
const WINDOW = 256 * 1024;
const HEADER = 40;

/**
 * The objects in use that do not stand at their offsets (or whose object stream is none), the first
 * hundred of them. Viewers rebuild the whole cross-reference when they meet one, and may then show
 * other objects than those that were signed. An offset of 0, which writers give unused numbers, is
 * no object in use. The answer is kept with the document.
 */
export function misplacedObjects(document: PdfDocument): readonly Misplaced[] {
  const known = results.get(document);
  if (known !== undefined) return known;
  const found = search(document);
  results.set(document, found);
  return found;
}

function search(document: PdfDocument): Misplaced[] {
  const numbers: number[] = [];
  const offsets: number[] = [];
  const generations: number[] = [];
  const found: Misplaced[] = [];
  visitEntries(sectionsOf(document), (number, type, at, generation) => {
    if (type === OFFSET && at !== document.headerOffset) {
      numbers.push(number);
      offsets.push(at);
      generations.push(generation);
    } else if (type === COMPRESSED && document.xrefEntry(at)?.type !== 'offset')
      found.push({ number, offset: 0 });
  });
  const order = Uint32Array.from(numbers.keys()).sort(
    (a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0),
  );
  const { source } = document;
  let start = 0;
  let bytes: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < order.length && found.length < 100; i++) {
    const index = order[i] ?? 0;
    const offset = offsets[index] ?? 0;
    if (offset + HEADER > start + bytes.length && start + bytes.length < source.length) {
      start = offset;
      // Close objects share one read; far ones (between images) cost a few bytes each.
      const next = offsets[order[i + 8] ?? 0] ?? 0;
      bytes = readUpTo(source, offset, next - offset < WINDOW && next > offset ? WINDOW : HEADER);
    }
    const number = numbers[index] ?? 0;
    if (!headerAt(bytes, offset - start, number, generations[index] ?? 0))
      found.push({ number, offset });
  }
  return found;
}

/** True where `number generation obj` stands at `at`. */
function headerAt(bytes: Uint8Array, at: number, number: number, generation: number): boolean {
  let i = at;
  const integer = () => {
    while (isSpace(bytes[i])) i++;
    let value = 0;
    const from = i;
    while (isDigit(bytes[i])) value = value * 10 + (bytes[i++] ?? 0) - 0x30;
    return i === from ? -1 : value;
  };
  if (integer() !== number || !isSpace(bytes[i]) || integer() !== generation) return false;
  while (isSpace(bytes[i])) i++;
  return bytes[i] === 0x6f && bytes[i + 1] === 0x62 && bytes[i + 2] === 0x6a;
}
