/** Which rows of a scrolled frame are drawn, and where: those in sight and some around them. */
import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { createRowHeights } from './row-heights.ts';

/** Drawn above and below what is in sight, so that a turn of the wheel meets no blank. */
const around = 8;

export interface RowsInSight {
  /** In sight, and those around them. */
  readonly first: number;
  readonly last: number;
  /** How far down a row begins. */
  readonly top: (index: number) => number;
  /** Of a drawn row: its height is what it shows. */
  readonly measure: (row: HTMLElement | null) => (() => void) | undefined;
  readonly scrollTo: (index: number) => void;
}

/** `expected`: how high a row is in pixels until it is seen. Rows carry `data-index`. */
export function useRowsInSight(
  frame: { readonly current: HTMLElement | null },
  count: number,
  expected: number,
): RowsInSight {
  const [heights] = useState(() => createRowHeights(expected));
  const [range, setRange] = useState({ first: 0, last: Math.min(count - 1, 2 * around) });
  /** Rows that turned out to be of another height move those below. */
  const [, setMoved] = useState(0);

  const look = useCallback(() => {
    const node = frame.current;
    if (node === null) return;
    const top = heights.at(node.scrollTop, count);
    const bottom = heights.at(node.scrollTop + node.clientHeight, count);
    const first = Math.max(0, top - around);
    const last = Math.min(count - 1, bottom + around);
    setRange((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, [frame, count, heights]);

  useLayoutEffect(look, [look]);
  useEffect(() => {
    const node = frame.current;
    if (node === null) return;
    let width = node.clientWidth;
    const resized = new ResizeObserver(() => {
      // Another width breaks every line elsewhere.
      if (node.clientWidth !== width) heights.forget();
      width = node.clientWidth;
      look();
    });
    resized.observe(node);
    node.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      node.removeEventListener('scroll', look);
    };
  }, [frame, look, heights]);

  const [rows] = useState(
    () =>
      new ResizeObserver((entries) => {
        const node = frame.current;
        if (node === null) return;
        let above = 0;
        let moved = false;
        for (const { target, borderBoxSize } of entries) {
          const index = Number((target as HTMLElement).dataset['index']);
          const height = borderBoxSize[0]?.blockSize ?? 0;
          const over = heights.top(index) + heights.of(index) <= node.scrollTop;
          const more = height === 0 ? 0 : heights.measured(index, height);
          if (over) above += more;
          moved ||= more !== 0;
        }
        if (!moved) return;
        setMoved((turn) => turn + 1);
        // What is being read stays where it is.
        if (above !== 0) node.scrollTop += above;
      }),
  );
  useEffect(
    () => () => {
      rows.disconnect();
    },
    [rows],
  );
  const measure = useCallback(
    (row: HTMLElement | null) => {
      if (row === null) return undefined;
      rows.observe(row);
      return () => {
        rows.unobserve(row);
      };
    },
    [rows],
  );

  const scrollTo = useCallback(
    (index: number) => {
      const node = frame.current;
      if (node === null) return;
      const top = heights.top(index);
      const bottom = top + heights.of(index);
      if (top < node.scrollTop) node.scrollTop = top;
      else if (bottom > node.scrollTop + node.clientHeight)
        node.scrollTop = bottom - node.clientHeight;
      look();
    },
    [frame, heights, look],
  );
  const last = Math.min(range.last, count - 1);
  return { first: Math.min(range.first, last), last, top: heights.top, measure, scrollTo };
}
