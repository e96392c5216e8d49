/** One draft in two windows: the later one is told, and chooses. */
import type { Page } from '@playwright/test';
import { button } from './support/clerk.ts';
import { expect, hostName, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedDraft } from './support/seed.ts';

test('two windows on one draft: nothing is overwritten in silence', async ({ desk }) => {
  test.skip(hostName !== 'web', 'Electron has one window');
  const one = desk.page;
  await seedDesk(desk);
  const { job } = await seedDraft(desk, 'Leieavtale', ['Kari Nordmann']);
  const other = await one.context().newPage();
  await other.goto(new URL('/', one.url()).href);
  for (const page of [one, other]) {
    await page.evaluate((id) => (location.hash = `#/prepare/${id}`), job);
    await button(page, /^3 Kontroll/).click();
    await expect(title(page)).toHaveValue('Leieavtale');
  }

  await test.step('a window where nothing was written follows the other', async () => {
    await title(one).fill('Leieavtale, rom 12');
    await expect(title(other)).toHaveValue('Leieavtale, rom 12');
    await expect(other.getByText('endret i et annet vindu')).toBeVisible();
  });

  // Both write before either has heard of the other.
  let deaf: Promise<void> = Promise.resolve();
  await other.route('**/rpc/job.get', async (route) => {
    await deaf;
    await route.continue();
  });
  const collide = async (here: string, there: string) => {
    let hear = () => {};
    deaf = new Promise((open) => (hear = open));
    await title(one).fill(there);
    await saved(one);
    await title(other).fill(here);
    hear();
    return other.getByRole('dialog', { name: 'Utkastet er endret i et annet vindu' });
  };

  await test.step('a window with changes of its own asks, and Escape is no answer', async () => {
    const asked = await collide('Fra det andre vinduet', 'Fra det første vinduet');
    await expect(asked).toBeVisible();
    await expect(asked).toContainText('opplysninger om oppdraget');
    await look(other, 'prepare-conflict');
    await other.keyboard.press('Escape');
    await other.keyboard.press('Escape');
    await expect(asked).toBeVisible();
    await button(asked, 'Bruk det andre').click();
    await expect(title(other)).toHaveValue('Fra det første vinduet');
    await other.keyboard.press('Control+z');
  });

  await test.step('mine is kept when that is chosen, and the first window follows', async () => {
    await expect(title(one)).toHaveValue('Fra det andre vinduet');
    const asked = await collide('Mitt', 'Deres');
    await button(asked, 'Behold mitt').click();
    await expect(title(one)).toHaveValue('Mitt');
  });
});

const title = (page: Page) => page.getByLabel('Tittel', { exact: true });

async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Utkast, lagret kl\./)).toBeVisible();
}
