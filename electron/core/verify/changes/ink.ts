/**
 * Where content paints, as boxes: enough to say whether a mark lies over something. Clipping is left
 * aside, so boxes are rather too large than too small.
 */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, isStream, isString, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject, PdfStream } from '../../pdf/objects.ts';
import { operations } from './content-operators.ts';
import { IDENTITY, around, matrixOf, times } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { textWidth } from './text-width.ts';
import {
  alphaOf,
  grown,
  initialState,
  isSolidImage,
  isWhite,
  resource,
  segment,
  widened,
} from './paint.ts';
import type { PaintState } from './paint.ts';
import { unpacked } from '../unpacked.ts';

export interface Ink {
  readonly box: Box;
  /** `rule`: a straight thin line, or paper white; it can be crossed without hiding anything. */
  readonly kind: 'text' | 'fill' | 'stroke' | 'image' | 'rule';
  /** How much of it lets nothing shine through, in square units; 0 for text and lines. */
  readonly solid: number;
}

/** Operations that are looked at; a page with more is not judged but called covered. */
const MAX_OPERATIONS = 1_000_000;
/** Unpacked bytes of the forms of one page. */
const MAX_BYTES = 64 << 20;
const MAX_DEPTH = 12;
/** Thinner than this, a straight stroke is a rule. */
const RULE = 2;
const EVERYWHERE: Box = { x0: -1e6, y0: -1e6, x1: 1e6, y1: 1e6 };

/** What cannot be told is called covered all over. */
export const COVERED: Ink[] = [{ box: EVERYWHERE, kind: 'fill', solid: Infinity }];

interface Budget {
  operations: number;
  bytes: number;
}

/** What a content stream with these resources paints, in its own space times `ctm`. */
export function inkOf(
  document: PdfDocument,
  content: Uint8Array,
  resources: PdfDict | null,
): Ink[] {
  const ink: Ink[] = [];
  const budget = { operations: MAX_OPERATIONS, bytes: MAX_BYTES };
  const complete = paint(document, content, resources, IDENTITY, ink, budget, 0);
  return complete ? ink : COVERED;
}

