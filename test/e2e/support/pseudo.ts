/**
 * A language that nobody speaks, made out of bokmål: accented, some 40 % longer, in brackets. What stands
 * on a screen without brackets came from somewhere else than the language files.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { root } from '../../support/cli.ts';

const accents: Readonly<Record<string, string>> = {
  ...{ a: 'ä', e: 'ë', i: 'ï', o: 'ö', u: 'ü', y: 'ÿ', n: 'ñ', s: 'š', c: 'č', z: 'ž' },
  ...{ A: 'Ä', E: 'Ë', I: 'Ï', O: 'Ö', U: 'Ü', N: 'Ñ', S: 'Š', D: 'Ð', G: 'Ğ', K: 'Ķ' },
};

/** `⟦Šïgñëř ···⟧`; placeholders stay as they are. */
export function pseudo(text: string): string {
  const accented = text
    .split(/(\{\{\w+\}\})/)
    .map((part) => (part.startsWith('{{') ? part : part.replace(/./gu, (c) => accents[c] ?? c)))
    .join('');
  // Longer in words, as a language is, and not in one that cannot be broken.
  const more = Math.ceil(text.replaceAll(/\{\{\w+\}\}/g, '').length * 0.4);
  return `⟦${accented} ${'lørem ïpsüm dölør '.repeat(20).slice(0, more).trim()}⟧`;
}

export type Words = { readonly [key: string]: string | Words };

export function pseudoWords(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudo(value) : pseudoWords(value),
    ]),
  );
}

/** Every bokmål text on its way into the bundle. */
function inPseudo(): Plugin {
  return {
    name: 'pseudo-language',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/i18n\/\w+\.nb\.json(?:\?|$)/.test(id)) return null;
      return JSON.stringify(pseudoWords(JSON.parse(code) as Words));
    },
  };
}

/** The windows in that language; gives their folder, for `RENDERER`. */
export async function buildPseudo(): Promise<string> {
  const outDir = join(root, 'test-results/pseudo-renderer');
  await build({
    configFile: join(root, 'test/config/vite.config.ts'),
    logLevel: 'warn',
    plugins: [inPseudo()],
    build: { outDir, minify: false },
  });
  if (!existsSync(join(outDir, 'index.html'))) throw new Error('the windows were not built');
  return outDir;
}
