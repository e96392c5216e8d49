/** What a clerk does at the desk, by hand: clicks and keys alone. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export const clerk = {
  organisation: 'Fjellvik kommune',
  organisationNumber: '974760673',
  name: 'Marit Aas',
  passphrase: 'riktig hest batteri stift',
  pin: '4821',
} as const;

export const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

/** First start up to and with the passphrase step; the seal step is on screen after it. */
export async function introduce(page: Page): Promise<void> {
  await button(page, 'Kom i gang').click();
  await page.getByLabel('Navn på virksomheten').fill(clerk.organisation);
  await page.getByLabel('Organisasjonsnummer').fill(clerk.organisationNumber);
  await page.getByRole('radio', { name: 'Offentlig' }).check();
  await button(page, 'Neste').click();
  await page.getByLabel('Navnet ditt').fill(clerk.name);
  await page.getByLabel('Passordfrase', { exact: true }).fill(clerk.passphrase);
  await page.getByLabel('Passordfrasen en gang til').fill(clerk.passphrase);
  await page.getByLabel('PIN-kode').fill(clerk.pin);
  await button(page, 'Neste').click();
}

/** Reads the recovery code off the screen, types two groups back and goes to the desk. */
export async function keepRecoveryCode(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: 'Skriv ut denne koden nå' })).toBeVisible();
  const groups = await page
    .getByRole('list', { name: /Gjenopprettingskode/ })
    .getByRole('listitem')
    .allInnerTexts();
  const code = groups.map((group) => group.trim());
  for (const field of await page.getByLabel(/^Gruppe \d+$/).all()) {
    const label = (await field.getAttribute('aria-label')) ?? (await labelOf(field));
    const number = Number(/\d+/.exec(label)?.[0]);
    await field.fill(code[number - 1] ?? '');
  }
  await button(page, 'Koden er lagt trygt').click();
  return code.join('-');
}

function labelOf(field: Locator): Promise<string> {
  return field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
}

/** The rail's links. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Hovedmeny' })
    .getByRole('link', { name: place })
    .click();
}

export async function openSettings(page: Page, section: string): Promise<void> {
  await goTo(page, 'Innstillinger');
  await page
    .getByRole('navigation', { name: 'Innstillinger' })
    .getByRole('button', { name: section, exact: true })
    .click();
}

/** Puts the timestamp authority and its root in by the settings screens. */
export async function setTimestamps(page: Page, url: string): Promise<void> {
  await openSettings(page, 'Tidsstempel');
  await button(page, 'Legg til tjeneste').click();
  await page.getByLabel('Adresse 1').fill(url);
  await button(page, 'Lagre').click();
  await expect(page.getByText('Lagret.')).toBeVisible();
  await button(page, 'Prøv tjenestene').click();
  await expect(page.getByText(/Svarer på \d+ ms/)).toBeVisible();
}

export async function trust(page: Page, pem: string): Promise<void> {
  await openSettings(page, 'Tillit');
  await page.getByLabel('eller lim inn som tekst (PEM)').fill(pem);
  await button(page, 'Legg til').click();
  await expect(page.getByText('Rotsertifikatet er lagt til.')).toBeVisible();
}

/** Finds a job on its tab and opens its page. */
export async function openJob(page: Page, tab: string, title: string | RegExp): Promise<Locator> {
  await goTo(page, 'Oppdrag');
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  await page.getByRole('listbox').or(page.getByRole('list')).getByText(title).first().click();
  return jobPage(page, title);
}

export function jobPage(page: Page, title: string | RegExp): Locator {
  return page.getByRole('article', { name: title });
}

export interface Person {
  readonly name: string;
  readonly title: string;
}

/** One more signer in the preparation's side panel, which stays open on the newest. */
export async function addSigner(page: Page, person: Person): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Undertegnere' });
  await button(panel, 'Legg til undertegner').click();
  await panel.getByLabel('Navn', { exact: true }).fill(person.name);
  await panel.getByLabel('Rolle i dokumentet').fill(person.title);
  await button(panel, `Lukk ${person.name}`).click();
}

/** Checks who is there and gives the screen over. */
export async function handOver(page: Page, name: string): Promise<void> {
  await button(page, `Kall fram ${name}`).click();
  const dialog = page.getByRole('dialog', { name: `Er det ${name} som står foran deg?` });
  await dialog.getByLabel('Type legitimasjon').selectOption({ label: 'Pass' });
  await dialog.getByLabel('Siste fire tegn').fill('A12B');
  await dialog.getByLabel('Gyldig til').fill('2099-12-31');
  await button(dialog, `Gi over til ${name}`).click();
}

/** The clerk comes back to a resting screen. */
export async function comeBack(page: Page, pin: string = clerk.pin): Promise<void> {
  await button(page, 'Ansatt').click();
  await page.getByLabel('PIN-koden til den som ga over skjermen').fill(pin);
  await button(page, 'Fortsett').click();
}

export async function signIn(page: Page, passphrase: string = clerk.passphrase): Promise<void> {
  // Exactly: one's own page has others, until it is gone.
  await page.getByLabel('Passordfrase', { exact: true }).fill(passphrase);
  await button(page, 'Åpne skranken').click();
}
