import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../host/task.ts';
import { formatNumber } from '../i18n/format.ts';

/** "3 av 12", in words, with a way out. */
export function TaskProgress({ task, label }: { task: Task; label: string }) {
  const { t, i18n } = useTranslation('app');
  const { progress } = task;
  const known = progress !== null && progress.total > 0;
  const stepKey = progress === null ? null : `task.step.${progress.step}`;
  const step = stepKey !== null && i18n.exists(stepKey, { ns: 'app' }) ? t(stepKey) : null;
  return (
    <div className="progress">
      <div className="row row-between">
        <span aria-live="polite">
          <strong>{task.cancelling ? t('task.cancelling') : (step ?? label)}</strong>
        </span>
        {known && progress.total > 1 && progress.total <= 1_000_000 && (
          <span className="muted numbers">
            {t('task.of', {
              done: formatNumber(progress.done),
              total: formatNumber(progress.total),
            })}
          </span>
        )}
      </div>
      <progress
        aria-label={label}
        max={known ? progress.total : 1}
        value={known ? progress.done : undefined}
      />
      <div className="row row-end">
        <Button variant="secondary" disabled={task.cancelling} onClick={task.cancel}>
          {t('task.cancel')}
        </Button>
      </div>
    </div>
  );
}
