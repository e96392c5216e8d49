/** How wide a string is set in a font (ISO 32000-2, 9.2.4 and 9.7.4.3), near enough to say what it touches. */
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';

/** Width of the glyphs of a string in units of the font size, and their number. */
export type TextWidth = (bytes: Uint8Array) => { readonly width: number; readonly glyphs: number };

/** What a font without widths is taken for. */
export const ROUGH_WIDTH: TextWidth = (bytes) => ({ width: bytes.length, glyphs: bytes.length });

// What a glyph without a width counts for: rather too wide than too narrow.
const UNKNOWN = 0.6;
const UNKNOWN_WIDE = 1;
const MAX_WIDTHS = 65_536;

/** The widths of a font dictionary; estimates where it has none. */
export function textWidth(document: PdfDocument, font: PdfObject): TextWidth {
  if (!isDict(font)) return (bytes) => ({ width: bytes.length * UNKNOWN, glyphs: bytes.length });
  if (isName(document.entry(font, 'Subtype'), 'Type0')) return compositeWidth(document, font);
  const first = numberOf(document.entry(font, 'FirstChar')) ?? 0;
  const widths = (document.arrayEntry(font, 'Widths') ?? [])
    .slice(0, 256)
    .map((width) => numberOf(document.resolve(width)));
  // Glyph space of a Type 3 font is its own (9.6.4).
  const matrix = document.arrayEntry(font, 'FontMatrix');
  const scale = matrix === null ? 0.001 : Math.abs(numberOf(document.resolve(matrix[0])) ?? 0.001);
  return (bytes) => {
    let total = 0;
    for (const byte of bytes) {
      const width = widths[byte - first];
      total += width === undefined || width === null ? UNKNOWN : width * scale;
    }
    return { width: total, glyphs: bytes.length };
  };
}

/** Two bytes to a glyph, as nearly every such font has it; /W by character identifier. */
function compositeWidth(document: PdfDocument, font: PdfDict): TextWidth {
  const descendant = document.resolve(document.arrayEntry(font, 'DescendantFonts')?.[0]);
  const known = new Map<number, number>();
  const fallback = isDict(descendant)
    ? (numberOf(document.entry(descendant, 'DW')) ?? 1000) / 1000
    : UNKNOWN_WIDE;
  if (isDict(descendant)) {
    const list = document.arrayEntry(descendant, 'W') ?? [];
    for (let i = 0; i < list.length && known.size < MAX_WIDTHS;) {
      const start = numberOf(document.resolve(list[i])) ?? 0;
      const next = document.resolve(list[i + 1]);
      if (isArray(next)) {
        next.forEach((width, k) =>
          known.set(start + k, (numberOf(document.resolve(width)) ?? 0) / 1000),
        );
        i += 2;
      } else {
        const end = Math.min(numberOf(next) ?? start, start + MAX_WIDTHS);
        const width = (numberOf(document.resolve(list[i + 2])) ?? 0) / 1000;
        for (let code = start; code <= end; code++) known.set(code, width);
        i += 3;
      }
    }
  }
  return (bytes) => {
    let total = 0;
    for (let i = 0; i + 1 < bytes.length; i += 2)
      total += known.get(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)) ?? fallback;
    return { width: total, glyphs: bytes.length >> 1 };
  };
}
