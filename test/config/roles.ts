/**
 * `npm run roles`: writes who may call what into README.md, out of the contract. With `--check` it only
 * says whether it stands there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract, type MethodName } from '../../shared/rpc/contract.ts';
import { roles, type Role } from '../../shared/rpc/contract-method.ts';

const readme = join(import.meta.dirname, '../../README.md');
const [begin, end] = ['<!-- roles: written by npm run roles -->', '<!-- /roles -->'];

export const methods = Object.keys(contract) as MethodName[];

/** Methods of one noun that the same roles may call, as one row. */
export function rolesTable(): string {
  const rows = new Map<string, { noun: string; verbs: string[]; allowed: readonly Role[] }>();
  for (const name of methods) {
    const [noun = '', verb = ''] = name.split('.');
    const allowed = roles.filter((role) => contract[name].roles.some((one) => one === role));
    const key = `${noun} ${allowed.join(' ')}`;
    const row = rows.get(key) ?? { noun, verbs: [], allowed };
    row.verbs.push(verb);
    rows.set(key, row);
  }
  const sorted = [...rows.values()].sort((one, other) => one.noun.localeCompare(other.noun));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', 'Calls', ...roles]),
    line(['---', '---', ...roles.map(() => ':-:')]),
    ...sorted.map(({ noun, verbs, allowed }) =>
      line([noun, verbs.join(', '), ...roles.map((role) => (allowed.includes(role) ? '✓' : ''))]),
    ),
  ].join('\n');
}

/** As it stands in the text, without the spaces that line its columns up; null for none. */
export function tableIn(text: string): string | null {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  return from < 0 || to < from ? null : plain(text.slice(from + begin.length, to));
}

export function plain(table: string): string {
  return table
    .trim()
    .split('\n')
    .map((row) => row.replace(/ *\| */g, '|').replace(/:?-+:?/g, '-'))
    .join('\n');
}

if (import.meta.main) {
  const text = readFileSync(readme, 'utf8');
  if (tableIn(text) === null) throw new Error(`README.md has no place for it: ${begin}`);
  const stands = tableIn(text) === plain(rolesTable());
  if (!stands && process.argv.includes('--check')) {
    console.error('README.md says otherwise who may call what: npm run roles');
    process.exitCode = 1;
  } else if (!stands) {
    const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
    writeFileSync(readme, `${before}${begin}\n\n${rolesTable()}\n\n${after}`);
  }
}
