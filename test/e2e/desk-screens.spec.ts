/**
 * Every screen of the desk as a new user meets it: first start to settings, 200 % zoom, and not one complaint in the
 * console (a refused style or script of the content security policy would be one).
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startWebHost } from '../../electron/web/host.ts';
import type { WebHost } from '../../electron/web/host.ts';
import { builtWorker } from '../support/built.ts';
import { look } from './support/look.ts';
import { settingsSections } from './support/screens.ts';

const root = join(import.meta.dirname, '../..');
const pictures = join(root, 'screenshots');
const passphrase = 'hest batteri stift korrekt';
const pin = '4821';
const sample = join(root, 'resources/sample/leieavtale.pdf');

test.describe.configure({ mode: 'serial' });

let host: WebHost;
let page: Page;
const complaints: string[] = [];

test.beforeAll(async ({ browser }) => {
  expect(existsSync(join(root, 'dist/renderer/index.html')), 'npm run build first').toBe(true);
  mkdirSync(pictures, { recursive: true });
  host = await startWebHost({
    home: mkdtempSync(join(tmpdir(), 'skranke-screens-')),
    ...builtWorker,
  });
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, locale: 'nb-NO' });
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(host.url);
});

test.afterAll(async () => {
  await page.context().close();
  await host.close();
});

async function rpc<T>(method: string, input: unknown): Promise<T> {
  const answer = await page.evaluate(
    async ([path, body]) => {
      const response = await fetch(path ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body ?? '',
      });
      return (await response.json()) as { ok: boolean; value: unknown };
    },
    [`/rpc/${method}`, JSON.stringify(input)],
  );
  expect(answer.ok, method).toBe(true);
  return answer.value as T;
}

/** A job with one document and two signers in order, opened. */
async function makeJob(title: string): Promise<string> {
  const { job } = await rpc<{ job: string }>('job.create', { spec: { title } });
  const upload = await page.evaluate(async (text) => {
    const body = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
    const response = await fetch('/upload', { method: 'PUT', body });
    return ((await response.json()) as { upload: string }).upload;
  }, readFileSync(sample).toString('base64'));
  const { document, version } = await rpc<{ version: number; document: { id: string } }>(
    'document.import',
    { job, upload, name: 'Leieavtale.pdf' },
  );
  const people = ['Anne Hagen', 'Ola Nordmann'];
  const spec = {
    title,
    ...{ nonSensitiveTitle: '', description: '', caseNumber: '', documentType: '' },
    reference: '26/1183',
    deadline: null,
    identifierInDocument: 'NAME',
    signers: people.map((name, order) => ({
      ...{ id: `signer-${String(order)}0000`, name, title: '', order, kind: 'simple' },
      ...{ role: 'signer', onBehalfOf: 'SELF', language: 'nb' },
    })),
    fields: people.map((_, at) => ({
      id: `field-${String(at)}00000`,
      document: document.id,
      signer: `signer-${String(at)}0000`,
      placement: { page: 3, x: 60 + at * 240, y: 600, width: 200, height: 60 },
    })),
  };
  const titles = { [document.id]: 'Leieavtale' };
  await rpc('job.edit', { job, version, spec, titles, order: [document.id] });
  await rpc('job.open', { job });
  return job;
}

test('first start: the organisation, the user, the seal, the code and the checklist', async () => {
  await expect(page.getByRole('heading', { name: 'Velkommen til Skranke' })).toBeVisible();
  await look(page, 'first-welcome');
  await page.getByRole('button', { name: 'Kom i gang' }).click();

  await page.getByLabel('Navn på virksomheten').fill('Fjellvik kommune');
  await page.getByLabel('Organisasjonsnummer').fill('974 760 674');
  await page.getByRole('button', { name: 'Neste' }).click();
  await expect(page.getByText('ikke et gyldig organisasjonsnummer')).toBeVisible();
  await expect(page.getByText('Velg offentlig eller privat.')).toBeVisible();
  await page.getByLabel('Organisasjonsnummer').fill('974 760 673');
  await page.getByRole('radio', { name: 'Offentlig' }).check();
  await look(page, 'first-organisation');
  await page.getByRole('button', { name: 'Neste' }).click();

  await page.getByLabel('Navnet ditt').fill('Maja Aasen');
  await page.getByLabel('Passordfrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Passordfrasen en gang til').fill(passphrase);
  await page.getByLabel('PIN-kode').fill(pin);
  await look(page, 'first-person');
  await page.getByRole('button', { name: 'Neste' }).click();

  await look(page, 'first-seal');
  await page.getByRole('button', { name: 'Lag arkivet' }).click();

  await expect(page.getByRole('heading', { name: 'Skriv ut denne koden nå' })).toBeVisible();
  await look(page, 'first-code');
  const kept = page.getByRole('button', { name: 'Koden er lagt trygt' });
  const groups = await page.locator('.recovery-code li').allInnerTexts();
  expect(new Set(groups).size).toBeGreaterThan(3);
  await kept.click();
  await expect(page.getByText('Det står noe annet på arket.').first()).toBeVisible();
  for (const field of await page.getByLabel(/^Gruppe \d+$/).all()) {
    const label = await field.evaluate((each: HTMLInputElement) => each.labels?.[0]?.innerText);
    await field.fill(groups[Number(/\d+/.exec(label ?? '')?.[0]) - 1]?.toLowerCase() ?? '');
  }
  await kept.click();

  await expect(page.getByRole('heading', { name: 'Alt er klart til å prøve' })).toBeVisible();
  await page.getByText('Virksomhetssertifikat til seglet').click();
  await look(page, 'first-checklist');
  await page.getByRole('button', { name: 'Gå til skranken' }).click();
  await expect(page.getByRole('heading', { name: 'Oppdrag', exact: true })).toBeVisible();
});

