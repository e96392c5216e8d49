/**
 * A signer with a smart card, from the hand-over to a signed export: a real driver over SoftHSM2, the
 * card put in while the screen waits, the clerk's word, a wrong PIN, and the right one. With pictures of
 * each screen, axe on them, and nothing cut off at the counter's sizes.
 */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pemOf } from '../../electron/adapters/anchors.ts';
import { toPkcs12 } from '../../electron/adapters/trial-pki.ts';
import { root } from '../support/cli.ts';
import { pdfsig } from '../support/other-readers.ts';
import {
  cardAuthority,
  contentsOf,
  makeSoftTokens,
  personCertificate,
  type Shim,
  type SoftTokens,
} from '../support/soft-tokens.ts';
import { clerk, openSettings } from './support/clerk.ts';
import { expect, test, type OpenedHost } from './support/host.ts';
import { readToTheEnd } from './support/kiosk.ts';
import { look } from './support/look.ts';
import type { Screen } from './support/screens.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { wordsOf } from './support/words.ts';

const say = wordsOf('nb');
const pin = '258046';
const person = personCertificate({ name: 'NORDMANN KARI' });
let tokens: SoftTokens;
let shim: Shim;

test.describe.configure({ mode: 'serial' });
test.beforeAll(() => {
  tokens = makeSoftTokens([{ label: 'Karis kort', pin, contents: [contentsOf(person)] }]);
  shim = tokens.shim();
});
test.afterAll(() => tokens.close());

const anchors = [cardAuthority.root, cardAuthority.intermediate].map((one) =>
  pemOf(one.certificate),
);

/** What a failure says has happened: its code is the key, dots and all. */
function whatOf(code: string): string {
  const text = readFileSync(join(root, 'renderer/i18n/errors.nb.json'), 'utf8');
  return (JSON.parse(text) as Record<string, { what: string }>)[code]?.what ?? '';
}

/** At the step where the card is shown; answers the job. */
async function toTheCard(desk: OpenedHost): Promise<string> {
  const { page } = desk;
  await seedDesk(desk);
  await desk.call('settings.cards', {
    ...{ use: true, known: false, modules: [shim.path], keyFiles: true },
  });
  await desk.call('settings.trust', { anchors });
  const { job } = await seedJob(desk, 'Leieavtale', ['Kari Nordmann'], {
    ...{ kind: 'advanced', title: 'Leietaker' },
  });
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
  return job;
}

test('signing with a card', async ({ desk }) => {
  shim.forget();
  shim.control({ readers: '0' });
  const job = await toTheCard(desk);
  const { page } = desk;
  const shot = (screen: Screen) => look(page, screen, { also: ['tall'] });
  const title = (key: string) => page.getByRole('heading', { name: say(`kiosk:own.${key}`) });
  const press = (key: string) =>
    page.getByRole('button', { name: say(`kiosk:${key}`), exact: true }).click();

  await expect(title('insert')).toBeVisible();
  await expect(page.getByText(whatOf('card.no-reader'))).toBeVisible();
  await shot('kiosk-card-none');
  // The card is put in, and appears by itself.
  shim.control({ counter: '1' });
  await expect(title('isYours')).toBeVisible();
  await expect(page.getByText('NORDMANN KARI')).toBeVisible();
  await shot('kiosk-card-shown');
  await press('own.useCard');

  await expect(title('acceptTitle')).toBeVisible();
  await expect(page.getByText(say('kiosk:own.match.similar'))).toBeVisible();
  await shot('kiosk-card-accept');
  await page.getByLabel(say('kiosk:own.clerkPin')).fill(clerk.pin);
  await press('own.accept');

  await expect(title('pinTitle')).toBeVisible();
  await shot('kiosk-card-pin');
  await page.getByLabel(say('kiosk:own.cardPin')).fill('000000');
  await press('sign.yes');
  await expect(page.getByText(whatOf('card.wrong-pin'))).toBeVisible();
  await expect(page.getByText(say('kiosk:own.tries.low'))).toBeVisible();
  await shot('kiosk-card-wrong-pin');
  // The digits are there for whoever has no keys.
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  await press('sign.yes');
  await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
  expect(shim.log()).toEqual(['login', 'login', 'sign']);

  // Back with the clerk, by calls alone: what comes out is valid for others, too.
  const icon = await page.evaluate(
    () => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '',
  );
  await page.goto(icon);
  await desk.call('session.leave', { reason: 'done' });
  await desk.call('session.resume', { pin: clerk.pin });
  const folder = join(desk.folder, 'ut');
  mkdirSync(folder);
  await desk.call('export.save', { jobs: [job], folder });
  const [file] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /document-1\.pdf$/.test(name),
  );
  const signatures = pdfsig(readFileSync(join(folder, file ?? '')));
  expect(signatures.find(({ signer }) => signer.includes('KARI'))?.valid).toBe(true);
});

test('a key file, and an administrator who looks at what is in the readers', async ({ desk }) => {
  shim.forget();
  await toTheCard(desk);
  const { page } = desk;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await press('Bruk nøkkelfil');
  await expect(page.getByRole('heading', { name: 'Velg nøkkelfilen din' })).toBeVisible();
  const bytes = toPkcs12({
    key: person.key.privateKey,
    chain: [person.certificate, ...person.chain],
    passphrase: 'hemmelig',
  });
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'kari.p12', mimeType: 'application/x-pkcs12', buffer: Buffer.from(bytes) },
  });
  await page.getByLabel('Passordet til filen').fill('feil');
  await press('Åpne filen');
  await expect(page.getByText('Passordet til nøkkelfilen er feil')).toBeVisible();
  await look(page, 'kiosk-key-file', { also: ['tall'] });
  await page.getByLabel('Passordet til filen').fill('hemmelig');
  await press('Åpne filen');
  await page.getByLabel('PIN-koden til saksbehandleren').fill(clerk.pin);
  await press('Det er samme person');
  await expect(page.getByRole('heading', { name: 'Klar til å signere' })).toBeVisible();
  await press('Signer');
  await expect(page.getByRole('heading', { name: 'Takk, du har signert' })).toBeVisible();
  await press('Ferdig');
  await press('Ansatt');
  await page.getByLabel('PIN-koden til den som ga over skjermen').fill(clerk.pin);
  await press('Fortsett');

  await openSettings(page, 'Smartkort');
  await press('Se hva som er i leserne');
  await expect(page.getByText('Kortet i leseren kan signere')).toBeVisible();
  await look(page, 'settings-cards-readers');
});
