import { Field, Label, Select, Switch } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmationPart } from './confirmation-part.tsx';
import { CounterPart } from './counter-part.tsx';
import { IdentityRulesPart } from './identity-rules-part.tsx';
import { LookPart } from './look-part.tsx';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

const choices = [60, 120, 180, 300, 600, 900, 1800];

function IdlePart({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [seconds, setSeconds] = useState(settings.idleSeconds);
  const [dynamics, setDynamics] = useState(settings.strokeDynamics);
  const [images, setImages] = useState(settings.imageMarks);
  const { busy, failure, save } = useSave();
  const all = choices.includes(settings.idleSeconds)
    ? choices
    : [...choices, settings.idleSeconds].sort((a, b) => a - b);
  return (
    <SectionForm
      may={may}
      busy={busy}
      failure={failure}
      onSave={() =>
        void save('settings.kiosk', {
          ...{ idleSeconds: seconds, strokeDynamics: dynamics, imageMarks: images },
        })
      }
    >
      <Field className="settings-short">
        <Label>{t('kiosk.idle')}</Label>
        <Field.Description>{t('kiosk.idleHelp')}</Field.Description>
        <Select
          value={seconds}
          disabled={!may}
          onChange={(event) => {
            setSeconds(Number(event.target.value));
          }}
        >
          {all.map((each) => (
            <Select.Option key={each} value={each}>
              {each % 60 === 0
                ? t('kiosk.minutes', { count: each / 60 })
                : t('kiosk.seconds', { count: each })}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <Switch
        label={t('kiosk.dynamics')}
        description={t('kiosk.dynamicsHelp')}
        checked={dynamics}
        disabled={!may}
        onChange={(event) => {
          setDynamics(event.target.checked);
        }}
      />
      <Switch
        label={t('kiosk.image')}
        description={t('kiosk.imageHelp')}
        checked={images}
        disabled={!may}
        onChange={(event) => {
          setImages(event.target.checked);
        }}
      />
    </SectionForm>
  );
}

export function KioskSection(props: SectionProps) {
  return (
    <div className="stack settings-parts">
      <IdlePart {...props} />
      <CounterPart {...props} />
      <LookPart may={props.may} />
      <IdentityRulesPart may={props.may} />
      <ConfirmationPart may={props.may} />
    </div>
  );
}
