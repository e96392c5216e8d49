/** A copy of a job: a new draft with the documents as they came, or a template. */
import { Button, Fieldset, Radio } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/result.ts';
import { useTask } from '../../host/task.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { toast } from '../../ui/toasts.tsx';

export function JobCopy({ job, onMade }: { job: string; onMade: (job: string) => void }) {
  const { t } = useTranslation('templates');
  const [asking, setAsking] = useState(false);
  const task = useTask();
  const [failure, setFailure] = useState<Failure | null>(null);
  async function save() {
    setFailure(null);
    const saved = await task.run('template.save', { job });
    if (saved.ok) toast(t('copy.saved'));
    else if (saved.error.code !== 'task.cancelled') setFailure(saved.error);
  }
  return (
    <>
      <Button
        variant="secondary"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('copy.action')}
      </Button>
      <Button variant="secondary" loading={task.running} onClick={() => void save()}>
        {t('copy.save')}
      </Button>
      {failure !== null && <FailureNotice failure={failure} />}
      {asking && (
        <CopyDialog
          job={job}
          onMade={onMade}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function CopyDialog({
  job,
  onMade,
  onClose,
}: {
  job: string;
  onMade: (job: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('templates');
  const task = useTask();
  const [people, setPeople] = useState<'keep' | 'clear'>('keep');
  const [failure, setFailure] = useState<Failure | null>(null);
  async function copy() {
    setFailure(null);
    const made = await task.run('job.duplicate', { job, people });
    if (made.ok) onMade(made.value.job);
    else setFailure(made.error);
  }
  return (
    <AskDialog
      title={t('copy.title')}
      confirm={t('copy.confirm')}
      busy={task.running}
      onConfirm={() => void copy()}
      onClose={onClose}
    >
      <p>{t('copy.text')}</p>
      <Fieldset>
        <Fieldset.Legend>{t('copy.people')}</Fieldset.Legend>
        {(['keep', 'clear'] as const).map((each) => (
          <Radio
            key={each}
            name="people"
            value={each}
            label={t(`copy.${each}`)}
            description={t(`copy.${each}Help`)}
            checked={people === each}
            onChange={() => {
              setPeople(each);
            }}
          />
        ))}
      </Fieldset>
      {task.running && <TaskProgress task={task} label={t('copy.working')} />}
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
