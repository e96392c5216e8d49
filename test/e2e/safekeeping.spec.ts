/** A copy elsewhere, proved by opening it with the code on the paper. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { button, goTo, openSettings } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { seedDesk, seedJob, seedSignatures } from './support/seed.ts';

test('backup now, and the exercise that opens it with the recovery code', async ({ desk }) => {
  const { page, folder } = desk;
  const recoveryCode = await seedDesk(desk);
  const { job } = await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await seedSignatures(desk, job, 1);
  const copies = join(folder, 'kopier');
  mkdirSync(copies);

  await openSettings(page, 'Sikkerhetskopi');
  await expect(page.getByText('Ta en sikkerhetskopi først.')).toBeVisible();
  await page.getByLabel('Mappe for kopien').fill(copies);
  await button(page, 'Lagre').click();
  await button(page, 'Ta kopi nå').click();
  await expect(page.getByText('Kopien er tatt og prøvd.')).toBeVisible();
  await expect(page.getByText('prøvd', { exact: true })).toBeVisible();
  expect(readdirSync(copies).length).toBeGreaterThan(0);

  await page.getByRole('textbox', { name: 'Gjenopprettingskode' }).fill('AAAA-BBBB-CCCC');
  await button(page, 'Start øvelsen').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByRole('textbox', { name: 'Gjenopprettingskode' }).fill(recoveryCode);
  await button(page, 'Start øvelsen').click();
  await expect(page.getByText('Øvelsen gikk bra')).toBeVisible();
  await expect(
    page.getByText(/Øvd .* på kopien fra .*: 1 dokumenter? og \d+ hendelser/),
  ).toBeVisible();

  await openSettings(page, 'Det som må bestilles');
  const item = page.getByRole('listitem').filter({ hasText: 'Øvelse i gjenoppretting' });
  await expect(item).toContainText('i orden');

  await goTo(page, 'Arkiv');
  await button(page, 'Kontroller arkivet').click();
  await expect(page.getByText('Arkivet er helt. Ingenting er endret.')).toBeVisible();
});
