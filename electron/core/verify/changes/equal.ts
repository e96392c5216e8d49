/** Equality of object graphs seen through two revisions of one document. */
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, isRef, isStream, isString, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject, PdfStream } from '../../pdf/objects.ts';

/** The two sides of one step. */
export interface Sides {
  readonly before: PdfDocument;
  readonly after: PdfDocument;
}

// Deeper than any honest direct object; two references in a row restart the count at their targets.
const MAX_DEPTH = 64;

/**
 * True when `a` (seen in the earlier revision) and `b` (in the later) are the same value. The same
 * reference on both sides counts as the same: what stands behind it is judged as an object of its own.
 */
export function same(
  sides: Sides,
  a: PdfObject | undefined,
  b: PdfObject | undefined,
  depth = 0,
): boolean {
  if (a === b) return true;
  if (depth > MAX_DEPTH) return false;
  if (isRef(a) && isRef(b) && a.number === b.number && a.generation === b.generation) return true;
  const left = sides.before.resolve(a);
  const right = sides.after.resolve(b);
  if (left === null || right === null) return left === right;
  if (typeof left !== 'object' || typeof right !== 'object') {
    const x = numberOf(left);
    return left === right || (x !== null && x === numberOf(right));
  }
  if (isArray(left) || isArray(right)) {
    if (!isArray(left) || !isArray(right) || left.length !== right.length) return false;
    return left.every((item, i) => same(sides, item, right[i], depth + 1));
  }
  if (isDict(left)) return isDict(right) && sameEntries(sides, left, right, depth);
  if (isStream(left)) return isStream(right) && sameStream(sides, left, right, depth);
  if (isString(left)) return isString(right) && sameBytes(left.bytes, right.bytes);
  if (isName(left)) return isName(right, left.value);
  return numberOf(left) !== null && numberOf(left) === numberOf(right);
}

function sameEntries(sides: Sides, a: PdfDict, b: PdfDict, depth: number): boolean {
  for (const key of keysOf(a, b))
    if (!same(sides, a.entries.get(key), b.entries.get(key), depth + 1)) return false;
  return true;
}

/** The same dictionary and the same encoded bytes; a stream packed anew counts as another one. */
function sameStream(sides: Sides, a: PdfStream, b: PdfStream, depth: number): boolean {
  for (const key of keysOf(a.dict, b.dict))
    if (
      key !== 'Length' &&
      !same(sides, a.dict.entries.get(key), b.dict.entries.get(key), depth + 1)
    )
      return false;
  return sameBytes(a.raw(), b.raw());
}

/** Keys whose values differ between two dictionaries (absent and null are the same). */
export function changedKeys(sides: Sides, a: PdfDict, b: PdfDict): string[] {
  return keysOf(a, b).filter((key) => !same(sides, a.entries.get(key), b.entries.get(key)));
}

function keysOf(a: PdfDict, b: PdfDict): string[] {
  return [...new Set([...a.entries.keys(), ...b.entries.keys()])];
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
