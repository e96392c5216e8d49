import { beforeAll, describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  kioskTexts,
  readLanguageFile,
  template,
} from '../../../../renderer/features/settings/language-file.ts';

const folder = join(import.meta.dirname, '../../../../renderer/i18n');
const words = new Map<string, string>();

function collect(value: unknown, before: string): void {
  if (typeof value === 'string') words.set(before, value);
  else
    for (const [key, inner] of Object.entries(value as object))
      collect(inner, before.endsWith(':') ? `${before}${key}` : `${before}.${key}`);
}

beforeAll(() => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.nb.json')))
    collect(JSON.parse(readFileSync(join(folder, name), 'utf8')), `${name.split('.')[0] ?? ''}:`);
});

type File = Record<string, unknown> & { texts: Record<string, { nb: string; text: string }> };

/** A template that somebody has filled in, with what the test changes. */
function filled(change: (file: File) => unknown = () => undefined): string {
  const file = JSON.parse(
    template(words, words, { text: 'Jeg, {signer}', textFor: 'for' }),
  ) as File;
  Object.assign(file, { code: 'pl', name: 'Polski', translatedBy: 'Ania', readBy: 'Jan' });
  Object.assign(file['confirmation'] as object, {
    ...{ text: 'Ja, {signer}.', textFor: '{signer}, {forWhom}.' },
  });
  for (const entry of Object.values(file.texts)) entry.text = `P ${entry.nb}`;
  change(file);
  return JSON.stringify(file);
}

describe('the template', () => {
  it('has everything that a signer meets, and nothing of the desk', () => {
    const keys = [...kioskTexts(words).keys()];
    for (const key of ['kiosk:confirm.yes', 'app:rest.lead', 'kiosk:sign.yes', 'language:open'])
      expect(keys).toContain(key);
    expect(keys.some((key) => /^(jobs|settings|archive|prepare|errors):/.test(key))).toBe(false);
  });

  it('comes back whole', () => {
    const read = readLanguageFile(filled(), words);
    expect(read).toMatchObject({ missing: [], language: { code: 'pl', direction: 'ltr' } });
  });
});

describe('a language file', () => {
  it('may be left half done, and says what is missing', () => {
    const read = readLanguageFile(
      filled((file) => {
        for (const key of Object.keys(file.texts))
          if (!key.startsWith('kiosk:who')) delete file.texts[key];
      }),
      words,
    );
    const missing = 'missing' in read ? read.missing : [];
    expect(missing).toContain('kiosk:confirm.yes');
    expect(missing).not.toContain('kiosk:who.yes');
  });

  const wrong: readonly (readonly [string, () => string])[] = [
    ['notJson', () => '{ "format": '],
    ['notLanguage', () => '{"format":"x"}'],
    ['tooLarge', () => ' '.repeat(500_001)],
    ['field', () => filled((file) => (file['code'] = 'Polsk'))],
    ['field', () => filled((file) => (file['direction'] = 'down'))],
    ['unknownText', () => filled((file) => (file.texts['kiosk:nope'] = { nb: '', text: 'x' }))],
    ['text', () => filled((file) => (file.texts['kiosk:who.yes'] = { nb: '', text: 'a\u202eb' }))],
    ['text', () => filled((file) => (file.texts['kiosk:who.yes'] = { nb: '', text: '$t(x)' }))],
    [
      'placeholder',
      () => filled((file) => (file.texts['kiosk:who.title'] = { nb: '', text: 'Czy to Ty?' })),
    ],
    [
      'confirmation',
      () => filled((file) => (file['confirmation'] = { text: 'Tak', textFor: 'Tak' })),
    ],
  ];
  it.each(wrong)('is refused in words: %s', (code, make) => {
    const read = readLanguageFile(make(), words);
    expect('problems' in read ? read.problems.map((each) => each.code) : []).toContain(code);
  });
});
