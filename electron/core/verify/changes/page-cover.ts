/** Whether a new mark hides something of the page it stands on, or adds to what is written there. */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, isStream } from '../../pdf/objects.ts';
import type { PdfDict, PdfStream } from '../../pdf/objects.ts';
import { boxOf, overlaps } from './geometry.ts';
import { COVERED, inkOf } from './ink.ts';
import type { Ink } from './ink.ts';
import { around, matrixOf } from './matrix.ts';
import { unpacked } from '../unpacked.ts';

/** Bytes of content of one page. */
const MAX_CONTENT = 64 << 20;

export type Cover = 'nothing' | 'opaque' | 'content';

/** What a mark does to a page: `opaque` where half of it or more lets nothing through. */
export function coverOf(document: PdfDocument, widget: PdfDict, page: readonly Ink[]): Cover {
  const rect = boxOf(document, widget.entries.get('Rect'));
  const form = normalAppearance(document, widget);
  if (rect === null || form === null) return 'nothing';
  const content = unpacked(document, form);
  const bbox = boxOf(document, form.dict.entries.get('BBox'));
  if (content === null || bbox === null) return 'opaque';
  const ink = inkOf(document, content, document.dictEntry(form.dict, 'Resources'));
  const solid = ink.reduce(
    (sum, { box, solid: opaque }) => sum + Math.min(opaque, areaOf(clipped(box, bbox))),
    0,
  );
  if (solid >= 0.5 * areaOf(bbox)) return 'opaque';
  const toPage = placement(document, form, bbox, rect);
  const marks = ink
    .filter(({ kind }) => kind !== 'rule')
    .map(({ box }) => toPage(clipped(box, bbox)))
    .filter((box) => areaOf(box) > 0);
  const written = page.filter(({ kind }) => kind !== 'rule');
  return written.some(({ box }) => marks.some((mark) => overlaps(mark, box)))
    ? 'content'
    : 'nothing';
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

/** /AP /N, or the state of it that /AS names. */
function normalAppearance(document: PdfDocument, widget: PdfDict): PdfStream | null {
  const appearance = document.dictEntry(widget, 'AP');
  const normal = appearance === null ? null : document.entry(appearance, 'N');
  if (isStream(normal)) return normal;
  const state = document.entry(widget, 'AS');
  if (!isDict(normal) || !isName(state)) return null;
  const chosen = document.entry(normal, state.value);
  return isStream(chosen) ? chosen : null;
}

/** ISO 32000-2, 12.5.5, algorithm "appearance streams": from the form's space into the rectangle. */
function placement(
  document: PdfDocument,
  form: PdfStream,
  bbox: Box,
  rect: Box,
): (box: Box) => Box {
  const entries = document.arrayEntry(form.dict, 'Matrix') ?? [];
  const matrix = matrixOf(entries.map((item) => document.resolve(item)));
  const turned = around(matrix, bbox);
  const sx = (rect.x1 - rect.x0) / Math.max(turned.x1 - turned.x0, 1e-6);
  const sy = (rect.y1 - rect.y0) / Math.max(turned.y1 - turned.y0, 1e-6);
  return (box) =>
    around([sx, 0, 0, sy, rect.x0 - turned.x0 * sx, rect.y0 - turned.y0 * sy], around(matrix, box));
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
