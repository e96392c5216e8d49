/**
 * Every `<namespace>.<language>.json` in this folder is found by itself. Bokmål is the source; nynorsk
 * falls back to bokmål sentence by sentence, so a half-finished language is usable.
 */
import i18next from 'i18next';
import type { Resource } from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/job/job.ts';
import type { SpokenLanguage } from '../../shared/rpc/views-language.ts';

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

/** Languages that the office has added, by code; their words are loaded when the host has sent them. */
const added = new Map<string, SpokenLanguage>();
let codes: readonly string[] = [];
const listeners = new Set<() => void>();

/** Shown as they are, but heard and written in a language of the program's own where words are missing. */
export function addLanguages(languages: readonly SpokenLanguage[]): void {
  if (JSON.stringify(languages) === JSON.stringify([...added.values()])) return;
  for (const code of added.keys())
    for (const namespace of Object.keys(resources['nb'] ?? {}))
      i18n.removeResourceBundle(code, namespace);
  added.clear();
  for (const language of languages) {
    added.set(language.code, language);
    for (const [namespace, words] of Object.entries(wordsOf(language)))
      i18n.addResourceBundle(language.code, namespace, words, false, true);
  }
  codes = languages.map(({ code }) => code);
  face();
  for (const listener of [...listeners]) listener();
}

const forms = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/** As i18next keeps them: nested by dots, and every plural form that the language has. */
function wordsOf({ code, texts }: SpokenLanguage): Record<string, Record<string, unknown>> {
  const needed = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
  const whole: Record<string, string> = { ...texts };
  for (const [key, text] of Object.entries(texts)) {
    if (!key.endsWith('_other')) continue;
    const stem = key.slice(0, -'other'.length);
    for (const form of forms) if (needed.includes(form)) whole[`${stem}${form}`] ??= text;
  }
  const out: Record<string, Record<string, unknown>> = {};
  for (const [key, text] of Object.entries(whole)) {
    const [namespace = '', path = ''] = key.split(':');
    let at: Record<string, unknown> = (out[namespace] ??= {});
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    for (const part of parts) at = (at[part] ??= {}) as Record<string, unknown>;
    at[last] = text;
  }
  return out;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * A name among words that run the other way, between FSI and PDI as `<bdi>` would set it (Unicode UAX #9,
 * 3.1): it neither turns the words around it nor is turned by them. Numbers are left to the algorithm.
 */
function isolated(value: unknown): string {
  const text = String(value);
  const turned = added.get(i18n.language)?.direction === 'rtl' || rightToLeft.test(text);
  return turned && /\p{L}/u.test(text) ? `\u2068${text}\u2069` : text;
}

/** The page's own language and direction: screen readers, hyphens and the layout follow them. */
function face(): void {
  const { documentElement: html } = document;
  html.lang = i18n.language;
  html.dir = added.get(i18n.language)?.direction ?? 'ltr';
}

/** Takes effect at once everywhere. */
export async function speak(language: string): Promise<void> {
  await i18n.changeLanguage(language);
}

export async function startWords(language: Language): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: resources as Resource,
    lng: language,
    fallbackLng: (code: string) => [standIn(code), 'nb'],
    ns: Object.keys(resources['nb'] ?? {}),
    defaultNS: 'app',
    // React escapes what it shows; what comes into a sentence keeps its own direction in it.
    interpolation: { escape: isolated },
    returnNull: false,
    react: { bindI18nStore: 'added removed' },
  });
  i18n.on('languageChanged', face);
  face();
}

function standIn(code: string): Language {
  if (code === 'nb' || code === 'nn' || code === 'en') return code;
  return added.get(code)?.fallback ?? 'nb';
}

/** The language of the program's own that is spoken, or that stands in for the one which is. */
export function currentLanguage(): Language {
  return standIn(i18n.language);
}

/** Code of what is spoken, the office's own languages included. */
export function spokenLanguage(): string {
  return i18n.language;
}

/** What is known of the language that is spoken, where the office has added it. */
export function addedLanguage(code: string = i18n.language): SpokenLanguage | null {
  return added.get(code) ?? null;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The languages that the office has added; in step with what the host says. */
export function useAddedLanguages(): readonly SpokenLanguage[] {
  const now = useSyncExternalStore(listen, () => codes);
  return now.flatMap((code) => added.get(code) ?? []);
}

/** The words of the program's own, flat: `kiosk:who.title` and what it says. */
export function sourceWords(language: Language): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  const add = (words: Record<string, unknown>, before: string) => {
    for (const [key, value] of Object.entries(words)) {
      if (typeof value === 'string') out.set(`${before}${key}`, value);
      else add(value as Record<string, unknown>, `${before}${key}.`);
    }
  };
  for (const [namespace, words] of Object.entries(resources[language] ?? {}))
    add(words, `${namespace}:`);
  return out;
}
