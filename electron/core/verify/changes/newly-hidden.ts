/** What a field that stood ready hides once it is filled in or signed (a shadow attack). */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isDict, isName, isRef } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { boxOf, contains, isInvisible, overlaps } from './geometry.ts';
import type { Ink } from './ink.ts';
import { hiddenBoxes, isBlank } from './page-cover.ts';

/** A widget of the field before and after. */
export interface FilledWidget {
  readonly before: PdfDocument;
  readonly after: PdfDocument;
  /** The widget as it was. */
  readonly old: PdfDict;
  readonly now: PdfDict;
  /** Its object number; null where it is direct. */
  readonly number: number | null;
  /** A signature's mark, which somebody answers for with their name. */
  readonly signature: boolean;
  /** /Annots of the page as they were, what its content paints, and its visible part. */
  readonly annots: readonly PdfObject[];
  readonly ink: readonly Ink[];
  readonly page: Box | null;
}

/** A mark larger than this part of the page is no mark. */
const LARGE = 0.25;

/**
 * Whether the field hides content of its page, or another annotation, that it did not hide before: a
 * field that was opaque when the document was signed had been seen so.
 */
export function newlyHides(widget: FilledWidget): boolean {
  const rect = boxOf(widget.after, widget.now.entries.get('Rect'));
  if (rect === null) return false;
  const known = hiddenBoxes(widget.before, widget.old);
  const fresh = hiddenBoxes(widget.after, widget.now).filter(
    (box) => !known.some((old) => contains(old, box)),
  );
  if (fresh.length === 0) return false;
  const touched = (box: Box): boolean => fresh.some((one) => overlaps(one, box));
  const counts = (ink: Ink): boolean => {
    if (!ink.seen) return false;
    switch (ink.kind) {
      case 'text':
      case 'stroke':
        return true;
      case 'fill':
        // The panel that a field stands on says nothing.
        return !contains(ink.box, rect);
      case 'image':
        // On a scanned page nobody can tell; whoever prepared the place for a mark decided.
        return !widget.signature || isLarge(rect, widget.page);
    }
  };
  return widget.ink.some((ink) => counts(ink) && touched(ink.box)) || hidesAnother(widget, touched);
}

function isLarge(rect: Box, page: Box | null): boolean {
  const area = ({ x0, y0, x1, y1 }: Box): number => (x1 - x0) * (y1 - y0);
  return page === null || area(rect) > LARGE * area(page);
}

/** Annotations that show something: other fields, notes, stamps. */
function hidesAnother(
  { before, annots, number }: FilledWidget,
  touched: (box: Box) => boolean,
): boolean {
  return annots.some((item) => {
    if (isRef(item) && item.number === number) return false;
    const other = before.resolve(item);
    if (!isDict(other) || isInvisible(before, other)) return false;
    const subtype = before.entry(other, 'Subtype');
    if (isName(subtype, 'Link') || isName(subtype, 'Popup')) return false;
    const box = boxOf(before, other.entries.get('Rect'));
    return box !== null && touched(box) && !isBlank(before, other);
  });
}
