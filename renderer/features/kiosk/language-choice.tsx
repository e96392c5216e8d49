import { useTranslation } from 'react-i18next';
import type { Language } from '../../../shared/job/job.ts';
import { currentLanguage, languageNames, speak } from '../../i18n/i18n.ts';
import { BigButton } from './big-button.tsx';

/** The languages there are, each called by its own name. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation('kiosk');
  const chosen = i18n.language === '' ? 'nb' : currentLanguage();
  return (
    <div className="k-languages" role="group" aria-label={t('language')}>
      {(Object.entries(languageNames) as [Language, string][]).map(([language, name]) => (
        <BigButton
          key={language}
          pressed={language === chosen}
          onClick={() => {
            void speak(language);
          }}
        >
          <span lang={language}>{name}</span>
        </BigButton>
      ))}
    </div>
  );
}
