/**
 * Ink: where something is painted, as boxes; enough to say whether a mark lies over something, or
 * hides it. Boxes are rather too large than too small.
 */
import type { Box } from '../../../../shared/document.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import type { PdfStream } from '../../pdf/objects.ts';
import { opaqueCells } from './image-ink.ts';
import { around } from './matrix.ts';
import type { PaintState, Tone } from './paint.ts';
import type { Path } from './path.ts';

export interface Ink {
  readonly box: Box;
  readonly kind: 'text' | 'fill' | 'stroke' | 'image';
  /** False for a thin straight line and for paper white: it can be crossed without hiding anything. */
  readonly seen: boolean;
  /** Lets nothing be seen of what lies below, or could do so unnoticed (white over text). */
  readonly hides: boolean;
  /** How much of it lets nothing shine through, in square units; 0 for text and lines. */
  readonly solid: number;
}

/** Thinner than this, a straight stroke is a rule. */
const RULE = 2;
/** Wider than this, a stroke is a bar. */
const BAR = 6;
const EVERYWHERE: Box = { x0: -1e6, y0: -1e6, x1: 1e6, y1: 1e6 };
/** Paint without bounds. */
export const FLOOD: Ink = {
  box: EVERYWHERE,
  kind: 'fill',
  seen: true,
  hides: true,
  solid: Infinity,
};

/** What cannot be told is called covered all over. */
export const COVERED: Ink[] = [FLOOD];

/** A string set in `box`. */
export function textInk(ink: Ink[], { mode, fill, stroke, drawn }: PaintState, box: Box): void {
  // 9.3.6: 3 and 7 paint nothing; it is how scanners lay recognised text over an image.
  const used: Tone[] = [
    ...([0, 2, 4, 6].includes(mode) ? [fill] : []),
    ...([1, 2, 5, 6].includes(mode) ? [stroke] : []),
  ];
  if (used.length === 0) return;
  const seen = drawn || used.some(({ white }) => !white);
  // A glyph may be a block: in black everybody sees it, in white it passes for paper.
  ink.push({ box, kind: 'text', seen, hides: drawn || used.some(({ pale }) => pale), solid: 0 });
}

/** A path that is filled, subpath by subpath. */
export function fillInk(ink: Ink[], { ctm, fill, fillAlpha }: PaintState, path: Path): void {
  const scale = Math.abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]);
  for (const { box: own, enclosed } of path.subpaths()) {
    const box = around(ctm, own);
    const solid = enclosed * scale * fillAlpha;
    if (box.x1 <= box.x0 && box.y1 <= box.y0) continue;
    const dense = solid >= 0.25 * (box.x1 - box.x0) * (box.y1 - box.y0);
    const hides = fillAlpha > 0.05 && (fill.pale || dense);
    ink.push({ box, kind: 'fill', seen: !fill.white && !isThin(box), hides, solid });
  }
}

/** A path that is stroked, piece by piece. */
export function strokeInk(
  ink: Ink[],
  { ctm, stroke, strokeAlpha, width }: PaintState,
  path: Path,
): void {
  const scale = Math.sqrt(Math.abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]));
  const wide = width * scale;
  const hides = strokeAlpha > 0.05 && (stroke.pale || wide > BAR);
  for (const segment of path.segments) {
    const { x0, y0, x1, y1 } = around(ctm, segment);
    const half = wide / 2;
    const box = { x0: x0 - half, y0: y0 - half, x1: x1 + half, y1: y1 + half };
    ink.push({ box, kind: 'stroke', seen: !stroke.white && !isThin(box), hides, solid: 0 });
  }
}

function isThin({ x0, y0, x1, y1 }: Box): boolean {
  return Math.min(x1 - x0, y1 - y0) <= RULE;
}

/** `image`: null for one in the content itself. */
export function imageInk(
  ink: Ink[],
  state: PaintState,
  document: PdfDocument,
  image: PdfStream | null,
): void {
  const unit = { x0: 0, y0: 0, x1: 1, y1: 1 };
  const { ctm, fillAlpha } = state;
  const width = Math.hypot(ctm[0], ctm[1]);
  const height = Math.hypot(ctm[2], ctm[3]);
  const cells = image === null ? [unit] : opaqueCells(document, image, width, height);
  const box = around(ctm, unit);
  ink.push({ box, kind: 'image', seen: true, hides: false, solid: 0 });
  if (fillAlpha <= 0.05) return;
  const scale = Math.abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]) * fillAlpha;
  for (const cell of cells) {
    const solid = (cell.x1 - cell.x0) * (cell.y1 - cell.y0) * scale;
    ink.push({ box: around(ctm, cell), kind: 'image', seen: false, hides: true, solid });
  }
}
