/** Draws one page of two revisions out of sight, and finds what differs. */
import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { differingAreas, differingLines } from '../../pdf/compare-pages.ts';
import type { Area, Picture } from '../../pdf/compare-pages.ts';
import { drawPage } from '../../pdf/draw-page.ts';
import { readPage } from '../../pdf/page-text.ts';

export interface Comparison {
  readonly areas: readonly Area[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Wide enough for a comma; the same for both, whatever the window's size. */
const width = 900;

async function pictureOf(pdf: PDFDocumentProxy, index: number): Promise<Picture> {
  const canvas = document.createElement('canvas');
  await drawPage(await pdf.getPage(index + 1), canvas, width).done;
  const picture = canvas
    .getContext('2d', { willReadFrequently: true })
    ?.getImageData(0, 0, canvas.width, canvas.height);
  canvas.width = 0;
  if (picture === undefined) throw new Error('no picture of the page');
  return picture;
}

async function compared(
  one: PDFDocumentProxy,
  other: PDFDocumentProxy,
  index: number,
): Promise<Comparison> {
  const lines = async (pdf: PDFDocumentProxy) =>
    index < pdf.numPages ? await readPage(pdf, index) : [];
  const words = differingLines(await lines(one), await lines(other));
  if (index >= one.numPages || index >= other.numPages)
    return { areas: [{ x: 0, y: 0, width: 1, height: 1 }], ...words };
  return {
    areas: differingAreas(await pictureOf(one, index), await pictureOf(other, index)),
    ...words,
  };
}

/** Null until it is known; `failed` where a page cannot be drawn. */
export function useComparison(
  one: PDFDocumentProxy | null,
  other: PDFDocumentProxy | null,
  index: number,
): Comparison | 'failed' | null {
  const [found, setFound] = useState<{
    readonly of: readonly unknown[];
    readonly result: Comparison | 'failed';
  } | null>(null);
  useEffect(() => {
    if (one === null || other === null) return;
    let gone = false;
    const tell = (result: Comparison | 'failed') => {
      if (!gone) setFound({ of: [one, other, index], result });
    };
    compared(one, other, index).then(tell, () => {
      tell('failed');
    });
    return () => {
      gone = true;
    };
  }, [one, other, index]);
  const same =
    found !== null && found.of[0] === one && found.of[1] === other && found.of[2] === index;
  return same ? found.result : null;
}
