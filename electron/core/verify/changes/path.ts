/** Paths of a content stream (ISO 32000-2, 8.5.2) as boxes, subpath by subpath. */
import type { Box } from '../../../../shared/document.ts';
import { numberOf } from '../../pdf/objects.ts';
import type { PdfObject } from '../../pdf/objects.ts';

export interface Subpath {
  readonly box: Box;
  /** Area inside, by its corners: a thin loop has a large box and encloses little. */
  readonly enclosed: number;
}

export interface Path {
  /** Takes a path construction operator; false for any other. */
  take(operator: string, operands: readonly PdfObject[]): boolean;
  /** One box for each piece. */
  readonly segments: readonly Box[];
  /** What a fill would paint. */
  subpaths(): readonly Subpath[];
}

function span(x0: number, y0: number, x1: number, y1: number): Box {
  return { x0: Math.min(x0, x1), y0: Math.min(y0, y1), x1: Math.max(x0, x1), y1: Math.max(y0, y1) };
}

function grown(box: Box | null, x: number, y: number): Box {
  if (box === null) return { x0: x, y0: y, x1: x, y1: y };
  return {
    x0: Math.min(box.x0, x),
    y0: Math.min(box.y0, y),
    x1: Math.max(box.x1, x),
    y1: Math.max(box.y1, y),
  };
}

/** An empty path at the origin. */
export function createPath(): Path {
  const segments: Box[] = [];
  const done: Subpath[] = [];
  let area: Box | null = null;
  let twice = 0;
  let [x, y, beginX, beginY] = [0, 0, 0, 0];

  const point = (px: number, py: number): void => {
    segments.push(span(x, y, px, py));
    area = grown(area, px, py);
    twice += x * py - px * y;
    [x, y] = [px, py];
  };
  /** Inside the hull of its control points; the area enclosed is that of the chord. */
  const curve = (numbers: readonly number[]): void => {
    let hull = grown(null, x, y);
    for (let i = 0; i + 1 < numbers.length; i += 2)
      hull = grown(hull, numbers[i] ?? 0, numbers[i + 1] ?? 0);
    area = area === null ? hull : grown(grown(area, hull.x0, hull.y0), hull.x1, hull.y1);
    point(numbers[numbers.length - 2] ?? 0, numbers[numbers.length - 1] ?? 0);
    segments[segments.length - 1] = hull;
  };
  const end = (): void => {
    if (area !== null) {
      const closing = x * beginY - beginX * y;
      done.push({ box: area, enclosed: Math.abs(twice + closing) / 2 });
    }
    area = null;
    twice = 0;
  };

  return {
    segments,
    subpaths() {
      end();
      return done;
    },
    take(operator, operands) {
      const n = (index: number): number => numberOf(operands[index]) ?? 0;
      switch (operator) {
        case 'm':
          end();
          [x, y] = [beginX, beginY] = [n(0), n(1)];
          area = grown(null, x, y);
          return true;
        case 'l':
          point(n(0), n(1));
          return true;
        case 'c':
        case 'v':
        case 'y':
          curve(operands.map((operand) => numberOf(operand) ?? 0));
          return true;
        case 'h':
          if (x !== beginX || y !== beginY) point(beginX, beginY);
          end();
          area = grown(null, x, y);
          return true;
        case 're': {
          end();
          const [left, bottom, right, top] = [n(0), n(1), n(0) + n(2), n(1) + n(3)];
          segments.push(
            span(left, bottom, right, bottom),
            span(left, top, right, top),
            span(left, bottom, left, top),
            span(right, bottom, right, top),
          );
          done.push({ box: span(left, bottom, right, top), enclosed: Math.abs(n(2) * n(3)) });
          [x, y] = [beginX, beginY] = [left, bottom];
          return true;
        }
        default:
          return false;
      }
    },
  };
}
