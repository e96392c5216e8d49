/** The sentences keep to the house's words: nynorsk is nynorsk, one thing has one name, a time has its `kl.`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bokmaal, otherHouse } from '../support/house-words.ts';

type Words = { readonly [key: string]: string | Words };
type Sentence = readonly [where: string, text: string];

function sentences(words: Words, before: string): readonly Sentence[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${before}${key}`, value] as const]
      : sentences(value, `${before}${key}.`),
  );
}

const all = ['renderer/i18n', 'shared/words'].flatMap((folder) => {
  const path = join(import.meta.dirname, '../..', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const [namespace = '', language = ''] = name.split('.');
      const words = JSON.parse(readFileSync(join(path, name), 'utf8')) as Words;
      return { language, sentences: sentences(words, `${namespace}:`) };
    });
});
/** What others say, in guillemets, is theirs. */
const ours = (text: string) => text.replace(/«[^»]*»/gu, '');

function of(language: string): readonly Sentence[] {
  return all.filter((file) => file.language === language).flatMap((file) => file.sentences);
}

describe('the house’s words', () => {
  it('are found where they are, and where they are not', () => {
    expect(of('nn').length).toBeGreaterThan(2000);
    expect('Vel ei fil').not.toMatch(bokmaal);
    expect('Hva vil du?').toMatch(bokmaal);
    expect('Fila er tom').toMatch(otherHouse.nb);
  });

  it('leave no bokmål in nynorsk', () => {
    expect(of('nn').filter(([, text]) => bokmaal.test(ours(text)))).toEqual([]);
  });

  it.each(['nb', 'nn', 'en'] as const)('name one thing by one word (%s)', (language) => {
    expect(of(language).filter(([, text]) => otherHouse[language].test(ours(text)))).toEqual([]);
  });

  it.each(['nb', 'nn'])('say kl. before a time (%s)', (language) => {
    expect(of(language).filter(([, text]) => /(?<!kl\. ){{time}}/.test(text))).toEqual([]);
  });

  it('call by BankID’s name only what BankID does', () => {
    const named = of('nb').filter(([, text]) => text.includes('BankID'));
    expect(named.map(([where]) => where).sort()).toEqual([
      // One’s own e-ID at the remote service, whom to order from, and the provider itself.
      'prepare:kind.advancedThere',
      'settings:checklist.eid-client.how',
      'settings:eid.kind.bankid',
    ]);
  });

  it.each(['nb', 'nn', 'en'])('end no headline of a failure with a full stop (%s)', (language) => {
    const headlines = of(language).filter(([where]) => /^errors:.*\.what$/.test(where));
    expect(headlines.length).toBeGreaterThan(300);
    expect(headlines.filter(([, text]) => text.endsWith('.'))).toEqual([]);
  });
});
