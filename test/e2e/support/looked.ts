/** Which screens of the list a run has looked at. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../support/cli.ts';
import { screens } from './screens.ts';
import type { Screen } from './screens.ts';

/** With axe, in light and dark. */
export interface Look {
  readonly screen: Screen;
  readonly language: 'nb' | 'en';
}

/** In the folder that Playwright empties before each run; every worker adds its lines. */
const record = join(root, 'test-results/looked.jsonl');

export function recordLook(look: Look): void {
  mkdirSync(dirname(record), { recursive: true });
  appendFileSync(record, `${JSON.stringify(look)}\n`);
}

/** What of the list was not looked at in both languages. */
export function notLookedAt(looks: readonly Look[]): readonly string[] {
  const done = new Set(looks.map(({ screen, language }) => `${screen}, ${language}`));
  return Object.keys(screens)
    .flatMap((screen) => [`${screen}, nb`, `${screen}, en`])
    .filter((each) => !done.has(each));
}

export function looksOnRecord(): readonly Look[] {
  if (!existsSync(record)) return [];
  const lines = readFileSync(record, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Look);
}
