import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflate } from 'pako';
import { describe, expect, test } from 'vitest';
import { interFonts } from '../../../electron/adapters/fonts.ts';
import { createTextSetter } from '../../../electron/core/pdf/font.ts';
import { readFont } from '../../../electron/core/pdf/font-file.ts';
import { subsetFont } from '../../../electron/core/pdf/font-subset.ts';
import {
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  ref,
} from '../../../electron/core/pdf/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../../../electron/core/pdf/objects.ts';
import { Refusal } from '../../../shared/result.ts';

const fonts = interFonts();

function inter(subset: string): Uint8Array {
  const path = import.meta.resolve(`@fontsource/inter/files/inter-${subset}-400-normal.woff`);
  return new Uint8Array(readFileSync(fileURLToPath(path)));
}

/** The same font without its WOFF wrapping (WOFF 1.0, section 5). */
function unwrapped(woff: Uint8Array): Uint8Array {
  const data = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  const count = data.getUint16(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 44 + 20 * i;
    const raw = woff.subarray(
      data.getUint32(at + 4),
      data.getUint32(at + 4) + data.getUint32(at + 8),
    );
    const length = data.getUint32(at + 12);
    return {
      tag: woff.subarray(at, at + 4),
      bytes: raw.length < length ? inflate(raw) : raw,
    };
  });
  const file = Buffer.alloc(
    12 + 16 * count + tables.reduce((sum, table) => sum + ((table.bytes.length + 3) & ~3), 0),
  );
  file.writeUInt32BE(0x00010000, 0);
  file.writeUInt16BE(count, 4);
  let offset = 12 + 16 * count;
  for (const [i, table] of tables.entries()) {
    file.set(table.tag, 12 + 16 * i);
    file.writeUInt32BE(offset, 20 + 16 * i);
    file.writeUInt32BE(table.bytes.length, 24 + 16 * i);
    file.set(table.bytes, offset);
    offset += (table.bytes.length + 3) & ~3;
  }
  return new Uint8Array(file);
}

/** Collects what a setter embeds. */
function collector(): { readonly objects: PdfObject[]; add(object: PdfObject): PdfRef } {
  const objects: PdfObject[] = [];
  return {
    objects,
    add(object) {
      objects.push(object);
      return ref(objects.length);
    },
  };
}

function dictOf(objects: readonly PdfObject[], type: string, subtype?: string): PdfDict {
  const found = objects.find(
    (object): object is PdfDict =>
      isDict(object) &&
      isName(object.entries.get('Type'), type) &&
      (subtype === undefined || isName(object.entries.get('Subtype'), subtype)),
  );
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

describe('reading', () => {
  test('WOFF and TTF of one font say the same', () => {
    const woff = readFont('a', inter('latin'));
    const ttf = readFont('a', unwrapped(inter('latin')));
    expect(woff.name).toBe('Inter-Regular');
    expect(ttf.name).toBe(woff.name);
    expect(woff.unitsPerEm).toBe(2048);
    for (const character of 'Aåøæ€ ') {
      const glyph = woff.glyphOf(character.codePointAt(0) ?? 0);
      expect(glyph).toBeGreaterThan(0);
      expect(ttf.glyphOf(character.codePointAt(0) ?? 0)).toBe(glyph);
      expect(ttf.advance(glyph)).toBe(woff.advance(glyph));
      expect([...ttf.outline(glyph)]).toEqual([...woff.outline(glyph)]);
    }
    expect(woff.glyphOf(0x0627)).toBe(0);
    expect(woff.glyphOf(0x1f600)).toBe(0);
  });

  test('reads a format 12 map', () => {
    // One group: U+1F600..U+1F602 are glyphs 5, 6, 7.
    const cmap = Buffer.alloc(12 + 28);
    cmap.writeUInt16BE(1, 2);
    cmap.writeUInt16BE(3, 4);
    cmap.writeUInt16BE(10, 6);
    cmap.writeUInt32BE(12, 8);
    cmap.writeUInt16BE(12, 12);
    cmap.writeUInt32BE(28, 16);
    cmap.writeUInt32BE(1, 24);
    cmap.writeUInt32BE(0x1f600, 28);
    cmap.writeUInt32BE(0x1f602, 32);
    cmap.writeUInt32BE(5, 36);
    const ttf = Buffer.from(unwrapped(inter('latin')));
    const count = ttf.readUInt16BE(4);
    for (let i = 0; i < count; i++)
      if (ttf.toString('latin1', 12 + 16 * i, 16 + 16 * i) === 'cmap') {
        ttf.writeUInt32BE(ttf.length, 20 + 16 * i);
        ttf.writeUInt32BE(cmap.length, 24 + 16 * i);
      }
    const font = readFont('a', new Uint8Array(Buffer.concat([ttf, cmap])));
    expect(font.glyphOf(0x1f601)).toBe(6);
    expect(font.glyphOf(0x1f603)).toBe(0);
    expect(font.glyphOf(0x41)).toBe(0);
  });

  test.each([
    ['WOFF2', new Uint8Array([0x77, 0x4f, 0x46, 0x32, ...new Array<number>(60).fill(0)])],
    ['CFF outlines', new Uint8Array([0x4f, 0x54, 0x54, 0x4f, ...new Array<number>(60).fill(0)])],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readFont('a', bytes)).toThrow(Refusal);
  });
});

