import { Button, Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/result.ts';
import { call } from '../host/client.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { rememberUser, Who } from './who.tsx';

/** The passphrase is forgotten: the code on the printed sheet opens, and a new passphrase is chosen. */
export function Recover({
  user: chosen,
  onSignedIn,
  onBack,
}: {
  user: string;
  onSignedIn: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslation('app');
  const [user, setUser] = useState(chosen);
  const [recoveryCode, setCode] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const wrong = {
    user: user.trim() === '',
    code: recoveryCode.replace(/[\s-]/g, '').length < 28,
    passphrase: passphrase.length < 8,
    again: again !== passphrase,
    pin: !/^\d{4,8}$/.test(pin),
  };
  async function recover(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (busy || Object.values(wrong).includes(true)) return;
    setBusy(true);
    const input = { user: user.trim(), recoveryCode: recoveryCode.trim(), passphrase, pin };
    const answer = await call('session.recover', input);
    setBusy(false);
    if (answer.ok) {
      rememberUser(answer.value.user?.id);
      onSignedIn();
    } else setFailure(answer.error);
  }
  return (
    <form className="stack" noValidate onSubmit={(event) => void recover(event)}>
      <p className="muted">{t('recover.lead')}</p>
      <Who user={user} onChange={setUser} />
      <Textfield
        label={t('recover.code')}
        description={t('recover.codeHelp')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={100}
        value={recoveryCode}
        error={asked && wrong.code && t('recover.codeShort')}
        onChange={(event) => {
          setCode(event.target.value);
          setFailure(null);
        }}
      />
      <div className="pair">
        <Textfield
          label={t('recover.passphrase')}
          type="password"
          autoComplete="new-password"
          maxLength={200}
          value={passphrase}
          error={asked && wrong.passphrase && t('first.person.passphraseShort')}
          onChange={(event) => {
            setPassphrase(event.target.value);
          }}
        />
        <Textfield
          label={t('first.person.again')}
          type="password"
          autoComplete="new-password"
          maxLength={200}
          value={again}
          error={asked && wrong.again && t('first.person.againWrong')}
          onChange={(event) => {
            setAgain(event.target.value);
          }}
        />
      </div>
      <Textfield
        className="short-field"
        label={t('recover.pin')}
        description={t('first.person.pinHelp')}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        error={asked && wrong.pin && t('first.person.pinWrong')}
        onChange={(event) => {
          setPin(event.target.value.replace(/\D/g, '').slice(0, 8));
        }}
      />
      {failure !== null && <FailureNotice failure={failure} />}
      <Button type="submit" className="large wide" loading={busy}>
        {busy ? t('signIn.opening') : t('recover.open')}
      </Button>
      <Button type="button" variant="tertiary" onClick={onBack}>
        {t('recover.back')}
      </Button>
    </form>
  );
}
