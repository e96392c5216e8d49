/** Where in the document its changes are. */
import type { ChangeFact } from '../../../shared/report.ts';

/** The pages that changes speak of, 0-based and in order. */
export function pagesChanged(changes: readonly ChangeFact[]): readonly number[] {
  const pages = changes.flatMap(({ page }) => page ?? []);
  return [...new Set(pages)].toSorted((a, b) => a - b);
}
