import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/job/job.ts';
import { currentLanguage, languageNames } from '../i18n/i18n.ts';
import { chooseLanguage } from './language.ts';

/** Each language called by its own name, in its own language for screen readers. */
export function LanguageSwitch() {
  const { t } = useTranslation('app');
  const now = currentLanguage();
  return (
    <div className="languages" role="group" aria-label={t('language')}>
      {Object.entries(languageNames).map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === now}
          onClick={() => {
            chooseLanguage(language as Language);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
