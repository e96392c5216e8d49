import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job/job.ts';
import { call } from '../../host/client.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** Asks the service to withdraw a job, or stops it here while nothing has left. */
export function WithdrawDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  return (
    <ReasonDialog
      title={t('cancel.title')}
      confirm={t('cancel.confirm')}
      reasonHelp={t('remote.withdraw.reasonHelp')}
      done={t('remote.withdraw.done')}
      end={(reason) => call('posten.withdraw', { job: job.id, reason })}
      onClose={onClose}
    >
      <p>{t('remote.withdraw.text')}</p>
    </ReasonDialog>
  );
}
