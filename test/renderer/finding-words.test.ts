import { beforeAll, describe, expect, it } from 'vitest';
import { CHANGE_TEXT } from '../../electron/core/verify/changes/change-text.ts';
import { ODDITY_TEXT } from '../../electron/core/verify/oddity.ts';
import { anomalyLine, changeLine } from '../../electron/paper/finding-words.ts';
import { pagesChanged } from '../../renderer/features/verify/changed-pages.ts';
import { anomalyWords, changeWords } from '../../renderer/i18n/finding-words.ts';
import { i18n, startWords } from '../../renderer/i18n/i18n.ts';
import type { ChangeFact } from '../../shared/report.ts';
import { readSource, sourceFiles } from './error-codes.ts';

const languages = ['nb', 'nn', 'en'] as const;
const changes = Object.keys(CHANGE_TEXT);
/** The reader's own codes stand where they are met, those of verification in a table. */
const anomalies = [
  ...new Set([
    ...sourceFiles(['electron/core']).flatMap((path) =>
      [...readSource(path).matchAll(/'((?:structure|container)\.[a-z-]+)'/g)].map(
        (match) => match[1] ?? '',
      ),
    ),
    ...Object.keys(ODDITY_TEXT),
  ]),
];
const about = { field: 'Felt_7', page: 11, entry: 'Innføring', annotation: 'Stempel' };

// The page is not there: only the words are asked.
beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: {} } });
  await startWords('nb');
});

it('finds the codes of anomalies in the source at all', () => {
  expect(anomalies.length).toBeGreaterThan(35);
  expect(anomalies).toContain('structure.xref-loop');
});

describe.each(languages)('in %s', (language) => {
  beforeAll(async () => {
    await i18n.changeLanguage(language);
  });

  it.each(changes)('a change has words, on screen and on paper: %s', (code) => {
    const fact = { level: 'visible', code, ...about } as const;
    const sentence = changeWords(fact);
    expect(sentence).toMatch(/^\p{Lu}.+\.$/u);
    expect(sentence).not.toContain('{');
    expect(sentence).not.toContain(code);
    expect(changeLine(language, fact)).toBe(sentence);
    // Whatever the English sentence of the core names, every language names too.
    const core = CHANGE_TEXT[code as keyof typeof CHANGE_TEXT]({ ...about, where: 'page 12' });
    for (const [named, there] of [
      ['Felt_7', 'Felt_7'],
      ['Innføring', 'Innføring'],
      ['Stempel', 'Stempel'],
      ['page 12', language === 'en' ? 'page 12' : 'side 12'],
    ] as const)
      expect([named, sentence.includes(there)]).toEqual([named, core.includes(named)]);
  });

  it.each(anomalies)('something odd has words, on screen and on paper: %s', (code) => {
    const fact = { code, field: 'Felt_7', object: 42 };
    const sentence = anomalyWords(fact);
    expect(sentence).toMatch(/^\p{Lu}.+\.$/u);
    expect(sentence).not.toContain('{');
    expect(sentence).not.toContain(code);
    expect(anomalyLine(language, fact)).toBe(sentence);
    const core = ODDITY_TEXT[code as keyof typeof ODDITY_TEXT] as
      ((about: { field: string; object: number }) => string) | undefined;
    for (const named of ['Felt_7', '42'])
      expect([named, sentence.includes(named)]).toEqual([
        named,
        core?.({ field: 'Felt_7', object: 42 }).includes(named) ?? false,
      ]);
  });

  it('is said without a page or a name too, and when it is new to this version', () => {
    for (const code of changes)
      expect(changeWords({ level: 'allowed', code })).not.toMatch(/{|undefined/);
    for (const code of anomalies) expect(anomalyWords({ code })).not.toMatch(/{|undefined/);
    const tomorrow = { level: 'forbidden', code: 'of-tomorrow' } as const;
    for (const say of [changeWords, (fact: ChangeFact) => changeLine(language, fact)])
      expect(say(tomorrow)).toContain('of-tomorrow');
    for (const say of [anomalyWords, (fact: { code: string }) => anomalyLine(language, fact)])
      expect(say({ code: 'structure.of-tomorrow' })).toContain('structure.of-tomorrow');
  });
});

it('is in the language that is read', () => {
  const fact = { level: 'forbidden', code: 'page-content-changed', page: 1 } as const;
  expect(languages.map((language) => changeLine(language, fact))).toEqual([
    'Innholdet på side 2 ble endret.',
    'Innhaldet på side 2 vart endra.',
    'The content of page 2 was changed.',
  ]);
  for (const code of changes) {
    const one = { level: 'visible', code, ...about } as const;
    expect(new Set(languages.map((language) => changeLine(language, one))).size).toBe(3);
  }
});

it('turns to the pages that changes speak of', () => {
  const fact = (page?: number): ChangeFact => ({
    ...{ level: 'visible', code: 'mark-added' },
    ...(page === undefined ? {} : { page }),
  });
  expect(pagesChanged([fact(11), fact(), fact(1), fact(11)])).toEqual([1, 11]);
});
