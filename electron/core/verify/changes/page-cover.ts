/** Whether a new mark hides something of the page it stands on, or adds to what is written there. */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, isStream } from '../../pdf/objects.ts';
import type { PdfDict, PdfStream } from '../../pdf/objects.ts';
import { unpacked } from '../unpacked.ts';
import { inkOf } from './content-ink.ts';
import { boxOf, overlaps } from './geometry.ts';
import { COVERED } from './ink.ts';
import type { Ink } from './ink.ts';
import { around, matrixOf, times } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** Bytes of content of one page. */
const MAX_CONTENT = 64 << 20;

export type Cover = 'nothing' | 'opaque' | 'content';

/** What a mark does to a page, in any of its appearances: `opaque` where half of it hides what is below. */
export function coverOf(document: PdfDocument, widget: PdfDict, page: readonly Ink[]): Cover {
  const rect = boxOf(document, widget.entries.get('Rect'));
  if (rect === null) return 'opaque';
  const forms = appearances(document, widget);
  // Without an appearance viewers may draw the background themselves (12.5.6.19, /MK /BG).
  if (forms.length === 0 && hasBackground(document, widget)) return 'opaque';
  const drawn = forms.map((form) => drawing(document, form, rect));
  if (drawn.some((ink) => solidity(ink) >= 0.5 * areaOf(rect))) return 'opaque';
  // A font of its own can draw anything anywhere in the box, whatever its widths say.
  const marks = drawn.flatMap((ink) =>
    ink.some(({ kind }) => kind === 'text') ? [rect] : ink.map(({ box }) => box),
  );
  return marks.some((mark) => isWritten(page, mark)) ? 'content' : 'nothing';
}

/** True where no appearance of the widget paints anything, and no viewer would draw it by itself. */
export function isBlank(document: PdfDocument, widget: PdfDict): boolean {
  const rect = boxOf(document, widget.entries.get('Rect'));
  if (rect === null || hasBackground(document, widget)) return false;
  return appearances(document, widget).every((form) => drawing(document, form, rect).length === 0);
}

/** Where on the page the widget lets nothing be seen of what lies below it. */
export function hiddenBoxes(document: PdfDocument, widget: PdfDict): readonly Box[] {
  const rect = boxOf(document, widget.entries.get('Rect'));
  if (rect === null) return [];
  return appearances(document, widget).flatMap((form) =>
    drawing(document, form, rect).flatMap(({ hides, box }) => (hides ? [box] : [])),
  );
}

/** Whether something but rules and paper white lies in the box. */
export function isWritten(page: readonly Ink[], box: Box): boolean {
  return page.some((ink) => ink.seen && overlaps(ink.box, box));
}

/** What an appearance paints, where it does so on the page. */
function drawing(document: PdfDocument, form: PdfStream, rect: Box): readonly Ink[] {
  const content = unpacked(document, form);
  const bbox = boxOf(document, form.dict.entries.get('BBox'));
  const toPage = bbox === null ? null : placement(document, form, bbox, rect);
  const ink =
    content === null || toPage === null
      ? COVERED
      : inkOf(document, content, document.dictEntry(form.dict, 'Resources'), toPage, true);
  return ink
    .map((one) => ({ ...one, box: clipped(one.box, rect) }))
    .filter(({ box }) => areaOf(box) > 0);
}

/** How much of it lets nothing through; layers of glass add up. */
function solidity(ink: readonly Ink[]): number {
  return ink.reduce((sum, { box, solid }) => sum + Math.min(solid, areaOf(box)), 0);
}

function hasBackground(document: PdfDocument, widget: PdfDict): boolean {
  const characteristics = document.dictEntry(widget, 'MK');
  const background = characteristics === null ? null : document.arrayEntry(characteristics, 'BG');
  return background !== null && background.length > 0;
}

/** What the content of a page paints, in user space. */
export function pageInk(document: PdfDocument, page: PdfDict): Ink[] {
  const contents = document.entry(page, 'Contents');
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const part of isArray(contents) ? contents : [contents]) {
    const stream = document.resolve(part);
    if (!isStream(stream)) continue;
    const bytes = unpacked(document, stream);
    size += (bytes?.length ?? MAX_CONTENT) + 1;
    if (bytes === null || size > MAX_CONTENT) return COVERED;
    parts.push(bytes);
  }
  // 7.8.2: several streams are one, with white space between them.
  const whole = new Uint8Array(size).fill(10);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length + 1;
  }
  return inkOf(document, whole, inheritedResources(document, page));
}

function inheritedResources(document: PdfDocument, page: PdfDict): PdfDict | null {
  let node: PdfDict | null = page;
  for (let depth = 0; node !== null && depth < 64; depth++) {
    const resources = document.dictEntry(node, 'Resources');
    if (resources !== null) return resources;
    node = document.dictEntry(node, 'Parent');
  }
  return null;
}

/** The streams of /AP, also for the mouse over and pressed; of states the one that /AS names. */
function appearances(document: PdfDocument, widget: PdfDict): PdfStream[] {
  const appearance = document.dictEntry(widget, 'AP');
  if (appearance === null) return [];
  const state = document.entry(widget, 'AS');
  return ['N', 'R', 'D'].flatMap((key) => {
    const value = document.entry(appearance, key);
    if (!isDict(value)) return isStream(value) ? [value] : [];
    const chosen = isName(state) ? [state.value] : [...value.entries.keys()];
    return chosen.flatMap((name) => {
      const stream = document.entry(value, name);
      return isStream(stream) ? [stream] : [];
    });
  });
}

/** ISO 32000-2, 12.5.5, algorithm "appearance streams": from the form's space into the rectangle. */
function placement(document: PdfDocument, form: PdfStream, bbox: Box, rect: Box): Matrix {
  const entries = document.arrayEntry(form.dict, 'Matrix') ?? [];
  const matrix = matrixOf(entries.map((item) => document.resolve(item)));
  const turned = around(matrix, bbox);
  const sx = (rect.x1 - rect.x0) / Math.max(turned.x1 - turned.x0, 1e-6);
  const sy = (rect.y1 - rect.y0) / Math.max(turned.y1 - turned.y0, 1e-6);
  return times(matrix, [sx, 0, 0, sy, rect.x0 - turned.x0 * sx, rect.y0 - turned.y0 * sy]);
}

function clipped(box: Box, to: Box): Box {
  return {
    x0: Math.max(box.x0, to.x0),
    y0: Math.max(box.y0, to.y0),
    x1: Math.min(box.x1, to.x1),
    y1: Math.min(box.y1, to.y1),
  };
}

function areaOf(box: Box): number {
  return Math.max(0, box.x1 - box.x0) * Math.max(0, box.y1 - box.y0);
}
