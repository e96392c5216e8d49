/** The table in rows, so that only those in sight are drawn. */
import type { Arrangement, Pile, TablePage } from './arrangement.ts';

/** CSS pixels; `organiser.css` says the same. */
export const tileSize = { width: 148, height: 212 };
export const headHeight = 84;

export type Row =
  | { readonly type: 'head'; readonly pile: Pile; readonly index: number }
  | {
      readonly type: 'pages';
      readonly pile: Pile;
      readonly from: number;
      readonly pages: readonly TablePage[];
    };

export function rowsOf(table: Arrangement, columns: number): readonly Row[] {
  return table.flatMap((pile, index): Row[] => {
    const rows: Row[] = [{ type: 'head', pile, index }];
    for (let from = 0; from < pile.pages.length; from += columns)
      rows.push({ type: 'pages', pile, from, pages: pile.pages.slice(from, from + columns) });
    return rows;
  });
}

export function rowOf(rows: readonly Row[], key: string): number {
  return rows.findIndex(
    (row) => row.type === 'pages' && row.pages.some((page) => page.key === key),
  );
}

/** The page that an arrow key leads to; up and down keep the column. */
export function neighbour(
  rows: readonly Row[],
  key: string,
  direction: 'left' | 'right' | 'up' | 'down',
): string | null {
  const pageRows = rows.filter((row) => row.type === 'pages');
  const at = pageRows.findIndex(({ pages }) => pages.some((page) => page.key === key));
  const column = pageRows[at]?.pages.findIndex((page) => page.key === key) ?? -1;
  const in_ = (row: number, wanted: number) => {
    const pages = pageRows[row]?.pages;
    return pages?.[Math.min(wanted, pages.length - 1)]?.key ?? null;
  };
  switch (direction) {
    case 'left':
      return column > 0 ? in_(at, column - 1) : in_(at - 1, Infinity);
    case 'right':
      return column < (pageRows[at]?.pages.length ?? 0) - 1 ? in_(at, column + 1) : in_(at + 1, 0);
    case 'up':
      return in_(at - 1, column);
    case 'down':
      return in_(at + 1, column);
  }
}
