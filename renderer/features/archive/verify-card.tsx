import { Button } from '@digdir/designsystemet-react';
import { ShieldCheckmarkIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { ArchiveReportView } from '../../../shared/rpc/views.ts';
import { useTask } from '../../host/task.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatMoment, formatNumber } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';

function Report({ report }: { report: ArchiveReportView }) {
  const { t } = useTranslation('archive');
  if (report.ok)
    return (
      <Notice tone="green" title={t('verify.ok')} role="status">
        <p>
          {t('verify.counts', {
            events: formatNumber(report.events),
            documents: formatNumber(report.documents),
          })}
        </p>
      </Notice>
    );
  return (
    <Notice tone="red" title={t('verify.bad', { count: report.problems.length })} role="alert">
      <p>{t('verify.badMeans')}</p>
      <ul className="archive-failed">
        {report.problems.slice(0, 20).map(({ code, place }) => (
          <li key={`${code} ${place}`} className="small">
            {failureWords({ code, message: '' }).what} <code>{`${code} · ${place}`}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Recomputes every checksum and the chain of events. */
export function VerifyCard({ lastAnchor }: { lastAnchor: string | null }) {
  const { t } = useTranslation('archive');
  const task = useTask();
  const [report, setReport] = useState<ArchiveReportView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function verify() {
    setFailure(null);
    setReport(null);
    const answer = await task.run('archive.verify', {});
    if (answer.ok) setReport(answer.value);
    else setFailure(answer.error);
  }
  return (
    <section className="panel panel-body archive-card" aria-labelledby="verify-title">
      <h2 id="verify-title">
        <ShieldCheckmarkIcon aria-hidden="true" />
        {t('verify.title')}
      </h2>
      <p className="muted">{t('verify.text')}</p>
      <p className="muted">
        {lastAnchor === null
          ? t('verify.noAnchor')
          : t('verify.anchor', { moment: formatMoment(lastAnchor) })}
      </p>
      {failure !== null && <FailureNotice failure={failure} />}
      {report !== null && <Report report={report} />}
      {task.running ? (
        <TaskProgress task={task} label={t('verify.doing')} />
      ) : (
        <Button variant="secondary" className="wide" onClick={() => void verify()}>
          {t('verify.start')}
        </Button>
      )}
    </section>
  );
}
