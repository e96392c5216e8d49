/** Who sits here: signing in and out, wrong secrets, two people, two languages, two browsers. */
import { button, clerk, comeBack, goTo, handOver, jobPage, openJob } from './support/clerk.ts';
import { openSettings, signIn } from './support/clerk.ts';
import { expect, hostName, test } from './support/host.ts';
import { seedDesk, seedDraft, seedJob } from './support/seed.ts';
import { sayWho } from './support/signer.ts';

test('signed out, nothing is readable; a wrong passphrase opens nothing', async ({ desk }) => {
  await seedDesk(desk);
  await seedDraft(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await button(desk.page, 'Logg ut').click();
  await expect(desk.page.getByRole('heading', { name: 'Velkommen tilbake' })).toBeVisible();
  await expect(desk.page.getByText('Leieavtale, rom 12')).toHaveCount(0);
  expect(await desk.try('job.list', { limit: 10 })).toMatchObject({ ok: false });
  await signIn(desk.page, 'feil passordfrase');
  await expect(desk.page.getByRole('alert')).toBeVisible();
  await expect(desk.page.getByLabel('Passordfrase')).toHaveValue('');
  await signIn(desk.page);
  await openJob(desk.page, 'Utkast', 'Leieavtale, rom 12');
});

test('the program stopped and started again: the passphrase opens the same archive', async ({
  desk,
}) => {
  await seedDesk(desk);
  await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await desk.restart();
  await signIn(desk.page);
  await openJob(desk.page, 'Venter', 'Leieavtale, rom 12');
  await expect(button(desk.page, 'Kall fram Kari Nordmann')).toBeVisible();
});

test('a wrong PIN leaves the screen at rest; the passphrase is the other way back', async ({
  desk,
}) => {
  await seedDesk(desk);
  await seedJob(desk, 'Fullmakt', ['Kari Nordmann']);
  await openJob(desk.page, 'Venter', 'Fullmakt');
  await handOver(desk.page, 'Kari Nordmann');
  await button(desk.page, 'Nei, det er ikke meg').click();
  await comeBack(desk.page, '0000');
  await expect(desk.page.getByRole('alert')).toBeVisible();
  await expect(desk.page.getByRole('navigation', { name: 'Hovedmeny' })).toHaveCount(0);
  await button(desk.page, 'Jeg er en annen').click();
  // The resting screen names nobody.
  await expect(desk.page.getByText(clerk.name)).toHaveCount(0);
  await desk.page.getByLabel('Navnet ditt').fill(clerk.name);
  await signIn(desk.page);
  await expect(jobPage(desk.page, 'Fullmakt')).toBeVisible();
});

test('a colleague is added, signs in and sees what their roles let them', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  await openSettings(page, 'Brukere');
  await button(page, 'Ny bruker').click();
  const dialog = page.getByRole('dialog', { name: 'Ny bruker' });
  await button(dialog, 'Legg til').click();
  await expect(dialog.getByText('Skriv navnet.')).toBeVisible();
  await dialog.getByLabel('Navn').fill('Per Lesesal');
  await dialog.getByRole('checkbox', { name: 'Saksbehandler' }).uncheck();
  await dialog.getByRole('checkbox', { name: 'Lesetilgang' }).check();
  await dialog.getByLabel('Passordfrase').fill('helt annen frase');
  await dialog.getByLabel('PIN-kode').fill('1357');
  await button(dialog, 'Legg til').click();
  await expect(page.getByText('Per Lesesal er lagt til.')).toBeVisible();
  await expect(page.getByRole('main').getByText('lesetilgang', { exact: true })).toBeVisible();
  await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await button(page, 'Logg ut').click();
  await page.getByRole('radio', { name: 'Per Lesesal' }).check();
  await signIn(page, 'helt annen frase');
  await openJob(page, 'Venter', 'Leieavtale, rom 12');
  // Reads, and changes nothing: what they may not do is not offered, and refused all the same.
  await expect(button(page, /^Kall fram/)).toHaveCount(0);
  await expect(button(page, 'Nytt oppdrag')).toHaveCount(0);
  expect(await desk.try('job.create', { spec: {} })).toMatchObject({
    error: { code: 'rpc.forbidden' },
  });
});

test('English: the desk in the clerk’s language, the kiosk in the signer’s', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  await seedJob(desk, 'Lease, room 12', ['Kari Nordmann']);
  await button(page, 'English').click();
  await expect(page.getByRole('heading', { name: 'Jobs' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Jobs' })).toBeVisible();
  await button(page, 'Bokmål').click();
  await openJob(page, 'Venter', 'Lease, room 12');
  await handOver(page, 'Kari Nordmann');
  // Her own choice, made by her.
  await button(desk.page, 'English').click();
  await expect(desk.page.getByRole('heading', { name: 'Are you Kari Nordmann?' })).toBeVisible();
  await expect(desk.page.locator('html')).toHaveAttribute('lang', 'en');
  await button(desk.page, 'Bokmål').click();
  await sayWho(desk.page, 'Kari Nordmann');
});

test('a second browser at the same desk sees what the first one does', async ({ desk }) => {
  test.skip(hostName === 'electron', 'Electron has one window');
  await seedDesk(desk);
  const other = await desk.another();
  await signIn(other);
  await expect(other.getByRole('tab', { name: /^Venter/ })).toContainText('0');
  await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await expect(other.getByRole('tab', { name: /^Venter/ })).toContainText('1');
  const page = await openJob(other, 'Venter', 'Leieavtale, rom 12');
  await openJob(desk.page, 'Venter', 'Leieavtale, rom 12');
  await handOver(desk.page, 'Kari Nordmann');
  await expect(page).toContainText('Undertegneren har publikumsskjermen');
  await expect(button(page, /^Kall fram/)).toHaveCount(0);
  await button(desk.page, 'Nei, det er ikke meg').click();
  await expect(button(page, 'Kall fram Kari Nordmann')).toBeVisible();
  await comeBack(desk.page);
  await goTo(desk.page, 'Arkiv');
});

test('an unknown address leads nowhere without its token', async ({ desk, browser }) => {
  test.skip(hostName === 'electron', 'of the web host');
  await seedDesk(desk);
  const address = new URL(desk.page.url());
  const context = await browser.newContext();
  const stranger = await context.newPage();
  const answer = await stranger.goto(address.origin);
  expect(answer?.status()).toBe(403);
  await expect(stranger.getByText('not open in this browser')).toBeVisible();
  await context.close();
});
