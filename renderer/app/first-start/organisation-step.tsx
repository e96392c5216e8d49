import { Fieldset, Radio, Textfield } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  isOrganisationNumber,
  normalOrganisationNumber,
} from '../../../shared/organisation-number.ts';
import type { StepProps } from './draft.ts';
import { StepActions } from './step-actions.tsx';

export function OrganisationStep({ draft, onChange, onBack, onNext }: StepProps) {
  const { t } = useTranslation('app');
  const [asked, setAsked] = useState(false);
  const group = useId();
  const wrong = {
    name: draft.organisation.trim() === '',
    number: !isOrganisationNumber(draft.organisationNumber),
    sector: draft.sector === null,
  };
  function next(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (!wrong.name && !wrong.number && !wrong.sector) onNext();
  }
  return (
    <form className="stack" onSubmit={next} noValidate>
      <h1 tabIndex={-1}>{t('first.organisation.title')}</h1>
      <Textfield
        label={t('first.organisation.name')}
        description={t('first.organisation.nameHelp')}
        autoComplete="organization"
        maxLength={200}
        value={draft.organisation}
        error={asked && wrong.name && t('first.organisation.nameMissing')}
        onChange={(event) => {
          onChange({ organisation: event.target.value });
        }}
      />
      <Textfield
        label={t('first.organisation.number')}
        description={t('first.organisation.numberHelp')}
        inputMode="numeric"
        value={draft.organisationNumber.replace(/(\d{3})(?=\d)/g, '$1 ')}
        error={
          (asked || draft.organisationNumber.length === 9) &&
          wrong.number &&
          t('first.organisation.numberWrong')
        }
        onChange={(event) => {
          onChange({
            organisationNumber: normalOrganisationNumber(event.target.value)
              .replace(/\D/g, '')
              .slice(0, 9),
          });
        }}
      />
      <Fieldset>
        <Fieldset.Legend>{t('first.organisation.sector')}</Fieldset.Legend>
        <Fieldset.Description>{t('first.organisation.sectorHelp')}</Fieldset.Description>
        {(['public', 'private'] as const).map((sector) => (
          <Radio
            key={sector}
            variant="outline"
            name={group}
            value={sector}
            label={t(`sector.${sector}.name`)}
            description={t(`sector.${sector}.help`)}
            checked={draft.sector === sector}
            aria-invalid={asked && wrong.sector}
            onChange={() => {
              onChange({ sector });
            }}
          />
        ))}
        {asked && wrong.sector && (
          <p className="ds-validation-message">{t('first.organisation.sectorMissing')}</p>
        )}
      </Fieldset>
      <StepActions next={t('first.next')} onBack={onBack} />
    </form>
  );
}
