/** Which parts of an image let nothing shine through (ISO 32000-2, 8.9.6 and 11.6.5.2). */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, isStream, numberOf } from '../../pdf/objects.ts';
import type { PdfStream } from '../../pdf/objects.ts';
import { unpacked } from '../unpacked.ts';

/** A cell of this size (in units of the page) hides when it is all but opaque; a pen's line leaves more. */
const CELL = 5;
const OPAQUE = 0.85;
const MAX_CELLS = 160;
const MAX_SAMPLES = 32 << 20;
const WHOLE: readonly Box[] = [{ x0: 0, y0: 0, x1: 1, y1: 1 }];

/**
 * The opaque cells in the unit square of an image that is painted `width` by `height` units large;
 * all of it where it has no mask, or one that cannot be read.
 */
export function opaqueCells(
  document: PdfDocument,
  image: PdfStream,
  width: number,
  height: number,
): readonly Box[] {
  const soft = document.resolve(image.dict.entries.get('SMask'));
  const hard = document.resolve(image.dict.entries.get('Mask'));
  const stencil = document.entry(image.dict, 'ImageMask') === true;
  if (isStream(soft)) return cellsOf(document, soft, width, height, false) ?? WHOLE;
  if (isStream(hard)) return cellsOf(document, hard, width, height, true) ?? WHOLE;
  if (stencil) return cellsOf(document, image, width, height, true) ?? WHOLE;
  return WHOLE;
}

/** `inverse`: samples of 1 are left out (a stencil), not opaque. */
function cellsOf(
  document: PdfDocument,
  mask: PdfStream,
  width: number,
  height: number,
  inverse: boolean,
): readonly Box[] | null {
  const columns = numberOf(document.entry(mask.dict, 'Width'));
  const rows = numberOf(document.entry(mask.dict, 'Height'));
  const depth = inverse ? 1 : numberOf(document.entry(mask.dict, 'BitsPerComponent'));
  if (columns === null || rows === null || columns < 1 || rows < 1) return null;
  if ((depth !== 1 && depth !== 8) || columns * rows > MAX_SAMPLES) return null;
  const stride = Math.ceil((columns * depth) / 8);
  const filter = document.entry(mask.dict, 'Filter');
  const data = isName(filter, 'DCTDecode') ? null : unpacked(document, mask);
  if (data === null || data.length < stride * rows) return null;
  const decode = document.arrayEntry(mask.dict, 'Decode');
  const turned = (decode !== null && numberOf(document.resolve(decode[0])) === 1) !== inverse;
  const sample = (x: number, y: number): number => {
    const value =
      depth === 8
        ? (data[y * stride + x] ?? 0) / 255
        : ((data[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
    return turned ? 1 - value : value;
  };
  const across = cellCount(width, columns);
  const down = cellCount(height, rows);
  const cells: Box[] = [];
  for (let j = 0; j < down; j++)
    for (let i = 0; i < across; i++) {
      const [left, right] = span(i, across, columns);
      const [top, bottom] = span(j, down, rows);
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += sample(x, y);
      if (sum < OPAQUE * (right - left) * (bottom - top)) continue;
      // The first row of samples stands at the top of the square (8.9.5.1).
      cells.push({
        x0: i / across,
        y0: 1 - (j + 1) / down,
        x1: (i + 1) / across,
        y1: 1 - j / down,
      });
    }
  return cells;
}

function cellCount(size: number, samples: number): number {
  return Math.max(1, Math.min(Math.ceil(size / CELL), samples, MAX_CELLS));
}

function span(index: number, count: number, samples: number): readonly [number, number] {
  return [Math.floor((index * samples) / count), Math.floor(((index + 1) * samples) / count)];
}
