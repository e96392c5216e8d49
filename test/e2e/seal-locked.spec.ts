/** A seal whose key file asks for its passphrase at each start: said on every screen, and opened there. */
import { readFileSync } from 'node:fs';
import { makeKeyFiles } from '../support/key-files.ts';
import { button, clerk, openSettings, signIn } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk } from './support/seed.ts';

test('the seal is locked after a start, and one field opens it', async ({ desk }) => {
  await seedDesk(desk, { trialSeal: false });
  const files = makeKeyFiles(desk.folder, 'Prøveutsteder');
  const { file, passphraseFile } = files.make('Fjellvik kommune', 'rsa-2048');
  const passphrase = readFileSync(passphraseFile, 'utf8').trim();
  await openSettings(desk.page, 'Segl');
  await desk.page.locator('input[type=file]').setInputFiles(file);
  await desk.page.getByLabel('Passord til nøkkelfilen').fill(passphrase);
  await button(desk.page, 'Legg inn seglet').click();
  await expect(desk.page.getByText('Seglet er lagt inn.')).toBeVisible();
  await look(desk.page, 'settings-seal-file');

  await desk.restart();
  const { page } = desk;
  await signIn(page, clerk.passphrase);
  await expect(page.getByText('Seglet er låst', { exact: true })).toBeVisible();
  await look(page, 'seal-locked');
  await page.getByLabel('Passord til nøkkelfilen').fill('feil passord');
  await button(page, 'Lås opp seglet').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look(page, 'seal-locked-wrong');
  await page.getByLabel('Passord til nøkkelfilen').fill(passphrase);
  await button(page, 'Lås opp seglet').click();
  await expect(page.getByText('Seglet er låst opp.')).toBeVisible();
  await expect(page.getByText('Seglet er låst', { exact: true })).toHaveCount(0);
  await openSettings(page, 'Segl');
  await page.getByText('Serienummer og fingeravtrykk').first().click();
  await look(page, 'settings-seal-more');
});
