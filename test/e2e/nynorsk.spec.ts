/** One short walk in nynorsk, from the sign-in to the check of a signature: no bokmål is left on any screen. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { root } from '../support/cli.ts';
import { bokmaal } from '../support/house-words.ts';
import { clerk } from './support/clerk.ts';
import { samplePath, dropFiles } from './support/files.ts';
import { expect, test } from './support/host.ts';
import { picture } from './support/look.ts';
import { passport, seedDesk, seedDraft, seedJob, seedSignatures } from './support/seed.ts';
import { draw } from './support/signer.ts';
import { wordsOf } from './support/words.ts';

const say = wordsOf('nn');

/** Documents and what people wrote are in their own language. */
async function wordsOnScreen(page: Page): Promise<string> {
  return page.evaluate(() => {
    const skipped =
      '.pdf-page, .pdf-thumbnail, [lang="en"], [lang="nb"], select, script, noscript, style';
    const parts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node as Element;
      if (element.closest(skipped) !== null) continue;
      for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
        parts.push(element.getAttribute(name) ?? '');
      for (const child of element.childNodes)
        if (child.nodeType === Node.TEXT_NODE) parts.push(child.textContent ?? '');
    }
    return parts.join('\n');
  });
}

async function shown(page: Page, name: string): Promise<void> {
  await picture(page, `${name}-nn`);
  const text = await wordsOnScreen(page);
  expect(text.length, name).toBeGreaterThan(20);
  const found = text.split('\n').filter((line) => bokmaal.test(line));
  expect(found, name).toEqual([]);
}

// A machine that speaks English: the browser knows no nynorsk dates, and must not write its own.
test.use({ locale: 'en-US' });

test('in nynorsk, from sign-in to the check of a signature', async ({ desk }) => {
  test.setTimeout(240_000);
  const { page } = desk;
  const press = (key: string, values: Record<string, string> = {}) =>
    page
      .getByRole('button', { name: say(key, values), exact: true })
      .first()
      .click();
  const go = (hash: string) => page.goto(new URL(`#/${hash}`, page.url()).href);
  await seedDesk(desk);
  const { job, document } = await seedJob(desk, 'Leigeavtale', ['Kari Nordmann', 'Ola Nordmann'], {
    language: 'nn',
  });
  const { job: draft } = await seedDraft(desk, 'Fullmakt', ['Ola Nordmann']);
  await seedSignatures(desk, job, 1);
  await page.evaluate(() => {
    localStorage.setItem('skranke.language', 'nn');
  });
  await desk.call('session.signOut', {});
  await expect(page.locator('html')).toHaveAttribute('lang', 'nn');

  await expect(page.getByRole('heading', { name: say('app:signIn.title') })).toBeVisible();
  await shown(page, 'sign-in');
  await page.getByLabel(say('app:signIn.passphrase')).fill(clerk.passphrase);
  await press('app:signIn.open');
  await expect(page.getByRole('navigation', { name: say('app:rail.label') })).toBeVisible();
  await go(`jobs/${job}`);
  await expect(page.getByRole('article')).toContainText(say('jobs:page.history'));
  await shown(page, 'job');

  await go(`prepare/${draft}`);
  await expect(page.locator('.prep-stage .pdf-page canvas')).toBeVisible();
  await shown(page, 'prepare-signers');
  await press('prepare:go.check');
  await shown(page, 'prepare-check');

  for (const section of ['checklist', 'seal', 'kiosk', 'users', 'witness', 'folder']) {
    await go(`settings/${section}`);
    await expect(page.locator('#settings-title')).toBeVisible();
    await shown(page, `settings-${section}`);
  }
  await go('archive');
  await expect(page.getByRole('heading', { name: say('archive:title') }).first()).toBeVisible();
  await shown(page, 'archive');

  await go(`verify/${document}`);
  await expect(page.locator('.verify-report canvas').first()).toBeVisible();
  await shown(page, 'verify');
  expect(await wordsOnScreen(page)).toMatch(/\d{1,2}\. \p{Ll}+ \d{4} kl\. \d\d\.\d\d/u);
  await press('verify:another');
  await dropFiles(page.locator('.verify'), samplePath);
  await expect(page.locator('.verify-report')).toHaveAttribute('data-tone', 'grey');
  await shown(page, 'verify-unsigned');

  await desk.call('session.handOver', { job, signer: 'undertegner-1', identityCheck: passport });
  await page.reload();
  const name = 'Ola Nordmann';
  await expect(page.getByRole('heading', { name: say('kiosk:who.title', { name }) })).toBeVisible();
  await shown(page, 'kiosk-who');
  await press('kiosk:who.yes');
  await expect(page.locator('.k-reader canvas')).toBeVisible();
  await shown(page, 'kiosk-read');
  await press('kiosk:tools.otherWay');
  await shown(page, 'kiosk-other-way');
  await page.getByText(say('kiosk:otherWay.paper')).click();
  await press('kiosk:otherWay.yes');
  await expect(page.getByRole('heading', { name: say('kiosk:confirm.title') })).toBeVisible();
  await shown(page, 'kiosk-confirm');
  await press('kiosk:confirm.yes');
  await expect(page.locator('.k-preview canvas').first()).toBeVisible();
  await draw(page);
  await shown(page, 'kiosk-sign');
  await press('kiosk:sign.yes');
  await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
  await shown(page, 'kiosk-done');
  await press('kiosk:done.finish');
  await expect(page.getByText(say('app:rest.lead'))).toBeVisible();
  await shown(page, 'rest');
});

test('the inspector’s page in nynorsk', async ({ page }) => {
  await page.goto(pathToFileURL(join(root, 'dist/kontroller/kontroller.html')).href);
  await page.getByRole('button', { name: 'Nynorsk', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'nn');
  await shown(page, 'kontroller');
  await dropFiles(page.locator('.verify'), samplePath);
  await expect(page.locator('.verify-report')).toHaveAttribute('data-tone', 'grey');
  await shown(page, 'kontroller-unsigned');
});
