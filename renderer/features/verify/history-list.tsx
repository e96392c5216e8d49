import { useTranslation } from 'react-i18next';
import type { SignatureReport, VerificationReport } from '../../../shared/report.ts';
import { formatBytes, formatDateTime } from '../../i18n/format.ts';
import { hasMoreSince, historyOf } from './history.ts';
import { useVerify } from './store.ts';
import { personOf, timeOf } from './verdict.ts';

const marks = { 'TOTAL-PASSED': 'green', INDETERMINATE: 'brass', 'TOTAL-FAILED': 'red' } as const;

/** What happened to the document, step by step; each step shows the page as it was then. */
export function History({ report }: { report: VerificationReport }) {
  const { t } = useTranslation('verify');
  const step = useVerify((state) => state.step);
  const look = useVerify((state) => state.look);
  const steps = historyOf(report);
  if (steps.length === 0) return <p className="muted">{t('history.none')}</p>;
  const words = (signature: SignatureReport) =>
    t(`history.${signature.kind}`, { name: personOf(signature) });
  return (
    <ol className="plain verify-steps">
      {steps.map(({ signature, added }, index) => {
        const time = timeOf(signature);
        return (
          <li key={`${signature.field} ${String(signature.signedLength)}`}>
            <button
              type="button"
              aria-pressed={step === index}
              onClick={() => {
                look(index, signature.page ?? undefined);
              }}
            >
              <span
                className="verify-step-mark"
                data-tone={marks[signature.indication]}
                aria-hidden="true"
              >
                {index + 1}
              </span>
              <span>
                <strong>{words(signature)}</strong>
                <span className="small muted">
                  {[
                    time === null ? t('when.unknown') : formatDateTime(time.at),
                    t(`verdict.${signature.indication}`),
                    index === 0 ? formatBytes(added) : `+ ${formatBytes(added)}`,
                  ].join(' · ')}
                </span>
              </span>
            </button>
          </li>
        );
      })}
      <li>
        <button
          type="button"
          aria-pressed={step === null}
          onClick={() => {
            look(null);
          }}
        >
          <span className="verify-step-mark" aria-hidden="true">
            •
          </span>
          <span>
            <strong>{t('history.now')}</strong>
            <span className="small muted">
              {t(hasMoreSince(report) ? 'history.more' : 'history.same')}
            </span>
          </span>
        </button>
      </li>
    </ol>
  );
}
