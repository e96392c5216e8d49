/** A code on paper that is past its time: the counter says no more of it than of a wrong one. */
import { button, comeBack, jobPage, openJob } from './support/clerk.ts';
import { expect, hostName, test } from './support/host.ts';
import { look } from './support/look.ts';
import { passport, seedDesk, seedJob } from './support/seed.ts';

test('a code that has run out opens nothing; the clerk sees that it has, and makes a new one', async ({
  desk,
}) => {
  test.skip(hostName !== 'web', 'Electron keeps its own clock');
  const { page } = desk;
  await seedDesk(desk);
  await desk.call('settings.lock', { minutes: 240 });
  await desk.call('settings.counter', {
    ...{ twoClerks: false, pickUpCodes: true, loginAlone: false },
  });
  const { job } = await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  const { job: other } = await seedJob(desk, 'Taushetserklæring', ['Ola Nordmann']);
  const make = () =>
    desk.call('pickup.make', {
      job,
      signer: 'undertegner-0',
      identityCheck: passport,
      minutes: 60,
    });
  const { code } = await make();
  await desk.call('session.handOver', {
    job: other,
    signer: 'undertegner-0',
    identityCheck: passport,
  });
  await desk.call('session.leave', { reason: 'stopped' });
  await desk.ahead(61 * 60_000);

  await button(page, 'Jeg har en hentekode').click();
  await page.getByLabel('Åtte siffer').fill(code);
  await button(page, 'Begynn').click();
  await expect(page.getByRole('alert')).toContainText('den gjelder ikke lenger');
  expect(await page.locator('body').innerText()).not.toMatch(/Kari|Leieavtale/);
  await look(page, 'rest-code-expired', { also: ['low'] });
  await button(page, 'Lukk').click();
  await comeBack(page);

  await openJob(page, 'Venter', 'Leieavtale, rom 12');
  const sheet = jobPage(page, 'Leieavtale, rom 12');
  await expect(sheet.getByText(/^Hentekoden gikk ut i/)).toBeVisible();
  await expect(button(sheet, /^Trekk tilbake koden/)).toHaveCount(0);
  await look(page, 'job-pick-up-over');
  await button(sheet, 'Lag hentekode til Kari Nordmann').click();
  const dialog = page.getByRole('dialog', { name: 'Lag hentekode til Kari Nordmann' });
  await dialog.getByLabel('Type legitimasjon').selectOption({ label: 'Pass' });
  await dialog.getByLabel('Siste fire tegn').fill('A12B');
  await dialog.getByLabel('Gyldig til').fill('2099-12-31');
  await button(dialog, 'Lag hentekode').click();
  const slip = page.getByRole('dialog', { name: 'Hentekode' });
  const fresh = (await slip.locator('.pick-up-code').innerText()).replace(/\D/g, '');
  await button(slip, 'Lukk').click();
  await expect(sheet.getByText(/^Hentekoden gjelder til i/)).toBeVisible();

  await desk.call('session.handOver', {
    job: other,
    signer: 'undertegner-0',
    identityCheck: passport,
  });
  await desk.call('session.leave', { reason: 'stopped' });
  await button(page, 'Jeg har en hentekode').click();
  await page.getByLabel('Åtte siffer').fill(fresh);
  await button(page, 'Begynn').click();
  await expect(page.getByRole('heading', { name: 'Er du Kari Nordmann?' })).toBeVisible();
});
