import { Button } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../host/task.ts';
import { formatBytes, formatNumber } from '../i18n/format.ts';

/** Steps that count bytes; the others count documents, jobs or events. */
const byteSteps = new Set(['hash', 'document.store']);

/** "3 av 12", in words, with a way out. */
export function TaskProgress({ task, label }: { task: Task; label: string }) {
  const { t, i18n } = useTranslation('app');
  const { progress } = task;
  // One of one says nothing: the bar then only shows that something is going on.
  const known = progress !== null && progress.total > 1;
  const amount = progress !== null && byteSteps.has(progress.step) ? formatBytes : formatNumber;
  const stepKey = progress === null ? null : `task.step.${progress.step}`;
  const step = stepKey !== null && i18n.exists(stepKey, { ns: 'app' }) ? t(stepKey) : null;
  return (
    <div className="progress">
      <div className="row row-between">
        <span aria-live="polite">
          <strong>{task.cancelling ? t('task.cancelling') : (step ?? label)}</strong>
        </span>
        {known && (
          <span className="muted numbers">
            {t('task.of', {
              done: amount(progress.done),
              total: amount(progress.total),
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
