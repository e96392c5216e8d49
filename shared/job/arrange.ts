/** Pages of a draft's documents in another order, turned, taken out, or moved between documents. Pure. */
import { displayedSize, type PageGeometry, type Placement } from '../document.ts';
import type { FieldSpec, JobDocument } from './job.ts';

/** Degrees clockwise, on top of how the page stands. */
export type Turn = 0 | 90 | 180 | 270;

export interface ArrangedPage {
  readonly document: string;
  /** 0-based. */
  readonly page: number;
  readonly turn: Turn;
}

export interface ArrangedDocument {
  readonly title: string;
  readonly pages: readonly ArrangedPage[];
}

/** What stands in the same order, whole and unturned: all of one document's pages. */
export function untouched(
  { pages }: ArrangedDocument,
  documents: readonly JobDocument[],
): JobDocument | null {
  const document = wholeOf(pages, documents);
  if (document === null) return null;
  return pages.every(({ page, turn }, index) => page === index && turn === 0) ? document : null;
}

/** The one document whose pages these all are, each of them, in whatever order. */
export function wholeOf(
  pages: readonly ArrangedPage[],
  documents: readonly JobDocument[],
): JobDocument | null {
  const of = pages[0]?.document;
  const document = documents.find(({ id }) => id === of);
  if (document === undefined || document.findings.pageCount !== pages.length) return null;
  return pages.every((one) => one.document === of) ? document : null;
}

/**
 * `document.unknown`, `document.no-page`, `document.page-twice`, `document.no-pages`; null where it can be
 * done. Which files allow it is another matter.
 */
export function arrangementProblem(
  results: readonly ArrangedDocument[],
  documents: readonly JobDocument[],
): string | null {
  const seen = new Set<string>();
  for (const { pages } of results) {
    if (pages.length === 0) return 'document.no-pages';
    for (const { document, page } of pages) {
      const of = documents.find(({ id }) => id === document);
      if (of === undefined) return 'document.unknown';
      if (page >= of.findings.pageCount) return 'document.no-page';
      const key = `${document} ${page}`;
      if (seen.has(key)) return 'document.page-twice';
      seen.add(key);
    }
  }
  return null;
}

/** A result with the id that it was given: where its pages are now. */
export type Placed = ArrangedDocument & { readonly id: string };

/**
 * The fields on the pages where they stood: same place of the paper, and upright. A field in the file itself
 * stays one only where its file is whole; those of pages that are gone are gone.
 */
export function arrangedFields(
  fields: readonly FieldSpec[],
  results: readonly Placed[],
  documents: readonly JobDocument[],
): readonly FieldSpec[] {
  const now = new Map<
    string,
    { readonly result: Placed; readonly at: number; readonly turn: Turn }
  >();
  for (const result of results)
    result.pages.forEach(({ document, page, turn }, at) =>
      now.set(`${document} ${page}`, { result, at, turn }),
    );
  return fields.flatMap((field) => {
    const { placement, existing, ...rest } = field;
    const there = now.get(`${field.document} ${placement.page}`);
    const geometry = documents.find(({ id }) => id === field.document)?.findings.pages[
      placement.page
    ];
    if (there === undefined || geometry === undefined) return [];
    const { result, at, turn } = there;
    const keepsFile = existing !== undefined && wholeOf(result.pages, documents) !== null;
    const turned = keepsFile
      ? turnedBox(placement, geometry, turn)
      : turnedUpright(placement, geometry, turn);
    return [
      {
        ...rest,
        ...(keepsFile ? { existing } : {}),
        document: result.id,
        placement: { page: at, ...turned },
      },
    ];
  });
}

type Place = Omit<Placement, 'page'>;

/** The same paper under the box, its sides exchanged with those of the page. */
export function turnedBox(place: Place, page: PageGeometry, turn: Turn): Place {
  const { width, height } = displayedSize(page);
  const { x, y, width: w, height: h } = place;
  switch (turn) {
    case 0:
      return { x, y, width: w, height: h };
    case 90:
      return { x: height - y - h, y: x, width: h, height: w };
    case 180:
      return { x: width - x - w, y: height - y - h, width: w, height: h };
    case 270:
      return { x: y, y: width - x - w, width: h, height: w };
  }
}

/** As wide and high as before, around the same middle, kept on the page. */
function turnedUpright(place: Place, page: PageGeometry, turn: Turn): Place {
  const box = turnedBox(place, page, turn);
  const size = displayedSize(page);
  const sideways = turn === 90 || turn === 270;
  const [pageWidth, pageHeight] = sideways ? [size.height, size.width] : [size.width, size.height];
  const width = Math.min(place.width, pageWidth);
  const height = Math.min(place.height, pageHeight);
  return {
    x: within(box.x + box.width / 2 - width / 2, pageWidth - width),
    y: within(box.y + box.height / 2 - height / 2, pageHeight - height),
    width,
    height,
  };
}

function within(value: number, most: number): number {
  return Math.round(Math.min(Math.max(0, value), most) * 10) / 10;
}

/** "1–3, 5 (90°)": pages from 1, in their order, for the record. */
export function pagesInWords(pages: readonly ArrangedPage[]): string {
  const parts: { from: number; to: number; readonly turn: Turn }[] = [];
  for (const { page, turn } of pages) {
    const last = parts.at(-1);
    if (last !== undefined && last.turn === turn && last.to === page) last.to = page + 1;
    else parts.push({ from: page + 1, to: page + 1, turn });
  }
  return parts
    .map(({ from, to, turn }) => {
      const range = from === to ? String(from) : `${from}–${to}`;
      return turn === 0 ? range : `${range} (${turn}°)`;
    })
    .join(', ');
}
