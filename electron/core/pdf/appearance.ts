/** The appearance stream of a signature's widget: what people see of a signature on the page. */
import { inkAspect, inkOf, placeInk, rise } from '../../../shared/mark/ink.ts';
import type { Strokes } from '../../../shared/mark/ink.ts';
import { layOut } from '../../../shared/mark/layout.ts';
import type { Area } from '../../../shared/mark/layout.ts';
import { fitName, paragraphsOf } from '../../../shared/mark/text.ts';
import { Refusal } from '../../../shared/result.ts';
import { createTextSetter } from './font.ts';
import type { FontFiles, TextSetter } from './font.ts';
import { readMarkImage } from './appearance-image.ts';
import type { MarkImage } from './appearance-image.ts';
import { strokeOperators } from './appearance-strokes.ts';
import { flateEncode } from './flate.ts';
import { dict, latin1, name, real, stream } from './objects.ts';
import type { PdfArray, PdfObject, PdfRef, PdfStream } from './objects.ts';

/** A mark as the signature room's `Mark` describes it. */
export interface DrawnMark {
  readonly lines: readonly string[];
  readonly strokes?: Strokes;
  readonly typed?: string;
  readonly image?: Uint8Array;
}

export interface AppearanceRequest {
  readonly mark: DrawnMark;
  /** Size of the box as displayed, in points. */
  readonly width: number;
  readonly height: number;
  /** Clockwise turn of the page when displayed. */
  readonly rotate: 0 | 90 | 180 | 270;
  /** True where the file may not carry transparency (PDF/A-1, PDF 1.3). */
  readonly flat?: boolean;
}

type Figure =
  | { readonly type: 'strokes'; readonly strokes: Strokes }
  | { readonly type: 'image'; readonly image: MarkImage }
  | { readonly type: 'typed'; readonly typed: string };

// Signature ink, text, its quieter second voice, and the rule.
const ink = [0x20, 0x38, 0x6f] as const;
const heading = [0x1d, 0x24, 0x21] as const;
const body = [0x4a, 0x52, 0x4d] as const;
const line = [0x8f, 0x88, 0x7b] as const;

/** A written name leans like handwriting, though its font stands upright. */
const slant = 0.19;

const whitePoint: PdfArray = [real(0.9505), 1, real(1.089)];
/**
 * sRGB by its primaries (ISO 32000-2, 8.6.5.3). A device colour would lean on an output intent that
 * the file may lack or have for CMYK (ISO 19005-2, 6.2.4.3); this one stands by itself.
 */
export const calRgb: PdfArray = [
  name('CalRGB'),
  dict({
    WhitePoint: whitePoint,
    Gamma: [real(2.2), real(2.2), real(2.2)],
    Matrix: [0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505].map(real),
  }),
];
export const calGrey: PdfArray = [
  name('CalGray'),
  dict({ WhitePoint: whitePoint, Gamma: real(2.2) }),
];

export const number = (value: number): string => String(Math.round(value * 100) / 100 || 0);
export const precise = (value: number): number | PdfObject => {
  const rounded = Math.round(value * 1000) / 1000 || 0;
  return Number.isInteger(rounded) ? rounded : real(rounded);
};
export const colour = (rgb: readonly [number, number, number], operator: 'sc' | 'SC'): string =>
  `/C ${operator === 'sc' ? 'cs' : 'CS'} ${rgb.map((part) => number(part / 255)).join(' ')} ${operator}`;

/**
 * ISO 32000-2, 12.5.5: the form's matrix is applied before it is fitted into /Rect, so turning the
 * form against the page's /Rotate lets it stand upright as displayed. `[1 0 0 1 0 0]` is left out.
 */
export function matrixOf({
  rotate,
  width,
  height,
}: Pick<AppearanceRequest, 'rotate' | 'width' | 'height'>): PdfArray | undefined {
  switch (rotate) {
    case 0:
      return undefined;
    case 90:
      return [0, 1, -1, 0, precise(height), 0];
    case 180:
      return [-1, 0, 0, -1, precise(width), precise(height)];
    case 270:
      return [0, -1, 1, 0, 0, precise(width)];
  }
}

function figureOf(mark: DrawnMark): Figure | null {
  if (mark.strokes !== undefined && inkOf(mark.strokes) !== null)
    return { type: 'strokes', strokes: mark.strokes };
  if (mark.image !== undefined) return { type: 'image', image: readMarkImage(mark.image) };
  const typed = mark.typed?.trim() ?? '';
  return typed === '' ? null : { type: 'typed', typed };
}

export function drawStrokes(strokes: Strokes, area: Area, seated: boolean): string[] {
  const placed = placeInk(strokes, area, seated);
  if (placed === null) return [];
  return [colour(ink, 'SC'), ...strokeOperators(strokes, placed.place, placed.pen)];
}

function textOperators(setter: TextSetter, text: string, size: number): string[] {
  return setter.runs(text).map((run) => `/${run.font} ${number(size)} Tf <${run.codes}> Tj`);
}

