/** The lines of text and the blanks of a page, for fields to be pulled to. */
import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { placeOfRun } from '../../../shared/text-places.ts';
import type { TextPlace, TextRun } from '../../../shared/text-places.ts';
import type { PageLines } from './geometry.ts';

const none: PageLines = { xs: [], ys: [] };
/** A blank as it is typed: `________` or `........`. */
const blank = /_{4,}|\.{6,}|…{3,}/g;

/** Each number once, to a tenth of a point. */
function distinct(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers.map((one) => Math.round(one * 10) / 10))];
}

export function linesOf(places: readonly TextPlace[]): PageLines {
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
  };
}

export function usePageLines(pdf: PDFDocumentProxy, document: string, page: number): PageLines {
  const [found, setFound] = useState<{ of: string; lines: PageLines } | null>(null);
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
