/**
 * A job goes to the remote signing service and comes back: set up by the settings page, prepared, sent, signed
 * at the service's own page, signed into the archive; and the same job signed at the kiosk in direct flow.
 */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { enterpriseKeyFile, filePassphrase } from '../support/posten/desk.ts';
import { startStandIn } from '../support/posten/stand-in.ts';
import type { StandIn } from '../support/posten/stand-in.ts';
import { button, clerk, comeBack, goTo, jobPage, openJob, openSettings } from './support/clerk.ts';
import { expect, hostName, test } from './support/host.ts';
import type { OpenedHost } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedDraft } from './support/seed.ts';
import { sayWho } from './support/signer.ts';
import { numbers } from '../support/posten/sync-scene.ts';

async function setUpPosten(desk: OpenedHost, service: StandIn): Promise<void> {
  const { page, folder } = desk;
  const file = join(folder, 'virksomhet.p12');
  writeFileSync(file, enterpriseKeyFile(service, clerk.organisationNumber));
  await openSettings(page, 'Posten signering');
  await expect(page.getByText('Slik blir en offentlig virksomhet kunde')).toBeVisible();
  await look(page, 'posten-settings-new');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByLabel('Passord til nøkkelfilen').fill(filePassphrase);
  await button(page, 'Legg inn').click();
  await expect(page.getByText('Sertifikatet er lagt inn.')).toBeVisible();
  await page.getByLabel('Miljø').selectOption({ label: 'Egen adresse' });
  await page.getByLabel('Adresse').fill(service.environment.root);
  await page.getByRole('switch', { name: 'Bruk Posten signering' }).check();
  await button(page, 'Lagre').click();
  await expect(page.getByText('Lagret.')).toBeVisible();
  await button(page, 'Kontroller').click();
  await expect(page.getByText('Avtalen er i orden')).toBeVisible();
  await look(page, 'posten-settings');
}

async function signAtPosten(browser: Browser, service: StandIn): Promise<void> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(`${service.pages}/logginn`);
  await page.getByLabel('Fødselsnummer').fill(numbers[0]);
  await button(page, 'Logg inn').click();
  await expect(page.getByText('Du er bedt om å signere')).toBeVisible();
  await button(page, 'Signer').click();
  await expect(page.getByRole('heading', { name: 'Takk, du har signert' })).toBeVisible();
  await context.close();
}

async function prepareFor(page: Page, title: string, place: string): Promise<void> {
  await openJob(page, 'Utkast', title);
  await button(page, 'Endre').click();
  await page.getByRole('radio', { name: place }).check();
}

/** Asks for news as a clerk would, until the words stand there. */
async function untilSigned(page: Page, title: string): Promise<void> {
  const job = jobPage(page, title);
  await expect(async () => {
    const ask = button(job, 'Spør Posten nå');
    if (await ask.isVisible()) await ask.click();
    await expect(job.getByText('Signert dokument fra Posten')).toBeVisible({ timeout: 1500 });
  }).toPass({ timeout: 60_000 });
}

test('a job is sent to the service, signed at its own page, and comes back signed', async ({
  desk,
  browser,
}) => {
  test.skip(hostName !== 'web', 'Electron shows the service in a window of its own');
  test.setTimeout(240_000);
  const { page } = desk;
  const service = await startStandIn({ pollWait: 0, publicSenders: [clerk.organisationNumber] });
  await seedDesk(desk);
  await setUpPosten(desk, service);

  await seedDraft(desk, 'Leieavtale', ['Kari Nordmann']);
  await prepareFor(page, 'Leieavtale', 'I Postens portal');
  await button(page, 'Rediger Kari Nordmann').click();
  await page.getByLabel('Fødselsnummer').fill(numbers[0]);
  await page.getByLabel('E-post').fill('kari@example.org');
  await look(page, 'posten-prepare');
  await button(page, /^3 /).click();
  await look(page, 'posten-check');
  await button(page, 'Send til Posten').click();
  await openJob(page, 'Venter', 'Leieavtale');
  await expect(page.getByText('Undertegnerne har fått beskjed fra Posten')).toBeVisible({
    timeout: 30_000,
  });
  await look(page, 'posten-away');
  await button(page, 'Trekk tilbake').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'posten-withdraw');
  await page.keyboard.press('Escape');
  await signAtPosten(browser, service);
  await untilSigned(page, 'Leieavtale');
  await look(page, 'posten-returned');
  expect(service.jobs).toHaveLength(1);
  expect(service.isConfirmed(1)).toBe(true);
  await service.close();
});

test('the same job is signed at the kiosk in direct flow', async ({ desk }) => {
  test.skip(hostName !== 'web', 'Electron shows the service in a window of its own');
  test.setTimeout(240_000);
  const { page } = desk;
  const service = await startStandIn({ pollWait: 0, publicSenders: [clerk.organisationNumber] });
  await seedDesk(desk);
  await setUpPosten(desk, service);

  await seedDraft(desk, 'Leieavtale', ['Kari Nordmann'], { nationalId: numbers[0] });
  await prepareFor(page, 'Leieavtale', 'Hos Posten, på publikumsskjermen');
  await button(page, /^3 /).click();
  // The job arrives, and the answer does not: nobody knows here whether it is there.
  service.plan = (method) => (method === 'POST' ? { type: 'drop' } : null);
  await button(page, 'Send til Posten').click();
  await openJob(page, 'Venter', 'Leieavtale');
  await button(page, 'Send på nytt').click({ timeout: 60_000 });
  const anew = page.getByRole('dialog', { name: 'Sende oppdraget på nytt?' });
  await expect(anew).toBeVisible();
  await look(page, 'posten-anew');
  service.plan = null;
  await anew.getByRole('checkbox').check();
  await button(anew, 'Send på nytt').click();
  await button(page, 'Gi skjermen til Kari Nordmann').click({ timeout: 30_000 });
  await sayWho(page, 'Kari Nordmann');
  await expect(page.getByRole('heading', { name: 'Du signerer hos Posten' })).toBeVisible();
  await look(page, 'posten-kiosk');
  await button(page, 'Gå til Posten').click();
  await button(page, 'Signer').click();
  await expect(page.getByRole('heading', { name: 'Takk, du er ferdig hos Posten' })).toBeVisible();
  await look(page, 'posten-kiosk-back');
  await button(page, 'Ferdig').click();
  await comeBack(page);
  await goTo(page, 'Oppdrag');
  await expect(async () => {
    await desk.call('posten.listen', {});
    await page.getByRole('tab', { name: /^Signert/ }).click();
    await expect(page.getByText('Signert hos Posten')).toBeVisible({ timeout: 1500 });
  }).toPass({ timeout: 60_000 });
  await service.close();
});
