import { Textfield } from '@digdir/designsystemet-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepProps } from './draft.ts';
import { StepActions } from './step-actions.tsx';

export function PersonStep({ draft, onChange, onBack, onNext }: StepProps) {
  const { t } = useTranslation('app');
  const [asked, setAsked] = useState(false);
  const [again, setAgain] = useState('');
  const wrong = {
    name: draft.name.trim() === '',
    passphrase: draft.passphrase.length < 8,
    again: again !== draft.passphrase,
    pin: !/^\d{4,8}$/.test(draft.pin),
  };
  function next(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (!Object.values(wrong).includes(true)) onNext();
  }
  return (
    <form className="stack" onSubmit={next} noValidate>
      <h1 tabIndex={-1}>{t('first.person.title')}</h1>
      <Textfield
        label={t('first.person.name')}
        description={t('first.person.nameHelp')}
        autoComplete="name"
        maxLength={200}
        value={draft.name}
        error={asked && wrong.name && t('first.person.nameMissing')}
        onChange={(event) => {
          onChange({ name: event.target.value });
        }}
      />
      <div className="pair">
        <Textfield
          label={t('first.person.passphrase')}
          type="password"
          autoComplete="new-password"
          value={draft.passphrase}
          error={asked && wrong.passphrase && t('first.person.passphraseShort')}
          onChange={(event) => {
            onChange({ passphrase: event.target.value });
          }}
        />
        <Textfield
          label={t('first.person.again')}
          type="password"
          autoComplete="new-password"
          value={again}
          error={asked && wrong.again && t('first.person.againWrong')}
          onChange={(event) => {
            setAgain(event.target.value);
          }}
        />
      </div>
      <p className="muted small pair-help">{t('first.person.passphraseHelp')}</p>
      <Textfield
        className="short-field"
        label={t('first.person.pin')}
        description={t('first.person.pinHelp')}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={draft.pin}
        error={asked && wrong.pin && t('first.person.pinWrong')}
        onChange={(event) => {
          onChange({ pin: event.target.value.replace(/\D/g, '').slice(0, 8) });
        }}
      />
      <StepActions next={t('first.next')} onBack={onBack} />
    </form>
  );
}
