/** The days on which somebody forgets, leaves, comes back or walks away from the screen. */
import type { Page } from '@playwright/test';
import { button, clerk, openJob, openSettings, signIn } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedDraft } from './support/seed.ts';

const settle = (page: Page) => page.waitForLoadState('networkidle');

test('somebody walks away: the screen locks, says who was there and nothing of the job', async ({
  desk,
}) => {
  const { page } = desk;
  await seedDesk(desk);
  await seedDraft(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await openJob(page, 'Utkast', 'Leieavtale, rom 12');
  await button(page, 'Lås skjermen').click();
  await expect(page.getByRole('heading', { name: 'Skjermen er låst' })).toBeVisible();
  await expect(page.getByText(clerk.name)).toBeVisible();
  await expect(page.getByText('Leieavtale, rom 12')).toHaveCount(0);
  expect(page.url()).not.toContain('jobs/');
  expect(await desk.try('job.list', { limit: 1 })).toMatchObject({ ok: false });
  await look(page, 'locked');
  await page.getByLabel('PIN-kode').fill('0000');
  await button(page, 'Lås opp').click();
  await expect(page.getByRole('alert')).toContainText('PIN-koden er feil');
  await page.getByLabel('PIN-kode').fill(clerk.pin);
  await button(page, 'Lås opp').click();
  // Back where it was left.
  await expect(page.getByRole('article', { name: 'Leieavtale, rom 12' })).toBeVisible();
  await button(page, 'Lås skjermen').click();
  await button(page, 'Bruk passordfrase').click();
  await page.getByLabel('Passordfrase').fill(clerk.passphrase);
  await button(page, 'Lås opp').click();
  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
});

test('one’s own passphrase and PIN, changed where everybody finds them', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  await openSettings(page, 'Min tilgang');
  await button(page, 'Bytt passordfrase').click();
  await expect(page.getByText('Skriv passordfrasen du har nå.')).toBeVisible();
  await look(page, 'settings-access-asked');
  await page.getByLabel('Passordfrasen du har nå').fill(clerk.passphrase);
  await page.getByLabel('Ny passordfrase', { exact: true }).fill('helt ny passordfrase');
  await page.getByLabel('Ny passordfrase en gang til').fill('helt ny passordfrase');
  await button(page, 'Bytt passordfrase').click();
  await expect(page.getByText('Passordfrasen er byttet.')).toBeVisible();
  await page.getByLabel('Passordfrasen din').fill('helt ny passordfrase');
  await page.getByLabel('Ny PIN-kode, fire til åtte siffer').fill('9753');
  await button(page, 'Bytt PIN-kode').click();
  await expect(page.getByText('PIN-koden er byttet.')).toBeVisible();
  await button(page, 'Lås skjermen').click();
  await page.getByLabel('PIN-kode', { exact: true }).fill('9753');
  await button(page, 'Lås opp').click();
  await button(page, 'Logg ut').click();
  await signIn(page);
  await expect(page.getByRole('alert')).toContainText('Passordfrasen er feil');
  await signIn(page, 'helt ny passordfrase');
  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
});

