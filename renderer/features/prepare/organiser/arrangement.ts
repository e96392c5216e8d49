/** Pages of several documents on one table: moved, turned, taken out, parted and joined. Pure. */
import type { Turn } from '../../../../shared/job/arrange.ts';
import type { JobDocument } from '../../../../shared/job/job.ts';

export interface TablePage {
  /** Stays the same wherever it is moved. */
  readonly key: string;
  readonly document: string;
  /** 0-based, in the file as it is. */
  readonly page: number;
  readonly turn: Turn;
}

/** What becomes one document. */
export interface Pile {
  readonly key: string;
  readonly title: string;
  readonly pages: readonly TablePage[];
  /** Signed: its pages stay as they are. */
  readonly locked: boolean;
}

export type Arrangement = readonly Pile[];

export interface Spot {
  readonly pile: string;
  /** Before which page; the number of pages: at the end. */
  readonly at: number;
}

export function arrangementOf(documents: readonly JobDocument[]): Arrangement {
  return documents.map(({ id, title, findings }) => ({
    key: id,
    title,
    locked: findings.signatures > 0 || findings.certified !== null,
    pages: Array.from({ length: findings.pageCount }, (_, page) => ({
      ...{ key: `${id} ${String(page)}`, document: id, page, turn: 0 as const },
    })),
  }));
}

export function sameArrangement(one: Arrangement, other: Arrangement): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

type Keys = ReadonlySet<string>;

export function pagesOf(table: Arrangement): readonly TablePage[] {
  return table.flatMap(({ pages }) => pages);
}

/** A pile without pages is no document. */
function withoutEmpty(table: Arrangement): Arrangement {
  return table.filter(({ pages }) => pages.length > 0);
}

/** The chosen pages, in the order in which they lie, to one spot. */
export function moved(table: Arrangement, keys: Keys, { pile, at }: Spot): Arrangement {
  const target = table.find(({ key }) => key === pile);
  if (target === undefined || target.locked) return table;
  const taken = pagesOf(table).filter(({ key }) => keys.has(key));
  const before = target.pages.slice(0, at).filter(({ key }) => !keys.has(key)).length;
  return withoutEmpty(
    table.map((each) => {
      const rest = each.pages.filter(({ key }) => !keys.has(key));
      const pages = each.key === pile ? rest.toSpliced(before, 0, ...taken) : rest;
      return { ...each, pages };
    }),
  );
}

/** So many places on, or back; over the edge of a document into its neighbour. */
export function stepped(table: Arrangement, keys: Keys, by: number): Arrangement {
  const spots = table.flatMap(({ key: pile, pages }) =>
    pages.map(({ key }, at) => ({ pile, at, key, length: pages.length })),
  );
  const chosen = spots.filter(({ key }) => keys.has(key));
  const edge = by < 0 ? chosen[0] : chosen.at(-1);
  if (edge === undefined) return table;
  const index = table.findIndex(({ key }) => key === edge.pile);
  const to = edge.at + (by < 0 ? by : by + 1);
  if (by < 0 && edge.at > 0) return moved(table, keys, { pile: edge.pile, at: Math.max(0, to) });
  if (by > 0 && edge.at < edge.length - 1)
    return moved(table, keys, { pile: edge.pile, at: Math.min(edge.length, to) });
  const neighbour = table[index + Math.sign(by)];
  if (neighbour === undefined) return table;
  return moved(table, keys, { pile: neighbour.key, at: by < 0 ? neighbour.pages.length : 0 });
}

export function turned(table: Arrangement, keys: Keys, by: 90 | 270): Arrangement {
  return table.map((pile) => ({
    ...pile,
    pages: pile.pages.map((page) =>
      keys.has(page.key) ? { ...page, turn: ((page.turn + by) % 360) as Turn } : page,
    ),
  }));
}

/** The same table where nothing would be left: a job has a document. */
export function takenOut(table: Arrangement, keys: Keys): Arrangement {
  const left = withoutEmpty(
    table.map((pile) => ({ ...pile, pages: pile.pages.filter(({ key }) => !keys.has(key)) })),
  );
  return left.length === 0 ? table : left;
}

/** A new document begins at each chosen page: a stack that was scanned in one go. */
export function parted(
  table: Arrangement,
  keys: Keys,
  named: (title: string, number: number) => string,
): Arrangement {
  return table.flatMap((pile) => {
    const parts: TablePage[][] = [];
    for (const page of pile.pages) {
      const last = parts.at(-1);
      if (last === undefined || keys.has(page.key)) parts.push([page]);
      else last.push(page);
    }
    return parts.map((pages, index): Pile =>
      index === 0
        ? { ...pile, pages }
        : { ...pile, key: freshKey(pages), title: named(pile.title, index + 1), pages },
    );
  });
}

/** The chosen pages as a document of their own, after the one in which the first of them lay. */
export function apart(
  table: Arrangement,
  keys: Keys,
  named: (title: string) => string,
): Arrangement {
  const taken = pagesOf(table).filter(({ key }) => keys.has(key));
  const index = table.findIndex(({ pages }) => pages.some(({ key }) => keys.has(key)));
  const from = table[index];
  if (from === undefined) return table;
  const own: Pile = { key: freshKey(taken), title: named(from.title), pages: taken, locked: false };
  const rest: Arrangement = table.map((pile) => ({
    ...pile,
    pages: pile.pages.filter(({ key }) => !keys.has(key)),
  }));
  return withoutEmpty(rest.toSpliced(index + 1, 0, own));
}

/** A document with the one before it. */
export function joined(table: Arrangement, key: string): Arrangement {
  const index = table.findIndex((pile) => pile.key === key);
  const [before, pile] = [table[index - 1], table[index]];
  if (before === undefined || pile === undefined || before.locked || pile.locked) return table;
  return table.toSpliced(index - 1, 2, { ...before, pages: [...before.pages, ...pile.pages] });
}

/** Of a pile whose first page was elsewhere: no other pile can have it. */
function freshKey(pages: readonly TablePage[]): string {
  return `new ${pages[0]?.key ?? ''} ${String(pages.length)} ${String((serial += 1))}`;
}

let serial = 0;
