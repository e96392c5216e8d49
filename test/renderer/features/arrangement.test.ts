/** Pages on the table: moved, turned, parted and joined, without losing or doubling one. */
import { describe, expect, it } from 'vitest';
import {
  apart,
  joined,
  moved,
  pagesOf,
  parted,
  stepped,
  takenOut,
  turned,
  type Arrangement,
} from '../../../renderer/features/prepare/organiser/arrangement.ts';
import { neighbour, rowsOf } from '../../../renderer/features/prepare/organiser/table-rows.ts';

function table(...piles: readonly string[]): Arrangement {
  return piles.map((words) => {
    const [key = '', pages = ''] = words.split(':');
    return {
      ...{ key, title: key, locked: key === key.toUpperCase() },
      pages: [...pages].map((one, page) => ({ key: one, document: key, page, turn: 0 as const })),
    };
  });
}
const told = (now: Arrangement) =>
  now.map(({ title, pages }) => `${title}:${pages.map(({ key }) => key).join('')}`);
const keys = (letters: string) => new Set(letters);

describe('the table', () => {
  const two = table('a:1234', 'b:56');

  it('moves what is chosen, in its order, before the page that is meant', () => {
    expect(told(moved(two, keys('13'), { pile: 'a', at: 3 }))).toEqual(['a:2134', 'b:56']);
    expect(told(moved(two, keys('62'), { pile: 'b', at: 0 }))).toEqual(['a:134', 'b:265']);
    expect(told(moved(two, keys('56'), { pile: 'a', at: 4 }))).toEqual(['a:123456']);
  });

  it('steps on and back, over the edge of a document into its neighbour', () => {
    expect(told(stepped(two, keys('2'), 1))).toEqual(['a:1324', 'b:56']);
    expect(told(stepped(two, keys('34'), -1))).toEqual(['a:1342', 'b:56']);
    expect(told(stepped(two, keys('4'), 1))).toEqual(['a:123', 'b:456']);
    expect(told(stepped(two, keys('5'), -1))).toEqual(['a:12345', 'b:6']);
    expect(told(stepped(two, keys('1'), -1))).toEqual(told(two));
    expect(told(stepped(two, keys('1'), 9))).toEqual(['a:2341', 'b:56']);
  });

  it('leaves a signed document alone', () => {
    const signed = table('A:12', 'b:34');
    expect(moved(signed, keys('3'), { pile: 'A', at: 0 })).toBe(signed);
    expect(stepped(signed, keys('3'), -1)).toBe(signed);
    expect(joined(signed, 'b')).toBe(signed);
  });

  it('turns, takes out, parts, sets apart and joins', () => {
    const around = [90, 90, 90, 90] as const;
    const turns = (now: Arrangement) => pagesOf(now).map(({ turn }) => turn);
    expect(turns(turned(two, keys('25'), 270))).toEqual([0, 270, 0, 0, 270, 0]);
    expect(around.reduce((now, by) => turned(now, keys('1'), by), two)).toEqual(two);
    expect(told(takenOut(two, keys('56')))).toEqual(['a:1234']);
    expect(takenOut(two, keys('123456'))).toBe(two);
    const named = (title: string, number = 2) => `${title}${String(number)}`;
    expect(told(parted(two, keys('136'), named))).toEqual(['a:12', 'a2:34', 'b:5', 'b2:6']);
    expect(told(apart(two, keys('25'), named))).toEqual(['a:134', 'a2:25', 'b:6']);
    const joint = joined(parted(two, keys('3'), named), 'b');
    expect(told(joint)).toEqual(['a:12', 'a2:3456']);
    expect(new Set(joint.map(({ key }) => key)).size).toBe(2);
  });

  it('is walked by arrow keys, row by row, into the next document', () => {
    const rows = rowsOf(two, 3);
    expect(rows.map((row) => (row.type === 'head' ? row.pile.key : row.pages.length))).toEqual([
      ...['a', 3, 1, 'b', 2],
    ]);
    expect(neighbour(rows, '1', 'left')).toBeNull();
    expect(neighbour(rows, '4', 'right')).toBe('5');
    expect(neighbour(rows, '2', 'down')).toBe('4');
    expect(neighbour(rows, '4', 'down')).toBe('5');
    expect(neighbour(rows, '6', 'up')).toBe('4');
    expect(neighbour(rows, '5', 'left')).toBe('4');
  });
});
