/** Text in embedded fonts: which file has a character, how wide a line is, and the font objects. */
import { Refusal } from '../../../shared/result.ts';
import { readFont } from './font-file.ts';
import type { FontFile } from './font-file.ts';
import { subsetFont } from './font-subset.ts';
import type { GlyphPick } from './font-subset.ts';
import { flateEncode } from './flate.ts';
import { bytesString, dict, latin1, name, real, stream } from './objects.ts';
import type { PdfObject, PdfRef } from './objects.ts';

/** Font files as `Fonts` in the signature room carries them. */
export interface FontFiles {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A piece of a line in one embedded font; `codes` is the hex of its two-byte glyph codes. */
export interface TextRun {
  readonly font: string;
  readonly codes: string;
}

/** The text of one appearance. Sizes are in ems: multiply by the font size. */
export interface TextSetter {
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  /** Width of a line; refuses `appearance.no-glyph`. */
  width(text: string): number;
  /** The runs of a line; the glyphs they use will be embedded. */
  runs(text: string): readonly TextRun[];
  /** Writes the fonts used so far with `add`; the entries of a /Font resource dictionary. */
  embed(add: (object: PdfObject) => PdfRef): Readonly<Record<string, PdfRef>>;
}

const scripts = [
  ...['Arabic', 'Armenian', 'Bengali', 'Bopomofo', 'Cyrillic', 'Devanagari', 'Ethiopic'],
  ...['Georgian', 'Greek', 'Gujarati', 'Gurmukhi', 'Han', 'Hangul', 'Hebrew', 'Hiragana'],
  ...['Kannada', 'Katakana', 'Khmer', 'Lao', 'Latin', 'Malayalam', 'Mongolian', 'Myanmar'],
  ...['Oriya', 'Sinhala', 'Syriac', 'Tamil', 'Telugu', 'Thaana', 'Thai', 'Tibetan', 'Tifinagh'],
].map((script) => ({ script, pattern: new RegExp(`\\p{Script=${script}}`, 'u') }));

function noGlyph(character: string): Refusal {
  const code = character.codePointAt(0) ?? 0;
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const script = scripts.find(({ pattern }) => pattern.test(character))?.script ?? 'other';
  return new Refusal('appearance.no-glyph', `No font at hand has ${shown} (script: ${script}).`, {
    character: shown,
    script,
  });
}

/** Composed, and with every kind of space and tab as a plain one: fonts seldom carry the others. */
function normalized(text: string): string {
  return text.normalize('NFC').replace(/[\s\u00a0\u2000-\u200a\u202f\u205f]/gu, ' ');
}

// One reading of the files serves every signature of a run.
const readings = new WeakMap<FontFiles, (FontFile | null)[]>();

function fontAt(files: FontFiles, index: number): FontFile | null {
  let read = readings.get(files);
  if (read === undefined) readings.set(files, (read = []));
  const known = read[index];
  if (known !== undefined) return known;
  const file = files.files[index];
  return (read[index] = file === undefined ? null : readFont(file.name, file.bytes));
}

interface Embedding {
  readonly picks: GlyphPick[];
  /** Unicode of each pick, in the same order. */
  readonly characters: string[];
  readonly codes: Map<string, number>;
}

/** ISO 32000-2, 9.10.3: maps the codes back to Unicode, for search and for copying. */
function toUnicode(characters: readonly string[]): Uint8Array {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const units = (text: string): string =>
    Array.from({ length: text.length }, (_, i) => hex(text.charCodeAt(i))).join('');
  const pairs = characters.map((text, index) => `<${hex(index + 1)}><${units(text)}>`);
  const blocks: string[] = [];
  for (let i = 0; i < pairs.length; i += 100) {
    const block = pairs.slice(i, i + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return latin1(
    `/CIDInit/ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def/CMapType 2 def
1 begincodespacerange<0000><ffff>endcodespacerange
${blocks.join('\n')}
endcmap CMapName currentdict/CMap defineresource pop end end`,
  );
}

/** ISO 32000-2, 9.9.2: six letters that tell this subset from others of the same font. */
function subsetTag(characters: readonly string[]): string {
  let hash = 2166136261;
  for (const character of characters)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  let tag = '';
  for (let i = 0; i < 6; i++) {
    tag += String.fromCharCode(65 + (hash % 26));
    hash = Math.floor(hash / 26);
  }
  return tag;
}

/**
 * ISO 19005-1, 6.3.5 wants a CIDSet with a subset, ISO 19005-2, 6.2.11.4.2 wants it complete where there
 * is one: a bit for every glyph of the file, components and .notdef too.
 */
function cidSet(glyphs: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(glyphs / 8)).fill(0xff);
  const unused = 8 * bits.length - glyphs;
  bits[bits.length - 1] = (0xff << unused) & 0xff;
  return bits;
}

function deflated(entries: Readonly<Record<string, PdfObject>>, bytes: Uint8Array): PdfObject {
  return stream(dict({ ...entries, Filter: name('FlateDecode') }), flateEncode(bytes));
}

function embedOne({ picks, characters }: Embedding, add: (object: PdfObject) => PdfRef): PdfRef {
  const font = (picks[0] as GlyphPick).font;
  const scaled = (value: number): number => Math.round((value * 1000) / font.unitsPerEm);
  const { bytes: file, glyphCount } = subsetFont(picks);
  const baseFont = name(`${subsetTag(characters)}+${font.name}`);
  const bounds = [0, 1, 2, 3].map((side) =>
    scaled((side < 2 ? Math.min : Math.max)(...picks.map((pick) => pick.font.bounds[side] ?? 0))),
  );
  const descriptor = add(
    dict({
      Type: name('FontDescriptor'),
      FontName: baseFont,
      // Symbolic: the codes are glyph numbers, no standard encoding applies.
      Flags: 4,
      FontBBox: bounds,
      ItalicAngle: Number.isInteger(font.italicAngle) ? font.italicAngle : real(font.italicAngle),
      Ascent: scaled(font.ascent),
      Descent: scaled(font.descent),
      CapHeight: scaled(font.capHeight),
      StemV: 80,
      FontFile2: add(deflated({ Length1: file.length }, file)),
      CIDSet: add(stream(dict({}), cidSet(glyphCount))),
    }),
  );
  const descendant = dict({
    Type: name('Font'),
    Subtype: name('CIDFontType2'),
    BaseFont: baseFont,
    CIDSystemInfo: dict({
      Registry: bytesString(latin1('Adobe')),
      Ordering: bytesString(latin1('Identity')),
      Supplement: 0,
    }),
    FontDescriptor: descriptor,
    DW: 0,
    W: [1, picks.map((pick) => scaled(pick.font.advance(pick.glyph)))],
    // ISO 19005-2, 6.2.11.3.2: must be there for an embedded CIDFontType2.
    CIDToGIDMap: name('Identity'),
  });
  return add(
    dict({
      Type: name('Font'),
      Subtype: name('Type0'),
      BaseFont: baseFont,
      Encoding: name('Identity-H'),
      DescendantFonts: [add(descendant)],
      ToUnicode: add(deflated({}, toUnicode(characters))),
    }),
  );
}

/**
 * A setter for the text of one appearance. The files are tried in order for each character; glyphs
 * of all files with the same units per em share one embedded subset.
 *
 * Throws `appearance.no-glyph` ({character: 'U+XXXX', script}) from `width` and `runs` for a
 * character that no file has: it is never dropped or replaced.
 */
export function createTextSetter(files: FontFiles): TextSetter {
  const first = fontAt(files, 0);
  if (first === null)
    throw new Refusal('appearance.no-font', 'There is text to set but no font at hand.');
  const found = new Map<string, GlyphPick>();
  const embeddings = new Map<number, Embedding>();

  const find = (character: string): GlyphPick => {
    let pick = found.get(character);
    for (let i = 0; pick === undefined && i < files.files.length; i++) {
      const font = fontAt(files, i);
      const glyph = font?.glyphOf(character.codePointAt(0) ?? 0) ?? 0;
      if (font !== null && glyph !== 0) pick = { font, glyph };
    }
    if (pick === undefined) throw noGlyph(character);
    found.set(character, pick);
    return pick;
  };

  const resource = (font: FontFile): string =>
    `F${[...embeddings.keys()].indexOf(font.unitsPerEm)}`;

  const codeOf = (character: string, { font, glyph }: GlyphPick): number => {
    let embedding = embeddings.get(font.unitsPerEm);
    if (embedding === undefined) {
      embedding = { picks: [], characters: [], codes: new Map() };
      embeddings.set(font.unitsPerEm, embedding);
    }
    let code = embedding.codes.get(character);
    if (code === undefined) {
      embedding.picks.push({ font, glyph });
      embedding.characters.push(character);
      code = embedding.picks.length;
      embedding.codes.set(character, code);
    }
    return code;
  };

  return {
    ascent: first.ascent / first.unitsPerEm,
    descent: first.descent / first.unitsPerEm,
    capHeight: first.capHeight / first.unitsPerEm,
    width(text) {
      let width = 0;
      for (const character of normalized(text)) {
        const { font, glyph } = find(character);
        width += font.advance(glyph) / font.unitsPerEm;
      }
      return width;
    },
    runs(text) {
      const runs: { font: string; codes: string }[] = [];
      for (const character of normalized(text)) {
        const pick = find(character);
        const code = codeOf(character, pick).toString(16).padStart(4, '0');
        const font = resource(pick.font);
        const last = runs.at(-1);
        if (last?.font === font) last.codes += code;
        else runs.push({ font, codes: code });
      }
      return runs;
    },
    embed(add) {
      const entries = [...embeddings.values()].map(
        (embedding, index) => [`F${index}`, embedOne(embedding, add)] as const,
      );
      return Object.fromEntries(entries);
    },
  };
}
