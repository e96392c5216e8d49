/** "As she saw it": the page at the chosen step, a byte prefix of the very file that was checked. */
import { Button } from '@digdir/designsystemet-react';
import { ChevronLeftIcon, ChevronRightIcon } from '@navikt/aksel-icons';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerificationReport } from '../../../shared/report.ts';
import { PdfPage } from '../../pdf/pdf-page.tsx';
import { usePdf } from '../../pdf/use-pdf.ts';
import type { PdfSource } from '../../pdf/use-pdf.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { pagesChanged } from './changed-pages.ts';
import { CompareView } from './compare-view.tsx';
import { historyOf } from './history.ts';
import { useVerify } from './store.ts';
import type { Subject } from './store.ts';
import { personOf } from './verdict.ts';

function sourceOf(subject: Subject, revision: number, prefix: number | undefined): PdfSource {
  const at =
    subject.type === 'upload'
      ? { document: `upload:${subject.upload}`, revision: 0 }
      : { document: subject.document, revision: subject.revision ?? revision };
  return prefix === undefined ? at : { ...at, prefix };
}

/** The newest revision any signature speaks of: the document as the archive last had it. */
function newest(report: VerificationReport): number {
  return Math.max(0, ...report.signatures.map(({ revision }) => revision));
}

export function PageView({ report, subject }: { report: VerificationReport; subject: Subject }) {
  const { t } = useTranslation('verify');
  const { step, page, against, turn, look, compare } = useVerify();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const steps = historyOf(report);
  const shown = step === null ? undefined : steps[step]?.signature;
  const comparing = against !== 'off';
  const other = comparing && against !== null ? steps[against]?.signature : undefined;
  // The archive counts from the file as it came, which may have had revisions of its own.
  const [down, setDown] = useState(0);
  const revision = newest(report) - down;
  const pdf = usePdf(sourceOf(subject, revision, shown?.signedLength));
  const pdfOfOther = usePdf(comparing ? sourceOf(subject, revision, other?.signedLength) : null);
  const tooNew = pdf.state === 'failed' && pdf.code === 'rpc.forbidden' && revision > 0;
  useEffect(() => {
    if (tooNew) setDown((before) => before + 1);
  }, [tooNew, revision]);
  const changed = pagesChanged(
    report.signatures
      .flatMap(({ changeCodes }) => changeCodes ?? [])
      .filter(({ level }) => level !== 'allowed'),
  );
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth - 48);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const pagesOf = (one: typeof pdf) => (one.state === 'ready' ? one.pageCount : 1);
  const count = Math.max(pagesOf(pdf), comparing ? pagesOf(pdfOfOther) : 1);
  const at = Math.min(page, count - 1);
  const says = comparing
    ? t('compare.sides')
    : shown === undefined
      ? t('page.now')
      : shown.kind === 'signature'
        ? t('page.asSeen', { name: personOf(shown) })
        : t('page.asThen');
  return (
    <section className="verify-page" aria-label={says}>
      <div className="verify-page-tools">
        <span className="pill" data-tone={shown === undefined ? 'neutral' : 'brass'}>
          {says}
        </span>
        <span className="grow" />
        {steps.length > 0 && (
          <Button
            variant="secondary"
            className="verify-compare-button"
            aria-pressed={comparing}
            onClick={() => {
              // The last step against what came after it, unless a step is chosen already.
              if (!comparing && step === null) look(steps.length - 1);
              compare(comparing ? 'off' : null);
            }}
          >
            {t('compare.start')}
          </Button>
        )}
        <Button
          variant="tertiary"
          icon
          aria-label={t('page.previous')}
          disabled={at <= 0}
          onClick={() => {
            turn(at - 1);
          }}
        >
          <ChevronLeftIcon aria-hidden="true" />
        </Button>
        <span className="numbers small" aria-live="polite">
          {t('page.of', { page: at + 1, count })}
        </span>
        <Button
          variant="tertiary"
          icon
          aria-label={t('page.next')}
          disabled={at >= count - 1}
          onClick={() => {
            turn(at + 1);
          }}
        >
          <ChevronRightIcon aria-hidden="true" />
        </Button>
      </div>
      {changed.length > 0 && (
        <p className="verify-changed">
          {t('page.changed')}{' '}
          {changed.slice(0, 12).map((each) => (
            <button
              key={each}
              type="button"
              onClick={() => {
                turn(each);
              }}
            >
              {each + 1}
            </button>
          ))}
        </p>
      )}
      <div
        ref={box}
        className="verify-page-scroll"
        tabIndex={0}
        role="region"
        aria-label={t('page.of', { page: at + 1, count })}
      >
        {pdf.state === 'failed' && !tooNew && (
          <FailureNotice failure={{ code: pdf.code, message: pdf.code }} />
        )}
        {comparing && width > 160 && (
          <CompareView report={report} before={pdf} after={pdfOfOther} width={width} />
        )}
        {!comparing && (pdf.state === 'loading' || pdf.state === 'ready') && width > 80 && (
          <PdfPage
            pdf={pdf.state === 'ready' ? pdf.pdf : null}
            wait
            index={at}
            width={Math.min(760, width)}
            label={t('page.of', { page: at + 1, count })}
          />
        )}
      </div>
    </section>
  );
}
