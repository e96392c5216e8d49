import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/result.ts';
import { call } from '../host/client.ts';
import { useSession } from '../host/session.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { CounterScene } from './counter-scene.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { SignInForm } from './sign-in.tsx';

/** The clerk's short way back: the PIN of who handed the screen over, or anybody's passphrase. */
function ClerkReturns({ onBack, onAway }: { onBack: () => void; onAway: () => void }) {
  const { t } = useTranslation('app');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [other, setOther] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function resume(event: FormEvent) {
    event.preventDefault();
    if (busy || pin === '') return;
    setBusy(true);
    const answer = await call('session.resume', { pin });
    setBusy(false);
    setPin('');
    if (answer.ok) onBack();
    else setFailure(answer.error);
  }
  return (
    <div className="rest-clerk panel panel-body stack">
      {other ? (
        <SignInForm onSignedIn={onBack} />
      ) : (
        <form className="stack" onSubmit={(event) => void resume(event)}>
          <h2>{t('rest.pinTitle')}</h2>
          <Textfield
            label={t('rest.pin')}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            autoFocus
            value={pin}
            onChange={(event) => {
              setPin(event.target.value.replace(/\D/g, '').slice(0, 8));
            }}
          />
          {failure !== null && <FailureNotice failure={failure} />}
          <Button type="submit" className="large wide" loading={busy}>
            {t('rest.open')}
          </Button>
        </form>
      )}
      <div className="row row-between">
        <Button
          variant="tertiary"
          onClick={() => {
            setOther(!other);
          }}
        >
          {other ? t('rest.usePin') : t('rest.other')}
        </Button>
        <Button variant="tertiary" onClick={onAway}>
          {t('rest.away')}
        </Button>
      </div>
    </div>
  );
}

/** DOMAIN.md, the kiosk at rest: the office's name and the languages. Nothing about people or jobs. */
export function Rest({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('app');
  const { organisation } = useSession();
  const [returning, setReturning] = useState(false);
  return (
    <main className="rest">
      <div className="rest-words">
        {!returning && <CounterScene />}
        <h1>{organisation?.name}</h1>
        <p>{t('rest.lead')}</p>
      </div>
      {returning ? (
        <ClerkReturns
          onBack={onBack}
          onAway={() => {
            setReturning(false);
          }}
        />
      ) : (
        <div className="rest-foot">
          <LanguageSwitch />
          <Button
            variant="secondary"
            onClick={() => {
              setReturning(true);
            }}
          >
            {t('rest.clerk')}
          </Button>
        </div>
      )}
    </main>
  );
}
