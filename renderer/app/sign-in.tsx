import { Button, Textfield } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/result.ts';
import { call } from '../host/client.ts';
import { useSession } from '../host/session.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Initials } from '../ui/initials.tsx';
import { CounterScene } from './counter-scene.tsx';
import { Front } from './front.tsx';

/** Who signed in here last, by id: most desks have one clerk. */
const lastUser = 'skranke.last-user';

/** Who is it, and the passphrase that opens the archive for them. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation('app');
  const { users } = useSession();
  const [user, setUser] = useState(() => {
    const last = localStorage.getItem(lastUser);
    return users.find((each) => each.id === last)?.id ?? users[0]?.id ?? '';
  });
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const name = useId();
  async function signIn(event: FormEvent) {
    event.preventDefault();
    if (busy || passphrase === '' || user.trim() === '') return;
    setBusy(true);
    const answer = await call('session.signIn', { user: user.trim(), passphrase });
    setBusy(false);
    setPassphrase('');
    if (answer.ok) {
      if (answer.value.user !== null) localStorage.setItem(lastUser, answer.value.user.id);
      onSignedIn();
    } else setFailure(answer.error);
  }
  return (
    <form className="stack" onSubmit={(event) => void signIn(event)}>
      {users.length === 0 ? (
        // A resting screen names nobody: whoever comes writes it themselves.
        <Textfield
          label={t('signIn.name')}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          maxLength={80}
          value={user}
          onChange={(event) => {
            setUser(event.target.value);
            setFailure(null);
          }}
        />
      ) : (
        <fieldset className="who">
          <legend>{t('signIn.who')}</legend>
          {users.map((each) => (
            <label key={each.id} className="who-one">
              <input
                type="radio"
                name={name}
                value={each.id}
                checked={each.id === user}
                onChange={() => {
                  setUser(each.id);
                  setFailure(null);
                }}
              />
              <Initials name={each.name} mark={each.id === user ? 'turn' : 'waiting'} />
              <span>{each.name}</span>
            </label>
          ))}
        </fieldset>
      )}
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
    </form>
  );
}

/** Locked: nothing about jobs is shown before somebody has opened the archive. */
export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation('app');
  const { organisation } = useSession();
  return (
    <Front
      aside={
        <div className="front-words">
          <CounterScene />
          <p className="front-lead">{organisation?.name}</p>
        </div>
      }
    >
      <h1>{t('signIn.title')}</h1>
      <p className="muted">{t('signIn.lead')}</p>
      <SignInForm onSignedIn={onSignedIn} />
    </Front>
  );
}
