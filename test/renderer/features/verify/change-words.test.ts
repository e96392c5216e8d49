import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { CHANGE_TEXT } from '../../../../electron/core/verify/changes/change-text.ts';
import { changeWords, pagesChanged } from '../../../../renderer/features/verify/change-words.ts';
import type { ChangeFact } from '../../../../shared/report.ts';

const codes = Object.keys(CHANGE_TEXT);

async function speaker(language: string): Promise<(fact: ChangeFact) => string> {
  const path = join(import.meta.dirname, `../../../../renderer/i18n/verify.${language}.json`);
  const i18n = i18next.createInstance();
  await i18n.init({
    lng: language,
    defaultNS: 'verify',
    resources: {
      [language]: { verify: JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown> },
    },
    interpolation: { escapeValue: false },
  });
  const t = i18n.getFixedT(language, 'verify');
  return (fact) => changeWords(t, (key) => i18n.exists(key, { ns: 'verify' }), fact);
}

const about = { field: 'Felt_7', page: 11, entry: 'Innføring', annotation: 'Stempel' };

describe.each(['nb', 'en'])('a change in %s', (language) => {
  it.each(codes)('has words: %s', async (code) => {
    const say = await speaker(language);
    const sentence = say({ level: 'visible', code, ...about });
    expect(sentence).toMatch(/^\p{Lu}.+\.$/u);
    expect(sentence).not.toContain('{{');
    expect(sentence).not.toContain(code);
    // Whatever the English sentence of the core names, every language names too.
    const core = CHANGE_TEXT[code as keyof typeof CHANGE_TEXT]({
      ...{ field: 'Felt_7', where: 'page 12' },
      ...{ entry: 'Innføring', annotation: 'Stempel' },
    });
    for (const [named, there] of [
      ['Felt_7', 'Felt_7'],
      ['Innføring', 'Innføring'],
      ['Stempel', 'Stempel'],
      ['page 12', language === 'nb' ? 'side 12' : 'page 12'],
    ] as const)
      expect([named, sentence.includes(there)]).toEqual([named, core.includes(named)]);
  });

  it('is said without a page or a name too, and when it is new to this version', async () => {
    const say = await speaker(language);
    for (const code of codes) expect(say({ level: 'allowed', code })).not.toMatch(/{{|undefined/);
    expect(say({ level: 'forbidden', code: 'of-tomorrow' })).toContain('of-tomorrow');
  });
});

it('is in Norwegian where Norwegian is read', async () => {
  const say = await speaker('nb');
  const fact = { level: 'forbidden', code: 'page-content-changed', page: 1 } as const;
  expect(say(fact)).toBe('Innholdet på side 2 ble endret.');
  const english = await speaker('en');
  for (const code of codes) {
    const one = { level: 'visible', code, ...about } as const;
    expect(say(one)).not.toBe(english(one));
  }
});

it('turns to the pages that changes speak of', () => {
  const fact = (page?: number): ChangeFact => ({
    ...{ level: 'visible', code: 'mark-added' },
    ...(page === undefined ? {} : { page }),
  });
  expect(pagesChanged([fact(11), fact(), fact(1), fact(11)])).toEqual([1, 11]);
});