function paint(
  document: PdfDocument,
  content: Uint8Array,
  resources: PdfDict | null,
  start: Matrix,
  ink: Ink[],
  budget: Budget,
  depth: number,
): boolean {
  let state = initialState(start);
  const saved: PaintState[] = [];
  let line: Matrix = IDENTITY;
  let place: Matrix = IDENTITY;
  let path: Box[] = [];
  let area: Box | null = null;
  let x = 0;
  let y = 0;
  let beginX = 0;
  let beginY = 0;
  let complete = true;

  let enclosed = 0;
  let twice = 0;

  const point = (px: number, py: number): void => {
    path.push(segment(x, y, px, py));
    area = grown(area, px, py);
    // The shoelace formula, curves as their chords: a thin loop has a large box and encloses little.
    twice += x * py - px * y;
    [x, y] = [px, py];
  };
  const close = (): void => {
    twice += x * beginY - beginX * y;
    enclosed += Math.abs(twice) / 2;
    twice = 0;
    [x, y] = [beginX, beginY];
  };
  const add = (box: Box, kind: Ink['kind'], solid: number): void => {
    const [a, b, c, d] = state.ctm;
    const through = state.alpha > 0.7 ? Math.abs(a * d - b * c) : 0;
    ink.push({ box: around(state.ctm, box), kind, solid: solid * through });
  };
  const stroke = (): void => {
    if (state.strokeWhite) return;
    for (const box of path) {
      const thin = Math.min(box.x1 - box.x0, box.y1 - box.y0) + state.width <= RULE;
      add(widened(box, state.width / 2), thin ? 'rule' : 'stroke', 0);
    }
  };
  const fill = (): void => {
    if (area === null) return;
    close();
    const thin = Math.min(area.x1 - area.x0, area.y1 - area.y0) <= RULE;
    add(area, thin || state.fillWhite ? 'rule' : 'fill', enclosed);
  };
  const show = (text: PdfObject): void => {
    if (!isString(text)) return;
    const width = state.measure(text.bytes) * state.size;
    const box = { x0: 0, y0: -0.25 * state.size, x1: width, y1: 0.95 * state.size };
    if (!state.hidden && !state.fillWhite) add(around(place, box), 'text', 0);
    place = times([1, 0, 0, 1, width, 0], place);
  };
  const next = (tx: number, ty: number): void => {
    line = times([1, 0, 0, 1, tx, ty], line);
    place = line;
  };

  for (const { operator, operands } of operations(content)) {
    if (--budget.operations <= 0) return false;
    const n = (index: number): number => numberOf(operands[index]) ?? 0;
    switch (operator) {
      case 'q':
        if (saved.length < 512) saved.push({ ...state });
        break;
      case 'Q':
        state = saved.pop() ?? state;
        break;
      case 'cm':
        state.ctm = times(matrixOf(operands), state.ctm);
        break;
      case 'w':
        state.width = n(0);
        break;
      case 'gs':
        state.alpha = alphaOf(document, resources, operands[0]) ?? state.alpha;
        break;
      case 'm':
        close();
        [x, y] = [beginX, beginY] = [n(0), n(1)];
        area = grown(area, x, y);
        break;
      case 'h':
        close();
        break;
      case 'l':
        point(n(0), n(1));
        break;
      case 'c':
      case 'v':
      case 'y':
        for (let i = 0; i + 1 < operands.length; i += 2) area = grown(area, n(i), n(i + 1));
        point(n(operands.length - 2), n(operands.length - 1));
        break;
      case 're': {
        const [left, bottom, right, top] = [n(0), n(1), n(0) + n(2), n(1) + n(3)];
        path.push(
          segment(left, bottom, right, bottom),
          segment(left, top, right, top),
          segment(left, bottom, left, top),
          segment(right, bottom, right, top),
        );
        area = grown(grown(area, left, bottom), right, top);
        enclosed += Math.abs(n(2) * n(3));
        break;
      }
      case 'S':
      case 's':
      case 'f':
      case 'F':
      case 'f*':
      case 'B':
      case 'B*':
      case 'b':
      case 'b*':
      case 'n':
        if ('fFBb'.includes(operator.charAt(0))) fill();
        if ('SsBb'.includes(operator.charAt(0))) stroke();
        path = [];
        area = null;
        enclosed = twice = 0;
        break;
      case 'g':
      case 'rg':
      case 'k':
      case 'sc':
      case 'scn':
        state.fillWhite = isWhite(operands);
        break;
      case 'cs':
        state.fillWhite = false;
        break;
      case 'G':
      case 'RG':
      case 'K':
      case 'SC':
      case 'SCN':
        state.strokeWhite = isWhite(operands);
        break;
      case 'sh':
        ink.push({ box: EVERYWHERE, kind: 'fill', solid: Infinity });
        break;
      case 'BI':
        add({ x0: 0, y0: 0, x1: 1, y1: 1 }, 'image', 1);
        break;
      case 'BT':
        line = place = IDENTITY;
        break;
      case 'Tf':
        state.size = n(1);
        state.measure = textWidth(document, resource(document, resources, 'Font', operands[0]));
        break;
      case 'TL':
        state.leading = n(0);
        break;
      case 'Tr':
        // 9.3.6: 3 paints nothing; it is how scanners lay recognised text over an image.
        state.hidden = n(0) === 3 || n(0) === 7;
        break;
      case 'Td':
        next(n(0), n(1));
        break;
      case 'TD':
        state.leading = -n(1);
        next(n(0), n(1));
        break;
      case 'Tm':
        line = place = matrixOf(operands);
        break;
      case 'T*':
        next(0, -state.leading);
        break;
      case 'Tj':
        show(operands[0] ?? null);
        break;
      case "'":
      case '"':
        next(0, -state.leading);
        show(operands[operands.length - 1] ?? null);
        break;
      case 'TJ': {
        const [parts] = operands;
        if (!isArray(parts)) break;
        for (const part of parts) {
          const shift = numberOf(part);
          if (shift === null) show(part);
          else place = times([1, 0, 0, 1, (-shift / 1000) * state.size, 0], place);
        }
        break;
      }
      case 'Do': {
        const target = resource(document, resources, 'XObject', operands[0]);
        if (!isStream(target)) break;
        if (isName(document.entry(target.dict, 'Subtype'), 'Image'))
          add({ x0: 0, y0: 0, x1: 1, y1: 1 }, 'image', isSolidImage(target) ? 1 : 0);
        else
          complete = within(document, target, resources, state.ctm, ink, budget, depth) && complete;
        break;
      }
    }
  }
  return complete;
}

function within(
  document: PdfDocument,
  form: PdfStream,
  outer: PdfDict | null,
  ctm: Matrix,
  ink: Ink[],
  budget: Budget,
  depth: number,
): boolean {
  if (depth >= MAX_DEPTH || budget.bytes <= 0) return false;
  const content = unpacked(document, form);
  budget.bytes -= content?.length ?? MAX_BYTES;
  if (content === null || budget.bytes <= 0) return false;
  const matrix = matrixOf(
    (document.arrayEntry(form.dict, 'Matrix') ?? []).map((item) => document.resolve(item)),
  );
  const resources = document.dictEntry(form.dict, 'Resources') ?? outer;
  return paint(document, content, resources, times(matrix, ctm), ink, budget, depth + 1);
}
