/** Where widgets stand, and whether they are seen (ISO 32000-2, 12.5.2 and 12.5.3). */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';

/** ISO 32000-2, table 167. */
export const FLAG = {
  hidden: 2,
  print: 4,
  noZoom: 8,
  noRotate: 16,
  noView: 32,
  readOnly: 64,
  locked: 128,
  toggleNoView: 256,
  lockedContents: 512,
} as const;

/** A rectangle with its corners in order; null where it is none. Of more than four numbers the first count. */
export function boxOf(document: PdfDocument, object: PdfObject | undefined): Box | null {
  const array = document.resolve(object);
  if (!isArray(array)) return null;
  const [a, b, c, d] = array.slice(0, 4).map((item) => numberOf(document.resolve(item)));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  if (a === null || b === null || c === null || d === null) return null;
  return { x0: Math.min(a, c), y0: Math.min(b, d), x1: Math.max(a, c), y1: Math.max(b, d) };
}

/** Flags of an annotation. */
export function flagsOf(document: PdfDocument, widget: PdfDict): number {
  return numberOf(document.entry(widget, 'F')) ?? 0;
}

/**
 * A widget without area, or with flags that keep it off screen and paper. One that is not viewed may
 * still be printed, or come up when the mouse is over it.
 */
export function isInvisible(document: PdfDocument, widget: PdfDict): boolean {
  const flags = flagsOf(document, widget);
  if ((flags & FLAG.hidden) !== 0) return true;
  if ((flags & FLAG.noView) !== 0 && (flags & (FLAG.print | FLAG.toggleNoView)) === 0) return true;
  const rect = document.resolve(widget.entries.get('Rect'));
  const box = boxOf(document, rect);
  // A rectangle that cannot be understood may be one to others.
  if (box === null) return !isArray(rect) || rect.length === 0;
  return box.x1 - box.x0 <= 0 || box.y1 - box.y0 <= 0;
}

/** True when the boxes share some area. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/** True when all of `inner` lies in `outer`, give or take a rounding. */
export function contains(outer: Box, inner: Box): boolean {
  const slack = 0.01;
  return (
    inner.x0 >= outer.x0 - slack &&
    inner.y0 >= outer.y0 - slack &&
    inner.x1 <= outer.x1 + slack &&
    inner.y1 <= outer.y1 + slack
  );
}
