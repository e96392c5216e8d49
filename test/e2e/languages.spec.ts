/**
 * A language that the office adds as a file, right to left: read and answered for at the desk, met at the
 * kiosk, and kept from the steps where somebody signs until it has been approved.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { arabicFile, arabicTexts } from '../support/arabic.ts';
import { isLegal } from '../../shared/added-language.ts';
import { button, comeBack, openSettings } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import type { OpenedHost } from './support/host.ts';
import { axeTroubles } from './support/inspection.ts';
import { look, picture, shoot } from './support/look.ts';
import { reflowTroubles } from './support/reflow.ts';
import { passport, seedDesk, seedJob } from './support/seed.ts';
import { draw } from './support/signer.ts';
import { walkKiosk } from './support/walk.ts';
import { wordsOf } from './support/words.ts';

const name = 'Kari Nordmann';
const say = (key: string) => arabicTexts[key] ?? '';
const press = (page: Page, key: string) => button(page, say(key)).first().click();

async function shown(page: Page, as: string): Promise<void> {
  await picture(page, `kiosk-ar-${as}`);
  expect(await axeTroubles(page, 'all'), as).toEqual([]);
}

async function callUp(desk: OpenedHost, job: string): Promise<void> {
  const handed = { job, signer: 'undertegner-0', identityCheck: passport };
  await desk.call('session.handOver', handed);
  await desk.page.reload();
  await button(desk.page, arabicFile.name).click();
  await expect(desk.page.locator('html')).toHaveAttribute('dir', 'rtl');
}

async function readAll(page: Page): Promise<void> {
  await expect(page.locator('.k-reader canvas')).toBeVisible();
  const forward = page.locator('.k-actions').getByRole('button').last();
  const confirm = page.locator('.k-frame[data-step="confirm"]');
  for (let presses = 0; presses < 60 && !(await confirm.isVisible()); presses += 1) {
    await expect(forward.or(confirm)).toBeVisible();
    if (!(await confirm.isVisible())) await forward.click();
  }
  await expect(confirm).toBeVisible();
}

/** From left to right, by where they stand. */
async function across(page: Page, ...keys: readonly string[]): Promise<readonly string[]> {
  const boxes = await Promise.all(
    keys.map(async (key) => ({
      key,
      x: (await button(page, say(key)).first().boundingBox())?.x ?? 0,
    })),
  );
  return boxes.toSorted((a, b) => a.x - b.x).map(({ key }) => key);
}

test('an office adds Arabic: mirrored at once, and signed in only when it is answered for', async ({
  desk,
}) => {
  test.setTimeout(300_000);
  const { page, folder } = desk;
  await seedDesk(desk, { idleSeconds: 1800 });
  const { job } = await seedJob(desk, 'Leieavtale, rom 204', [name], { title: 'Leietaker' });
  const file = join(folder, 'ar.json');
  writeFileSync(file, JSON.stringify(arabicFile));

  await openSettings(page, 'Språk');
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByRole('article', { name: arabicFile.name })).toBeVisible();
  await look(page, 'settings-language-added');
  await button(page, /^Les og godkjenn /).click();
  await expect(page.getByRole('dialog')).toContainText(arabicFile.confirmation.text);
  await look(page, 'settings-language-approval');
  await page.keyboard.press('Escape');

  await test.step('before anybody has answered for it', async () => {
    await callUp(desk, job);
    // The name stands whole between words that run the other way, and the way on is where one looks for it.
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText(`هل أنت \u2068${name}\u2069؟`);
    expect(await across(page, 'kiosk:who.no', 'kiosk:who.yes')).toEqual([
      'kiosk:who.yes',
      'kiosk:who.no',
    ]);
    await shown(page, 'who');
    await press(page, 'kiosk:who.yes');
    await expect(page.locator('.k-reader canvas')).toBeVisible();
    await shown(page, 'read');
    await press(page, 'kiosk:where.ask');
    await expect(page.locator('.k-over canvas')).toBeVisible();
    await shown(page, 'where');
    await press(page, 'kiosk:where.back');
    await press(page, 'kiosk:stop.ask');
    await shown(page, 'stop');
    await press(page, 'kiosk:stop.back');
    await readAll(page);
    // What nobody has answered for is not there at all: the step is in the language that stands in.
    const main = page.locator('main.k-main');
    await expect(main).toHaveAttribute('lang', 'nb');
    await expect(main).toHaveAttribute('dir', 'ltr');
    const parts = page.locator('.k-title, .k-main, .k-actions');
    const words = (await parts.allInnerTexts()).join('\n');
    expect(words).toContain('Vil du signere?');
    for (const [key, text] of Object.entries(arabicTexts))
      if (isLegal(key) && !text.includes('{{')) expect(words, key).not.toContain(text);
    await shown(page, 'confirm-stand-in');
  });

  await test.step('answered for: the same steps in Arabic, to the receipt', async () => {
    await desk.call('session.leave', { reason: 'stopped' });
    await comeBack(page);
    await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
    const [kept] = await desk.call('language.list', {});
    await desk.call('language.approve', { code: 'ar', sha256: kept?.legalSha256 ?? '' });
    await callUp(desk, job);
    await press(page, 'kiosk:who.yes');
    await readAll(page);
    await expect(page.locator('.k-sentence')).toContainText(`أنا ${name}`);
    await shown(page, 'confirm');
    await press(page, 'kiosk:confirm.yes');
    await expect(page.locator('.k-preview canvas').first()).toBeVisible();
    await draw(page);
    await shown(page, 'sign');
    await press(page, 'kiosk:sign.yes');
    await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
    await shown(page, 'done');
    await press(page, 'kiosk:done.finish');
    await comeBack(page);
    await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  });
  const { events } = await desk.call('job.get', { job });
  expect(JSON.stringify(events)).toContain('أنا');
});

test('the kiosk in the largest letters, black and yellow: every step whole', async ({ desk }) => {
  test.setTimeout(300_000);
  const { page } = desk;
  await seedDesk(desk, { idleSeconds: 1800 });
  const { job } = await seedJob(desk, 'Leieavtale, rom 204', [name], { title: 'Leietaker' });
  const nb = wordsOf('nb');
  let chosen = false;
  await walkKiosk(desk, nb, job, async (screen) => {
    if (screen === 'language and text') {
      await button(page, nb('accessibility:kiosk.textSize.largest')).click();
      await button(page, nb('accessibility:kiosk.contrast')).click();
      chosen = true;
    }
    if (!chosen) return;
    const at = screen.replaceAll(/[ ,]+/g, '-').replaceAll('’', '');
    await shoot(page, `kiosk-large-${at}`);
    expect(await reflowTroubles(page), screen).toEqual([]);
    expect(await axeTroubles(page, 'colours'), screen).toEqual([]);
  });
});
