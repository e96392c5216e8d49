import { Fieldset, Radio, Textfield } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatOrganisationNumber,
  isOrganisationNumber,
  normalOrganisationNumber,
} from '../../../shared/organisation-number.ts';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

export function OrganisationSection({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const { organisation: now } = settings;
  const [name, setName] = useState(now.name);
  const [number, setNumber] = useState(now.number);
  const [sector, setSector] = useState(now.sector);
  const [asked, setAsked] = useState(false);
  const { busy, failure, save } = useSave();
  const group = useId();
  const wrong = { name: name.trim() === '', number: !isOrganisationNumber(number) };
  function send() {
    setAsked(true);
    if (wrong.name || wrong.number) return;
    void save('settings.organisation', {
      organisation: name.trim(),
      organisationNumber: number,
      sector,
    });
  }
  return (
    <SectionForm may={may} busy={busy} failure={failure} onSave={send}>
      <Textfield
        label={t('organisation.name')}
        maxLength={200}
        readOnly={!may}
        value={name}
        error={asked && wrong.name && t('organisation.nameMissing')}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <Textfield
        label={t('organisation.number')}
        inputMode="numeric"
        readOnly={!may}
        value={formatOrganisationNumber(number)}
        error={asked && wrong.number && t('organisation.numberWrong')}
        onChange={(event) => {
          setNumber(normalOrganisationNumber(event.target.value).replace(/\D/g, '').slice(0, 9));
        }}
      />
      <Fieldset>
        <Fieldset.Legend>{t('organisation.sector')}</Fieldset.Legend>
        {(['public', 'private'] as const).map((each) => (
          <Radio
            key={each}
            variant="outline"
            name={group}
            value={each}
            label={t(`app:sector.${each}.name`)}
            description={t(`app:sector.${each}.help`)}
            readOnly={!may}
            checked={sector === each}
            onChange={() => {
              if (may) setSector(each);
            }}
          />
        ))}
      </Fieldset>
    </SectionForm>
  );
}
