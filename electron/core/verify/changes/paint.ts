/** Small shapes and questions about paint that the reading of content needs. */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isDict, isName, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject, PdfStream } from '../../pdf/objects.ts';
import type { Matrix } from './matrix.ts';
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

/** Constant alpha of fills that a graphics state sets, or null. */
export function alphaOf(
  document: PdfDocument,
  resources: PdfDict | null,
  name: PdfObject | undefined,
): number | null {
  const state = resource(document, resources, 'ExtGState', name);
  return isDict(state) ? numberOf(document.entry(state, 'ca')) : null;
}

/** An image without any kind of mask. */
export function isSolidImage({ dict }: PdfStream): boolean {
  return !['SMask', 'Mask', 'ImageMask'].some((key) => dict.entries.has(key));
}

/** White in grey, RGB or CMYK. */
export function isWhite(operands: readonly PdfObject[]): boolean {
  const parts = operands.map((operand) => numberOf(operand));
  if (parts.length === 4) return parts.every((part) => part !== null && part <= 0.01);
  return parts.length > 0 && parts.every((part) => part !== null && part >= 0.99);
}

export function segment(x0: number, y0: number, x1: number, y1: number): Box {
  return { x0: Math.min(x0, x1), y0: Math.min(y0, y1), x1: Math.max(x0, x1), y1: Math.max(y0, y1) };
}

export function grown(box: Box | null, x: number, y: number): Box {
  if (box === null) return { x0: x, y0: y, x1: x, y1: y };
  return {
    x0: Math.min(box.x0, x),
    y0: Math.min(box.y0, y),
    x1: Math.max(box.x1, x),
    y1: Math.max(box.y1, y),
  };
}

export function widened(box: Box, by: number): Box {
  return { x0: box.x0 - by, y0: box.y0 - by, x1: box.x1 + by, y1: box.y1 + by };
}

/** The part of the graphics and text state that says where and how something is painted. */
export interface PaintState {
  ctm: Matrix;
  fillWhite: boolean;
  strokeWhite: boolean;
  alpha: number;
  width: number;
  size: number;
  leading: number;
  hidden: boolean;
  measure: TextWidth;
}

/** ISO 32000-2, tables 51 and 102. */
export function initialState(ctm: Matrix): PaintState {
  return {
    ctm,
    fillWhite: false,
    strokeWhite: false,
    alpha: 1,
    width: 1,
    size: 1,
    leading: 0,
    hidden: false,
    measure: (bytes) => bytes.length,
  };
}
