/** What pages for people say, by language. */
import type { Language } from '../../shared/job/job.ts';
import en from '../../resources/proof/en.json' with { type: 'json' };
import nb from '../../resources/proof/nb.json' with { type: 'json' };
import nn from '../../resources/proof/nn.json' with { type: 'json' };

export type Words = typeof nb;

const byLanguage: Readonly<Record<Language, Words>> = { nb, nn, en };

export function wordsIn(language: Language): Words {
  return byLanguage[language];
}

/** `{name}` or, as the windows write it, `{{name}}`. Replacement functions: a name with `$&` in it is a name. */
export function say(words: string, values: Readonly<Record<string, string | number>> = {}): string {
  return words.replace(/\{\{?(\w+)\}?\}/g, (_, key: string) => String(values[key] ?? ''));
}
