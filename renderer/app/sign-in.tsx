import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/result.ts';
import { call } from '../host/client.ts';
import { useSession } from '../host/session.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { CounterScene } from './counter-scene.tsx';
import { Front } from './front.tsx';
import { Recover } from './recover.tsx';
import { likelyUser, rememberUser, Who } from './who.tsx';

/** Who is it, and the passphrase that opens the archive for them. */
export function SignInForm({
  onSignedIn,
  onForgotten,
}: {
  onSignedIn: () => void;
  /** What stands above the form may have other words then. */
  onForgotten?: (forgotten: boolean) => void;
}) {
  const { t } = useTranslation('app');
  const { users } = useSession();
  const [user, setUser] = useState(() => likelyUser(users));
  const [passphrase, setPassphrase] = useState('');
  const [forgotten, setForgotten] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function signIn(event: FormEvent) {
    event.preventDefault();
    if (busy || passphrase === '' || user.trim() === '') return;
    setBusy(true);
    const answer = await call('session.signIn', { user: user.trim(), passphrase });
    setBusy(false);
    setPassphrase('');
    if (answer.ok) {
      rememberUser(answer.value.user?.id);
      onSignedIn();
    } else setFailure(answer.error);
  }
  function forget(whether: boolean) {
    setForgotten(whether);
    onForgotten?.(whether);
  }
  if (forgotten)
    return (
      <Recover
        user={user}
        onSignedIn={onSignedIn}
        onBack={() => {
          forget(false);
        }}
      />
    );
  return (
    <form className="stack" onSubmit={(event) => void signIn(event)}>
      <Who
        user={user}
        onChange={(next) => {
          setUser(next);
          setFailure(null);
        }}
      />
      <Textfield
        label={t('signIn.passphrase')}
        type="password"
        autoComplete="current-password"
        autoFocus={users.length > 0}
        value={passphrase}
        onChange={(event) => {
          setPassphrase(event.target.value);
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
      <Button type="submit" className="large wide" loading={busy}>
        {busy ? t('signIn.opening') : t('signIn.open')}
      </Button>
      <Button
        type="button"
        variant="tertiary"
        onClick={() => {
          forget(true);
        }}
      >
        {t('signIn.forgotten')}
      </Button>
    </form>
  );
}

/** Locked: nothing about jobs is shown before somebody has opened the archive. */
export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation('app');
  const { organisation } = useSession();
  const [forgotten, setForgotten] = useState(false);
  return (
    <Front
      aside={
        <div className="front-words">
          <CounterScene />
          <p className="front-lead">{organisation?.name}</p>
        </div>
      }
    >
      <h1>{forgotten ? t('recover.title') : t('signIn.title')}</h1>
      {!forgotten && <p className="muted">{t('signIn.lead')}</p>}
      <SignInForm onSignedIn={onSignedIn} onForgotten={setForgotten} />
    </Front>
  );
}
