import { Field, Label, Select } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

const choices = [1, 2, 5, 10, 15, 20, 30, 60, 120];

/** After how long a desk that nobody is at locks itself. It always does. */
export function ScreenLock({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [minutes, setMinutes] = useState(settings.lockMinutes);
  const { busy, failure, save } = useSave();
  const all = choices.includes(settings.lockMinutes)
    ? choices
    : [...choices, settings.lockMinutes].sort((a, b) => a - b);
  return (
    <section className="settings-part stack" aria-labelledby="lock-title">
      <h3 id="lock-title">{t('lock.title')}</h3>
      <p className="prose">{t('lock.text')}</p>
      <SectionForm
        may={may}
        secondary
        busy={busy}
        failure={failure}
        onSave={() => void save('settings.lock', { minutes })}
      >
        <Field className="settings-short">
          <Label>{t('lock.after')}</Label>
          <Select
            value={minutes}
            disabled={!may}
            onChange={(event) => {
              setMinutes(Number(event.target.value));
            }}
          >
            {all.map((each) => (
              <Select.Option key={each} value={each}>
                {t('lock.minutes', { count: each })}
              </Select.Option>
            ))}
          </Select>
        </Field>
      </SectionForm>
    </section>
  );
}
