import { Button } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job, SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call } from '../../host/client.ts';
import { saveFile } from '../../host/save-file.ts';
import { useTask } from '../../host/task.ts';
import { formatMoment } from '../../i18n/format.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { toast } from '../../ui/toasts.tsx';
import './pick-up.css';

/** Under a signer who has signed here: the copy they asked for, the receipt, and that they have it. */
export function CopyLine({ job, signer }: { job: Job; signer: SignerStatus }) {
  const { t } = useTranslation('copy');
  const task = useTask();
  const [failure, setFailure] = useState<Failure | null>(null);
  const { copy } = signer;
  async function receipt() {
    setFailure(null);
    const answer = await task.run('job.receipt', { job: job.id, signer: signer.id });
    if (answer.ok) saveFile(answer.value.name, answer.value.bytes.slice(), 'application/pdf');
    else if (answer.error.code !== 'task.cancelled') setFailure(answer.error);
  }
  async function gave() {
    if (copy === undefined) return;
    // A mail that did not leave is given on paper.
    const way = copy.failed === undefined ? copy.way : 'paper';
    const answer = await call('job.copyGiven', { job: job.id, signer: signer.id, way });
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) toast(t('line.gaveTo', { name: signer.name }));
  }
  return (
    <>
      <div className="row job-copy">
        {copy !== undefined && (
          <p className="small">
            {copy.failed !== undefined
              ? t('line.failed', {
                  why: failureWords({ code: copy.failed, message: copy.failed }).what,
                })
              : copy.givenAt === null
                ? t(`line.asked.${copy.way}`)
                : t(`line.given.${copy.way}`, { moment: formatMoment(copy.givenAt) })}
          </p>
        )}
        <Button
          variant="tertiary"
          loading={task.running}
          aria-label={t('line.receiptFor', { name: signer.name })}
          onClick={() => void receipt()}
        >
          {t('line.receipt')}
        </Button>
        {copy?.givenAt === null && (
          <Button
            variant="tertiary"
            aria-label={t('line.gaveTo', { name: signer.name })}
            onClick={() => void gave()}
          >
            {t('line.gave')}
          </Button>
        )}
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
    </>
  );
}
