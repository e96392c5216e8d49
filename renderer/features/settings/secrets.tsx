import { Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';

export interface NewSecrets {
  readonly passphrase: string;
  readonly pin: string;
}

function wrongIn({ passphrase, pin }: NewSecrets) {
  return { passphrase: passphrase.length < 8, pin: !/^\d{4,8}$/.test(pin) };
}

export function secretsWrong(secrets: NewSecrets): boolean {
  return Object.values(wrongIn(secrets)).includes(true);
}

/** A passphrase and a PIN that an administrator lets somebody type. */
export function Secrets({
  value,
  asked,
  onChange,
}: {
  value: NewSecrets;
  /** Whether it was tried already: before that nothing is wrong. */
  asked: boolean;
  onChange: (value: NewSecrets) => void;
}) {
  const { t } = useTranslation('settings');
  const wrong = wrongIn(value);
  return (
    <div className="settings-pair">
      <Textfield
        label={t('users.passphrase')}
        description={t('users.passphraseHelp')}
        type="password"
        autoComplete="new-password"
        maxLength={200}
        value={value.passphrase}
        error={asked && wrong.passphrase && t('users.passphraseShort')}
        onChange={(event) => {
          onChange({ ...value, passphrase: event.target.value });
        }}
      />
      <Textfield
        label={t('users.pin')}
        description={t('users.pinHelp')}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={value.pin}
        error={asked && wrong.pin && t('users.pinWrong')}
        onChange={(event) => {
          onChange({ ...value, pin: event.target.value.replace(/\D/g, '').slice(0, 8) });
        }}
      />
    </div>
  );
}
