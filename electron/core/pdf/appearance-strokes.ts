/** Drawn strokes as smooth paths. */
import { wholePoints } from '../../../shared/mark/ink.ts';
import type { Point, Strokes } from '../../../shared/mark/ink.ts';

function offLine(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(point.x - from.x, point.y - from.y);
  return Math.abs(dy * (point.x - from.x) - dx * (point.y - from.y)) / length;
}

/** Ramer-Douglas-Peucker with a stack of its own: a pad sends hundreds of points, a curve needs dozens. */
function simplified(points: readonly Point[], tolerance: number): Point[] {
  const keep = new Set([0, points.length - 1]);
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    let worst = tolerance;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const distance = offLine(points[i] as Point, points[from] as Point, points[to] as Point);
      if (distance > worst) [worst, at] = [distance, i];
    }
    if (at < 0) continue;
    keep.add(at);
    spans.push([from, at], [at, to]);
  }
  return points.filter((_, index) => keep.has(index));
}

/** Control points of the Bezier from b to c on a centripetal Catmull-Rom spline: no loops, no overshoot. */
function controls(a: Point, b: Point, c: Point, d: Point): [Point, Point] {
  const root = (p: Point, q: Point): number => Math.sqrt(Math.hypot(q.x - p.x, q.y - p.y));
  const [d1, d2, d3] = [root(a, b), root(b, c), root(c, d)];
  const control = (near: Point, far: Point, beyond: Point, dn: number): Point => {
    if (dn < 1e-6) return { x: near.x + (far.x - near.x) / 3, y: near.y + (far.y - near.y) / 3 };
    const side = (axis: 'x' | 'y'): number =>
      (dn * dn * far[axis] -
        d2 * d2 * beyond[axis] +
        (2 * dn * dn + 3 * dn * d2 + d2 * d2) * near[axis]) /
      (3 * dn * (dn + d2));
    return { x: side('x'), y: side('y') };
  };
  return [control(b, c, a, d1), control(c, b, d, d3)];
}

/**
 * Path operators for the strokes.
 *
 * @param place where a point in units of the box's height (y down) stands in the form (y up)
 * @param width pen width in points; pressure, where it was recorded, varies it
 */
export function strokeOperators(
  strokes: Strokes,
  place: (x: number, y: number) => { readonly x: number; readonly y: number },
  width: number,
): string[] {
  const number = (value: number): string => String(Math.round(value * 100) / 100 || 0);
  const at = (point: Point): string => `${number(point.x)} ${number(point.y)}`;
  const operators = ['1 J 1 j'];
  let pen = 0;
  const setPen = (pressure: number | undefined): boolean => {
    // Eight widths are as many as the eye tells apart, and keep runs of segments together.
    const factor = pressure === undefined ? 1 : 0.55 + 0.9 * Math.min(1, Math.max(0, pressure));
    const wanted = Math.round(factor * 8) / 8;
    if (wanted === pen) return false;
    pen = wanted;
    return true;
  };
  for (const path of strokes.paths) {
    const placed = wholePoints(path).map((point) => ({
      ...place(point.x * strokes.aspect, point.y),
      ...(point.pressure === undefined ? {} : { pressure: point.pressure }),
    }));
    const distinct = placed.filter(
      (point, i) => i === 0 || at(point) !== at(placed[i - 1] as Point),
    );
    const points = simplified(distinct, 0.06 + width * 0.03);
    const first = points[0];
    if (first === undefined) continue;
    if (setPen(first.pressure)) operators.push(`${number(pen * width)} w`);
    operators.push(`${at(first)} m`);
    // A dot: with round caps a line of no length paints a disc (ISO 32000-2, 8.5.3.2).
    if (points.length === 1) operators.push(`${at(first)} l`);
    for (let i = 0; i + 1 < points.length; i++) {
      const [b, c] = [points[i] as Point, points[i + 1] as Point];
      if (setPen(b.pressure)) operators.push('S', `${number(pen * width)} w`, `${at(b)} m`);
      const [p, q] = controls(points[i - 1] ?? b, b, c, points[i + 2] ?? c);
      operators.push(points.length === 2 ? `${at(c)} l` : `${at(p)} ${at(q)} ${at(c)} c`);
    }
    operators.push('S');
  }
  return operators;
}
