import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import {
  asHtml,
  asJson,
  statement,
  type Say,
} from '../../../../renderer/features/settings/accessibility-statement.ts';
import { criteria } from '../../../../shared/accessibility.ts';

const folder = join(import.meta.dirname, '../../../../renderer/i18n');

async function speaking(language: string): Promise<Say> {
  const path = join(folder, `accessibility.${language}.json`);
  const accessibility = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const words = createInstance();
  await words.init({
    lng: language,
    resources: { [language]: { accessibility } },
    interpolation: { escapeValue: false },
  });
  return (key, values = {}) => words.t(key, values);
}

const facts = { organisation: 'Fjell & <b>Vik</b>', version: '1.2.3', date: '27. november 2026' };

/** Elements that are closed in another order than they were opened, or never. */
function unbalanced(html: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, closing, name = ''] of html.matchAll(/<(\/?)([a-z]+\d?)[^>]*>/g)) {
    if (['meta', 'br'].includes(name)) continue;
    if (closing === '') open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

describe.each(['nb', 'nn', 'en'] as const)('the page that is published (%s)', (language) => {
  it('is whole, in its language, and says every criterion', async () => {
    const say = await speaking(language);
    const html = asHtml(statement(say, facts), language);
    expect(html).toMatch(new RegExp(`^<!doctype html>\n<html lang="${language}">`));
    expect(unbalanced(html)).toEqual([]);
    expect(unbalanced(html.replace('</ul>', ''))).not.toEqual([]);
    for (const { number, level } of criteria)
      expect(html).toMatch(new RegExp(`<th scope="row">${number} [^<]+ \\(${level}\\)</th>`));
    expect(html.match(/<h1>/g)).toHaveLength(1);
    // No key without words, no placeholder left.
    expect(html).not.toMatch(/accessibility:|reason\.|criterion\.|{{/);
  });

  it('fetches nothing, runs nothing, and takes a name as a name', async () => {
    const html = asHtml(statement(await speaking(language), facts), language);
    expect(html).not.toMatch(/<script|<link|<img|\bsrc=|url\(|@import/);
    expect(html).toContain('Fjell &amp; &lt;b&gt;Vik&lt;/b&gt;');
    expect(html).not.toContain('<b>Vik');
  });

  it('says the same as the file for the register', async () => {
    const say = await speaking(language);
    const said = statement(say, facts);
    const file = JSON.parse(asJson(say, facts, language)) as {
      organisation: string;
      criteria: { number: string; desk: { status: string; check: unknown; reason: unknown } }[];
    };
    expect(file.organisation).toBe(facts.organisation);
    expect(file.criteria.map(({ desk }) => desk.status)).toEqual(
      said.tables[0]?.rows.map(({ cells }) => cells[0]?.status),
    );
    for (const { number, desk } of file.criteria)
      expect((desk.check === null) !== (desk.reason === null), number).toBe(true);
  });
});
