/** The lines of text and the blanks of a page, for fields to be pulled to. */
import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { Placement } from '../../../shared/document.ts';
import { placeOfRun } from '../../../shared/text-places.ts';
import type { TextPlace, TextRun } from '../../../shared/text-places.ts';
import type { PageLines } from './geometry.ts';

export interface PageWords extends PageLines {
  /** Where something is written that a field could hide; blanks and marks for fields are there to be covered. */
  readonly words: readonly Rect[];
}

type Rect = Omit<Placement, 'page'>;

const none: PageWords = { xs: [], ys: [], words: [] };
const coverable = /^[\s_.…:·]*$|\{\{[^{}]*\}\}/;

/** A blank as it is typed: `________` or `........`. */
const blank = /_{4,}|\.{6,}|…{3,}/g;

/** Each number once, to a tenth of a point. */
function distinct(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers.map((one) => Math.round(one * 10) / 10))];
}

/** The parts of a run that are no blank; its letters share its width. */
function written({ text, x, y, width, height }: TextPlace): readonly Rect[] {
  const each = width / Math.max(1, text.length);
  const boxes: Rect[] = [];
  let from = 0;
  const add = (to: number) => {
    const part = text.slice(from, to).trimEnd();
    if (!coverable.test(part))
      boxes.push({ x: x + from * each, y, width: part.length * each, height });
  };
  for (const match of text.matchAll(blank)) {
    add(match.index);
    from = match.index + match[0].length;
  }
  add(text.length);
  return boxes;
}

export function linesOf(places: readonly TextPlace[]): PageWords {
  const words = places.filter(({ text }) => text.trim() !== '');
  const ends = words.flatMap(({ text, x, width }) =>
    [...text.matchAll(blank)].flatMap((match) => {
      const each = width / Math.max(1, text.length);
      return [x + match.index * each, x + (match.index + match[0].length) * each];
    }),
  );
  return {
    xs: distinct([...words.map(({ x }) => x), ...ends]),
    ys: distinct(words.map(({ baseline }) => baseline)),
    words: words.flatMap(written),
  };
}

export function usePageLines(pdf: PDFDocumentProxy, document: string, page: number): PageWords {
  const [found, setFound] = useState<{ of: string; lines: PageWords } | null>(null);
  const of = `${document} ${String(page)}`;
  useEffect(() => {
    let gone = false;
    const look = async () => {
      const proxy = await pdf.getPage(page + 1);
      const { items } = await proxy.getTextContent();
      const view = proxy.getViewport({ scale: 1 }).transform as readonly number[];
      const places = items.flatMap((item) =>
        'str' in item ? [placeOfRun(item as TextRun, view)] : [],
      );
      if (!gone) setFound({ of, lines: linesOf(places) });
    };
    look().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [pdf, page, of]);
  return found?.of === of ? found.lines : none;
}
