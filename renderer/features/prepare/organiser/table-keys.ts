/** The table by keyboard: arrows go, Shift chooses, Alt moves, R turns, Delete takes out. */
import type { KeyboardEvent } from 'react';
import { pagesOf, stepped, takenOut, turned } from './arrangement.ts';
import { useOrganiser } from './organiser-store.ts';
import { neighbour, type Row } from './table-rows.ts';

const directions = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
} as const;

/** What an act is about: what is chosen, else the page where the keyboard is. */
export function meant(): ReadonlySet<string> {
  const { chosen, focus, now } = useOrganiser.getState();
  if (chosen.size > 0) return chosen;
  const isFree = now.some((pile) => !pile.locked && pile.pages.some(({ key }) => key === focus));
  return new Set(focus !== null && isFree ? [focus] : []);
}

export function pressOnTable(event: KeyboardEvent, rows: readonly Row[], columns: number): void {
  if (!(event.target as HTMLElement).matches('[data-key]')) return;
  if (!acted(event, rows, columns)) return;
  event.preventDefault();
  event.stopPropagation();
}

function acted(event: KeyboardEvent, rows: readonly Row[], columns: number): boolean {
  const { focus, now, change, choose, choosePastAnchor, focusOn } = useOrganiser.getState();
  const command = event.ctrlKey || event.metaKey;
  if (Object.hasOwn(directions, event.key)) {
    const direction = directions[event.key as keyof typeof directions];
    if (event.altKey) {
      const by = { left: -1, right: 1, up: -columns, down: columns }[direction];
      change((table) => stepped(table, meant(), by));
      return true;
    }
    const next = focus === null ? null : neighbour(rows, focus, direction);
    if (next !== null && event.shiftKey) choosePastAnchor(next);
    else if (next !== null) focusOn(next);
    return true;
  }
  if (command && event.key.toLowerCase() === 'a') {
    choose(pagesOf(now).map(({ key }) => key));
    return true;
  }
  if (command || event.altKey) return false;
  switch (event.key) {
    case 'r':
    case 'R':
      change((table) => turned(table, meant(), event.shiftKey ? 270 : 90));
      return true;
    case 'Delete':
    case 'Backspace':
      takeOut();
      return true;
    case 'Home':
    case 'End': {
      const key = pagesOf(now).at(event.key === 'Home' ? 0 : -1)?.key;
      if (key !== undefined) focusOn(key);
      return true;
    }
    case 'Escape':
      choose([]);
      return true;
    default:
      return false;
  }
}

/** The keyboard goes on to the page that takes the place. */
export function takeOut(): void {
  const { now, focus, change, focusOn } = useOrganiser.getState();
  const keys = meant();
  const order = pagesOf(now).map(({ key }) => key);
  const at = order.indexOf(focus ?? '');
  const next =
    order.slice(at).find((key) => !keys.has(key)) ??
    order.slice(0, Math.max(0, at)).findLast((key) => !keys.has(key));
  change((table) => takenOut(table, keys));
  if (next !== undefined) focusOn(next);
}
