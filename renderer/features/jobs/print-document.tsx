/** A document as it stands, page by page onto paper. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PdfPage } from '../../pdf/pdf-page.tsx';
import { usePdf } from '../../pdf/use-pdf.ts';
import { Notice } from '../../ui/notice.tsx';
import { PrintSheet } from '../../ui/print-sheet.tsx';

/** CSS pixels: 150 dots an inch on A4. */
const pageWidth = 1240;

export function PrintDocument({
  document,
  revision,
  onDone,
}: {
  document: string;
  revision: number;
  onDone: () => void;
}) {
  const { t } = useTranslation('follow');
  const pdf = usePdf({ document, revision });
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set());
  const [failed, setFailed] = useState(false);
  if (failed || pdf.state === 'failed')
    return (
      <Notice tone="red" title={t('print.failed')}>
        <p />
      </Notice>
    );
  return (
    <>
      <p role="status">{t('print.preparing')}</p>
      {pdf.state === 'ready' && (
        <PrintSheet ready={shown.size === pdf.pageCount} onDone={onDone}>
          {Array.from({ length: pdf.pageCount }, (_, index) => (
            <PdfPage
              key={index}
              pdf={pdf.pdf}
              index={index}
              width={pageWidth}
              label=""
              onState={(state) => {
                if (state === 'failed') setFailed(true);
                if (state === 'shown') setShown((before) => new Set(before).add(index));
              }}
            />
          ))}
        </PrintSheet>
      )}
    </>
  );
}
