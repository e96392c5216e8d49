/** What a cross-reference must not say. */
import { sectionsOf } from '../pdf/document-view.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { FREE, OFFSET, visitEntries } from '../pdf/xref.ts';
import type { XrefPart } from '../pdf/xref.ts';

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
  return sectionsOf(document).some(
    ({ parts, hybrid, find }) =>
      overlapping(parts) ||
      (hybrid !== null &&
        (overlapping(hybrid.parts) ||
          // 7.5.8.4: what the stream holds is free in the table.
          hybrid.parts.some(({ first, types }) =>
            types.some((type, i) => type !== FREE && (find(first + i)?.type ?? 'free') !== 'free'),
          ))),
  );
}

function overlapping(parts: readonly XrefPart[]): boolean {
  const sorted = parts
    .map(({ first, types }) => ({ first, end: first + types.length }))
    .filter(({ first, end }) => end > first && end > 1)
    .sort((a, b) => a.first - b.first);
  return sorted.some(({ first }, i) => i > 0 && first < (sorted[i - 1]?.end ?? 0));
}
