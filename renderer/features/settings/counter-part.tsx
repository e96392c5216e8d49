import { Checkbox } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../host/client.ts';
import { SectionForm } from './section-form.tsx';
import type { SectionProps } from './settings.tsx';
import { useSave } from './use-save.ts';

/** How the office receives its signers: how many check who they are, and whether they may begin alone. */
export function CounterPart({ settings, may }: SectionProps) {
  const { t } = useTranslation('settings');
  const [twoClerks, setTwoClerks] = useState(settings.twoClerks);
  const [pickUpCodes, setPickUpCodes] = useState(settings.pickUpCodes);
  const [loginAlone, setLoginAlone] = useState(settings.loginAlone);
  const eid = useCall('settings.eid', {}, (event) => event.type === 'settings.changed');
  const nobody = eid.value?.providers.length === 0;
  const { busy, failure, save } = useSave();
  return (
    <section className="settings-part stack" aria-labelledby="counter-title">
      <h3 id="counter-title">{t('counter.title')}</h3>
      <SectionForm
        may={may}
        busy={busy}
        failure={failure}
        secondary
        action={t('counter.save')}
        onSave={() => void save('settings.counter', { twoClerks, pickUpCodes, loginAlone })}
      >
        <Checkbox
          label={t('counter.twoClerks')}
          description={t('counter.twoClerksHelp')}
          checked={twoClerks}
          disabled={!may}
          onChange={(event) => {
            setTwoClerks(event.target.checked);
          }}
        />
        <Checkbox
          label={t('counter.pickUpCodes')}
          description={t('counter.pickUpCodesHelp')}
          checked={pickUpCodes}
          disabled={!may}
          onChange={(event) => {
            setPickUpCodes(event.target.checked);
          }}
        />
        <Checkbox
          label={t('counter.loginAlone')}
          description={
            nobody
              ? `${t('counter.loginAloneHelp')} ${t('counter.loginAloneNone')}`
              : t('counter.loginAloneHelp')
          }
          checked={loginAlone}
          disabled={!may}
          onChange={(event) => {
            setLoginAlone(event.target.checked);
          }}
        />
      </SectionForm>
    </section>
  );
}
