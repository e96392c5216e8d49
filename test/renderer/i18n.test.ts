import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes, readSource, sourceFiles } from './error-codes.ts';

const folders = ['renderer/i18n', 'shared/words'].map((path) =>
  join(import.meta.dirname, '../..', path),
);
type Words = { readonly [key: string]: string | Words };

function read(name: string): Words {
  const path = folders.map((folder) => join(folder, name)).find(existsSync) ?? name;
  return JSON.parse(readFileSync(path, 'utf8')) as Words;
}

/** `a.b.c` of every sentence, with what it holds. */
function flat(words: Words, before = ''): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const path = before === '' ? key : `${before}.${key}`;
    if (typeof value === 'string') out.set(path, value);
    else for (const [inner, text] of flat(value, path)) out.set(inner, text);
  }
  return out;
}

const files = folders
  .flatMap((folder) => readdirSync(folder))
  .filter((name) => name.endsWith('.json'));
const languages = [...new Set(files.map((name) => name.split('.')[1] ?? ''))];
const namespaces = [...new Set(files.map((name) => name.split('.')[0] ?? ''))];

describe('the language files', () => {
  it('are there in bokmål, nynorsk and English', () => {
    expect(languages).toEqual(expect.arrayContaining(['nb', 'nn', 'en']));
    expect(namespaces.length).toBeGreaterThanOrEqual(5);
  });

  it.each(namespaces)('%s has the same keys in every language', (namespace) => {
    const source = [...flat(read(`${namespace}.nb.json`)).keys()].sort();
    for (const language of languages) {
      const other = [...flat(read(`${namespace}.${language}.json`)).keys()].sort();
      expect(other, language).toEqual(source);
    }
  });

  it.each(namespaces)(
    '%s has no empty sentence and the same placeholders everywhere',
    (namespace) => {
      const placeholders = (text: string) =>
        [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1]).sort();
      const source = flat(read(`${namespace}.nb.json`));
      for (const language of languages) {
        for (const [key, text] of flat(read(`${namespace}.${language}.json`))) {
          expect(text.trim(), `${language} ${key}`).not.toBe('');
          expect([...new Set(placeholders(text))], `${language} ${key}`).toEqual([
            ...new Set(placeholders(source.get(key) ?? '')),
          ]);
        }
      }
    },
  );

  it('have words for every step that long work reports', () => {
    const steps = sourceFiles(['electron']).flatMap((path) =>
      [...readSource(path).matchAll(/\bstep: '([\w.-]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(steps.length).toBeGreaterThan(10);
    const words = flat(read('app.nb.json'));
    expect([...new Set(steps)].filter((step) => !words.has(`task.step.${step}`))).toEqual([]);
  });

  it('have every key that a screen asks for by name', () => {
    const missing: string[] = [];
    let asked = 0;
    for (const path of sourceFiles(['renderer'])) {
      const source = readSource(path);
      const named = /useTranslation\('(\w+)'\)/.exec(source)?.[1];
      for (const match of source.matchAll(/\bt\('([\w.:-]+)'/g)) {
        const [first, second] = (match[1] ?? '').split(':');
        const namespace = second === undefined ? (named ?? 'app') : (first ?? '');
        const key = second ?? first ?? '';
        if (!namespaces.includes(namespace)) continue;
        // A file that is handed `t` speaks another's namespace.
        if (named === undefined && second === undefined) continue;
        asked += 1;
        const words = flat(read(`${namespace}.nb.json`));
        if (!words.has(key) && !words.has(`${key}_other`))
          missing.push(`${path} ${namespace}:${key}`);
      }
    }
    expect(asked).toBeGreaterThan(300);
    expect(missing).toEqual([]);
  });
});

describe('every failure code', () => {
  const codes = errorCodes();

  it('is found in the source at all', () => {
    expect(codes.size).toBeGreaterThan(150);
    for (const known of ['pdf.damaged', 'rpc.forbidden', 'session.wrong-pin', 'chain.broken'])
      expect([...codes.keys()]).toContain(known);
  });

  it.each(languages)('says what happened, what it means and what to do (%s)', (language) => {
    const words = read(`errors.${language}.json`) as { readonly [code: string]: Words };
    const family = words['family'] as { readonly [noun: string]: Words };
    const silent: string[] = [];
    for (const [code, paths] of codes) {
      const own = words[code];
      const whole = own === undefined ? undefined : { ...family[code.split('.')[0] ?? ''], ...own };
      const parts = ['what', 'means', 'action'].filter((part) => whole?.[part] === undefined);
      if (parts.length > 0) silent.push(`${code}: ${parts.join(', ')} (${paths[0] ?? ''})`);
    }
    expect(silent).toEqual([]);
  });
});
