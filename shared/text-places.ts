/** Where the words of a page stand as it is displayed, out of what pdf.js tells of its text. Pure. */
import type { Placement } from './document.ts';

export type TextBox = Omit<Placement, 'page'>;

/** A run of text as pdf.js gives it: lengths in user space. */
export interface TextRun {
  readonly str: string;
  /** Text space into user space. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
}

export interface TextPlace extends TextBox {
  readonly text: string;
  /** Where its letters stand, measured down from the top of the page. */
  readonly baseline: number;
}

/** How much of a letter's height hangs below the line. */
const below = 0.22;

/** `view`: the matrix of pdf.js's viewport at scale 1, which knows crop, turn and unit. */
export function placeOfRun(run: TextRun, view: readonly number[]): TextPlace {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = run.transform;
  const along = Math.hypot(a, b) || 1;
  const up = Math.hypot(c, d) || 1;
  const height = run.height > 0 ? run.height : up;
  const point = (x: number, y: number): readonly [number, number] => {
    const ux = e + (a / along) * x + (c / up) * y;
    const uy = f + (b / along) * x + (d / up) * y;
    const [m = 1, n = 0, o = 0, p = 1, q = 0, r = 0] = view;
    return [m * ux + o * uy + q, n * ux + p * uy + r];
  };
  const corners = [
    point(0, -below * height),
    point(run.width, -below * height),
    point(0, height),
    point(run.width, height),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return {
    text: run.str,
    ...{ x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y },
    baseline: point(0, 0)[1],
  };
}
