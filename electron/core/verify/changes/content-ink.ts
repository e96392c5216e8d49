/** The ink of a content stream. Clipping is left aside. */
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, isStream, isString, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject, PdfStream } from '../../pdf/objects.ts';
import { unpacked } from '../unpacked.ts';
import { UNCLEAR, operations } from './content-operators.ts';
import { COVERED, FLOOD, fillInk, imageInk, strokeInk, textInk } from './ink.ts';
import type { Ink } from './ink.ts';
import { IDENTITY, around, matrixOf, times } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { UNKNOWN, alphaOf, colourSpace, initialState, resource, toneOf } from './paint.ts';
import type { PaintState } from './paint.ts';
import { createPath } from './path.ts';
import { textWidth } from './text-width.ts';

/** Operations that are looked at; a page with more is not judged but called covered. */
const MAX_OPERATIONS = 1_000_000;
/** Unpacked bytes of the forms of one page. */
const MAX_BYTES = 64 << 20;
const MAX_DEPTH = 12;
/** Graphics states that are kept. */
const MAX_SAVED = 512;

interface Work {
  readonly document: PdfDocument;
  readonly ink: Ink[];
  readonly strict: boolean;
  operations: number;
  bytes: number;
}

/**
 * What a content stream with these resources paints, in its own space times `start`. `strict`: what
 * readers could take in different ways counts as covered all over.
 */
export function inkOf(
  document: PdfDocument,
  content: Uint8Array,
  resources: PdfDict | null,
  start: Matrix = IDENTITY,
  strict = false,
): Ink[] {
  const work = { document, ink: [], strict, operations: MAX_OPERATIONS, bytes: MAX_BYTES };
  return paint(work, content, resources, initialState(start), 0) ? work.ink : COVERED;
}

/** False where it is too much to be told. */
function paint(
  work: Work,
  content: Uint8Array,
  resources: PdfDict | null,
  start: PaintState,
  depth: number,
): boolean {
  const { document, ink } = work;
  let state = start;
  const saved: PaintState[] = [];
  let line: Matrix = IDENTITY;
  let place: Matrix = IDENTITY;
  let path = createPath();
  let complete = true;

  const show = (text: PdfObject): void => {
    if (!isString(text)) return;
    const { charSpace, wordSpace, scale, size, rise } = state;
    const { width, glyphs } = state.measure(text.bytes);
    const blanks = wordSpace === 0 ? 0 : text.bytes.filter((byte) => byte === 32).length;
    const advance = (width * size + glyphs * charSpace + blanks * wordSpace) * scale;
    const box = { x0: 0, y0: rise - 0.25 * size, x1: advance, y1: rise + 0.95 * size };
    textInk(ink, state, around(times(place, state.ctm), box));
    place = times([1, 0, 0, 1, advance, 0], place);
  };
  const next = (tx: number, ty: number): void => {
    line = times([1, 0, 0, 1, tx, ty], line);
    place = line;
  };
  const setFont = (font: PdfObject, size: number): void => {
    state.size = size;
    state.drawn = isDict(font) && isName(document.entry(font, 'Subtype'), 'Type3');
    state.measure = textWidth(document, font);
  };

  for (const operation of operations(content, work.strict)) {
    if (--work.operations <= 0 || operation === UNCLEAR) return false;
    const { operator, operands } = operation;
    if (path.take(operator, operands)) continue;
    const n = (index: number): number => numberOf(operands[index]) ?? 0;
    switch (operator) {
      case 'q':
        if (saved.length >= MAX_SAVED) return false;
        saved.push({ ...state });
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
      case 'gs': {
        state.fillAlpha = alphaOf(document, resources, operands[0], 'ca') ?? state.fillAlpha;
        state.strokeAlpha = alphaOf(document, resources, operands[0], 'CA') ?? state.strokeAlpha;
        const set = resource(document, resources, 'ExtGState', operands[0]);
        const font = isDict(set) ? document.arrayEntry(set, 'Font') : null;
        if (font !== null) setFont(document.resolve(font[0]), numberOf(font[1]) ?? 1);
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
        if ('fFBb'.includes(operator.charAt(0))) fillInk(ink, state, path);
        if ('SsBb'.includes(operator.charAt(0))) strokeInk(ink, state, path);
        path = createPath();
        break;
      case 'g':
      case 'rg':
        state.fill = toneOf((state.fillSpace = 'additive'), operands);
        break;
      case 'k':
        state.fill = toneOf((state.fillSpace = 'subtractive'), operands);
        break;
      case 'sc':
      case 'scn':
        state.fill = toneOf(state.fillSpace, operands);
        break;
      case 'cs':
        state.fillSpace = colourSpace(document, resources, operands[0]);
        state.fill = UNKNOWN;
        break;
      case 'G':
      case 'RG':
        state.stroke = toneOf((state.strokeSpace = 'additive'), operands);
        break;
      case 'K':
        state.stroke = toneOf((state.strokeSpace = 'subtractive'), operands);
        break;
      case 'SC':
      case 'SCN':
        state.stroke = toneOf(state.strokeSpace, operands);
        break;
      case 'CS':
        state.strokeSpace = colourSpace(document, resources, operands[0]);
        state.stroke = UNKNOWN;
        break;
      case 'sh':
        ink.push(FLOOD);
        break;
      case 'BI':
        imageInk(ink, state, document, null);
        break;
      case 'BT':
        line = place = IDENTITY;
        break;
      case 'Tf':
        setFont(resource(document, resources, 'Font', operands[0]), n(1));
        break;
      case 'Tc':
        state.charSpace = n(0);
        break;
      case 'Tw':
        state.wordSpace = n(0);
        break;
      case 'Tz':
        state.scale = n(0) / 100;
        break;
      case 'Ts':
        state.rise = n(0);
        break;
      case 'TL':
        state.leading = n(0);
        break;
      case 'Tr':
        state.mode = n(0);
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
        if (operator === '"') [state.wordSpace, state.charSpace] = [n(0), n(1)];
        next(0, -state.leading);
        show(operands[operands.length - 1] ?? null);
        break;
      case 'TJ': {
        const [parts] = operands;
        for (const part of isArray(parts) ? parts : []) {
          const shift = numberOf(part);
          if (shift === null) show(part);
          else place = times([1, 0, 0, 1, (-shift / 1000) * state.size * state.scale, 0], place);
        }
        break;
      }
      case 'Do': {
        const target = resource(document, resources, 'XObject', operands[0]);
        if (!isStream(target)) {
          // Some viewers go on to look among the resources of the page.
          if (work.strict) return false;
          break;
        }
        if (isName(document.entry(target.dict, 'Subtype'), 'Image'))
          imageInk(ink, state, document, target);
        else complete = within(work, target, resources, state, depth) && complete;
        break;
      }
    }
  }
  return complete;
}

function within(
  work: Work,
  form: PdfStream,
  outer: PdfDict | null,
  state: PaintState,
  depth: number,
): boolean {
  const { document } = work;
  if (depth >= MAX_DEPTH || work.bytes <= 0) return false;
  const content = unpacked(document, form);
  work.bytes -= content?.length ?? MAX_BYTES;
  if (content === null || work.bytes <= 0) return false;
  const matrix = matrixOf(
    (document.arrayEntry(form.dict, 'Matrix') ?? []).map((item) => document.resolve(item)),
  );
  const resources = document.dictEntry(form.dict, 'Resources') ?? outer;
  return paint(work, content, resources, { ...state, ctm: times(matrix, state.ctm) }, depth + 1);
}
