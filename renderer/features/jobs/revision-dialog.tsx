import { Button, Dialog } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { displayedSize } from '../../../shared/document.ts';
import type { JobDocument } from '../../../shared/job/job.ts';
import { PdfPage } from '../../pdf/pdf-page.tsx';
import { usePdf } from '../../pdf/use-pdf.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Pill } from '../../ui/pill.tsx';
import { PrintDocument } from './print-document.tsx';

/** A document at one of its revisions, and in words whose eyes it is seen with. */
export interface Shown {
  readonly document: JobDocument;
  readonly revision: number;
  readonly caption: string;
}

/** The pages as they were: an earlier revision is the same bytes, only fewer of them. */
export function RevisionDialog({ shown, onClose }: { shown: Shown; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const dialog = useRef<HTMLDialogElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [printing, setPrinting] = useState(false);
  const pdf = usePdf({ document: shown.document.id, revision: shown.revision });
  useEffect(() => {
    const opened = dialog.current;
    if (opened !== null && !opened.open) opened.showModal();
    const node = paper.current;
    if (node === null) return;
    const observer = new ResizeObserver(() => {
      setWidth(Math.min(820, node.clientWidth - 48));
    });
    observer.observe(node);
    return () => {
      observer.disconnect();
    };
  }, []);
  const { pages } = shown.document.findings;
  return (
    <Dialog
      ref={dialog}
      className="revision"
      closeButton={false}
      aria-labelledby="revision-title"
      onClose={onClose}
    >
      <header className="revision-head">
        <h2 id="revision-title" className="grow">
          {shown.document.title === '' ? shown.document.fileName : shown.document.title}
        </h2>
        <Pill tone="brass">{shown.caption}</Pill>
        <Button
          variant="secondary"
          disabled={printing}
          onClick={() => {
            setPrinting(true);
          }}
        >
          <PrinterSmallIcon aria-hidden="true" />
          {t('follow:print.action')}
        </Button>
        <Button variant="secondary" onClick={() => dialog.current?.close()}>
          {t('revision.close')}
        </Button>
      </header>
      {printing && (
        <PrintDocument
          document={shown.document.id}
          revision={shown.revision}
          onDone={() => {
            setPrinting(false);
          }}
        />
      )}
      <div className="revision-paper" ref={paper} tabIndex={0} aria-label={shown.caption}>
        {pdf.state === 'failed' && (
          <FailureNotice failure={{ code: pdf.code, message: 'The document could not be shown' }} />
        )}
        {pdf.state === 'ready' &&
          width > 0 &&
          Array.from({ length: pdf.pageCount }, (_, index) => {
            const page = pages[index];
            const size = page === undefined ? null : displayedSize(page);
            return (
              <PdfPage
                key={index}
                pdf={pdf.pdf}
                index={index}
                width={width}
                lazy
                wait
                label={t('revision.page', { number: index + 1, count: pdf.pageCount })}
                {...(size === null ? {} : { ratio: size.height / size.width })}
              />
            );
          })}
      </div>
    </Dialog>
  );
}
