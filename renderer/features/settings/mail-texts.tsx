/** The office's own words of a reminder, by language. */
import { Textfield } from '@digdir/designsystemet-react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../shared/job/job.ts';
import type { MailView } from '../../../shared/rpc/views-follow.ts';
import { languageNames } from '../../i18n/i18n.ts';

interface TextDraft {
  readonly subject: string;
  readonly body: string;
}
export type TextDrafts = Readonly<Record<Language, TextDraft>>;

export function textsOf(texts: MailView['texts']): TextDrafts {
  const of = (language: Language) => texts[language] ?? { subject: '', body: '' };
  return { nb: of('nb'), nn: of('nn'), en: of('en') };
}

function isHalf({ subject, body }: TextDraft): boolean {
  return (subject.trim() === '') !== (body.trim() === '');
}

export function wrongTexts(texts: TextDrafts): boolean {
  return Object.values(texts).some(isHalf);
}

export function MailTexts({
  texts,
  may,
  asked,
  onChange,
}: {
  texts: TextDrafts;
  may: boolean;
  asked: boolean;
  onChange: (texts: TextDrafts) => void;
}) {
  const { t } = useTranslation('notify');
  return (
    <details>
      <summary>{t('texts')}</summary>
      <p className="muted">{t('textsHelp')}</p>
      {(['nb', 'nn', 'en'] as const).map((language) => (
        <fieldset key={language} className="settings-item">
          <legend>{languageNames[language] ?? language}</legend>
          <Textfield
            label={t('subject')}
            maxLength={150}
            readOnly={!may}
            value={texts[language].subject}
            error={asked && isHalf(texts[language]) && t('bothOrNone')}
            onChange={(event) => {
              onChange({
                ...texts,
                [language]: { ...texts[language], subject: event.target.value },
              });
            }}
          />
          <Textfield
            multiline
            rows={6}
            label={t('body')}
            maxLength={4000}
            readOnly={!may}
            value={texts[language].body}
            onChange={(event) => {
              onChange({ ...texts, [language]: { ...texts[language], body: event.target.value } });
            }}
          />
        </fieldset>
      ))}
    </details>
  );
}
