/** The words on the screen, from the language files themselves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/cli.ts';

export type ShownLanguage = 'nb' | 'nn' | 'en';
type Words = { readonly [key: string]: string | Words };

/** `say('kiosk:who.title', { name })` as the screen says it; `through` what became of its words. */
export function wordsOf(language: ShownLanguage, through = (text: string) => text) {
  const files = new Map<string, Words>();
  return (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const [file = '', path = ''] = key.split(':');
    if (!files.has(file)) {
      const name = join(root, 'renderer/i18n', `${file}.${language}.json`);
      files.set(file, JSON.parse(readFileSync(name, 'utf8')) as Words);
    }
    let at: string | Words | undefined = files.get(file);
    for (const part of path.split('.')) at = typeof at === 'object' ? at[part] : undefined;
    if (typeof at !== 'string') throw new Error(`no words for ${key} in ${language}`);
    return through(at).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
