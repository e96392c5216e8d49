/**
 * Every failure code the product can answer with, read from its source: the first argument of `fail`
 * and `Refusal`, `code: '…'`, and calls of functions that take a `code`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');
/** The command line speaks its own English and never reaches a window. */
const left = ['electron/commands', 'electron/cli.ts', 'electron/core/verify'];

export function sourceFiles(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name).replaceAll('\\', '/'))
      .filter((path) => /\.tsx?$/.test(path) && !left.some((each) => path.startsWith(each))),
  );
}

export function readSource(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}

const literal = /'([a-z][a-z0-9-]*\.[a-z0-9]+(?:-[a-z0-9]+)*)'/g;

function literalsIn(text: string): readonly string[] {
  return [...text.matchAll(literal)]
    .map((match) => match[1] ?? '')
    .filter((text) => !/\.(?:db|json|pem|txt)$/.test(text));
}

/** Names of functions that are handed a code and make a failure of it; others see only the exported. */
function wrappersIn(source: string, which: 'exported' | 'all'): readonly string[] {
  return [
    ...source.matchAll(/(export )?(?:function (\w+)|const (\w+) =)\s*(?:async )?\(([^)]*)\)/g),
  ]
    .filter((match) => /\bcode: string/.test(match[4] ?? ''))
    .filter((match) => which === 'all' || match[1] !== undefined)
    .map((match) => match[2] ?? match[3] ?? '');
}

/** Code -> the files that use it. `code: 'checklist.…'` and events' own words are told apart by the caller. */
export function errorCodes(): ReadonlyMap<string, readonly string[]> {
  const paths = sourceFiles(['electron', 'shared', 'renderer']);
  const sources = paths.map((path) => [path, readSource(path)] as const);
  // `report` is how the archive's check names what it found.
  const shared = new Set(['fail', 'Refusal', 'report']);
  for (const [, source] of sources)
    for (const name of wrappersIn(source, 'exported')) shared.add(name);
  const found = new Map<string, string[]>();
  const add = (code: string, path: string) => {
    const files = found.get(code) ?? [];
    found.set(code, files.includes(path) ? files : [...files, path]);
  };
  for (const [path, source] of sources) {
    const names = new Set([...shared, ...wrappersIn(source, 'all')]);
    const call = new RegExp(`\\b(?:${[...names].join('|')})\\(([^()]*)`, 'g');
    for (const match of source.matchAll(call))
      for (const code of literalsIn(match[1] ?? '')) add(code, path);
    for (const match of source.matchAll(/\bcode:\s*([^,}\n]*)/g))
      for (const code of literalsIn(match[1] ?? '')) add(code, path);
  }
  return found;
}
