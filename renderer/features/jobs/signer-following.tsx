/** What can be done about somebody who has not signed yet, and what was done last. */
import { Button } from '@digdir/designsystemet-react';
import { BellIcon, ExclamationmarkTriangleIcon, PersonCrossIcon } from '@navikt/aksel-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job, Reminder, SignerStatus } from '../../../shared/job/job.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { formatMoment } from '../../i18n/format.ts';
import { RemindDialog } from './remind-dialog.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';

function Last({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation('follow');
  const { state, how, at, code } = reminder;
  const failed = state === 'failed';
  const words = failed
    ? t('reminder.failed', { why: failureWords({ code: code ?? '', message: '' }).what })
    : state === 'sent'
      ? t(how === 'mail' ? 'reminder.sent_mail' : 'reminder.sent_letter', {
          moment: formatMoment(at),
        })
      : t(state === 'asked' ? 'reminder.asked' : 'reminder.leaving');
  return (
    <p className="small row job-reminder" data-failed={failed || undefined}>
      {failed ? (
        <ExclamationmarkTriangleIcon aria-hidden="true" />
      ) : (
        <BellIcon aria-hidden="true" />
      )}
      <span>{words}</span>
    </p>
  );
}

export function SignerFollowing({ job, signer }: { job: Job; signer: SignerStatus }) {
  const { t } = useTranslation('follow');
  const [asking, setAsking] = useState<'remind' | 'replace' | null>(null);
  const reminder = job.reminders?.[signer.id];
  const close = () => {
    setAsking(null);
  };
  return (
    <>
      {reminder !== undefined && <Last reminder={reminder} />}
      <div className="row job-signer-follow">
        <Button
          variant="tertiary"
          aria-label={`${t('signer.remind')} ${signer.name}`}
          onClick={() => {
            setAsking('remind');
          }}
        >
          <BellIcon aria-hidden="true" />
          {t('signer.remind')}
        </Button>
        <Button
          variant="tertiary"
          aria-label={`${t('signer.replace')} ${signer.name}`}
          onClick={() => {
            setAsking('replace');
          }}
        >
          <PersonCrossIcon aria-hidden="true" />
          {t('signer.replace')}
        </Button>
      </div>
      {asking === 'remind' && <RemindDialog job={job.id} signer={signer} onClose={close} />}
      {asking === 'replace' && <ReplaceDialog job={job} signer={signer} onClose={close} />}
    </>
  );
}
