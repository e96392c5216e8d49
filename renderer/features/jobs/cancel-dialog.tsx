import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

/** Withdraw a job that is out for signing, or throw a draft away: the log keeps that it was there. */
export function CancelDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const draft = job.state === 'draft';
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const lacking = !draft && reason.trim() === '';
  const signed = job.signers.filter((signer) => signer.state === 'SIGNED').length;
  async function cancel() {
    setAsked(true);
    if (lacking) return;
    setBusy(true);
    const answer = await call('job.cancel', { job: job.id, reason: reason.trim() });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    toast(t(draft ? 'done.discard' : 'done.cancel'));
    onClose();
  }
  const words = draft ? 'discard' : 'cancel';
  return (
    <AskDialog
      title={t(`${words}.title`)}
      confirm={t(`${words}.confirm`)}
      danger
      busy={busy}
      onConfirm={() => void cancel()}
      onClose={onClose}
    >
      <p>{t(`${words}.text`)}</p>
      {signed > 0 && <p>{t('cancel.signed', { count: signed })}</p>}
      {!draft && (
        <Textfield
          multiline
          rows={3}
          label={t('cancel.reason')}
          description={t('cancel.reasonHelp')}
          maxLength={500}
          value={reason}
          error={asked && lacking && t('cancel.reasonMissing')}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      )}
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
