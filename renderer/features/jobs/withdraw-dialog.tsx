import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

/** Asks the service to withdraw a job, or stops it here while nothing has left. */
export function WithdrawDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const lacking = reason.trim() === '';
  async function withdraw() {
    setAsked(true);
    if (lacking) return;
    setBusy(true);
    const answer = await call('posten.withdraw', { job: job.id, reason: reason.trim() });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    toast(t('remote.withdraw.done'));
    onClose();
  }
  return (
    <AskDialog
      title={t('cancel.title')}
      confirm={t('cancel.confirm')}
      danger
      busy={busy}
      onConfirm={() => void withdraw()}
      onClose={onClose}
    >
      <p>{t('remote.withdraw.text')}</p>
      <Textfield
        multiline
        rows={3}
        label={t('cancel.reason')}
        description={t('remote.withdraw.reasonHelp')}
        maxLength={500}
        value={reason}
        error={asked && lacking && t('cancel.reasonMissing')}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
