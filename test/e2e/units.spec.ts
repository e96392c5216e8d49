/** Who sees what: units of the office, people named on a job, and who has looked. */
import { button, clerk, openJob, openSettings, signIn } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedJob } from './support/seed.ts';

test('units are made, people belong to them, and a job is seen by whom it names', async ({
  desk,
}) => {
  const { page } = desk;
  await seedDesk(desk);
  const dialog = page.getByRole('dialog');
  const title = 'Leieavtale, rom 12';
  const { job } = await seedJob(desk, title, ['Kari Nordmann']);
  // One person is the office: nothing is said of who sees what.
  const sheet = await openJob(page, 'Venter', title);
  await expect(sheet.getByText('Hvem ser oppdraget')).toHaveCount(0);

  await openSettings(page, 'Brukere');
  await button(page, 'Del kontoret i enheter').click();
  await button(page, 'Lagre enhetene').click();
  await expect(page.getByText('Skriv hva enheten heter.').first()).toBeVisible();
  await page.getByLabel('Enheten kontoret har nå').fill('Servicetorget');
  await page.getByRole('textbox', { name: 'Enhet 2' }).fill('Barnevernet');
  await button(page, 'Lagre enhetene').click();
  await expect(page.getByText('Lagret.')).toBeVisible();
  await button(page, 'Ny bruker').click();
  await dialog.getByLabel('Navn').fill('Per Lesesal');
  await dialog.getByRole('checkbox', { name: 'Servicetorget' }).uncheck();
  await dialog.getByLabel('Passordfrase').fill('pers første frase');
  await dialog.getByLabel('PIN-kode').fill('1357');
  await button(dialog, 'Legg til').click();
  await expect(dialog.getByText('Velg minst én enhet.')).toBeVisible();
  await look(page, 'settings-user-units');
  await dialog.getByRole('checkbox', { name: 'Barnevernet' }).check();
  await button(dialog, 'Legg til').click();
  await expect(page.getByText('Per Lesesal er lagt til.')).toBeVisible();
  await expect(page.getByRole('main').getByText('saksbehandler · Barnevernet')).toBeVisible();
  await look(page, 'settings-units');
  // A unit with people in it stays.
  await button(page, 'Fjern enhet 2 Barnevernet').click();
  await button(page, 'Lagre enhetene').click();
  await expect(page.getByRole('alert')).toContainText('Enheten har oppdrag eller brukere');

  await openJob(page, 'Venter', title);
  await expect(sheet.getByText('Alle i Servicetorget.')).toBeVisible();
  await expect(sheet.getByText('Ingen andre har åpnet oppdraget.')).toBeVisible();
  await button(sheet, 'Endre').click();
  await page.getByRole('radio', { name: 'Bare noen' }).check();
  await dialog.getByRole('checkbox', { name: 'Per Lesesal' }).check();
  await look(page, 'job-audience-dialog');
  await button(dialog, 'Lagre').click();
  await expect(
    sheet.getByText(`Bare ${clerk.name} og Per Lesesal, og arkivansvarlige i enheten.`),
  ).toBeVisible();

  await button(page, 'Logg ut').click();
  await page.getByRole('radio', { name: 'Per Lesesal' }).check();
  await signIn(page, 'pers første frase');
  await openJob(page, 'Venter', title);
  // Whoever keeps no records is not told who has looked.
  await expect(sheet.getByText('Hvem ser oppdraget')).toBeVisible();
  await expect(sheet.getByText('Sett av')).toHaveCount(0);
  await button(page, 'Logg ut').click();
  await page.getByRole('radio', { name: clerk.name }).check();
  await signIn(page);
  await openJob(page, 'Venter', title);
  await expect(sheet.locator('.job-looks')).toContainText('Per Lesesal');
  await sheet.locator('.job-looks').scrollIntoViewIfNeeded();
  await look(page, 'job-audience');
  expect((await desk.call('job.get', { job })).job.audience.only).toHaveLength(1);
});
