/** Graphics state and colours, as far as the reading of content needs them. */
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, isStream, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import type { Matrix } from './matrix.ts';
import { ROUGH_WIDTH } from './text-width.ts';
import type { TextWidth } from './text-width.ts';

/** A named resource; null where there is none. */
export function resource(
  document: PdfDocument,
  resources: PdfDict | null,
  category: string,
  name: PdfObject | undefined,
): PdfObject {
  const group = resources === null ? null : document.dictEntry(resources, category);
  return group === null || !isName(name) ? null : document.entry(group, name.value);
}

/** Constant alpha of fills (`ca`) or strokes (`CA`) that a graphics state sets, or null. */
export function alphaOf(
  document: PdfDocument,
  resources: PdfDict | null,
  name: PdfObject | undefined,
  key: 'ca' | 'CA',
): number | null {
  const state = resource(document, resources, 'ExtGState', name);
  return isDict(state) ? numberOf(document.entry(state, key)) : null;
}

/** How a colour is to be read: by its additive or subtractive parts, or not at all. */
export type ColourSpace = 'additive' | 'subtractive' | 'unknown';

/** The space that `cs` names (ISO 32000-2, 8.6.3). A full tint of a separation is ink, not paper. */
export function colourSpace(
  document: PdfDocument,
  resources: PdfDict | null,
  name: PdfObject | undefined,
): ColourSpace {
  const named = resource(document, resources, 'ColorSpace', name) ?? name ?? null;
  const [family, detail] = isArray(named) ? named : [named];
  const kind = document.resolve(family);
  if (!isName(kind)) return 'unknown';
  switch (kind.value) {
    case 'DeviceGray':
    case 'CalGray':
    case 'DeviceRGB':
    case 'CalRGB':
      return 'additive';
    case 'DeviceCMYK':
      return 'subtractive';
    case 'ICCBased': {
      const profile = document.resolve(detail);
      const parts = isStream(profile) ? numberOf(document.entry(profile.dict, 'N')) : null;
      return parts === 4 ? 'subtractive' : parts === 1 || parts === 3 ? 'additive' : 'unknown';
    }
    default:
      return 'unknown';
  }
}

export interface Tone {
  /** White as the paper: nothing is seen of it on an empty page. */
  readonly white: boolean;
  /** Light enough to pass for paper, or of an unknown colour: what it covers is gone unnoticed. */
  readonly pale: boolean;
}

export const BLACK: Tone = { white: false, pale: false };
export const UNKNOWN: Tone = { white: false, pale: true };

/** The tone of a colour in a space. */
export function toneOf(space: ColourSpace, operands: readonly PdfObject[]): Tone {
  const parts = operands.map((operand) => numberOf(operand));
  const light = (least: number): boolean =>
    parts.every(
      (part) => part !== null && (space === 'additive' ? part >= least : part <= 1 - least),
    );
  if (space === 'unknown' || parts.length === 0) return UNKNOWN;
  return { white: light(0.99), pale: light(0.8) };
}

/** The part of the graphics and text state that says where and how something is painted. */
export interface PaintState {
  ctm: Matrix;
  fillSpace: ColourSpace;
  strokeSpace: ColourSpace;
  fill: Tone;
  stroke: Tone;
  fillAlpha: number;
  strokeAlpha: number;
  width: number;
  size: number;
  leading: number;
  rise: number;
  /** Tc, Tw and Tz (9.3.2 to 9.3.4). */
  charSpace: number;
  wordSpace: number;
  scale: number;
  /** Text rendering mode (9.3.6). */
  mode: number;
  /** A Type 3 font: its glyphs are content of their own. */
  drawn: boolean;
  measure: TextWidth;
}

/** ISO 32000-2, tables 51 and 102. */
export function initialState(ctm: Matrix): PaintState {
  return {
    ctm,
    fillSpace: 'additive',
    strokeSpace: 'additive',
    fill: BLACK,
    stroke: BLACK,
    fillAlpha: 1,
    strokeAlpha: 1,
    width: 1,
    size: 1,
    leading: 0,
    rise: 0,
    charSpace: 0,
    wordSpace: 0,
    scale: 1,
    mode: 0,
    drawn: false,
    measure: ROUGH_WIDTH,
  };
}
