import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../shared/result.ts';
import type { Failure } from '../../shared/result.ts';
import { call } from '../host/client.ts';
import { useSession } from '../host/session.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Initials } from '../ui/initials.tsx';
import { useTypedAhead } from '../ui/typed-ahead.ts';
import { WindowTitle } from '../ui/window-title.tsx';
import { CounterScene } from './counter-scene.tsx';
import { Front } from './front.tsx';
import { SignInForm } from './sign-in.tsx';

type Way = 'pin' | 'passphrase';

/** The PIN of who was here, or the passphrase where the PIN is forgotten. */
function UnlockForm({ user, onBack }: { user: string; onBack: () => void }) {
  const { t } = useTranslation('app');
  const [way, setWay] = useState<Way>('pin');
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useTypedAhead(setSecret);
  async function unlock(event: FormEvent) {
    event.preventDefault();
    if (busy || secret === '') return;
    setBusy(true);
    const answer: Result<unknown> =
      way === 'pin'
        ? await call('session.resume', { pin: secret })
        : await call('session.signIn', { user, passphrase: secret });
    setBusy(false);
    setSecret('');
    if (answer.ok) onBack();
    else setFailure(answer.error);
  }
  return (
    <form className="stack" onSubmit={(event) => void unlock(event)}>
      <Textfield
        key={way}
        label={way === 'pin' ? t('locked.pin') : t('signIn.passphrase')}
        type="password"
        inputMode={way === 'pin' ? 'numeric' : 'text'}
        autoComplete={way === 'pin' ? 'off' : 'current-password'}
        autoFocus
        value={secret}
        onChange={(event) => {
          const { value } = event.target;
          setSecret(way === 'pin' ? value.replace(/\D/g, '').slice(0, 8) : value);
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
      <Button type="submit" className="large wide" loading={busy}>
        {t('locked.open')}
      </Button>
      <Button
        type="button"
        variant="tertiary"
        onClick={() => {
          setWay(way === 'pin' ? 'passphrase' : 'pin');
          setSecret('');
          setFailure(null);
        }}
      >
        {way === 'pin' ? t('locked.usePassphrase') : t('rest.usePin')}
      </Button>
    </form>
  );
}

/** The desk has locked itself: who was here is told, and nothing of what they did. */
export function Locked({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('app');
  const { organisation, resumeUser } = useSession();
  const [other, setOther] = useState(false);
  if (resumeUser === null) return null;
  return (
    <Front
      aside={
        <div className="front-words">
          <CounterScene />
          <p className="front-lead">{organisation?.name}</p>
        </div>
      }
    >
      <WindowTitle of={[other ? t('signIn.title') : t('locked.title')]} />
      <h1>{other ? t('signIn.title') : t('locked.title')}</h1>
      {other ? (
        <SignInForm onSignedIn={onBack} />
      ) : (
        <>
          <p className="muted">{t('locked.lead')}</p>
          <p className="locked-who">
            <Initials name={resumeUser.name} mark="turn" />
            <strong>{resumeUser.name}</strong>
          </p>
          <UnlockForm user={resumeUser.id} onBack={onBack} />
        </>
      )}
      <Button
        variant="tertiary"
        onClick={() => {
          setOther(!other);
        }}
      >
        {other ? t('locked.back', { name: resumeUser.name }) : t('rest.other')}
      </Button>
    </Front>
  );
}
