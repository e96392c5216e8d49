/** A TrueType subset of a handful of glyphs, as small as ISO 32000-2, 9.9.1 lets it be. */
import type { FontFile } from './font-file.ts';

/** A glyph of one of the fonts that share the subset (all with the same units per em). */
export interface GlyphPick {
  readonly font: FontFile;
  readonly glyph: number;
}

// OpenType, glyf: flags of a component record.
const wordArguments = 0x0001;
const oneScale = 0x0008;
const moreComponents = 0x0020;
const twoScales = 0x0040;
const fourScales = 0x0080;
const instructions = 0x0100;

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A simple glyph without its instructions: a viewer scales, it does not hint. */
function withoutInstructions(outline: Uint8Array): Uint8Array {
  const at = 10 + 2 * view(outline).getInt16(0);
  const length = view(outline).getUint16(at);
  if (length === 0) return outline;
  const bytes = new Uint8Array(outline.length - length);
  bytes.set(outline.subarray(0, at));
  bytes.set(outline.subarray(at + 2 + length), at + 2);
  return bytes;
}

/** A composite glyph with its components renumbered; `numberOf` may add further glyphs. */
function renumbered(outline: Uint8Array, numberOf: (glyph: number) => number): Uint8Array {
  const bytes = outline.slice();
  const data = view(bytes);
  let at = 10;
  for (;;) {
    const flags = data.getUint16(at);
    data.setUint16(at, flags & ~instructions);
    data.setUint16(at + 2, numberOf(data.getUint16(at + 2)));
    at += 4 + (flags & wordArguments ? 4 : 2);
    at += flags & fourScales ? 8 : flags & twoScales ? 4 : flags & oneScale ? 2 : 0;
    if ((flags & moreComponents) === 0) return bytes.subarray(0, at);
  }
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++)
    sum = (sum + (bytes[i] ?? 0) * 2 ** (24 - 8 * (i % 4))) >>> 0;
  return sum;
}

function assemble(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const padded = (length: number): number => (length + 3) & ~3;
  const headerLength = 12 + 16 * tables.length;
  const total = tables.reduce((sum, [, bytes]) => sum + padded(bytes.length), headerLength);
  const file = new Uint8Array(total);
  const data = view(file);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  data.setUint32(0, 0x00010000);
  data.setUint16(4, tables.length);
  data.setUint16(6, 16 * power);
  data.setUint16(8, Math.log2(power));
  data.setUint16(10, 16 * (tables.length - power));
  let offset = headerLength;
  let headAt = 0;
  for (const [index, [tag, bytes]] of tables.entries()) {
    const at = 12 + 16 * index;
    for (let i = 0; i < 4; i++) file[at + i] = tag.charCodeAt(i);
    data.setUint32(at + 4, checksum(bytes));
    data.setUint32(at + 8, offset);
    data.setUint32(at + 12, bytes.length);
    file.set(bytes, offset);
    if (tag === 'head') headAt = offset;
    offset += padded(bytes.length);
  }
  data.setUint32(headAt + 8, (0xb1b0afba - checksum(file)) >>> 0);
  return file;
}

function maxpOf(fonts: readonly FontFile[], glyphs: number): Uint8Array {
  const maxp = new Uint8Array(32);
  const data = view(maxp);
  data.setUint32(0, 0x00010000);
  data.setUint16(4, glyphs);
  // maxPoints, maxContours, maxCompositePoints, maxCompositeContours; then component elements and depth.
  for (const at of [6, 8, 10, 12, 28, 30])
    for (const font of fonts)
      if (font.maxp.length >= 32)
        data.setUint16(at, Math.max(data.getUint16(at), view(font.maxp).getUint16(at)));
  data.setUint16(14, 1);
  return maxp;
}

/**
 * Builds a font file with the picked glyphs numbered 1, 2, 3, … in the order given; glyph 0 is an
 * empty .notdef, and components of composite glyphs follow after the picks. Only the tables that a
 * CIDFontType2 needs are written (ISO 32000-2, 9.9.1): glyf, head, hhea, hmtx, loca, maxp.
 *
 * @param picks glyphs of fonts with the same `unitsPerEm`; at least one
 * @returns the file, and how many glyphs stand in it
 */
export function subsetFont(picks: readonly GlyphPick[]): {
  readonly bytes: Uint8Array;
  readonly glyphCount: number;
} {
  const glyphs: GlyphPick[] = [...picks];
  const numbers = new Map<FontFile, Map<number, number>>();
  const fonts = [...new Set(picks.map((pick) => pick.font))];
  for (const font of fonts) numbers.set(font, new Map());
  for (const [index, { font, glyph }] of picks.entries()) numbers.get(font)?.set(glyph, index + 1);

  const outlines: Uint8Array[] = [new Uint8Array(0)];
  // The list grows while composites name their components.
  for (let i = 0; i < glyphs.length; i++) {
    const { font, glyph } = glyphs[i] as GlyphPick;
    const outline = font.outline(glyph);
    if (outline.length < 10) outlines.push(new Uint8Array(0));
    else if (view(outline).getInt16(0) >= 0) outlines.push(withoutInstructions(outline));
    else
      outlines.push(
        renumbered(outline, (component) => {
          const known = numbers.get(font)?.get(component);
          if (known !== undefined) return known;
          glyphs.push({ font, glyph: component });
          numbers.get(font)?.set(component, glyphs.length);
          return glyphs.length;
        }),
      );
  }

  const count = glyphs.length + 1;
  const starts = [0];
  for (const outline of outlines) starts.push((starts.at(-1) ?? 0) + ((outline.length + 3) & ~3));
  const glyf = new Uint8Array(starts.at(-1) ?? 0);
  for (const [index, outline] of outlines.entries()) glyf.set(outline, starts[index]);
  const long = glyf.length > 0x1fffe;
  const loca = new Uint8Array(starts.length * (long ? 4 : 2));
  for (const [index, start] of starts.entries())
    if (long) view(loca).setUint32(4 * index, start);
    else view(loca).setUint16(2 * index, start / 2);

  const hmtx = new Uint8Array(4 * count);
  let widest = 0;
  for (const [index, { font, glyph }] of glyphs.entries()) {
    widest = Math.max(widest, font.advance(glyph));
    view(hmtx).setUint16(4 * index + 4, font.advance(glyph));
    view(hmtx).setInt16(4 * index + 6, font.leftBearing(glyph));
  }

  const first = fonts[0] as FontFile;
  const hhea = new Uint8Array(36);
  view(hhea).setUint32(0, 0x00010000);
  view(hhea).setInt16(4, first.ascent);
  view(hhea).setInt16(6, first.descent);
  view(hhea).setUint16(10, widest);
  view(hhea).setInt16(18, 1);
  view(hhea).setUint16(34, count);

  const head = first.head.slice();
  view(head).setUint32(8, 0);
  for (const [at, pick] of [
    [36, Math.min],
    [38, Math.min],
    [40, Math.max],
    [42, Math.max],
  ] as const)
    view(head).setInt16(at, pick(...fonts.map((font) => font.bounds[(at - 36) / 2] ?? 0)));
  view(head).setInt16(50, long ? 1 : 0);
  view(head).setInt16(52, 0);

  const bytes = assemble([
    ['glyf', glyf],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', maxpOf(fonts, count)],
  ]);
  return { bytes, glyphCount: count };
}
