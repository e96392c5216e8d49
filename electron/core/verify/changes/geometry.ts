/** Where widgets stand, and whether they are seen (ISO 32000-2, 12.5.2 and 12.5.3). */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';

/** ISO 32000-2, table 167: Hidden and NoView. */
export const FLAG = { hidden: 2, noView: 32, unseen: 2 | 32 } as const;

/** A rectangle with its corners in order; null where it is none. */
export function boxOf(document: PdfDocument, object: PdfObject | undefined): Box | null {
  const array = document.resolve(object);
  if (!isArray(array) || array.length !== 4) return null;
  const numbers = array.flatMap((item) => numberOf(document.resolve(item)) ?? []);
  const [a, b, c, d] = numbers;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  return { x0: Math.min(a, c), y0: Math.min(b, d), x1: Math.max(a, c), y1: Math.max(b, d) };
}

/** A widget without area, or with a flag that keeps it off the screen. */
export function isInvisible(document: PdfDocument, widget: PdfDict): boolean {
  const flags = numberOf(document.entry(widget, 'F')) ?? 0;
  if ((flags & FLAG.unseen) !== 0) return true;
  const box = boxOf(document, widget.entries.get('Rect'));
  return box === null || box.x1 - box.x0 <= 0 || box.y1 - box.y0 <= 0;
}

/** True when the boxes share some area. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}
