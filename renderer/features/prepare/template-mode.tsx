/** What the prepare window says of a template instead of a job. */
import { Button, Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import { Pill } from '../../ui/pill.tsx';
import { saveNow } from './saving.ts';
import { usePrepare } from './store.ts';

export function TemplateMark() {
  const { t } = useTranslation('templates');
  return <Pill tone="green">{t('prepare.mark')}</Pill>;
}

/** It is never opened: the last step keeps it. */
export function KeepTemplate({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('templates');
  return (
    <Button
      onClick={() => {
        void saveNow().then((saved) => {
          if (saved) onLeave();
        });
      }}
    >
      {t('prepare.done')}
    </Button>
  );
}

/** Of each job that is made of it, counted from that day. */
export function DeadlineDays() {
  const { t } = useTranslation('templates');
  const days = usePrepare((state) => state.draft.spec.deadlineDays);
  const { edit, settle } = usePrepare.getState();
  return (
    <Textfield
      label={t('prepare.deadlineDays')}
      description={t('prepare.deadlineDaysHelp')}
      inputMode="numeric"
      autoComplete="off"
      maxLength={4}
      value={days === undefined ? '' : String(days)}
      onBlur={settle}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, '');
        const value = Math.min(3650, Number(digits));
        edit((draft) => {
          const { deadlineDays: _, ...spec } = draft.spec;
          return { ...draft, spec: value === 0 ? spec : { ...spec, deadlineDays: value } };
        }, 'deadlineDays');
      }}
    />
  );
}
