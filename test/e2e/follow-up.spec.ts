/** Finding a job among many and following it up: search by dates, filters, keys, reminders, changes. */
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedDraft, seedJob } from './support/seed.ts';

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();

test('a clerk finds the job among many, and follows it up', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  const lease = await seedJob(desk, 'Leieavtale, rom 204', ['Anne Hagen', 'Ola Nordmann']);
  await desk.call('job.extend', { job: lease.job, deadline: inDays(2) });
  await seedJob(desk, 'Arbeidsavtale, vikar 40 %', ['Kari Bø']);
  const draft = await seedDraft(desk, 'Vedtak om tilskudd', ['Nils Moen']);
  const { job } = await desk.call('job.get', { job: draft.job });

  await test.step('what the records system is told is written while preparing', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/prepare/${draft.job}`);
    await page.getByRole('button', { name: '3 Kontroll' }).click();
    await page.getByLabel('Saksnummer', { exact: true }).fill('26/1183');
    await page.getByLabel('Tilgangskode', { exact: true }).fill('UO');
    await expect(page.getByText('Skriv hjemmelen for tilgangskoden').first()).toBeVisible();
    await look(page, 'follow-records', { dark: true });
    await page.getByLabel('Hjemmel', { exact: true }).fill('offl. § 13');
    await page.getByLabel('Skjermet tittel', { exact: true }).fill('Vedtak');
    await expect(page.getByText('Skriv hjemmelen for tilgangskoden')).toHaveCount(0);
    await expect
      .poll(async () => (await desk.call('job.get', { job: draft.job })).job.spec.shieldedTitle)
      .toBe('Vedtak');
  });
  expect(job.spec.title).toBe('Vedtak om tilskudd');

  await test.step('the list: a date, a filter, the keys', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/jobs`);
    const search = page.getByLabel('Søk i tittel, navn, innhold eller dato');
    await search.fill('vedtak om tilskudd i dag');
    await expect(page.getByRole('button', { name: /Skjermet.*Vedtak/ })).toBeVisible();
    await look(page, 'follow-search');
    await search.fill('');
    await page.getByRole('button', { name: 'Frist snart' }).click();
    await expect(page.getByRole('button', { name: /Leieavtale/ })).toBeVisible();
    await expect(page.getByRole('button', { name: /Arbeidsavtale/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Frist snart' }).click();
    await page.getByRole('button', { name: /Leieavtale/ }).focus();
    await page.keyboard.press('a');
    await expect(page.getByRole('button', { name: /Arbeidsavtale/ })).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('heading', { level: 2, name: 'Leieavtale, rom 204' }),
    ).toBeVisible();
    await look(page, 'follow-list', { dark: true, also: ['low', 'wide'] });
  });
});
