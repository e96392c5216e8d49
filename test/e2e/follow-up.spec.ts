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
    await look(page, 'follow-records');
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
    await look(page, 'follow-list', { also: ['low', 'wide'] });
  });

  await test.step('a signer is reminded with a letter, and replaced with a reason', async () => {
    await page.getByRole('button', { name: 'Påminn Anne Hagen', exact: true }).click();
    await expect(page.getByText('E-post er ikke satt opp')).toBeVisible();
    await look(page, 'follow-remind');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Lag brevet', exact: true }).click();
    expect((await download).suggestedFilename()).toBe('paaminnelse.pdf');
    await expect(page.getByText(/Brev laget i dag/)).toBeVisible();
    await page.getByRole('button', { name: 'Bytt ut Anne Hagen', exact: true }).click();
    await page.getByLabel('Navnet på den nye', { exact: true }).fill('Åse Bø');
    await page.getByRole('button', { name: 'Bytt ut', exact: true }).click();
    await expect(page.getByText('Skriv en grunn.')).toBeVisible();
    await look(page, 'follow-replace');
    await page.getByLabel('Hvorfor?', { exact: true }).fill('Anne har sluttet');
    await page.getByRole('button', { name: 'Bytt ut', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Kall fram Åse Bø' })).toBeVisible();
    await expect(page.getByText('Åse Bø ble undertegner i stedet for Anne Hagen')).toBeVisible();
    await look(page, 'follow-job');
  });

  await test.step('a draft is deleted, and comes back', async () => {
    await page.goto(`${new URL(page.url()).origin}/#/jobs/${draft.job}`);
    await page.getByRole('button', { name: 'Slett utkast', exact: true }).click();
    await page.getByRole('button', { name: 'Angre', exact: true }).click();
    await expect
      .poll(async () => (await desk.call('job.get', { job: draft.job })).job.state)
      .toBe('draft');
  });
});

test('everything at the desk is reached by keys', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  await seedJob(desk, 'Leieavtale, rom 204', ['Anne Hagen']);

  await test.step('everything is reached by Ctrl+K, and ? says which keys there are', async () => {
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Skriv hva du vil gjøre' });
    await field.fill('leie');
    await expect(page.getByRole('option', { name: /Leieavtale, rom 204/ })).toBeVisible();
    await look(page, 'follow-palette');
    await field.fill('innst vars');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Varslinger', exact: true })).toBeVisible();
    await page.getByLabel('E-posttjener', { exact: true }).fill('localhost');
    await page.getByLabel('Avsenderadresse', { exact: true }).fill('post@example.org');
    await page.getByLabel('Port', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Kontroller', exact: true }).click();
    await expect(page.getByText('E-posttjeneren svarer ikke')).toBeVisible();
    await look(page, 'follow-mail');
    await page.getByRole('heading', { name: 'Varslinger', exact: true }).click();
    await page.keyboard.press('?');
    await expect(page.getByRole('heading', { name: 'Hurtigtaster' })).toBeVisible();
    await look(page, 'follow-shortcuts');
    await page.keyboard.press('Escape');
  });
});
