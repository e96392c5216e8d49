/** A kiosk that is a screen of its own: paired by the digits on both screens, and a signer called to it. */
import type { Browser, Page } from '@playwright/test';
import { freePort } from '../../support/oidc.ts';
import { button, openJob, openSettings } from './clerk.ts';
import { expect, type OpenedHost } from './host.ts';
import { look } from './look.ts';

/** Calls the signer up; `where`: the name of a kiosk, chosen by itself where it is the only one. */
export async function callUp(
  page: Page,
  title: string,
  name: string,
  where: string,
): Promise<void> {
  await openJob(page, 'Venter', title);
  await button(page, `Kall fram ${name}`).click();
  const dialog = page.getByRole('dialog', { name: new RegExp(`Er det ${name}`) });
  await dialog.getByLabel('Type legitimasjon').selectOption({ label: 'Pass' });
  await dialog.getByLabel('Siste fire tegn').fill('A12B');
  await dialog.getByLabel('Gyldig til').fill('2099-12-31');
  await dialog.getByRole('radio', { name: where }).check();
  await button(dialog, `Gi over til ${name}`).click();
  await expect(dialog).toBeHidden();
}

/** Turns the door on, and pairs a browser of its own by the digits on both screens. */
export async function pair(
  desk: OpenedHost,
  browser: Browser,
  see: typeof look = look,
): Promise<Page> {
  const { page } = desk;
  await openSettings(page, 'Flere skjermer');
  await see(page, 'settings-screens-off');
  await page.getByRole('switch').or(page.getByRole('checkbox')).first().check();
  await page.getByLabel('Nettverksadresse').selectOption('127.0.0.1');
  await page.getByLabel('Port').fill(String(await freePort()));
  await button(page, 'Lagre').click();
  await expect(page.getByText(/^Skjermene finner Skranke på https/)).toBeVisible();
  await page.getByLabel('Navn på skjermen').fill('Nettbrettet');
  await button(page, 'Par publikumsskjerm').click();
  const digits = page.locator('.pairing-digits');
  await expect(digits).toBeVisible();
  await see(page, 'settings-screens-code');
  const { url } = await desk.call('settings.screens', {});
  const context = await browser.newContext({ ignoreHTTPSErrors: true, hasTouch: true });
  const kiosk = await context.newPage();
  await kiosk.goto(url ?? '');
  await expect(kiosk.getByRole('heading', { name: 'Par denne skjermen' })).toBeVisible();
  await see(kiosk, 'pair-screen', { also: ['tall', 'wide'] });
  await kiosk.getByLabel('Åtte siffer').fill((await digits.innerText()).replace(/\D/g, ''));
  await button(kiosk, 'Par').click();
  await expect(kiosk.locator('.screen-pair-code')).toBeVisible();
  const shown = await kiosk.locator('.screen-pair-code').innerText();
  await expect(page.getByRole('alert').locator('.pairing-digits')).toHaveText(shown);
  await see(page, 'settings-screens-compare');
  await see(kiosk, 'pair-screen-compare');
  await button(page, 'Ja, par skjermen').click();
  await expect(kiosk.locator('.rest h1')).toBeVisible();
  await expect(page.getByText('Klar', { exact: true })).toBeVisible();
  await see(page, 'settings-screens-paired');
  return kiosk;
}
