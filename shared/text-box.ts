/** Whether something lies over a piece of a page's text. User space, in points. */
import type { Box } from './document.ts';
import { placeOfRun, type TextRun } from './text-places.ts';

/** Where it stands, before the page is turned or cropped. */
export function runBox(run: TextRun): Box {
  const { x, y, width, height } = placeOfRun(run, [1, 0, 0, 1, 0, 0]);
  return { x0: x, y0: y, x1: x + width, y1: y + height };
}

/** A third of it: so much that it cannot be read. */
const part = 1 / 3;

export function isUnder(text: Box, coverings: readonly Box[]): boolean {
  const area = (text.x1 - text.x0) * (text.y1 - text.y0);
  if (area <= 0) return false;
  return coverings.some((over) => {
    const width = Math.min(text.x1, over.x1) - Math.max(text.x0, over.x0);
    const height = Math.min(text.y1, over.y1) - Math.max(text.y0, over.y0);
    return width > 0 && height > 0 && width * height > part * area;
  });
}
