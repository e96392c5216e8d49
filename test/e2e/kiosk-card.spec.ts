/**
 * The card at the counter when it is not simple: a reader with keys of its own, a card taken out in the
 * middle, the last try. With pictures.
 */
import { pemOf } from '../../electron/adapters/anchors.ts';
import {
  cardAuthority,
  contentsOf,
  makeSoftTokens,
  personCertificate,
  type Shim,
  type SoftTokens,
} from '../support/soft-tokens.ts';
import { clerk } from './support/clerk.ts';
import { expect, test, type OpenedHost } from './support/host.ts';
import { readToTheEnd } from './support/kiosk.ts';
import { look } from './support/look.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { wordsOf } from './support/words.ts';

const say = wordsOf('nb');
const pin = '258046';
const kari = personCertificate({ name: 'KARI NORDMANN' });
let once: SoftTokens;
let each: SoftTokens;
let plain: Shim;
let asking: Shim;

test.describe.configure({ mode: 'serial' });
test.beforeAll(() => {
  once = makeSoftTokens([{ label: 'Karis kort', pin, contents: [contentsOf(kari)] }]);
  plain = once.shim();
  // CKA_ALWAYS_AUTHENTICATE: the card asks before every signature.
  const always = contentsOf(kari, { alwaysAuthenticate: true });
  each = makeSoftTokens([{ label: 'Karis kort', pin, contents: [always] }]);
  asking = each.shim();
});
test.afterAll(() => {
  once.close();
  each.close();
});

/** At the step where the card asks for its PIN. */
async function toThePin(desk: OpenedHost, shim: Shim, documents = 1): Promise<void> {
  const { page } = desk;
  await seedDesk(desk);
  await desk.call('settings.cards', {
    ...{ use: true, known: false, modules: [shim.path], keyFiles: true },
  });
  const anchors = [cardAuthority.root, cardAuthority.intermediate].map((one) =>
    pemOf(one.certificate),
  );
  await desk.call('settings.trust', { anchors });
  const kind = { kind: 'advanced', title: 'Leietaker', documents } as const;
  const { job } = await seedJob(desk, 'Leieavtale', ['Kari Nordmann'], kind);
  await desk.call('session.handOver', {
    ...{ job, signer: 'undertegner-0' },
    identityCheck: {
      method: 'document',
      documentType: 'passport',
      lastFour: 'A12B',
      expires: '2099-12-31',
    },
  });
  await page.reload();
  await readToTheEnd(page, say);
  await page.getByRole('button', { name: say('kiosk:own.useCard'), exact: true }).click();
  await page.getByLabel(say('kiosk:own.clerkPin')).fill(clerk.pin);
  await page.getByRole('button', { name: say('kiosk:own.accept'), exact: true }).click();
}

const standing = { also: ['tall'] } as const;

test('a reader with keys of its own, and a card taken out', async ({ desk }) => {
  const { page } = desk;
  const sign = () => page.getByRole('button', { name: say('kiosk:sign.yes'), exact: true }).click();
  plain.forget();
  plain.control({ pinpad: '1', padpin: pin });
  await toThePin(desk, plain);
  await expect(page.getByRole('heading', { name: say('kiosk:own.padTitle') })).toBeVisible();
  // No place on the screen takes the PIN, and no digits are offered.
  await expect(page.locator('input')).toHaveCount(0);
  await expect(page.getByRole('button', { name: '5', exact: true })).toHaveCount(0);
  await look(page, 'kiosk-pad', standing);
  plain.control({ pinpad: '1', padpin: pin, remove: 'sign' });
  await sign();
  await expect(page.getByRole('alert').or(page.locator('.k-failure')).first()).toBeVisible();
  await look(page, 'kiosk-removed', standing);
  plain.forget();
  plain.control({ pinpad: '1', padpin: pin });
  await sign();
  await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
});

test('the last try is told of before it is taken', async ({ desk }) => {
  const { page } = desk;
  plain.forget();
  plain.control({ counter: '1' });
  await toThePin(desk, plain);
  const field = page.getByLabel(say('kiosk:own.cardPin'));
  for (const wrong of ['000000', '111111']) {
    await field.fill(wrong);
    await page.getByRole('button', { name: say('kiosk:sign.yes'), exact: true }).click();
    await expect(field).toHaveValue('');
  }
  await expect(page.getByText(say('kiosk:own.tries.last'))).toBeVisible();
  await look(page, 'kiosk-last-try', standing);
  await field.fill(pin);
  await page.getByRole('button', { name: say('kiosk:sign.yes'), exact: true }).click();
  await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
  expect(plain.log()).toEqual(['login', 'login', 'login', 'sign']);
});

test('a card that asks for every signature says how often, and is asked so often', async ({
  desk,
}) => {
  const { page } = desk;
  asking.forget();
  await toThePin(desk, asking, 2);
  // The key is invisible before the first PIN: only then the card tells that it asks each time.
  await page.getByLabel(say('kiosk:own.cardPin')).fill(pin);
  await page.getByRole('button', { name: say('kiosk:sign.yes'), exact: true }).click();
  await expect(page.getByText(say('kiosk:own.pinTimes_other', { count: 2 }))).toBeVisible();
  expect(asking.log()).not.toContain('sign');
  for (const number of [1, 2]) {
    const field = page.getByLabel(say('kiosk:own.pinOf', { number, count: 2 }));
    await expect(field).toHaveValue('');
    await field.fill(pin);
    if (number === 1) await look(page, 'kiosk-pin-each', standing);
    const forward = number === 1 ? 'kiosk:own.nextPin' : 'kiosk:sign.yes';
    await page.getByRole('button', { name: say(forward), exact: true }).click();
  }
  await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
  expect(asking.log().filter((call) => call === 'login each')).toHaveLength(2);
  expect(asking.log().filter((call) => call === 'sign')).toHaveLength(2);
});

test('a driver that hangs keeps no window waiting, and is given up', async ({ desk }) => {
  test.setTimeout(120_000);
  const { page } = desk;
  plain.forget();
  await toThePin(desk, plain);
  plain.control({ hang: 'sign' });
  await page.getByLabel(say('kiosk:own.cardPin')).fill(pin);
  await page.getByRole('button', { name: say('kiosk:sign.yes'), exact: true }).click();
  await expect(page.getByRole('button', { name: say('kiosk:sign.working') })).toBeVisible();
  // Meanwhile the window draws, and the host answers whatever else is asked.
  await look(page, 'kiosk-card-hangs', standing);
  const calls = 20;
  for (let call = 0; call < calls; call++)
    expect(await desk.call('session.state', {})).toMatchObject({ state: 'kiosk' });
  await expect(page.getByRole('button', { name: say('kiosk:sign.working') })).toBeVisible();
  // The driver would sleep for a minute: its process is ended before, and the signer can go on.
  await expect(page.locator('.k-failure').first()).toBeVisible({ timeout: 45_000 });
  await look(page, 'kiosk-card-given-up', standing);
  plain.forget();
  // The driver is left alone for a while before it is asked again.
  const seen = async () => JSON.stringify(await desk.call('card.list', {}));
  await expect.poll(seen, { timeout: 40_000, intervals: [1000] }).toContain('KARI NORDMANN');
  await page.getByLabel(say('kiosk:own.cardPin')).fill(pin);
  await page.getByRole('button', { name: say('kiosk:sign.yes'), exact: true }).click();
  await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
});
