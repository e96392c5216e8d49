/** Which row a key leads to. Pure. */

/** Null where the key is none that moves. */
export function rowAfter(key: string, from: number, count: number, page: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, from + 1);
    case 'ArrowUp':
      return Math.max(0, from - 1);
    case 'PageDown':
      return Math.min(last, from + page);
    case 'PageUp':
      return Math.max(0, from - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** A letter or a figure that is typed, and no shortcut. */
export function isLetter(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && /^[\p{L}\p{N}]$/u.test(event.key);
}

/**
 * The next row whose title begins so, from the top again after the last one; the same letter again and
 * again goes from one to the next. Null where none that is at hand does.
 */
export function typedTo(
  text: string,
  from: number,
  count: number,
  titleAt: (index: number) => string | undefined,
): number | null {
  const wanted = text.toLocaleLowerCase();
  const same = [...wanted].every((letter) => letter === wanted[0]);
  const begins = same ? wanted.slice(0, 1) : wanted;
  const most = Math.min(count, 5_000);
  // Somebody who goes on typing may be where they want to be already.
  for (let step = same ? 1 : 0; step < most + 1; step += 1) {
    const index = (from + step) % count;
    if (titleAt(index)?.toLocaleLowerCase().startsWith(begins) === true) return index;
  }
  return null;
}
