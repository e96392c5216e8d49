import { useTranslation } from 'react-i18next';
import {
  currentLanguage,
  languageNames,
  speak,
  spokenLanguage,
  useAddedLanguages,
} from '../../i18n/i18n.ts';
import { BigButton } from './big-button.tsx';

/** The languages there are, each called by its own name. */
export function LanguageChoice() {
  const { t } = useTranslation('kiosk');
  const added = useAddedLanguages();
  const spoken = added.some(({ code }) => code === spokenLanguage())
    ? spokenLanguage()
    : currentLanguage();
  const languages = [
    ...Object.entries(languageNames),
    ...added.map(({ code, name }) => [code, name]),
  ];
  return (
    <div className="k-languages" role="group" aria-label={t('language')}>
      {languages.map(([language = '', name]) => (
        <BigButton
          key={language}
          pressed={language === spoken}
          onClick={() => {
            void speak(language);
          }}
        >
          <bdi lang={language}>{name}</bdi>
        </BigButton>
      ))}
    </div>
  );
}
