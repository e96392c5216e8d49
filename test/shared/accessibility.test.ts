/** The accessibility statement: every criterion once, nothing supported without a check that is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  clauses,
  criteria,
  overall,
  shortVersion,
  shortcomings,
  type Standing,
} from '../../shared/accessibility.ts';

const root = join(import.meta.dirname, '../..');

/** WCAG 2.2 without 4.1.1, which it removed: how many of each guideline, and what level A leaves out. */
const levelA = [
  ...['1.1.1', '1.2.1', '1.2.2', '1.2.3', '1.3.1', '1.3.2', '1.3.3', '1.4.1', '1.4.2'],
  ...['2.1.1', '2.1.2', '2.1.4', '2.2.1', '2.2.2', '2.3.1', '2.4.1', '2.4.2', '2.4.3', '2.4.4'],
  ...['2.5.1', '2.5.2', '2.5.3', '2.5.4', '3.1.1', '3.2.1', '3.2.2', '3.2.6'],
  ...['3.3.1', '3.3.2', '3.3.7', '4.1.2'],
];
const levelAA = [
  ...['1.2.4', '1.2.5', '1.3.4', '1.3.5', '1.4.3', '1.4.4', '1.4.5', '1.4.10', '1.4.11', '1.4.12'],
  ...['1.4.13', '2.4.5', '2.4.6', '2.4.7', '2.4.11', '2.5.7', '2.5.8', '3.1.2', '3.2.3', '3.2.4'],
  ...['3.3.3', '3.3.4', '3.3.8', '4.1.3'],
];

type Words = { readonly [key: string]: string | Words };
function say(language: string, key: string): unknown {
  const path = join(root, `renderer/i18n/accessibility.${language}.json`);
  let at: string | Words | undefined = JSON.parse(readFileSync(path, 'utf8')) as Words;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  return at;
}

const standings: readonly (readonly [where: string, standing: Standing])[] = [
  ...criteria.flatMap(({ number, desk, kiosk }) => [
    [`${number} at the desk`, desk] as const,
    [`${number} at the kiosk`, kiosk] as const,
  ]),
  ...clauses.map(({ number, kiosk }) => [number, kiosk] as const),
];

describe('the accessibility statement', () => {
  it('has each criterion of WCAG 2.2, level A and AA, once', () => {
    const of = (level: string) =>
      criteria.filter((each) => each.level === level).map(({ number }) => number);
    expect([...of('A'), ...of('AA')]).toHaveLength(55);
    expect(of('A').toSorted()).toEqual(levelA.toSorted());
    expect(of('AA').toSorted()).toEqual(levelAA.toSorted());
    expect(new Set(clauses.map(({ number }) => number)).size).toBe(clauses.length);
  });

  it('calls nothing supported without a check of that name', () => {
    const supported = standings.flatMap(([where, standing]) =>
      standing.status === 'supported' ? [[where, standing.proof] as const] : [],
    );
    expect(supported.length).toBeGreaterThan(40);
    const missing = supported.filter(([, [file, title]]) => {
      const path = join(root, file);
      if (!existsSync(path)) return true;
      // A whole opening of a test's name, not words that happen to stand there.
      const source = readFileSync(path, 'utf8');
      return ![`'${title}`, `\`${title}`].some(
        (opening) => source.includes(`(${opening}`) || source.includes(`(\n    ${opening}`),
      );
    });
    expect(missing).toEqual([]);
  });

  it.each(['nb', 'nn', 'en'])('has words for every line and every reason (%s)', (language) => {
    const keys = [
      ...criteria.map(({ number }) => `criterion.${number.replaceAll('.', '-')}`),
      ...clauses.map(({ key }) => `clause.${key}`),
      ...standings.map(([, { status }]) => `status.${status}`),
      ...standings.flatMap(([, standing]) =>
        standing.status === 'supported' ? [] : [`reason.${standing.reason}`],
      ),
      ...shortVersion.map(({ key }) => `kiosk.about.${key}`),
      `overall.${overall()}`,
    ];
    expect(keys.filter((key) => typeof say(language, key) !== 'string')).toEqual([]);
  });

  it('keeps no reason that nothing has', () => {
    const used = new Set(standings.map(([, each]) => ('reason' in each ? each.reason : '')));
    const written = Object.keys(say('nb', 'reason') as Words);
    expect(written.filter((reason) => !used.has(reason))).toEqual([]);
    for (const { numbers } of shortcomings()) expect(numbers.length).toBeGreaterThan(0);
  });

  it('says to a signer nothing that the long version does not', () => {
    const kiosk = new Map([...criteria, ...clauses].map((each) => [each.number, each.kiosk]));
    for (const { key, holds, rests } of shortVersion) {
      expect(rests.length, key).toBeGreaterThan(0);
      for (const number of rests)
        expect(kiosk.get(number)?.status === 'supported', `${key}, ${number}`).toBe(holds);
    }
    // What weighs most is said where it is met.
    expect(kiosk.get('5.1.3.1')?.status).toBe('not');
    expect(shortVersion.map(({ key }) => key)).toContain('blind');
  });
});