test('a forgotten passphrase: the printed code, typed by hand, opens and chooses a new one', async ({
  desk,
}) => {
  const { page } = desk;
  const code = await seedDesk(desk);
  await button(page, 'Logg ut').click();
  await button(page, 'Glemt passordfrasen?').click();
  await look(page, 'forgotten');
  await button(page, 'Bytt passordfrase og åpne').click();
  await expect(page.getByText('Koden har 28 tegn.')).toBeVisible();
  await page
    .getByLabel('Gjenopprettingskode')
    .fill(code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A'));
  await page.getByLabel('Ny passordfrase').fill('husket denne gangen');
  await page.getByLabel('Passordfrasen en gang til').fill('husket denne gangen');
  await page.getByLabel('Ny PIN-kode').fill('8642');
  await button(page, 'Bytt passordfrase og åpne').click();
  await expect(page.getByRole('alert')).toContainText('Gjenopprettingskoden er skrevet feil');
  await page.getByLabel('Gjenopprettingskode').fill(code.toLowerCase().replaceAll('-', ' '));
  await button(page, 'Bytt passordfrase og åpne').click();
  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  await button(page, 'Logg ut').click();
  await signIn(page, 'husket denne gangen');
  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
});

test('a colleague forgets, changes work, leaves and comes back', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  await desk.call('settings.addUser', {
    ...{ name: 'Per Lesesal', roles: ['reader'], passphrase: 'pers første frase', pin: '1357' },
  });
  await openSettings(page, 'Brukere');
  await settle(page);
  await look(page, 'settings-users-some');
  const dialog = page.getByRole('dialog');

  await button(page, 'Endre Per Lesesal').click();
  await look(page, 'settings-user-edit');
  await dialog.getByLabel('Navn').fill('Per Saksbehandler');
  await dialog.getByRole('checkbox', { name: 'Saksbehandler' }).check();
  await button(dialog, 'Lagre').click();
  await expect(page.getByText('Per Saksbehandler er endret.')).toBeVisible();
  await expect(page.getByRole('main').getByText('lesetilgang og saksbehandler')).toBeVisible();

  await button(page, 'Ny passordfrase til Per Saksbehandler').click();
  await look(page, 'settings-user-reset');
  await dialog.getByLabel('Passordfrase').fill('midlertidig frase');
  await dialog.getByLabel('PIN-kode').fill('2468');
  await button(dialog, 'Lagre').click();
  await expect(page.getByText('Per Saksbehandler har fått ny passordfrase.')).toBeVisible();

  await button(page, 'Deaktiver Per Saksbehandler').click();
  await look(page, 'settings-user-deactivate');
  await button(dialog, 'Deaktiver').click();
  await expect(page.getByText('ikke aktiv')).toBeVisible();
  await button(page, 'Aktiver Per Saksbehandler').click();
  await expect(page.getByText('ikke aktiv')).toHaveCount(0);

  // The last administrator stays one, and is told what to do.
  await button(page, `Endre ${clerk.name}`).click();
  await dialog.getByRole('checkbox', { name: 'Administrator' }).uncheck();
  await button(dialog, 'Lagre').click();
  await expect(dialog.getByRole('alert')).toContainText('siste administratoren');
  await button(dialog, 'Tilbake').click();

  await button(page, 'Logg ut').click();
  await page.getByRole('radio', { name: 'Per Saksbehandler' }).check();
  await signIn(page, 'midlertidig frase');
  await expect(page.getByText('Noen andre har valgt passordfrasen din')).toBeVisible();
  await look(page, 'desk-given-passphrase');
  await page.getByRole('link', { name: 'Velg din egen' }).click();
  await page.getByLabel('Passordfrasen du har nå').fill('midlertidig frase');
  await page.getByLabel('Ny passordfrase', { exact: true }).fill('bare min egen');
  await page.getByLabel('Ny passordfrase en gang til').fill('bare min egen');
  await button(page, 'Bytt passordfrase').click();
  await expect(page.getByText('Passordfrasen er byttet.')).toBeVisible();
  await expect(page.getByText('Noen andre har valgt passordfrasen din')).toHaveCount(0);
});

test('whoever is put out is out on the screen they sit at, at once', async ({ desk }) => {
  test.skip(process.env['HOST'] === 'electron', 'Electron has one window');
  await seedDesk(desk);
  const user = await desk.call('settings.addUser', {
    ...{ name: 'Per Lesesal', roles: ['handler'], passphrase: 'pers første frase', pin: '1357' },
  });
  await seedDraft(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  const other = await desk.another();
  await other.getByRole('radio', { name: 'Per Lesesal' }).check();
  await signIn(other, 'pers første frase');
  await openJob(other, 'Utkast', 'Leieavtale, rom 12');
  await desk.call('settings.deactivateUser', { user: user.id });
  await expect(other.getByRole('heading', { name: 'Velkommen tilbake' })).toBeVisible();
  await expect(other.getByText('Leieavtale, rom 12')).toHaveCount(0);
  await expect(other.getByText('Per Lesesal')).toHaveCount(0);
});
