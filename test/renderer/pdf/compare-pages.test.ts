import { describe, expect, it } from 'vitest';
import {
  differingAreas,
  differingLines,
  type Picture,
} from '../../../renderer/pdf/compare-pages.ts';

function picture(
  width: number,
  height: number,
  ...boxes: readonly (readonly [
    x: number,
    y: number,
    width: number,
    height: number,
    shade?: number,
  ])[]
): Picture {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (const [left, top, wide, high, shade = 0] of boxes)
    for (let y = top; y < top + high; y++)
      for (let x = left; x < left + wide; x++)
        data.fill(shade, 4 * (y * width + x), 4 * (y * width + x) + 3);
  return { width, height, data };
}

describe('two pictures of a page', () => {
  it('are alike where they are, and where only an edge is drawn a little lighter', () => {
    const one = picture(240, 240, [10, 10, 40, 40]);
    expect(differingAreas(one, one)).toEqual([]);
    expect(differingAreas(one, picture(240, 240, [10, 10, 40, 40, 30]))).toEqual([]);
  });

  it('differ in as many places as there are marks, letters of one word together', () => {
    const base = picture(240, 240);
    const signed = picture(240, 240, [24, 24, 10, 10], [40, 24, 10, 10], [180, 200, 30, 20]);
    const areas = differingAreas(base, signed);
    expect(areas).toHaveLength(2);
    expect(areas[0]).toEqual({
      x: 0.1,
      y: 0.1,
      width: expect.closeTo(0.15) as number,
      height: expect.closeTo(0.05) as number,
    });
    expect(areas[1]?.x).toBeCloseTo(0.75);
    expect(differingAreas(signed, base)).toEqual(areas);
  });

  it('find one changed pixel, and mark nothing outside the page', () => {
    const [area] = differingAreas(picture(250, 250), picture(250, 250, [249, 249, 1, 1]));
    expect((area?.x ?? 0) + (area?.width ?? 0)).toBe(1);
    expect((area?.y ?? 0) + (area?.height ?? 0)).toBe(1);
  });

  it('of another size are different as a whole', () => {
    expect(differingAreas(picture(10, 10), picture(10, 12))).toEqual([
      { x: 0, y: 0, width: 1, height: 1 },
    ]);
  });
});

it('lines that only one page has are told, as often as they are there', () => {
  const before = ['Leie 9 000', 'Avtale', 'Avtale'];
  const after = ['Avtale', 'Leie 19 000', 'Kari Nordmann'];
  expect(differingLines(before, after)).toEqual({
    removed: ['Leie 9 000', 'Avtale'],
    added: ['Leie 19 000', 'Kari Nordmann'],
  });
});
