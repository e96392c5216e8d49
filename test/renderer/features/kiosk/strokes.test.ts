import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { markInput } from '../../../../shared/rpc/inputs.ts';
import {
  dynamicsOf,
  isApart,
  isEnoughInk,
  pathOf,
  toMark,
} from '../../../../renderer/features/kiosk/strokes.ts';

const point = fc.record({
  x: fc.double({ min: -3, max: 3, noNaN: true }),
  y: fc.double({ min: -3, max: 3, noNaN: true }),
});

describe('drawn strokes', () => {
  it('become a mark the contract takes, whatever the hand did', () => {
    const strokes = fc.array(fc.array(point, { minLength: 1, maxLength: 40 }), {
      minLength: 1,
      maxLength: 230,
    });
    fc.assert(
      fc.property(strokes, fc.double({ min: 0.01, max: 100, noNaN: true }), (drawn, aspect) => {
        expect(markInput.safeParse(toMark(drawn, aspect)).success).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('are no signature when they are a tap or a tick', () => {
    expect(isEnoughInk([], 3)).toBe(false);
    expect(isEnoughInk([[{ x: 0.5, y: 0.5 }]], 3)).toBe(false);
    expect(
      isEnoughInk(
        [
          [
            { x: 0.5, y: 0.5 },
            { x: 0.51, y: 0.52 },
          ],
        ],
        3,
      ),
    ).toBe(false);
    expect(
      isEnoughInk(
        [
          [
            { x: 0.2, y: 0.5 },
            { x: 0.6, y: 0.4 },
          ],
        ],
        3,
      ),
    ).toBe(true);
  });

  it('draw a dot as something visible and pass through the first and last point', () => {
    const same = (each: { x: number; y: number }) => each;
    expect(pathOf([{ x: 1, y: 2 }], same)).toBe('M1 2h0.01');
    const path = pathOf(
      [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
        { x: 2, y: 0 },
      ],
      same,
    );
    expect(path.startsWith('M0 0')).toBe(true);
    expect(path.endsWith('L2 0')).toBe(true);
    expect(pathOf([], same)).toBe('');
  });

  it('leave out points that tell nothing new', () => {
    expect(isApart(undefined, { x: 0, y: 0 }, 3)).toBe(true);
    expect(isApart({ x: 0, y: 0 }, { x: 0.0001, y: 0 }, 3)).toBe(false);
    expect(isApart({ x: 0, y: 0 }, { x: 0.01, y: 0 }, 3)).toBe(true);
  });

  it('tell how they were drawn only where the office keeps that', () => {
    const event = { timeStamp: 1250.4, pressure: 0.51234 };
    expect(dynamicsOf(event, null)).toEqual({});
    expect(dynamicsOf(event, 1200)).toEqual({ t: 50, pressure: 0.512 });
    // A clock that was set back, a driver that says nonsense: still what the contract takes.
    expect(dynamicsOf({ timeStamp: 1, pressure: 7 }, 1200)).toEqual({ t: 0, pressure: 1 });
    const bare = { x: 0.1, y: 0.2 };
    const felt = { ...bare, ...dynamicsOf(event, 1200) };
    expect(toMark([[bare]], 3).paths).toEqual([[bare]]);
    expect(toMark([[felt]], 3).paths).toEqual([[felt]]);
    expect(markInput.safeParse(toMark([[felt]], 3)).success).toBe(true);
  });
});
