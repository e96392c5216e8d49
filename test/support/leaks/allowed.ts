/** Where a number and a name may stand, and why; whatever is found elsewhere is a leak. */
import { formsFound, type Secret } from './forms.ts';
import type { Piece } from './pages.ts';

export interface Allowed {
  /** The beginning of a place. */
  readonly place: string;
  /** Labels of secrets. */
  readonly what: readonly string[];
  readonly why: string;
}

export interface Search {
  readonly places: number;
  readonly bytes: number;
  readonly forms: number;
  /** One line for each entry of the list: how many places, in which forms. */
  readonly table: readonly string[];
  readonly leaks: readonly string[];
}

export function search(
  pieces: readonly Piece[],
  secrets: readonly Secret[],
  list: readonly Allowed[],
): Search {
  const leaks = new Set<string>();
  const hits = new Map<string, { places: number; forms: Set<string> }>();
  for (const { place, bytes } of pieces)
    for (const secret of secrets) {
      const forms = formsFound(bytes, secret);
      if (forms.length === 0) continue;
      const entry = list.find(
        (one) => place.startsWith(one.place) && one.what.includes(secret.label),
      );
      if (entry === undefined) {
        leaks.add(`${place}: ${secret.label} (${forms.join('; ')})`);
        continue;
      }
      const key = `${entry.place} | ${secret.label} | ${entry.why}`;
      const hit = hits.get(key) ?? { places: 0, forms: new Set<string>() };
      hit.places += 1;
      for (const form of forms) hit.forms.add(form);
      hits.set(key, hit);
    }
  return {
    places: pieces.length,
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    forms: secrets.reduce((sum, { forms }) => sum + forms.length, 0),
    table: [...hits].map(
      ([key, { places, forms }]) => `${key} | ${places} | ${[...forms].join('; ')}`,
    ),
    leaks: [...leaks],
  };
}
