/** Several documents become one; what would be lost of a form is asked about first. */
import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobDocument } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { useTask } from '../../host/task.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TaskProgress } from '../../ui/task-progress.tsx';
import { FormDialog } from './organiser/form-dialog.tsx';
import { useOrganiser } from './organiser/organiser-store.ts';
import { reloadDraft } from './organiser/reload-draft.ts';
import { saveNow } from './saving.ts';
import { orderedDocuments, usePrepare } from './store.ts';

/** MAP.md 1.2: what the service and a narrow list can show. */
export const longestTitle = 80;

export function MergeDocuments({
  job,
  chosen,
  onMerged,
}: {
  job: string;
  chosen: readonly JobDocument[];
  onMerged: () => void;
}) {
  const { t } = useTranslation('prepare');
  const task = useTask();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [first] = chosen;

  async function merge(flatten: boolean) {
    if (first === undefined) return;
    setFailure(null);
    if (!(await saveNow())) return;
    const { draft, documents: all } = usePrepare.getState();
    const answer = await task.run('document.merge', {
      job,
      documents: chosen.map((document) => document.id),
      title: first.title.slice(0, longestTitle),
      flatten,
    });
    if (!answer.ok) {
      if (answer.error.code !== 'task.cancelled') setFailure(answer.error);
      return;
    }
    onMerged();
    await reloadDraft(job);
    useOrganiser.getState().applied({
      job,
      documents: orderedDocuments(draft, all).map(({ id, title }) => ({ document: id, title })),
      fields: draft.spec.fields,
      after: usePrepare.getState().draft.order,
    });
    usePrepare.getState().show(answer.value.document.id, 0);
  }
  const form = failure?.code === 'document.form';
  return (
    <>
      {task.running && <TaskProgress task={task} label={t('documents.merging')} />}
      {failure !== null && !form && <FailureNotice failure={failure} />}
      {chosen.length > 1 && (
        <Button
          variant="secondary"
          className="wide"
          disabled={task.running}
          onClick={() => {
            void merge(false);
          }}
        >
          {t('documents.merge', { count: chosen.length })}
        </Button>
      )}
      {form && (
        <FormDialog
          onFix={() => void merge(true)}
          onClose={() => {
            setFailure(null);
          }}
        />
      )}
    </>
  );
}
