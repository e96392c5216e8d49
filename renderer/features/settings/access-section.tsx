import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionForm } from './section-form.tsx';
import { useSave } from './use-save.ts';

/** The current one is asked for: a desk that stands open is not enough to take somebody's way in over. */
function ChangePassphrase() {
  const { t } = useTranslation('settings');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const wrong = {
    current: current === '',
    short: next.length < 8,
    same: next !== '' && next === current,
    again: again !== next,
  };
  async function change() {
    setAsked(true);
    if (Object.values(wrong).includes(true)) return;
    const said = t('access.passphraseChanged');
    const answer = await save('session.changePassphrase', { current, next }, said);
    setCurrent('');
    if (!answer.ok) return;
    setNext('');
    setAgain('');
    setAsked(false);
  }
  return (
    <section className="settings-part stack" aria-labelledby="passphrase-title">
      <h3 id="passphrase-title">{t('access.passphraseTitle')}</h3>
      <SectionForm
        may
        busy={busy}
        failure={failure}
        action={t('access.changePassphrase')}
        onSave={() => void change()}
      >
        <Textfield
          label={t('access.current')}
          type="password"
          autoComplete="current-password"
          maxLength={200}
          value={current}
          error={asked && wrong.current && t('access.currentMissing')}
          onChange={(event) => {
            setCurrent(event.target.value);
          }}
        />
        <div className="settings-pair settings-pair-even">
          <Textfield
            label={t('access.next')}
            type="password"
            autoComplete="new-password"
            maxLength={200}
            value={next}
            error={
              asked &&
              ((wrong.short && t('users.passphraseShort')) || (wrong.same && t('access.same')))
            }
            onChange={(event) => {
              setNext(event.target.value);
            }}
          />
          <Textfield
            label={t('access.again')}
            type="password"
            autoComplete="new-password"
            maxLength={200}
            value={again}
            error={asked && wrong.again && t('access.againWrong')}
            onChange={(event) => {
              setAgain(event.target.value);
            }}
          />
        </div>
      </SectionForm>
    </section>
  );
}

function ChangePin() {
  const { t } = useTranslation('settings');
  const [passphrase, setPassphrase] = useState('');
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const wrong = { passphrase: passphrase === '', pin: !/^\d{4,8}$/.test(pin) };
  async function change() {
    setAsked(true);
    if (Object.values(wrong).includes(true)) return;
    const answer = await save('session.changePin', { passphrase, pin }, t('access.pinChanged'));
    setPassphrase('');
    if (!answer.ok) return;
    setPin('');
    setAsked(false);
  }
  return (
    <section className="settings-part stack" aria-labelledby="pin-title">
      <h3 id="pin-title">{t('access.pinTitle')}</h3>
      <SectionForm
        may
        busy={busy}
        failure={failure}
        secondary
        action={t('access.changePin')}
        onSave={() => void change()}
      >
        <div className="settings-pair settings-pair-even">
          <Textfield
            label={t('access.passphrase')}
            type="password"
            autoComplete="current-password"
            maxLength={200}
            value={passphrase}
            error={asked && wrong.passphrase && t('access.currentMissing')}
            onChange={(event) => {
              setPassphrase(event.target.value);
            }}
          />
          <Textfield
            label={t('access.pin')}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            value={pin}
            error={asked && wrong.pin && t('users.pinWrong')}
            onChange={(event) => {
              setPin(event.target.value.replace(/\D/g, '').slice(0, 8));
            }}
          />
        </div>
      </SectionForm>
    </section>
  );
}

/** One's own passphrase and PIN: everybody's, not an administrator's. */
export function AccessSection() {
  return (
    <div className="stack settings-parts">
      <ChangePassphrase />
      <ChangePin />
    </div>
  );
}
