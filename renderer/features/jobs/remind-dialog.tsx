import { Radio } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mailOf } from '../../../shared/job/following.ts';
import type { SignerStatus } from '../../../shared/job/job.ts';
import type { Failure } from '../../../shared/result.ts';
import { call, useCall } from '../../host/client.ts';
import { saveFile } from '../../host/save-file.ts';
import { AskDialog } from '../../ui/ask-dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toasts.tsx';

/** By mail where the office has a server and the signer an address, else with a letter to print. */
export function RemindDialog({
  job,
  signer,
  onClose,
}: {
  job: string;
  signer: SignerStatus;
  onClose: () => void;
}) {
  const { t } = useTranslation('follow');
  const mail = useCall('settings.mail', {}).value;
  const address = mailOf(signer);
  const canMail = mail?.on === true && address !== null;
  const [chosen, setChosen] = useState<'mail' | 'letter' | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const how = canMail ? (chosen ?? 'mail') : 'letter';
  async function send() {
    setBusy(true);
    setFailure(null);
    if (how === 'mail') {
      const answer = await call('job.remind', { job, signer: signer.id });
      setBusy(false);
      if (!answer.ok) return setFailure(answer.error);
      toast(t('remind.done'));
      return onClose();
    }
    const answer = await call('job.reminderLetter', { job, signer: signer.id });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.error);
    const { name, bytes } = answer.value;
    saveFile(name, new Uint8Array(bytes), 'application/pdf');
    toast(t('remind.doneLetter'));
    onClose();
  }
  return (
    <AskDialog
      title={t('remind.title', { name: signer.name })}
      confirm={t(how === 'mail' ? 'remind.send' : 'remind.print')}
      busy={busy}
      ready={mail !== null}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      {canMail ? (
        <fieldset className="remind-how">
          <legend>{t('remind.how')}</legend>
          {(['mail', 'letter'] as const).map((each) => (
            <Radio
              key={each}
              name="remind-how"
              value={each}
              label={each === 'mail' ? t('remind.mail', { address }) : t('remind.letter')}
              checked={how === each}
              onChange={() => {
                setChosen(each);
              }}
            />
          ))}
        </fieldset>
      ) : (
        mail !== null && <Notice title={t(mail.on ? 'remind.noAddress' : 'remind.noServer')} />
      )}
      <p className="muted">{t('remind.holds')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
    </AskDialog>
  );
}
