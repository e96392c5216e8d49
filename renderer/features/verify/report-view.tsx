/** The report for people: headline, facts, history beside the page, details one click deeper. */
import { Button } from '@digdir/designsystemet-react';
import {
  CheckmarkIcon,
  ExclamationmarkTriangleIcon,
  QuestionmarkIcon,
  XMarkIcon,
} from '@navikt/aksel-icons';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerificationReport } from '../../../shared/report.ts';
import { host } from '../../host/host.ts';
import { Pill } from '../../ui/pill.tsx';
import { Facts } from './facts.tsx';
import { History } from './history-list.tsx';
import { PageView } from './page-view.tsx';
import { SaveReport } from './save-report.tsx';
import { SignatureDetails } from './signature-details.tsx';
import { useVerify } from './store.ts';
import type { Subject } from './store.ts';
import { verdictOf } from './verdict.ts';
import type { Tone } from './verdict.ts';

function Sign({ tone }: { tone: Tone }) {
  switch (tone) {
    case 'green':
      return <CheckmarkIcon aria-hidden="true" />;
    case 'brass':
      return <ExclamationmarkTriangleIcon aria-hidden="true" />;
    case 'red':
      return <XMarkIcon aria-hidden="true" />;
    case 'grey':
      return <QuestionmarkIcon aria-hidden="true" />;
  }
}

export function ReportView({ report, subject }: { report: VerificationReport; subject: Subject }) {
  const { t, i18n } = useTranslation('verify');
  const set = useVerify((state) => state.set);
  const comparing = useVerify((state) => state.against !== 'off');
  const verdict = verdictOf(report);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [report]);
  // "Signert av to": small numbers as words, as people write them.
  const inWords = ({ headline }: ReturnType<typeof verdictOf>) => {
    const count = headline.values?.['count'] ?? 0;
    return i18n.exists(`number.${String(count)}`, { ns: 'verify' })
      ? t(`number.${String(count)}`)
      : String(count);
  };
  const trial = report.signatures.some(({ certificate }) => certificate?.trial === true);
  const name = subject.type === 'upload' ? subject.name : report.file;
  return (
    <article className="verify-report" data-tone={verdict.tone}>
      <header className="panel verify-head">
        <span className="verify-sign">
          <Sign tone={verdict.tone} />
        </span>
        <div className="grow">
          <h1 ref={heading} tabIndex={-1}>
            {t(verdict.headline.key, { ...verdict.headline.values, people: inWords(verdict) })}
          </h1>
          <p className="muted">
            <span className="verify-file">{name}</span>
            {' · '}
            {t(verdict.next.key)}
          </p>
          {trial && (
            <p className="verify-trial">
              <Pill tone="trial">{t('trial.mark')}</Pill> {t('trial.means')}
            </p>
          )}
        </div>
        {/* A page without a program behind it makes no files. */}
        {!('upload' in host) && <SaveReport subject={subject} />}
        <Button
          variant="secondary"
          onClick={() => {
            set({ state: 'empty' });
          }}
        >
          {t('another')}
        </Button>
      </header>
      <Facts report={report} />
      <div className="verify-body" data-comparing={comparing}>
        <section className="panel panel-body verify-history" aria-labelledby="verify-history">
          <h2 id="verify-history">{t('history.heading')}</h2>
          <History report={report} />
        </section>
        <PageView report={report} subject={subject} />
      </div>
      {(report.signatures.length > 0 || report.anomalies.length > 0) && (
        <SignatureDetails report={report} />
      )}
    </article>
  );
}
