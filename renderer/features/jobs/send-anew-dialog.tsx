import { Checkbox } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';

/** What got no answer is sent anew only by somebody who has looked for it at the service. */
export function SendAnewDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const [looked, setLooked] = useState(false);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const flow = job.remote?.flow ?? 'portal';
  async function send() {
    setAsked(true);
    if (!looked) return;
    const answer = await call('posten.send', { job: job.id });
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    toast(t('remote.sendAnew.done'));
    onClose();
  }
  return (
    <AskDialog
      title={t('remote.sendAnew.title')}
      confirm={t('remote.sendAnew.confirm')}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{t(`remote.sendAnew.${flow}`, { reference: job.remote?.reference ?? '' })}</p>
      <Checkbox
        label={t(`remote.sendAnew.looked_${flow}`)}
        checked={looked}
        error={asked && !looked && t('remote.sendAnew.lookFirst')}
        onChange={(event) => {
          setLooked(event.target.checked);
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