describe('the subset', () => {
  const font = readFont('Inter', inter('latin'));
  const glyph = (character: string): number => font.glyphOf(character.codePointAt(0) ?? 0);

  test('keeps outlines and metrics of its glyphs, numbered from 1', () => {
    const letters = ['N', 'o', 'r'];
    const subset = subsetFont(letters.map((letter) => ({ font, glyph: glyph(letter) })));
    const tables = tablesOf(subset.bytes);
    expect([...tables.keys()]).toEqual(['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp']);
    const hmtx = tables.get('hmtx') as DataView;
    const loca = tables.get('loca') as DataView;
    const glyf = tables.get('glyf') as DataView;
    expect((tables.get('maxp') as DataView).getUint16(4)).toBe(4);
    for (const [index, letter] of letters.entries()) {
      expect(hmtx.getUint16(4 * (index + 1))).toBe(font.advance(glyph(letter)));
      const [from, to] = [loca.getUint16(2 * (index + 1)) * 2, loca.getUint16(2 * (index + 2)) * 2];
      const outline = font.outline(glyph(letter));
      const kept = new Uint8Array(glyf.buffer, glyf.byteOffset + from, to - from);
      expect([...kept.subarray(0, outline.length)]).toEqual([...outline]);
    }
    // .notdef is there and empty.
    expect(loca.getUint16(0)).toBe(loca.getUint16(2));
  });

  test('brings the components of composites along, renumbered', () => {
    const composite = glyph('å');
    const outline = font.outline(composite);
    expect(new DataView(outline.buffer, outline.byteOffset).getInt16(0)).toBe(-1);
    const { bytes, glyphCount } = subsetFont([{ font, glyph: composite }]);
    const tables = tablesOf(bytes);
    const glyphs = (tables.get('maxp') as DataView).getUint16(4);
    expect(glyphs).toBe(glyphCount);
    expect(glyphs).toBeGreaterThanOrEqual(4);
    const glyf = tables.get('glyf') as DataView;
    const component = glyf.getUint16((tables.get('loca') as DataView).getUint16(2) * 2 + 12);
    expect(component).toBeGreaterThan(1);
    expect(component).toBeLessThan(glyphs);
    // Instructions are announced nowhere.
    expect(glyf.getUint16(10) & 0x100).toBe(0);
  });

  test('has right checksums', () => {
    const { bytes: subset } = subsetFont([{ font, glyph: glyph('A') }]);
    const data = new DataView(subset.buffer, subset.byteOffset, subset.byteLength);
    let sum = 0;
    for (let at = 0; at < subset.length; at += 4) sum = (sum + data.getUint32(at)) >>> 0;
    expect(sum).toBe(0xb1b0afba);
  });
});

function tablesOf(font: Uint8Array): Map<string, DataView> {
  const data = new DataView(font.buffer, font.byteOffset, font.byteLength);
  return new Map(
    Array.from({ length: data.getUint16(4) }, (_, i) => {
      const at = 12 + 16 * i;
      const tag = String.fromCharCode(...font.subarray(at, at + 4));
      const start = font.byteOffset + data.getUint32(at + 8);
      return [tag, new DataView(font.buffer, start, data.getUint32(at + 12))] as const;
    }),
  );
}

