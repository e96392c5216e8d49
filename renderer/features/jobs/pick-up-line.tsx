import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job, SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { useSession } from '../../host/session.ts';
import { formatMoment } from '../../i18n/format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';
import './pick-up.css';

/** Under a signer whose turn it is: a code to begin alone with, or the one that waits for them. */
export function PickUpLine({
  job,
  signer,
  onMake,
}: {
  job: Extract<Job, { state: 'open' }>;
  signer: SignerStatus;
  onMake: () => void;
}) {
  const { t } = useTranslation('jobs');
  const { pickUpCodes } = useSession();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const code = job.pickUps.find((each) => each.signer === signer.id);
  if (!pickUpCodes && code === undefined) return null;
  async function withdraw() {
    setBusy(true);
    const answer = await call('pickup.withdraw', { job: job.id, signer: signer.id });
    setBusy(false);
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) toast(t('pickUp.withdrawn', { name: signer.name }));
  }
  const over = code !== undefined && code.expires <= new Date().toISOString();
  return (
    <>
      <div className="row job-pick-up">
        {code !== undefined && (
          <p className="small">
            {t(over ? 'pickUp.over' : 'pickUp.waits', { moment: formatMoment(code.expires) })}
          </p>
        )}
        {code !== undefined && !over && (
          <Button
            variant="tertiary"
            data-color="danger"
            loading={busy}
            aria-label={t('pickUp.withdrawAction', { name: signer.name })}
            onClick={() => void withdraw()}
          >
            {t('pickUp.withdraw')}
          </Button>
        )}
        {pickUpCodes && (code === undefined || over) && (
          <Button
            variant="tertiary"
            aria-label={t('pickUp.makeAction', { name: signer.name })}
            onClick={onMake}
          >
            {t('pickUp.make')}
          </Button>
        )}
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
    </>
  );
}
