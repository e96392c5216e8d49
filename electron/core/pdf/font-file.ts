/** Static TrueType fonts, bare (TTF) or as WOFF 1.0: metrics, character map and outlines. */
import { inflate } from 'pako';
import { Refusal } from '../../../shared/result.ts';

/** A TrueType font, its tables read when they are asked for. Lengths are font units. */
export interface FontFile {
  /** PostScript name (name table, id 6), or what the file is called. */
  readonly name: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly italicAngle: number;
  readonly bounds: readonly [number, number, number, number];
  readonly glyphCount: number;
  /** The `head` and `maxp` tables as they stand in the file. */
  readonly head: Uint8Array;
  readonly maxp: Uint8Array;
  /** The glyph of a Unicode code point; 0 where the font has none. */
  glyphOf(codePoint: number): number;
  advance(glyph: number): number;
  leftBearing(glyph: number): number;
  /** The glyph's `glyf` entry; empty for a blank. Not to be written to. */
  outline(glyph: number): Uint8Array;
}

interface TableEntry {
  readonly offset: number;
  readonly stored: number;
  readonly length: number;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function tag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function directory(bytes: Uint8Array): Map<string, TableEntry> {
  const data = view(bytes);
  const entries = new Map<string, TableEntry>();
  const woff = tag(bytes, 0) === 'wOFF';
  // WOFF 1.0, section 4: table directory after a 44 byte header; OpenType: after 12 bytes.
  const count = data.getUint16(woff ? 12 : 4);
  for (let i = 0; i < count; i++) {
    const at = woff ? 44 + 20 * i : 12 + 16 * i;
    const length = data.getUint32(at + 12);
    entries.set(
      tag(bytes, at),
      woff
        ? { offset: data.getUint32(at + 4), stored: data.getUint32(at + 8), length }
        : { offset: data.getUint32(at + 8), stored: length, length },
    );
  }
  return entries;
}

/** Character map lookup for a format 4 or 12 subtable (OpenType, `cmap`). */
function lookup(cmap: Uint8Array): (codePoint: number) => number {
  const data = view(cmap);
  let best = -1;
  let rank = 0;
  for (let i = 0; i < data.getUint16(2); i++) {
    const platform = data.getUint16(4 + 8 * i);
    const encoding = data.getUint16(6 + 8 * i);
    const offset = data.getUint32(8 + 8 * i);
    const format = data.getUint16(offset);
    const unicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    const worth = !unicode ? 0 : format === 12 ? 2 : format === 4 ? 1 : 0;
    if (worth > rank) [best, rank] = [offset, worth];
  }
  if (rank === 0) throw new Refusal('font.unsupported', 'The font has no Unicode character map.');
  if (rank === 2) {
    const groups = data.getUint32(best + 12);
    return (codePoint) => {
      for (let i = 0; i < groups; i++) {
        const at = best + 16 + 12 * i;
        const first = data.getUint32(at);
        if (codePoint >= first && codePoint <= data.getUint32(at + 4))
          return data.getUint32(at + 8) + codePoint - first;
      }
      return 0;
    };
  }
  const doubled = data.getUint16(best + 6);
  const ends = best + 14;
  const starts = ends + doubled + 2;
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    for (let i = 0; i < doubled; i += 2) {
      if (data.getUint16(ends + i) < codePoint) continue;
      const start = data.getUint16(starts + i);
      if (start > codePoint) return 0;
      const delta = data.getUint16(starts + doubled + i);
      const rangeAt = starts + 2 * doubled + i;
      const range = data.getUint16(rangeAt);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = data.getUint16(rangeAt + range + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

function postScriptName(table: Uint8Array | null): string | null {
  if (table === null) return null;
  const data = view(table);
  const strings = data.getUint16(4);
  for (let i = 0; i < data.getUint16(2); i++) {
    const at = 6 + 12 * i;
    if (data.getUint16(at + 6) !== 6) continue;
    const wide = data.getUint16(at) !== 1;
    const start = strings + data.getUint16(at + 10);
    const bytes = table.subarray(start, start + data.getUint16(at + 8));
    return String.fromCharCode(...(wide ? bytes.filter((_, index) => index % 2 === 1) : bytes));
  }
  return null;
}

/**
 * Reads a static TrueType font.
 *
 * @param name what to call the font where it does not name itself
 * @param bytes a TTF or WOFF 1.0 file; kept and read lazily, never written to
 * @throws Refusal `font.unsupported` for WOFF2, CFF outlines or a font without a Unicode map,
 *   `font.damaged` where a table is missing or broken
 * @see OpenType 1.9, WOFF 1.0
 */
export function readFont(name: string, bytes: Uint8Array): FontFile {
  const kind = bytes.length < 12 ? '' : tag(bytes, 0);
  if (kind !== 'wOFF' && kind !== '\0\x01\0\0' && kind !== 'true')
    throw new Refusal('font.unsupported', 'Only TrueType fonts (TTF or WOFF 1.0) can be embedded.');
  const entries = directory(bytes);
  const loaded = new Map<string, Uint8Array>();

  const optional = (key: string): Uint8Array | null => {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    let table = loaded.get(key);
    if (table === undefined) {
      const raw = bytes.subarray(entry.offset, entry.offset + entry.stored);
      table = entry.stored < entry.length ? inflate(raw) : raw;
      if (table.length !== entry.length)
        throw new Refusal('font.damaged', `The font's table ${key} has the wrong length.`);
      loaded.set(key, table);
    }
    return table;
  };
  const table = (key: string): Uint8Array => {
    const found = optional(key);
    if (found === null)
      throw new Refusal('font.unsupported', `The font has no table ${key} (TrueType outlines?).`);
    return found;
  };

  const head = view(table('head'));
  const hhea = view(table('hhea'));
  const glyphCount = view(table('maxp')).getUint16(4);
  const longMetrics = hhea.getUint16(34);
  const longOffsets = head.getInt16(50) === 1;
  const os2 = optional('OS/2');
  const post = optional('post');
  let find: ((codePoint: number) => number) | null = null;

  const bearingAt = (glyph: number): number =>
    glyph < longMetrics ? 4 * glyph + 2 : 4 * longMetrics + 2 * (glyph - longMetrics);

  return {
    name: (postScriptName(optional('name')) ?? name).replace(/[^A-Za-z0-9-]/g, '') || 'Font',
    unitsPerEm: head.getUint16(18),
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    capHeight:
      os2 !== null && os2.length >= 90
        ? view(os2).getInt16(88)
        : Math.round(hhea.getInt16(4) * 0.75),
    italicAngle: post === null ? 0 : view(post).getInt32(4) / 65536,
    bounds: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    glyphCount,
    head: table('head'),
    maxp: table('maxp'),
    glyphOf(codePoint) {
      find ??= lookup(table('cmap'));
      const glyph = find(codePoint);
      return glyph < glyphCount ? glyph : 0;
    },
    advance(glyph) {
      return view(table('hmtx')).getUint16(4 * Math.min(glyph, longMetrics - 1));
    },
    leftBearing(glyph) {
      return view(table('hmtx')).getInt16(bearingAt(glyph));
    },
    outline(glyph) {
      const loca = view(table('loca'));
      const offset = (index: number): number =>
        longOffsets ? loca.getUint32(4 * index) : 2 * loca.getUint16(2 * index);
      return table('glyf').subarray(offset(glyph), offset(glyph + 1));
    },
  };
}