test('an empty desk teaches, and the trial seal says so', async () => {
  await expect(page.getByText('Ingen venter på å signere')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Prøvesegl' })).toBeVisible();
  await look(page, 'jobs-empty');
});

test('a job: its documents, signers, history and one green button', async () => {
  const job = await makeJob('Leieavtale, rom 204');
  await page.getByRole('button', { name: /Leieavtale, rom 204/ }).click();
  await expect(page.getByRole('button', { name: 'Kall fram Anne Hagen' })).toBeVisible();
  await expect(page.locator('.pdf-thumbnail[data-drawn="true"]')).toBeVisible();
  await look(page, 'job');

  await page.getByRole('button', { name: 'Kall fram Anne Hagen' }).click();
  await page.getByRole('button', { name: 'Gi over til Anne Hagen' }).click();
  await expect(page.getByText('Velg hva slags legitimasjon du så.')).toBeVisible();
  await look(page, 'job-identity-check');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Vis Leieavtale' }).click();
  await expect(page.getByRole('dialog')).toContainText('Slik det er nå');
  await expect(page.getByRole('dialog')).toContainText('Leieavtale for lokale');
  await look(page, 'job-revision');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Sett frist' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'job-extend');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Trekk tilbake' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'job-cancel');
  await page.getByLabel('Hvorfor?').fill('Feil beløp i avtalen');
  await page.getByRole('dialog').getByRole('button', { name: 'Trekk tilbake' }).click();
  // The list follows the job to where it is now; nobody reloaded anything.
  await expect(page.getByRole('tab', { name: /Stoppet/ })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('Grunnen: Feil beløp i avtalen')).toBeVisible();
  const row = page.getByRole('button', { name: /^Leieavtale, rom 204.*Trukket tilbake/ });
  await expect(row).toHaveAttribute('aria-current', 'true');
  await look(page, 'job-withdrawn');
  expect(page.url()).toContain(job);
});

test('the list is gone through with the keyboard alone', async () => {
  await makeJob('Arbeidsavtale');
  await makeJob('Taushetserklæring');
  await page.getByRole('tab', { name: /Stoppet/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: /Venter/ })).toBeFocused();
  const newest = page.getByRole('button', { name: /^Taushetserklæring/ });
  await expect(newest).toBeVisible();
  // Past the filters: mine, due soon, a signer's name.
  for (let stops = 0; stops < 4; stops += 1) await page.keyboard.press('Tab');
  await expect(newest).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('#job-title')).toHaveText('Arbeidsavtale');
});

test('the archive and every section of the settings', async () => {
  test.setTimeout(600_000);
  await page.getByRole('link', { name: 'Arkiv' }).click();
  await page.getByRole('button', { name: 'Kontroller arkivet' }).click();
  await expect(page.getByText('Arkivet er helt. Ingenting er endret.')).toBeVisible();
  await look(page, 'archive-checked');
  await page.getByRole('link', { name: 'Innstillinger' }).click();
  const sections = page.getByRole('navigation', { name: 'Innstillinger' }).getByRole('button');
  // All of them, once they are there: a list asked for too early is empty, and would prove nothing.
  await expect(sections).toHaveCount(settingsSections.length);
  for (const [at, id] of settingsSections.entries()) {
    await sections.nth(at).click();
    await expect(page).toHaveURL(new RegExp(`#/settings/${id}$`));
    await expect(page.locator('.settings-panel')).toBeVisible();
    await look(page, `settings-${id}`);
  }
  // The statement's tables, and the page that is published: it must stand up to what it says.
  await sections.filter({ hasText: /^Tilgjengelighet$/ }).click();
  for (const closed of await page.locator('.settings-panel summary').all()) await closed.click();
  await expect(page.getByRole('row', { name: /^2\.1\.1 Tastatur \(A\)/ })).toBeVisible();
  await look(page, 'settings-accessibility-tables');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Last ned som HTML' }).click();
  const published = await page.context().newPage();
  await published.setContent(readFileSync(await (await downloading).path(), 'utf8'));
  await expect(published.locator('html')).toHaveAttribute('lang', 'nb');
  await expect(published.getByText('ta kontakt med Fjellvik kommune')).toBeVisible();
  const { violations } = await new AxeBuilder({ page: published }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await published.screenshot({ path: join(pictures, 'accessibility-published.png') });
  await published.close();
});

test('English, 200 % zoom, and back to the locked screen', async () => {
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.setViewportSize({ width: 640, height: 400 });
  for (const [name, screen] of [
    ['Jobs', 'zoom-jobs'],
    ['Archive', 'zoom-archive'],
    ['Settings', 'zoom-settings'],
  ] as const) {
    await page.getByRole('link', { name }).click();
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
    await look(page, screen);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();
  await look(page, 'sign-in');
  await page.getByLabel('Passphrase').fill('not the right one');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('archive.wrong-passphrase');
});

test('nothing complained in the console', () => {
  expect(complaints).toEqual([]);
});