describe('setting text', () => {
  test('embeds one subset for letters of many files', () => {
    const setter = createTextSetter(fonts);
    const text = 'Åse Ψυχή Юлия Nguyễn Ł';
    const runs = setter.runs(text);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.codes.length).toBe(4 * [...text].length);
    const { objects, add } = collector();
    expect(Object.keys(setter.embed(add))).toEqual(['F0']);
    const cid = dictOf(objects, 'Font', 'CIDFontType2');
    const descriptor = dictOf(objects, 'FontDescriptor');
    const type0 = dictOf(objects, 'Font', 'Type0');
    expect(isName(cid.entries.get('CIDToGIDMap'), 'Identity')).toBe(true);
    expect(isName(type0.entries.get('Encoding'), 'Identity-H')).toBe(true);
    for (const holder of [cid, type0])
      expect(holder.entries.get('BaseFont')).toMatchObject({
        value: expect.stringMatching(/^[A-Z]{6}\+Inter-Regular$/) as string,
      });
    expect(descriptor.entries.get('FontName')).toEqual(type0.entries.get('BaseFont'));
  });

  test('the CIDSet names every glyph of the file, components too', () => {
    const setter = createTextSetter(fonts);
    setter.runs('Åå');
    const { objects, add } = collector();
    setter.embed(add);
    const at = dictOf(objects, 'FontDescriptor').entries.get('CIDSet');
    const set = isRef(at) ? objects[at.number - 1] : undefined;
    const file = objects
      .filter(isStream)
      .find(({ dict: entries }) => entries.entries.has('Length1'));
    if (!isStream(set) || file === undefined) throw new Error('no set');
    const glyphs = (tablesOf(inflate(file.raw())).get('maxp') as DataView).getUint16(4);
    const bits = [...set.raw()].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    expect(glyphs).toBeGreaterThan(3);
    expect(bits).toBe('1'.repeat(glyphs).padEnd(bits.length, '0'));
    expect(bits.length - glyphs).toBeLessThan(8);
  });

  test('widths in the PDF are those of the font file', () => {
    const setter = createTextSetter(fonts);
    setter.runs('Wi');
    const { objects, add } = collector();
    setter.embed(add);
    const w = dictOf(objects, 'Font', 'CIDFontType2').entries.get('W');
    if (!isArray(w) || !isArray(w[1])) throw new Error('no widths');
    const font = readFont('', inter('latin'));
    expect(w[0]).toBe(1);
    expect(w[1]).toEqual(
      ['W', 'i'].map((letter) =>
        Math.round((font.advance(font.glyphOf(letter.charCodeAt(0))) * 1000) / 2048),
      ),
    );
    expect(setter.width('Wi')).toBeCloseTo(
      (font.advance(font.glyphOf(0x57)) + font.advance(font.glyphOf(0x69))) / 2048,
    );
  });

  test('ToUnicode leads every code back to its character', () => {
    const setter = createTextSetter(fonts);
    setter.runs('Ånø');
    const { objects, add } = collector();
    setter.embed(add);
    const maps = objects
      .filter(isStream)
      .filter((each) => each.dict.entries.has('Filter'))
      .map((each) => Buffer.from(inflate(each.raw())).toString('latin1'));
    const map = maps.find((text) => text.includes('beginbfchar')) ?? '';
    expect(map).toContain('<0001><00c5>\n<0002><006e>\n<0003><00f8>');
  });

  test('composes what was typed apart, and takes any space for a space', () => {
    const setter = createTextSetter(fonts);
    expect(setter.runs('Å')).toEqual(setter.runs('\u00c5'));
    expect(setter.runs('1 250')).toEqual(setter.runs('1\u00a0250'));
  });

  test.each([
    ['سلام', 'U+0633', 'Arabic'],
    ['李', 'U+674E', 'Han'],
    ['✍', 'U+270D', 'other'],
    ['a\u202eb', 'U+202E', 'other'],
  ])('refuses %s, naming the character', (text, character, script) => {
    const setter = createTextSetter(fonts);
    const attempt = (): unknown => setter.width(text);
    expect(attempt).toThrow(Refusal);
    try {
      attempt();
    } catch (error) {
      expect((error as Refusal).failure).toMatchObject({
        code: 'appearance.no-glyph',
        detail: { character, script },
      });
    }
  });

  test('refuses text without any font', () => {
    expect(() => createTextSetter({ files: [] })).toThrow(Refusal);
  });
});
