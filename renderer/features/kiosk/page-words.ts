import { useEffect, useState } from 'react';
import { languageOf, readBlocks } from '../../pdf/tagged-text.ts';
import type { Block } from '../../pdf/tagged-text.ts';
import type { Pdf } from '../../pdf/use-pdf.ts';

export interface PageWords {
  readonly blocks: readonly Block[];
  /** What the document says it is in: those who hear it need the right voice. */
  readonly language: string | null;
}

/** The words of a page when they are wanted; null until they are here, none where there are none. */
export function usePageText(pdf: Pdf, page: number, wanted: boolean): PageWords | null {
  const [got, setGot] = useState<{ of: Pdf; page: number; words: PageWords } | null>(null);
  useEffect(() => {
    if (!wanted || pdf.state !== 'ready') return;
    let gone = false;
    Promise.all([readBlocks(pdf.pdf, page), languageOf(pdf.pdf).catch(() => null)])
      .then(([blocks, language]) => ({ blocks, language }))
      .catch((): PageWords => ({ blocks: [], language: null }))
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
