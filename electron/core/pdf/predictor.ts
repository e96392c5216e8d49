/** Predictors of FlateDecode and LZWDecode (ISO 32000-2, 7.4.4.4). */
import { Refusal } from '../../../shared/result.ts';

export interface PredictorParms {
  readonly predictor: number;
  readonly colors: number;
  readonly bits: number;
  readonly columns: number;
}

/** Undoes a predictor; a last row that breaks off is undone as far as it goes. */
export function unpredict(data: Uint8Array, parms: PredictorParms): Uint8Array {
  if (parms.predictor <= 1) return data;
  const { colors, bits, columns } = parms;
  if (
    ![1, 2, 4, 8, 16].includes(bits) ||
    !(Number.isInteger(colors) && colors >= 1 && colors <= 256) ||
    !(Number.isInteger(columns) && columns >= 1 && columns <= 1 << 26)
  )
    throw new Refusal('pdf.filter', 'A predictor has parameters that make no sense.');
  const pixel = Math.max(1, (colors * bits) >> 3);
  const row = Math.ceil((columns * colors * bits) / 8);
  return parms.predictor === 2 ? tiff(data, row, parms) : png(data, row, pixel);
}

function png(data: Uint8Array, row: number, pixel: number): Uint8Array {
  const rows = Math.ceil(data.length / (row + 1));
  const out = new Uint8Array(Math.max(0, data.length - rows));
  let from = 0;
  let to = 0;
  for (let r = 0; r < rows; r++) {
    const type = data[from++] ?? 0;
    const width = Math.min(row, data.length - from);
    const above = to - row;
    for (let i = 0; i < width; i++) {
      const raw = data[from + i] ?? 0;
      const left = i >= pixel ? (out[to + i - pixel] ?? 0) : 0;
      const up = above >= 0 ? (out[above + i] ?? 0) : 0;
      let predicted = 0;
      if (type === 1) predicted = left;
      else if (type === 2) predicted = up;
      else if (type === 3) predicted = (left + up) >> 1;
      else if (type === 4) {
        const corner = i >= pixel && above >= 0 ? (out[above + i - pixel] ?? 0) : 0;
        predicted = paeth(left, up, corner);
      }
      out[to + i] = raw + predicted;
    }
    from += width;
    to += width;
  }
  return out.subarray(0, to);
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const dLeft = Math.abs(estimate - left);
  const dUp = Math.abs(estimate - up);
  const dCorner = Math.abs(estimate - corner);
  if (dLeft <= dUp && dLeft <= dCorner) return left;
  return dUp <= dCorner ? up : corner;
}

function tiff(data: Uint8Array, row: number, parms: PredictorParms): Uint8Array {
  const out = data.slice();
  const { colors, bits, columns } = parms;
  for (let start = 0; start < out.length; start += row) {
    const end = Math.min(out.length, start + row);
    if (bits === 8) {
      for (let i = start + colors; i < end; i++) out[i] = (out[i] ?? 0) + (out[i - colors] ?? 0);
    } else if (bits === 16) {
      for (let i = start + 2 * colors; i + 1 < end; i += 2) {
        const before = ((out[i - 2 * colors] ?? 0) << 8) | (out[i - 2 * colors + 1] ?? 0);
        const sum = (((out[i] ?? 0) << 8) | (out[i + 1] ?? 0)) + before;
        out[i] = sum >> 8;
        out[i + 1] = sum;
      }
    } else tiffBits(out, start, end, colors, bits, columns);
  }
  return out;
}

/** Samples of 1, 2 or 4 bits, each the difference to the same component of the pixel before. */
function tiffBits(
  out: Uint8Array,
  start: number,
  end: number,
  colors: number,
  bits: number,
  columns: number,
): void {
  const mask = (1 << bits) - 1;
  const previous = new Uint8Array(colors);
  for (let sample = 0; sample < columns * colors; sample++) {
    const bit = sample * bits;
    const at = start + (bit >> 3);
    if (at >= end) return;
    const shift = 8 - bits - (bit & 7);
    const color = sample % colors;
    const value = ((((out[at] ?? 0) >> shift) & mask) + (previous[color] ?? 0)) & mask;
    previous[color] = value;
    out[at] = ((out[at] ?? 0) & ~(mask << shift)) | (value << shift);
  }
}
