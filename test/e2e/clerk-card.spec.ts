/** The clerk's own card: under their statement, with a wrong PIN first; and what prepare says of kinds. */
import { pemOf } from '../../electron/adapters/anchors.ts';
import {
  cardAuthority,
  contentsOf,
  makeSoftTokens,
  personCertificate,
  type Shim,
  type SoftTokens,
} from '../support/soft-tokens.ts';
import { expect, test } from './support/host.ts';
import { readToTheEnd } from './support/kiosk.ts';
import { look } from './support/look.ts';
import { seedDesk, seedDraft, seedJob, seedSignatures } from './support/seed.ts';
import { wordsOf } from './support/words.ts';

const say = wordsOf('nb');

const pin = '258046';
let tokens: SoftTokens;
let shim: Shim;

test.describe.configure({ mode: 'serial' });
test.beforeAll(() => {
  tokens = makeSoftTokens([
    { label: 'Marits kort', pin, contents: [contentsOf(personCertificate({ name: 'AAS MARIT' }))] },
  ]);
  shim = tokens.shim();
});
test.afterAll(() => tokens.close());

test('a statement signed with the clerk’s own card, and history says so', async ({ desk }) => {
  shim.forget();
  shim.control({ counter: '1' });
  const { page } = desk;
  await seedDesk(desk);
  await desk.call('settings.cards', {
    ...{ use: true, known: false, modules: [shim.path], keyFiles: true },
  });
  const { job } = await seedJob(desk, 'Leieavtale', ['Kari Nordmann']);
  await seedSignatures(desk, job, 1);
  await page.goto(new URL(`#/jobs/${job}`, page.url()).href);
  await page.getByRole('button', { name: 'Bekreft at du så Kari Nordmann signere' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: 'Seglet til virksomheten' })).toBeChecked();
  await dialog.getByRole('radio', { name: 'Smartkortet mitt' }).check();
  await expect(dialog.getByText('AAS MARIT', { exact: true })).toBeVisible();
  await expect(dialog.getByText('Navnet er nesten likt')).toBeVisible();
  await look(page, 'job-attest-card');
  const confirm = dialog.getByRole('button', { name: 'Bekreft', exact: true });
  const field = dialog.getByLabel('PIN-koden til kortet');
  for (const wrong of ['000000', '111111']) {
    await field.fill(wrong);
    await confirm.click();
    await expect(field).toHaveValue('');
  }
  await expect(dialog.getByText('Kortet har bare ett forsøk igjen')).toBeVisible();
  await look(page, 'job-attest-last-try');
  // Not before the clerk says that they know.
  await field.fill(pin);
  await expect(confirm).toBeDisabled();
  expect(shim.log()).toEqual(['login', 'login']);
  await dialog.getByLabel('Jeg vet at kortet låses hvis koden er feil').check();
  await confirm.click();
  await expect(page.getByText('Bekreftelsen er lagt til beviset.')).toBeVisible();
  await expect(page.getByRole('article')).toContainText('eget smartkort: AAS MARIT');
  expect(shim.log()).toEqual(['login', 'login', 'login', 'sign']);
});

test('prepare offers the advanced kind where it can be made, and says what is missing', async ({
  desk,
}) => {
  const { page } = desk;
  await seedDesk(desk);
  const off = { use: false, known: false, modules: [] };
  await desk.call('settings.cards', { ...off, keyFiles: true });
  const { job } = await seedDraft(desk, 'Leieavtale', ['Kari Nordmann'], { kind: 'advanced' });
  await page.goto(new URL(`#/prepare/${job}`, page.url()).href);
  await page
    .getByRole('button', { name: /Undertegnere/ })
    .first()
    .click();
  await expect(page.getByText(/må ha med nøkkelfil/).first()).toBeVisible();
  await look(page, 'prepare-advanced');
});

test('a card compared before the hand-over is not asked about again', async ({ desk }) => {
  shim.forget();
  shim.control({ readers: '0' });
  const { page } = desk;
  await seedDesk(desk);
  await desk.call('settings.cards', {
    ...{ use: true, known: false, modules: [shim.path], keyFiles: true },
  });
  const anchors = [cardAuthority.root, cardAuthority.intermediate].map((one) =>
    pemOf(one.certificate),
  );
  await desk.call('settings.trust', { anchors });
  const { job } = await seedJob(desk, 'Leieavtale', ['Marit Berg Aas'], { kind: 'advanced' });
  await page.goto(new URL(`#/jobs/${job}`, page.url()).href);
  await page
    .getByRole('button', { name: say('jobs:next.callUp', { name: 'Marit Berg Aas' }) })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type legitimasjon').selectOption('passport');
  await dialog.getByLabel('Siste fire tegn').fill('A12B');
  await dialog.getByLabel('Gyldig til').fill('2099-12-31');
  await dialog.getByRole('button', { name: 'Les kortet nå' }).click();
  await dialog.getByText('Navn i sertifikatet').or(dialog.locator('.notice')).first().waitFor();
  shim.control({});
  await expect(dialog.getByText('Navnet er nesten likt')).toBeVisible();
  await look(page, 'job-compare-card');
  await dialog.getByLabel('Kortet tilhører Marit Berg Aas').check();
  await dialog.getByRole('button', { name: 'Gi over til Marit Berg Aas' }).click();
  await readToTheEnd(page, say);
  await page.getByRole('button', { name: say('kiosk:own.useCard'), exact: true }).click();
  // Straight to the PIN of the card: nobody is asked for the clerk's.
  await expect(page.getByRole('heading', { name: say('kiosk:own.pinTitle') })).toBeVisible();
  await page.getByLabel(say('kiosk:own.cardPin')).fill(pin);
  await page.getByRole('button', { name: say('kiosk:sign.yes'), exact: true }).click();
  await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
  expect(shim.log()).toEqual(['login', 'sign']);
});
