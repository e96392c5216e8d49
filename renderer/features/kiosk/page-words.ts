import { useEffect, useState } from 'react';
import { readPage } from '../../pdf/page-text.ts';
import type { Pdf } from '../../pdf/use-pdf.ts';

/** The paragraphs of a page when they are wanted; null until they are here, empty where there are none. */
export function usePageText(pdf: Pdf, page: number, wanted: boolean): readonly string[] | null {
  const [got, setGot] = useState<{ of: Pdf; page: number; words: readonly string[] } | null>(null);
  useEffect(() => {
    if (!wanted || pdf.state !== 'ready') return;
    let gone = false;
    readPage(pdf.pdf, page)
      .catch((): readonly string[] => [])
      .then((words) => {
        if (!gone) setGot({ of: pdf, page, words });
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [pdf, page, wanted]);
  return got !== null && got.of === pdf && got.page === page ? got.words : null;
}
