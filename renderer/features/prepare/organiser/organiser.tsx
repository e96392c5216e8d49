/** «Ordne sider»: the pages of all documents of the draft on one table, before anybody signs. */
import { Button } from '@digdir/designsystemet-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../../shared/result.ts';
import { useTask } from '../../../host/task.ts';
import { AskDialog } from '../../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { TaskProgress } from '../../../ui/task-progress.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { saveNow } from '../saving.ts';
import { orderedDocuments, usePrepare } from '../store.ts';
import { sameArrangement } from './arrangement.ts';
import { FormDialog } from './form-dialog.tsx';
import { reloadDraft } from './reload-draft.ts';
import { OrganiserTools } from './organiser-tools.tsx';
import { useOrganiser } from './organiser-store.ts';
import { PageTable } from './page-table.tsx';
import './organiser.css';

export function Organiser({ job }: { job: string }) {
  const { t } = useTranslation('pages');
  const task = useTask();
  const { now, first, close, follow } = useOrganiser();
  const documents = usePrepare((state) => state.documents);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [leaving, setLeaving] = useState(false);
  useEffect(() => {
    const { draft, documents: all } = usePrepare.getState();
    follow(orderedDocuments(draft, all));
  }, [documents, follow]);
  useUndoOnTable();
  const isChanged = !sameArrangement(now, first);

  async function apply(flatten: boolean) {
    setFailure(null);
    if (!(await saveNow())) return;
    const { draft, documents: all, version } = usePrepare.getState();
    const before = orderedDocuments(draft, all);
    const answer = await task.run('document.arrange', {
      ...{ job, version, flatten },
      documents: now.map(({ title, pages }) => ({
        title,
        pages: pages.map(({ document, page, turn }) => ({ document, page, turn })),
      })),
    });
    if (!answer.ok) {
      if (answer.error.code !== 'task.cancelled') setFailure(answer.error);
      return;
    }
    await reloadDraft(job);
    useOrganiser.getState().applied({
      job,
      documents: before.map(({ id, title }) => ({ document: id, title })),
      fields: draft.spec.fields,
      after: answer.value.documents.map(({ id }) => id),
    });
    toast(t('applied'));
  }
  return (
    <main className="table" aria-label={t('title')}>
      <div className="table-lead">
        <h2>{t('title')}</h2>
        <p className="small muted">{t('lead')}</p>
      </div>
      <OrganiserTools />
      <PageTable />
      <div className="table-foot">
        {failure !== null && failure.code !== 'document.form' && (
          <FailureNotice failure={failure} />
        )}
        {task.running ? (
          <TaskProgress task={task} label={t('applying')} />
        ) : (
          <>
            <p className="small muted">{t('means')}</p>
            <div className="row">
              <Button
                variant="tertiary"
                onClick={() => {
                  if (isChanged) setLeaving(true);
                  else close();
                }}
              >
                {t('close')}
              </Button>
              <Button
                aria-disabled={!isChanged || undefined}
                onClick={() => {
                  if (isChanged) void apply(false);
                }}
              >
                {t('apply')}
              </Button>
            </div>
          </>
        )}
      </div>
      {leaving && (
        <AskDialog
          title={t('leave.title')}
          confirm={t('leave.yes')}
          danger
          onConfirm={close}
          onClose={() => {
            setLeaving(false);
          }}
        >
          <p>{t('leave.means')}</p>
        </AskDialog>
      )}
      {failure?.code === 'document.form' && (
        <FormDialog
          onFix={() => void apply(true)}
          onClose={() => {
            setFailure(null);
          }}
        />
      )}
    </main>
  );
}

/** Opens the table with the pages as they are now. */
export function openOrganiser(): void {
  const { draft, documents } = usePrepare.getState();
  useOrganiser.getState().open(orderedDocuments(draft, documents));
}

/** Ctrl+Z and its fellows are the table's while it is open. */
function useUndoOnTable(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const inText = event.target instanceof HTMLElement && event.target.closest('input, select');
      if (inText) return;
      const key = event.key.toLowerCase();
      const { undo, redo } = useOrganiser.getState();
      if (key === 'z' && !event.shiftKey) undo();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // Before the draft's own undo hears it.
    window.addEventListener('keydown', press, { capture: true });
    return () => {
      window.removeEventListener('keydown', press, { capture: true });
    };
  }, []);
}
