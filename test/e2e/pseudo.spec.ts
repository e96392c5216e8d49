/**
 * The main screens in a pseudo-language: bokmål, accented, in brackets, 40 % longer. Every visible text
 * comes from the language files, and none is cut off for being long.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../support/cli.ts';
import { clerk } from './support/clerk.ts';
import { openHost, expect, test } from './support/host.ts';
import { buildPseudo, pseudo } from './support/pseudo.ts';
import { reflowTroubles } from './support/reflow.ts';
import { seedWalk, walkDesk, walkKiosk } from './support/walk.ts';
import { wordsOf } from './support/words.ts';

const say = wordsOf('nb', pseudo);

/** What people have written, names of things, and what a machine counts. */
const data = [
  ...[clerk.organisation, clerk.name, 'Kari Nordmann', 'Ola Nordmann', 'Leieavtale, rom 204'],
  ...['Leieavtale.pdf', 'Leieavtale', 'Leietaker', 'Fullmakt', 'Skranke', 'PDF/A-2b', 'PDF'],
  // Each language is called by its own name.
  ...['Bokmål', 'Nynorsk', 'English'],
];
const counted = [
  /^\d+(?:[.,  ]\d+)* ?(?:kB|MB|GB|%)?$/u,
  // Days and months come from the locale.
  /^\d{1,2}\. \p{L}+(?: \d{4})?$/u,
  // Signs of initials, a code, a path, an address, a version.
  /^[A-ZÆØÅ]{1,2}$/u,
  /^[0-9a-f ]{8,}$/,
  /^(?:\/|https?:\/\/|[A-Z]:\\)\S*$/,
  /^\d+\.\d+\.\d+$/,
  // Certificates and keys are called what their issuers call them.
  /Root ?CA|\(PRØVESEGL\)|^ECDSA P-256$/,
  // What stands between the items of a list comes from the locale.
  /^[,\s]*og$/,
];

/** Texts and names on the screen that stand in no brackets. */
async function fixedTexts(page: Page): Promise<readonly string[]> {
  const shown = await page.evaluate(() => {
    const scope = document.querySelector('dialog[open]') ?? document.body;
    const texts: string[] = [];
    for (const each of scope.querySelectorAll<HTMLElement>('*')) {
      // The document itself, and what stands under the signature: not the program's words.
      if (each.closest('.pdf-page, .k-text, .k-mark, .k-sentence, .k-placed svg, script, style'))
        continue;
      // What is confirmed at the kiosk is a text with a version, in a language of its own.
      if (each.closest('.settings-quote, textarea[lang]')) continue;
      if (each.getClientRects().length === 0) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        texts.push(each.getAttribute(name) ?? '');
      const own = [...each.childNodes].some(
        (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
      );
      if (!own) continue;
      // A key or a name within a sentence is part of it.
      let whole = each;
      while (getComputedStyle(whole).display === 'inline' && whole.parentElement !== null)
        whole = whole.parentElement;
      const text = whole.textContent ?? '';
      texts.push(whole !== each && text.length < 600 ? text : (each.textContent ?? ''));
    }
    return [...new Set(texts.map((text) => text.trim()))];
  });
  return shown.filter((text) => {
    let left = text;
    // Whole sentences in brackets, one inside the other where one is a value of another.
    for (let before = ''; before !== left;) {
      before = left;
      left = left.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
    }
    for (const each of data) left = left.replaceAll(each, '');
    left = left.replaceAll(/\d[\d.,]* (?:kB|MB|GB)/g, '');
    left = left.trim();
    return /\p{L}{2,}/u.test(left) && !counted.some((pattern) => pattern.test(left));
  });
}

test('every text comes from the language files, and there is room for it', async ({ browser }) => {
  test.setTimeout(360_000);
  const before = process.env['RENDERER'];
  process.env['RENDERER'] = await buildPseudo();
  const desk = await openHost(browser);
  const fixed = new Map<string, string>();
  const cut: string[] = [];
  const visit = async (screen: string) => {
    for (const text of await fixedTexts(desk.page))
      if (!fixed.has(text)) fixed.set(text, `${screen}: ${text}`);
    for (const trouble of await reflowTroubles(desk.page)) cut.push(`${screen}: ${trouble}`);
    const name = `pseudo-${screen}.png`.replaceAll(/[ ,/⟦⟧]+/g, '-');
    await desk.page.screenshot({ path: join(root, 'screenshots', name), animations: 'disabled' });
  };
  try {
    await seedDeskInPseudo();
    const seeded = await seedWalk(desk);
    await walkDesk(desk, say, seeded, visit);
    await walkKiosk(desk, say, seeded.job, visit);
    expect.soft([...fixed.values()], 'texts that no language file holds').toEqual([]);
    expect.soft(cut, 'texts without room').toEqual([]);
    expect(desk.complaints).toEqual([]);
  } finally {
    await desk.close();
    if (before === undefined) delete process.env['RENDERER'];
    else process.env['RENDERER'] = before;
  }

  /** The first screen is seen before anything stands in the archive. */
  async function seedDeskInPseudo(): Promise<void> {
    await expect(desk.page.getByRole('heading', { level: 1 })).toBeVisible();
    await visit('first start');
  }
});
