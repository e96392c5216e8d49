import { Button } from '@digdir/designsystemet-react';
import { FolderFileIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { ExportReceipt } from '../../../shared/rpc/views.ts';
import { useTask } from '../../host/task.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';

/** Failures first, each with its job, and one button that tries only these again. */
function Receipt({
  receipt,
  onOpenJob,
  onAgain,
}: {
  receipt: ExportReceipt;
  onOpenJob: (job: string) => void;
  onAgain: (jobs: readonly string[]) => void;
}) {
  const { t } = useTranslation('archive');
  const { failed, jobs } = receipt;
  return (
    <>
      {failed.length > 0 && (
        <Notice tone="red" title={t('export.failed', { count: failed.length })} role="alert">
          <ul className="archive-failed">
            {failed.slice(0, 20).map(({ job, code }) => (
              <li key={job}>
                <button
                  type="button"
                  className="archive-link"
                  onClick={() => {
                    onOpenJob(job);
                  }}
                >
                  {t('export.showJob')}
                </button>
                <span className="small">
                  {failureWords({ code, message: '' }).what} <code>{code}</code>
                </span>
              </li>
            ))}
          </ul>
          <div className="row">
            <Button
              variant="secondary"
              onClick={() => {
                onAgain(failed.map((each) => each.job));
              }}
            >
              {t('export.again')}
            </Button>
          </div>
        </Notice>
      )}
      {jobs.length > 0 && (
        <Notice
          tone="green"
          title={t('export.done', { count: jobs.length, number: formatNumber(jobs.length) })}
          role="status"
        >
          <p className="small archive-path">{receipt.folder}</p>
          {receipt.unsealed !== null && (
            <p>
              {t('export.unsealed', {
                why: failureWords({ code: receipt.unsealed, message: '' }).what,
              })}
            </p>
          )}
          <p className="small muted">
            {t('export.receipt', { id: receipt.id, moment: formatDateTime(receipt.at) })}
          </p>
        </Notice>
      )}
    </>
  );
}

export function ExportCard({
  onOpenJob,
  onDone,
}: {
  onOpenJob: (job: string) => void;
  onDone: () => void;
}) {
  const { t } = useTranslation('archive');
  const task = useTask();
  const [receipt, setReceipt] = useState<ExportReceipt | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [nothing, setNothing] = useState(false);
  async function save(jobs?: readonly string[]) {
    setFailure(null);
    setReceipt(null);
    setNothing(false);
    const answer = await task.run('export.save', jobs === undefined ? {} : { jobs: [...jobs] });
    if (answer.ok) setReceipt(answer.value);
    else if (answer.error.code === 'export.nothing') setNothing(true);
    else setFailure(answer.error);
    onDone();
  }
  return (
    <section className="panel panel-body archive-card" aria-labelledby="export-title">
      <h2 id="export-title">
        <FolderFileIcon aria-hidden="true" />
        {t('export.title')}
      </h2>
      <p className="muted">{t('export.text')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      {nothing && <Notice tone="green" title={t('export.nothing')} role="status" />}
      {receipt !== null && (
        <Receipt receipt={receipt} onOpenJob={onOpenJob} onAgain={(jobs) => void save(jobs)} />
      )}
      {task.running ? (
        <TaskProgress task={task} label={t('export.doing')} />
      ) : (
        <Button className="wide" onClick={() => void save()}>
          {t('export.start')}
        </Button>
      )}
    </section>
  );
}
