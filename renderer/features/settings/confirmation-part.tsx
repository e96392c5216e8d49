import { Button, Field, Label, Select, Textarea } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../shared/job/job.ts';
import type { ConfirmationView } from '../../../shared/rpc/views-counter.ts';
import { useCall } from '../../host/client.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { SectionForm } from './section-form.tsx';
import { useSave } from './use-save.ts';

/** The names stand in braces in the text itself; in ours they are values, so that nothing is put there. */
const places = { signer: '{signer}', forWhom: '{forWhom}' };

function Words({ view, may }: { view: ConfirmationView; may: boolean }) {
  const { t } = useTranslation('counter');
  const { language, builtIn, own } = view;
  const [text, setText] = useState((own ?? builtIn).text);
  const [textFor, setTextFor] = useState((own ?? builtIn).textFor);
  const { busy, failure, save } = useSave();
  const read = (words: string) =>
    words
      .replaceAll('{signer}', t('confirmation.someone'))
      .replaceAll('{forWhom}', t('confirmation.other'));
  const parts = [
    { name: 'text', value: text, set: setText },
    { name: 'textFor', value: textFor, set: setTextFor },
  ] as const;
  return (
    <SectionForm
      may={may}
      busy={busy}
      failure={failure}
      secondary
      action={t('confirmation.save')}
      onSave={() =>
        void save(
          'settings.putConfirmation',
          { language, own: { text, textFor } },
          t('confirmation.saved'),
        )
      }
    >
      <p>
        {own === null
          ? t('confirmation.state.builtIn')
          : t('confirmation.state.own', { version: own.version, at: formatDateTime(own.at) })}
      </p>
      {parts.map(({ name, value, set }) => (
        <div key={name} className="stack-tight">
          <Field>
            <Label>{t(`confirmation.${name}`)}</Label>
            <Field.Description>{t(`confirmation.${name}Help`, places)}</Field.Description>
            <Textarea
              rows={4}
              maxLength={1000}
              lang={language}
              value={value}
              readOnly={!may}
              onChange={(event) => {
                set(event.target.value);
              }}
            />
          </Field>
          <figure className="settings-quote">
            <figcaption>{t('confirmation.preview')}</figcaption>
            <blockquote lang={language}>{read(value)}</blockquote>
          </figure>
        </div>
      ))}
      {own !== null && may && (
        <div>
          <Button
            type="button"
            variant="tertiary"
            disabled={busy}
            onClick={() => void save('settings.putConfirmation', { language, own: null })}
          >
            {t('confirmation.back')}
          </Button>
        </div>
      )}
    </SectionForm>
  );
}

/** The sentences that a signer confirms, language by language. */
export function ConfirmationPart({ may }: { may: boolean }) {
  const { t } = useTranslation('counter');
  const title = useId();
  const [language, setLanguage] = useState<Language>('nb');
  const all = useCall('settings.confirmations', {}, (event) => event.type === 'settings.changed');
  const view = all.value?.find((each) => each.language === language);
  return (
    <section className="settings-part stack" aria-labelledby={title}>
      <h3 id={title}>{t('confirmation.title')}</h3>
      <p className="prose">{t('confirmation.lead')}</p>
      <Field className="settings-short">
        <Label>{t('confirmation.language')}</Label>
        <Select
          value={language}
          onChange={(event) => {
            setLanguage(event.target.value as Language);
          }}
        >
          {(all.value ?? []).map((each) => (
            <Select.Option key={each.language} value={each.language}>
              {t(`confirmation.languageName.${each.language}`)}
            </Select.Option>
          ))}
        </Select>
      </Field>
      {view !== undefined && (
        <Words key={`${language} ${view.own?.version ?? ''}`} view={view} may={may} />
      )}
    </section>
  );
}
