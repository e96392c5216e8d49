/** Two steps of the history side by side on the same page, with what differs marked and said in words. */
import { Field, Label, Select } from '@digdir/designsystemet-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { VerificationReport } from '../../../shared/report.ts';
import type { Area } from '../../pdf/compare-pages.ts';
import { PdfPage } from '../../pdf/pdf-page.tsx';
import type { Pdf } from '../../pdf/use-pdf.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { historyOf } from './history.ts';
import { useVerify } from './store.ts';
import { personOf } from './verdict.ts';
import { useComparison } from './use-comparison.ts';
import './compare.css';

interface Props {
  readonly report: VerificationReport;
  readonly before: Pdf;
  readonly after: Pdf;
  /** CSS pixels for both pages together. */
  readonly width: number;
}

function documentOf(pdf: Pdf): PDFDocumentProxy | null {
  return pdf.state === 'ready' ? pdf.pdf : null;
}

/** Which step stands on one side. */
function StepChoice({
  report,
  label,
  step,
  onStep,
}: {
  report: VerificationReport;
  label: string;
  step: number | null;
  onStep: (step: number | null) => void;
}) {
  const { t } = useTranslation('verify');
  return (
    <Field>
      <Label>{label}</Label>
      <Select
        value={step === null ? '' : String(step)}
        onChange={(event) => {
          onStep(event.target.value === '' ? null : Number(event.target.value));
        }}
      >
        {historyOf(report).map(({ signature }, index) => (
          <Select.Option key={signature.signedLength} value={String(index)}>
            {`${String(index + 1)}. ${t(`history.${signature.kind}`, { name: personOf(signature) })}`}
          </Select.Option>
        ))}
        <Select.Option value="">{t('history.now')}</Select.Option>
      </Select>
    </Field>
  );
}

function Marked({ areas }: { areas: readonly Area[] }) {
  return areas.map(({ x, y, width, height }) => (
    <span
      key={`${String(x)} ${String(y)}`}
      className="verify-difference"
      aria-hidden="true"
      style={{
        left: `${String(100 * x)}%`,
        top: `${String(100 * y)}%`,
        width: `${String(100 * width)}%`,
        height: `${String(100 * height)}%`,
      }}
    />
  ));
}

function Words({ heading, lines }: { heading: string; lines: readonly string[] }) {
  const id = useId();
  if (lines.length === 0) return null;
  return (
    <div>
      <h3 id={id} className="small">
        {heading}
      </h3>
      <ul aria-labelledby={id} className="verify-words">
        {lines.slice(0, 30).map((line, index) => (
          <li key={`${String(index)} ${line}`}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

export function CompareView({ report, before, after, width }: Props) {
  const { t } = useTranslation('verify');
  const { step, against, page, look, compare } = useVerify();
  const found = useComparison(documentOf(before), documentOf(after), page);
  const areas = found === null || found === 'failed' ? [] : found.areas;
  const half = Math.floor((width - 16) / 2);
  const side = (pdf: Pdf, label: string) => (
    <div className="verify-side">
      {pdf.state === 'failed' && <FailureNotice failure={{ code: pdf.code, message: pdf.code }} />}
      {(pdf.state === 'loading' || pdf.state === 'ready') &&
        (pdf.state === 'loading' || page < pdf.pageCount ? (
          <PdfPage
            pdf={pdf.state === 'ready' ? pdf.pdf : null}
            index={page}
            width={half}
            label={label}
            wait
          >
            <Marked areas={areas} />
          </PdfPage>
        ) : (
          <p className="muted">{t('compare.noPage')}</p>
        ))}
    </div>
  );
  return (
    <div className="verify-compare">
      <div className="verify-choices">
        <StepChoice
          report={report}
          label={t('compare.before')}
          step={step}
          onStep={(chosen) => {
            look(chosen);
          }}
        />
        <StepChoice
          report={report}
          label={t('compare.after')}
          step={against === 'off' ? null : against}
          onStep={compare}
        />
      </div>
      <p role="status" className="verify-found">
        {found === null
          ? t('compare.looking')
          : found === 'failed'
            ? t('compare.failed')
            : t('compare.found', { count: areas.length })}
      </p>
      <div className="verify-sides">
        {side(before, t('compare.before'))}
        {side(after, t('compare.after'))}
      </div>
      {found !== null && found !== 'failed' && (
        <div className="verify-texts">
          <Words heading={t('compare.removed')} lines={found.removed} />
          <Words heading={t('compare.added')} lines={found.added} />
        </div>
      )}
    </div>
  );
}
