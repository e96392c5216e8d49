/**
 * Every `<namespace>.<language>.json` in this folder is found by itself. Bokmål is the source; nynorsk
 * falls back to bokmål sentence by sentence, so a half-finished language is usable.
 */
import i18next from 'i18next';
import type { Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/job/job.ts';

// What is found in files is said on paper too: those words are shared.
const files = import.meta.glob<Record<string, unknown>>(['./*.json', '../../shared/words/*.json'], {
  eager: true,
  import: 'default',
});

const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, words] of Object.entries(files)) {
  const [namespace, language] = (path.split('/').at(-1) ?? '').split('.');
  if (namespace === undefined || language === undefined) continue;
  (resources[language] ??= {})[namespace] = words;
}

/** The languages there are words in, each called by its own name. */
export const languageNames: Readonly<Partial<Record<Language, string>>> = Object.fromEntries(
  Object.entries({ nb: 'Bokmål', nn: 'Nynorsk', en: 'English' }).filter(
    ([language]) => resources[language] !== undefined,
  ),
);

export const i18n = i18next.createInstance();

/** Takes effect at once everywhere; screen readers and hyphenation follow the page's `lang`. */
export async function speak(language: Language): Promise<void> {
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function startWords(language: Language): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: resources as Resource,
    lng: language,
    fallbackLng: { nn: ['nb'], default: ['nb'] },
    ns: Object.keys(resources['nb'] ?? {}),
    defaultNS: 'app',
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return i18n.language === 'en' || i18n.language === 'nn' ? i18n.language : 'nb';
}
