/** Many jobs from a list: choose it, see what each column and row becomes, make them, see what came of it. */
import { Button } from '@digdir/designsystemet-react';
import { ArrowLeftIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import type { BulkCheck, BulkResult } from '../../../shared/rpc/views-bulk.ts';
import { useCall } from '../../host/client.ts';
import { useTask } from '../../host/task.ts';
import { upload } from '../../host/upload.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { ChooseList } from './choose-list.tsx';
import { Result } from './result.tsx';
import { Review } from './review.tsx';
import './bulk.css';

export interface Looked {
  readonly file: string;
  readonly upload: string;
  readonly check: BulkCheck;
}

interface Props {
  readonly template: string;
  readonly onLeave: () => void;
  readonly onJobs: () => void;
}

export function Bulk({ template, onLeave, onJobs }: Props) {
  const { t } = useTranslation('bulk');
  const view = useCall('job.get', { job: template });
  const task = useTask();
  const [label, setLabel] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [looked, setLooked] = useState<Looked | null>(null);
  const [result, setResult] = useState<BulkResult | null>(null);
  const job = view.value?.job ?? null;

  async function look(
    list: Pick<Looked, 'file' | 'upload'>,
    how: { columns?: string[]; encoding?: NonNullable<BulkCheck['encoding']> } = {},
  ) {
    setLabel(t('checking'));
    setFailure(null);
    const input = { job: template, upload: list.upload, ...how } as {
      job: string;
      upload: string;
    };
    const check = await task.run('bulk.check', input);
    if (check.ok) setLooked({ ...list, check: check.value });
    else if (check.error.code !== 'task.cancelled') setFailure(check.error);
  }
  async function choose(file: File) {
    setResult(null);
    setLooked(null);
    setFailure(null);
    const sent = await upload(file);
    if (sent.ok) await look({ file: file.name, upload: sent.value.upload });
    else setFailure(sent.error);
  }
  async function make(again: boolean) {
    if (looked === null) return;
    setLabel(t('making'));
    setFailure(null);
    const { columns, encoding } = looked.check;
    const made = await task.run('bulk.run', {
      ...{ job: template, upload: looked.upload },
      columns: columns.map(({ target }) => target),
      ...(encoding === null ? {} : { encoding: encoding as 'utf-8' }),
      ...(again ? { again } : {}),
    });
    if (made.ok) setResult(made.value);
    else setFailure(made.error);
  }
  return (
    <div className="bulk">
      <header className="stack-tight">
        <Button variant="tertiary" className="bulk-back" onClick={onLeave}>
          <ArrowLeftIcon aria-hidden="true" />
          {t('back')}
        </Button>
        <h1>{t('title')}</h1>
        {job !== null && <p className="muted">{t('lead', { title: job.spec.title })}</p>}
      </header>
      {view.error !== null && <FailureNotice failure={view.error} onRetry={view.reload} />}
      {failure !== null && <FailureNotice failure={failure} />}
      {task.running ? (
        <div className="panel panel-body">
          <TaskProgress task={task} label={label} />
        </div>
      ) : result !== null ? (
        <Result
          result={result}
          onJobs={onJobs}
          onChoose={(file) => void choose(file)}
          onAgain={() => void make(false)}
        />
      ) : looked !== null && job !== null ? (
        <Review
          job={job}
          looked={looked}
          onChoose={(file) => void choose(file)}
          onChange={(how) => void look(looked, how)}
          onMake={(again) => void make(again)}
        />
      ) : (
        job !== null && <ChooseList job={job} onChoose={(file) => void choose(file)} />
      )}
    </div>
  );
}
