/** What keeps the office from signing, or soon will: told to those who can do something about it. */
import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateDue } from '../../shared/rpc/views.ts';
import type { Failure } from '../../shared/result.ts';
import { call, useCall } from '../host/client.ts';
import { useMay } from '../host/session.ts';
import { DueNotice } from '../ui/due-notice.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { toast } from '../ui/toasts.tsx';
import { addressOf } from './navigation.ts';

/** One field: the passphrase goes to the desk and nowhere else. */
function Unlock() {
  const { t } = useTranslation('app');
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function unlock(event: FormEvent) {
    event.preventDefault();
    if (passphrase === '' || busy) return;
    setBusy(true);
    setFailure(null);
    const answer = await call('seal.unlock', { passphrase });
    setBusy(false);
    setPassphrase('');
    if (answer.ok) toast(t('seal.unlocked'));
    else setFailure(answer.error);
  }
  return (
    <div className="desk-notice">
      <Notice tone="brass" title={t('seal.lockedTitle')}>
        <p>{t('seal.lockedText')}</p>
        <form className="row seal-unlock" onSubmit={(event) => void unlock(event)}>
          <Textfield
            label={t('seal.passphrase')}
            type="password"
            autoComplete="off"
            maxLength={200}
            value={passphrase}
            onChange={(event) => {
              setPassphrase(event.target.value);
            }}
          />
          <Button type="submit" variant="secondary" loading={busy}>
            {t('seal.unlock')}
          </Button>
        </form>
        {failure !== null && <FailureNotice failure={failure} />}
      </Notice>
    </div>
  );
}

function Missing() {
  const { t } = useTranslation('app');
  return (
    <div className="desk-notice">
      <Notice tone="red" title={t('seal.missingTitle')}>
        <p>
          {t('seal.missingText')}{' '}
          <a className="ds-link" href={addressOf({ at: 'settings', section: 'seal' })}>
            {t('seal.open')}
          </a>
        </p>
      </Notice>
    </div>
  );
}

function Due({ due }: { due: CertificateDue }) {
  const { step, fingerprint } = due;
  return (
    <div className="desk-notice">
      <DueNotice
        due={due}
        {...(step === 0
          ? {}
          : {
              onDismiss: () => {
                void call('seal.dismiss', { certificate: fingerprint, step });
              },
            })}
      />
    </div>
  );
}

export function SealNotices() {
  const may = useMay('admin', 'handler');
  const { value } = useCall(
    'seal.state',
    may ? {} : null,
    (event) => event.type === 'settings.changed',
  );
  if (value === null || !may) return null;
  return (
    <>
      {value.key === 'locked' && <Unlock />}
      {value.key === 'missing' && <Missing />}
      {value.due
        .filter(({ dismissed }) => !dismissed)
        .map((due) => (
          <Due key={due.fingerprint} due={due} />
        ))}
    </>
  );
}
