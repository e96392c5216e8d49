/** Two hand-drawn marks, as a pen leaves them: points in a unit box. */
import type { InputOf } from '../../shared/rpc/contract.ts';

type Mark = InputOf<'signing.sign'>['mark'];

/** Samples a curve given as x(t), y(t) for t in 0..1. */
function stroke(points: number, x: (t: number) => number, y: (t: number) => number) {
  return Array.from({ length: points }, (_, index) => {
    const t = index / (points - 1);
    return { x: x(t), y: y(t) };
  });
}

const wave = (t: number, turns: number): number => Math.sin(t * turns * 2 * Math.PI);

export const demoStrokes: { readonly landlord: Mark; readonly tenant: Mark } = {
  landlord: {
    type: 'drawn',
    aspect: 3.2,
    paths: [
      // An O, then a run of letters that flattens out.
      stroke(
        48,
        (t) => 0.14 - 0.09 * Math.sin(t * 2 * Math.PI),
        (t) => 0.48 - 0.34 * Math.cos(t * 2 * Math.PI),
      ),
      stroke(
        90,
        (t) => 0.24 + 0.72 * t,
        (t) => 0.58 - (0.3 * (1 - t) + 0.03) * wave(t, 5.2) - 0.08 * t,
      ),
    ],
  },
  tenant: {
    type: 'drawn',
    aspect: 3.2,
    paths: [
      stroke(
        24,
        (t) => 0.07 + 0.02 * wave(t, 0.5),
        (t) => 0.12 + 0.76 * t,
      ),
      stroke(
        40,
        (t) => 0.24 - 0.3 * t * (1 - t) * 1.9 + 0.06 * t,
        (t) => 0.14 + 0.74 * t,
      ),
      stroke(
        90,
        (t) => 0.32 + 0.64 * t,
        (t) => 0.62 - 0.22 * (1 - 0.7 * t) * wave(t, 4.4),
      ),
    ],
  },
};
