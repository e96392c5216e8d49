/** The office's logo and colour, from the settings to the resting kiosk. */
import { join } from 'node:path';
import { root } from '../support/cli.ts';
import { button, openSettings } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { passport, seedDesk, seedJob } from './support/seed.ts';

test('a logo and a colour of the office’s own, readable or refused with the way out', async ({
  desk,
}) => {
  const { page } = desk;
  await seedDesk(desk);
  const { job } = await seedJob(desk, 'Leieavtale', ['Kari Nordmann']);
  await openSettings(page, 'Publikumsskjerm');
  const choosing = page.waitForEvent('filechooser');
  await button(page, 'Velg logo').click();
  await (await choosing).setFiles(join(root, 'resources/icons/icon.png'));
  await expect(page.getByRole('img', { name: 'Virksomhetens logo' })).toBeVisible();
  await page.getByLabel('Farge', { exact: true }).fill('#ffd400');
  await expect(page.getByText(/^Fargen er for lys/)).toBeVisible();
  await look(page, 'settings-look');
  await button(page, 'Bruk den mørkere fargen').click();
  await expect(page.getByText(/^Teksten er lett å lese/)).toBeVisible();
  await page
    .locator('form', { has: page.getByLabel('Farge', { exact: true }) })
    .getByRole('button', { name: 'Lagre' })
    .click();
  await expect
    .poll(async () => (await desk.call('office.look', {})).colour)
    .toMatch(/^#[0-9a-f]{6}$/);
  await desk.call('session.handOver', { job, signer: 'undertegner-0', identityCheck: passport });
  await expect(page.getByRole('heading', { name: 'Er du Kari Nordmann?' })).toBeVisible();
  await expect(page.locator('.k-frame .k-logo')).toBeVisible();
  await look(page, 'who-look', { also: ['tablet', 'lying', 'phone'] });
  await button(page, 'Nei, det er ikke meg').click();
  await expect(page.locator('.rest-logo')).toBeVisible();
  await look(page, 'rest-look', { also: ['tall', 'wide'] });
});
