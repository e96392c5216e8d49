/** Where drawn strokes have their ink, and how large it stands in its area of the mark. */
import type { Area } from './layout.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly pressure?: number;
}

export interface Strokes {
  readonly aspect: number;
  readonly paths: readonly (readonly Point[])[];
}

/** The part of the drawing box that carries ink, in units of the box's height. */
export interface Ink {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const wholePoints = (path: readonly Point[]): Point[] =>
  path.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));

/** Extent of the ink; null for an empty drawing. */
export function inkOf(strokes: Strokes): Ink | null {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const path of strokes.paths)
    for (const point of wholePoints(path)) {
      x0 = Math.min(x0, point.x * strokes.aspect);
      x1 = Math.max(x1, point.x * strokes.aspect);
      y0 = Math.min(y0, point.y);
      y1 = Math.max(y1, point.y);
    }
  return x0 > x1 ? null : { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

/** Width / height of the ink; a lone dot or a straight stroke counts as having some height. */
export function inkAspect(strokes: Strokes): number {
  const extent = inkOf(strokes);
  if (extent === null) return strokes.aspect;
  const least = 0.12;
  return Math.max(extent.width, least) / Math.max(extent.height, least);
}

/** How far above the bottom of its area something of this height stands. */
export function rise(area: Area, height: number, seated: boolean): number {
  const free = Math.max(0, area.height - height);
  return seated ? Math.min(free / 2, height * 0.06) : free / 2;
}

export interface PlacedInk {
  /** Width of the pen in points. */
  readonly pen: number;
  /** Where a point in units of the pad's height (y down) stands in the form (points, y up). */
  place(x: number, y: number): { readonly x: number; readonly y: number };
}

/** Sets the ink into `area`; null for an empty drawing. */
export function placeInk(strokes: Strokes, area: Area, seated: boolean): PlacedInk | null {
  const extent = inkOf(strokes);
  if (extent === null) return null;
  const pen = Math.min(2, Math.max(0.3, 0.019 * Math.sqrt(area.width * area.height)));
  const room = { width: area.width - pen, height: area.height - pen };
  // Filled by its ink, not by the pad; but never more than three times what the whole pad would give.
  const whole = Math.min(room.width / strokes.aspect, room.height);
  const scale = Math.min(
    room.width / Math.max(extent.width, 1e-6),
    room.height / Math.max(extent.height, 1e-6),
    3 * whole,
  );
  const left = area.x + pen / 2;
  const bottom = area.y + pen / 2 + rise(area, extent.height * scale + pen, seated);
  const reach = Math.hypot(extent.width, extent.height) * scale;
  return {
    pen: Math.min(pen, 0.35 + reach * 0.016),
    place: (x, y) => ({
      x: left + (x - extent.x) * scale,
      y: bottom + (extent.height - (y - extent.y)) * scale,
    }),
  };
}
