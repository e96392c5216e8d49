/** Pages by their object numbers. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';

// Past this many pages a page is not named.
const MAX_PAGES = 5_000;

/** 0-based index by object number; empty where the page tree cannot be read. */
export function pageIndexes(document: PdfDocument): ReadonlyMap<number, number> {
  const indexes = new Map<number, number>();
  try {
    const count = Math.min(document.pageCount(), MAX_PAGES);
    for (let index = 0; index < count; index++) {
      const { ref } = document.page(index);
      if (ref !== null) indexes.set(ref.number, index);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return indexes;
}
