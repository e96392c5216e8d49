import { describe, expect, it } from 'vitest';
import { clearPaper, inkIn } from '../../../../renderer/features/kiosk/mark-picture.ts';

/** Grey paper, as a camera sees it, with ink at the places given. */
function photograph(width: number, height: number, ink: readonly (readonly [number, number])[]) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set([188, 184, 176, 255], at);
  for (const [x, y] of ink) data.set([30, 40, 90, 255], (y * width + x) * 4);
  return { data, width, height };
}

describe('a photographed name', () => {
  it('keeps its ink, and its paper becomes clear', () => {
    const picture = photograph(40, 20, [
      [10, 5],
      [25, 12],
    ]);
    clearPaper(picture);
    expect(picture.data[3]).toBe(0);
    expect(picture.data[(5 * 40 + 10) * 4 + 3]).toBe(255);
    expect(inkIn(picture)).toEqual({ x: 10, y: 5, width: 16, height: 8 });
  });

  it('that is clear already is left as it is', () => {
    const picture = photograph(4, 4, [[1, 1]]);
    picture.data[3] = 0;
    const before = [...picture.data];
    clearPaper(picture);
    expect([...picture.data]).toEqual(before);
  });

  it('is none where there is paper alone', () => {
    const picture = photograph(30, 30, []);
    clearPaper(picture);
    expect(inkIn(picture)).toBeNull();
  });
});