export function drawTyped(
  typed: string,
  area: Area,
  seated: boolean,
  setter: TextSetter,
): string[] {
  const { size, lines } = fitName(typed, area, 30, setter);
  const block = size * (1.02 + (lines.length - 1) * 1.15);
  const top = area.y + Math.min(area.height, block + rise(area, block, seated));
  const first = top - size * 0.79;
  return [
    colour(ink, 'sc'),
    'BT',
    ...lines.flatMap((each, index) => [
      `1 0 ${slant} 1 ${number(area.x)} ${number(first - index * size * 1.15)} Tm`,
      ...textOperators(setter, each, size),
    ]),
    'ET',
  ];
}

/** The part of the area that an image of this aspect fills, standing on its lower left corner. */
function fitted(area: Area, aspect: number, seated: boolean): Area {
  const width = Math.min(area.width, area.height * aspect);
  const height = width / aspect;
  return { x: area.x, y: area.y + rise(area, height, seated), width, height };
}

/**
 * Draws a mark as a form XObject: vector, on a transparent ground, upright as displayed, with its
 * fonts embedded, and no device colours, so that a PDF/A-2b stays one.
 *
 * @param add writes an object of the same update (fonts, masks) and answers its reference
 * @throws Refusal `appearance.no-glyph`, `appearance.no-font`, `appearance.image-*`,
 *   `appearance.no-room` for a box without area
 */
export function drawAppearance(
  request: AppearanceRequest,
  fonts: FontFiles,
  add: (object: PdfObject) => PdfRef,
): PdfStream {
  const { mark, width, height } = request;
  if (!(width > 0 && height > 0))
    throw new Refusal('appearance.no-room', 'The signature field has no area to draw in.');
  let made: TextSetter | null = null;
  const setter = (): TextSetter => (made ??= createTextSetter(fonts));
  const figure = figureOf(mark);
  const aspectOf = (): number | null => {
    switch (figure?.type) {
      case undefined:
        return null;
      case 'strokes':
        return inkAspect(figure.strokes);
      case 'image':
        return figure.image.aspect;
      case 'typed':
        return setter().width(figure.typed) + 0.16;
    }
  };
  const layout = layOut(width, height, aspectOf(), paragraphsOf(mark.lines), setter);

  const operators: string[] = [];
  const xobjects: Record<string, PdfObject> = {};
  if (layout.rule !== null) {
    const { x0, y0, x1, y1 } = layout.rule;
    operators.push(
      colour(line, 'SC'),
      `${number(layout.ruleWidth)} w ${number(x0)} ${number(y0)} m ${number(x1)} ${number(y1)} l S`,
    );
  }
  if (layout.mark !== null && figure !== null)
    switch (figure.type) {
      case 'strokes':
        operators.push(...drawStrokes(figure.strokes, layout.mark, layout.seated));
        break;
      case 'typed':
        operators.push(...drawTyped(figure.typed, layout.mark, layout.seated, setter()));
        break;
      case 'image': {
        const place = fitted(layout.mark, figure.image.aspect, layout.seated);
        const colours = { grey: calGrey, rgb: calRgb };
        xobjects['I'] = add(figure.image.embed(place, request.flat ?? false, colours, add));
        const size = `${number(place.width)} 0 0 ${number(place.height)}`;
        operators.push(
          `q ${size} ${number(place.x)} ${number(place.y)} cm`,
          `${figure.image.upright.join(' ')} cm /I Do Q`,
        );
        break;
      }
    }
  if (layout.text !== null) {
    const { block, x, top } = layout.text;
    operators.push('BT');
    let voice: boolean | null = null;
    for (const each of block.lines) {
      if (voice !== each.heading) operators.push(colour(each.heading ? heading : body, 'sc'));
      voice = each.heading;
      operators.push(
        `1 0 0 1 ${number(x)} ${number(top - each.baseline)} Tm`,
        ...textOperators(setter(), each.text, each.size),
      );
    }
    operators.push('ET');
  }

  const fontEntries = (made as TextSetter | null)?.embed(add) ?? {};
  return stream(
    dict({
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: [0, 0, precise(width), precise(height)] as PdfArray,
      Matrix: matrixOf(request),
      Resources: dict({
        ColorSpace: dict({ C: calRgb }),
        ...(Object.keys(fontEntries).length === 0 ? {} : { Font: dict(fontEntries) }),
        ...(Object.keys(xobjects).length === 0 ? {} : { XObject: dict(xobjects) }),
      }),
      Filter: name('FlateDecode'),
    }),
    flateEncode(latin1(operators.join('\n'))),
  );
}

/**
 * The appearance of a field that waits for its signature or its text: nothing, as it must cover nothing.
 * Packed like the one that comes in its place: a /Filter that appears is a change which EU DSS knows no
 * name for, where it takes all else that filling in changes as filling in.
 */
export function emptyAppearance(width: number, height: number): PdfStream {
  return stream(
    dict({
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: [0, 0, precise(width), precise(height)] as PdfArray,
      Filter: name('FlateDecode'),
    }),
    flateEncode(new Uint8Array(0)),
  );
}
