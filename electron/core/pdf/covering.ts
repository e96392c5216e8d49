/** What lies on a page and may hide what stands under it: annotations and form fields that paint. */
import { Refusal } from '../../../shared/result.ts';
import type { Box } from '../../../shared/document.ts';
import { latin1Text } from './chars.ts';
import type { PdfDocument } from './document.ts';
import type { PdfDict } from './objects.ts';
import { isDict, isName, isStream, numberOf } from './objects.ts';
import { boxOf } from './pages.ts';

export interface Covering {
  /** 0-based. */
  readonly page: number;
  /** In user space. */
  readonly box: Box;
}

/** Enough for any form; what is beyond is hardly read by anybody. */
const mostCoverings = 2000;
/** An appearance that hides something says so early. */
const decoded = 256 * 1024;

/** They mark what stands there, or show nothing of their own. */
const marks = new Set([
  ...['Link', 'Popup', 'Highlight', 'Underline', 'StrikeOut', 'Squiggly', 'Ink', 'Line', 'Caret'],
]);

/** Seen, painted over an area, and not as glass. */
export function coverings(document: PdfDocument): readonly Covering[] {
  const found: Covering[] = [];
  const count = document.pageCount();
  for (let page = 0; page < count && found.length < mostCoverings; page++)
    for (const item of document.arrayEntry(document.page(page).dict, 'Annots') ?? []) {
      const box = quietly(() => coveringBox(document, document.resolve(item)));
      if (box !== null) found.push({ page, box });
    }
  return found;
}

function coveringBox(document: PdfDocument, annotation: ReturnType<PdfDocument['resolve']>) {
  if (!isDict(annotation)) return null;
  const subtype = document.entry(annotation, 'Subtype');
  if (isName(subtype) && marks.has(subtype.value)) return null;
  // ISO 32000-2, table 167: hidden, no view. CA: how much of it is seen through.
  if (((numberOf(document.entry(annotation, 'F')) ?? 0) & (2 | 32)) !== 0) return null;
  if ((numberOf(document.entry(annotation, 'CA')) ?? 1) < 1) return null;
  const isSignature = isName(document.entry(annotation, 'FT'), 'Sig');
  if (isSignature && document.entry(annotation, 'V') !== null) return null;
  if (!paints(document, annotation)) return null;
  return boxOf(annotation.entries.get('Rect'), document.resolve);
}

/** Fills, shades or places a picture; letters and lines alone leave what is under them to be read. */
const painting = /(?:^|[\s\])>])(?:f\*?|F|B\*?|b\*?|sh|Do|BI)(?=\s|$)/;

function paints(document: PdfDocument, annotation: PdfDict): boolean {
  const appearances = document.dictEntry(annotation, 'AP');
  let normal = appearances === null ? null : document.entry(appearances, 'N');
  if (isDict(normal)) {
    const state = document.entry(annotation, 'AS');
    normal = isName(state) ? document.entry(normal, state.value) : null;
  }
  if (!isStream(normal)) return false;
  try {
    return painting.test(latin1Text(document.decode(normal, decoded)));
  } catch (error) {
    // Too long to be looked through: as if it did, so that nobody hides behind length.
    if (error instanceof Refusal && error.failure.code === 'pdf.limit') return true;
    throw error;
  }
}

function quietly<T>(body: () => T | null): T | null {
  try {
    return body();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
