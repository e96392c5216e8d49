/** Keys and waiting at the counter: what hands do before the screen is ready is not lost. */
import { button, clerk, goTo, handOver, jobPage, openJob } from './support/clerk.ts';
import { expect, hostName, test, type OpenedHost } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { sayWho } from './support/signer.ts';

const title = 'Leieavtale, rom 12';

async function atTheCounter(desk: OpenedHost): Promise<void> {
  await seedDesk(desk);
  await seedJob(desk, title, ['Kari Nordmann']);
  await openJob(desk.page, 'Venter', title);
  await handOver(desk.page, 'Kari Nordmann');
}

test('a PIN that is typed before its box is drawn lands in it', async ({ desk }) => {
  await atTheCounter(desk);
  const { page } = desk;
  await button(page, 'Nei, det er ikke meg').click();
  await expect(button(page, 'Ansatt')).toBeVisible();
  // At the resting screen, no button first.
  await page.keyboard.type(clerk.pin);
  await expect(page.getByLabel('PIN-koden til den som ga over skjermen')).toHaveValue(clerk.pin);
  await page.keyboard.press('Enter');
  await expect(jobPage(desk.page, title)).toBeVisible();

  await handOver(desk.page, 'Kari Nordmann');
  await sayWho(desk.page, 'Kari Nordmann');
  await button(desk.page, 'Avbryt uten å signere').click();
  await button(desk.page, 'For ansatte').click();
  // From the screen's digits to the keyboard's, and back.
  const pad = desk.page.getByRole('dialog', { name: 'Ta skjermen tilbake' });
  await button(pad, '4').click();
  await desk.page.keyboard.type('82');
  await button(pad, '1').click();
  await desk.page.keyboard.type('7');
  await desk.page.keyboard.press('Backspace');
  await expect(pad.getByLabel('PIN-koden din')).toHaveValue(clerk.pin);
  await button(pad, 'Lås opp').click();
  await expect(jobPage(desk.page, title)).toBeVisible();
  await goTo(desk.page, 'Arkiv');
});

test('a page that stays white says that it is on its way', async ({ desk }) => {
  test.skip(hostName !== 'web', 'Electron answers without a network that could be held up');
  await atTheCounter(desk);
  const { page } = desk;
  let release = () => undefined as undefined;
  const held = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined) as undefined;
  });
  await page.route('**/document/**', async (route) => {
    await held;
    await route.fallback();
  });
  await sayWho(page, 'Kari Nordmann');
  const status = page.getByRole('status').getByText('Henter siden …');
  await expect(status).toBeVisible();
  await look(page, 'kiosk-fetching', { also: ['tall'] });
  release();
  await expect(status).toBeHidden();
  await expect(page.locator('.k-reader canvas')).toBeVisible();
});
