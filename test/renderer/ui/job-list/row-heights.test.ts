import { describe, expect, it } from 'vitest';
import { createRowHeights } from '../../../../renderer/ui/job-list/row-heights.ts';

const many = 100_000;

describe('where rows stand', () => {
  it('takes all for what is expected until they are seen', () => {
    const heights = createRowHeights(84);
    expect(heights.top(many)).toBe(84 * many);
    expect(heights.at(0, many)).toBe(0);
    expect(heights.at(83.9, many)).toBe(0);
    expect(heights.at(84, many)).toBe(1);
    expect(heights.at(84 * many + 500, many)).toBe(many - 1);
  });

  it('moves what is below a row that is higher, and nothing above it', () => {
    const heights = createRowHeights(84);
    expect(heights.measured(10, 104)).toBe(20);
    expect(heights.top(10)).toBe(840);
    expect(heights.top(11)).toBe(944);
    expect(heights.at(940, many)).toBe(10);
    expect(heights.at(944, many)).toBe(11);
    expect(heights.top(many)).toBe(84 * many + 20);
  });

  it('says how much a row has changed since it was measured', () => {
    const heights = createRowHeights(84);
    heights.measured(3, 104);
    expect(heights.measured(3, 104)).toBe(0);
    expect(heights.measured(3, 104.2)).toBe(0);
    expect(heights.measured(3, 90)).toBe(-14);
    expect(heights.of(3)).toBe(90);
    expect(heights.top(4)).toBe(342);
  });

  it('finds the row at every height that it gave one', () => {
    const heights = createRowHeights(50);
    for (let index = 0; index < 300; index += 7) heights.measured(index, 50 + (index % 5) * 10);
    for (let index = 0; index < 300; index += 1)
      expect(heights.at(heights.top(index), 300)).toBe(index);
  });

  it('begins anew when lines break elsewhere', () => {
    const heights = createRowHeights(84);
    heights.measured(1, 200);
    heights.forget();
    expect(heights.top(2)).toBe(168);
  });
});
