import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job/job.ts';
import { call } from '../../host/client.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** Withdraw a job that is out for signing, or throw a draft away: the log keeps that it was there. */
export function CancelDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const draft = job.state === 'draft';
  const words = draft ? 'discard' : 'cancel';
  const signed = job.signers.filter((signer) => signer.state === 'SIGNED').length;
  return (
    <ReasonDialog
      title={t(`${words}.title`)}
      confirm={t(`${words}.confirm`)}
      reasonHelp={draft ? null : t('cancel.reasonHelp')}
      done={t(draft ? 'done.discard' : 'done.cancel')}
      end={(reason) => call('job.cancel', { job: job.id, reason })}
      onClose={onClose}
    >
      <p>{t(`${words}.text`)}</p>
      {signed > 0 && <p>{t('cancel.signed', { count: signed })}</p>}
    </ReasonDialog>
  );
}
