/** What was ordered can be taken back: the documents as they were are still in the archive. */
import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../../shared/result.ts';
import { call } from '../../../host/client.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { saveNow } from '../saving.ts';
import { usePrepare } from '../store.ts';
import { useOrganiser } from './organiser-store.ts';
import { reloadDraft } from './reload-draft.ts';

export function UndoArrangement({ job }: { job: string }) {
  const { t } = useTranslation('pages');
  const before = useOrganiser((state) => state.before);
  const documents = usePrepare((state) => state.documents);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isThere =
    before?.job === job &&
    before.after.length === documents.length &&
    documents.every(({ id }) => before.after.includes(id));
  if (before === null || !isThere) return null;
  async function back(to: NonNullable<typeof before>) {
    setBusy(true);
    setFailure(null);
    await saveNow();
    const answer = await call('document.restore', {
      ...{ job, version: usePrepare.getState().version },
      documents: to.documents.map((one) => ({ ...one })),
      fields: to.fields.map((field) => ({ ...field })),
    });
    if (answer.ok) await reloadDraft(job);
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    useOrganiser.getState().applied(null);
    toast(t('undo.done'));
  }
  return (
    <Notice title={t('undo.title')}>
      <p className="small">{t('undo.means')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <Button variant="secondary" loading={busy} onClick={() => void back(before)}>
        {t('undo.yes')}
      </Button>
    </Notice>
  );
}
