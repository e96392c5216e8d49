/**
 * Where the rows of a long list stand. All are as high as they are expected to be, but for those that were
 * seen to be something else: only these are kept, so that a hundred thousand rows cost what is seen of them.
 */
export interface RowHeights {
  /** Of the row at `index`, as measured or else as expected. */
  readonly of: (index: number) => number;
  /** How far down the row at `index` begins. */
  readonly top: (index: number) => number;
  /** The row that covers what is so far down; the last one where it is further down than all. */
  readonly at: (offset: number, count: number) => number;
  /** How much higher the row is than it was thought to be. */
  readonly measured: (index: number, height: number) => number;
  readonly forget: () => void;
}

export function createRowHeights(expected: number): RowHeights {
  /** How much higher than expected; in no order. */
  const extra = new Map<number, number>();
  const of = (index: number) => expected + (extra.get(index) ?? 0);
  const top = (index: number) => {
    let sum = index * expected;
    for (const [each, more] of extra) if (each < index) sum += more;
    return sum;
  };
  return {
    of,
    top,
    at: (offset, count) => {
      let low = 0;
      let high = Math.max(0, count - 1);
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (top(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    measured: (index, height) => {
      const more = height - of(index);
      // Fractions of a pixel are how the browser rounds.
      if (Math.abs(more) < 0.5) return 0;
      extra.set(index, height - expected);
      return more;
    },
    forget: () => {
      extra.clear();
    },
  };
}
