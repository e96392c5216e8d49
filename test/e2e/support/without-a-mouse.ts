/**
 * The main job, from an empty draft to the export, by somebody who has no mouse. How they press and write
 * is theirs: by Tab and Enter alone, or by what a screen reader shows of the window.
 */
import { readdirSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { clerk } from './clerk.ts';
import { samplePath } from './files.ts';
import type { OpenedHost } from './host.ts';

type Role = Parameters<Page['getByRole']>[0];

export interface Hands {
  /** Presses what has this role and this whole name. */
  press(role: Role, name: string | RegExp, within?: Locator): Promise<void>;
  /** Writes into the field that is called so. */
  write(name: string, text: string, within?: Locator): Promise<void>;
  /** Called when a screen stands still, with its name. */
  at(screen: string): Promise<void>;
}

const name = 'Kari Nordmann';
const title = 'Leieavtale, rom 204';

export async function signWithoutAMouse(
  desk: OpenedHost,
  hands: Hands,
  exports: string,
): Promise<void> {
  const { page } = desk;
  const heading = (text: string | RegExp) => page.getByRole('heading', { name: text });

  await hands.at('jobs');
  await hands.press('button', 'Nytt oppdrag');
  await expect(heading('Legg inn dokumentene')).toBeVisible();
  const choosing = page.waitForEvent('filechooser');
  await hands.press('button', 'Velg filer');
  await (await choosing).setFiles(samplePath);
  const documents = page.getByRole('complementary', { name: 'Dokumenter' });
  // The file is checked before it is in.
  await expect(documents.getByRole('textbox', { name: 'Tittel' })).toBeVisible({
    timeout: 60_000,
  });
  await hands.at('documents');
  await hands.write('Tittel', 'Leieavtale', documents);
  await hands.press('button', 'Gå til undertegnere');
  const signers = page.getByRole('complementary', { name: 'Undertegnere' });
  await hands.press('button', 'Legg til undertegner', signers);
  await hands.write('Navn', name, signers);
  await hands.press('button', `Lukk ${name}`, signers);
  await hands.press('button', `Signatur, ${name}`);
  await expect(
    page.getByRole('button', { name: /^Signatur .*undertegner 1, side 1/ }),
  ).toBeFocused();
  await hands.at('signers');
  await hands.press('button', 'Gå til kontroll');
  await hands.write('Tittel', title);
  await hands.at('check');
  await hands.press('button', 'Start signeringen');

  const job = page.getByRole('article', { name: title });
  await expect(job).toBeVisible();
  await hands.at('job');
  await hands.press('button', `Kall fram ${name}`);
  const dialog = page.getByRole('dialog', { name: `Er det ${name} som står foran deg?` });
  await expect(dialog).toBeVisible();
  await hands.press('radio', 'Jeg kjenner personen', dialog);
  await hands.write('Hvordan kjenner du personen?', 'Kollega siden 2019', dialog);
  await hands.at('identity check');
  await hands.press('button', `Gi over til ${name}`, dialog);

  await expect(heading(`Er du ${name}?`)).toBeVisible();
  await hands.at('who');
  await hands.press('button', 'Ja, det er meg');
  await expect(page.getByText(/^Side 1 av /)).toBeVisible();
  await hands.press('button', 'Som tekst');
  await expect(page.getByRole('region', { name: /^Leieavtale, Side 1 av / })).toContainText('leie');
  await hands.at('read');
  for (let presses = 0; presses < 200; presses += 1) {
    if (await heading('Vil du signere?').isVisible()) break;
    await hands.press('button', /^(Vis mer av siden|Neste side|Jeg har lest)$/);
  }
  await expect(heading('Vil du signere?')).toBeVisible();
  await hands.at('confirm');
  await hands.press('button', 'Ja, jeg bekrefter');
  await hands.press('button', 'Skriv med tastatur');
  await hands.write('Navnet ditt', name);
  await hands.at('sign');
  await hands.press('button', 'Signer');
  await expect(heading('Takk, du har signert')).toBeVisible();
  await hands.at('done');
  await hands.press('button', 'Ferdig');
  await expect(page.getByText('Vent til du blir kalt fram', { exact: false })).toBeVisible();
  await hands.at('rest');

  await hands.press('button', 'Ansatt');
  await hands.write('PIN-koden til den som ga over skjermen', clerk.pin);
  await hands.press('button', 'Fortsett');
  await expect(job).toBeVisible();
  await hands.press('button', `Bekreft at du så ${name} signere`, job);
  await hands.press('button', 'Bekreft', page.getByRole('dialog'));
  await expect(job.getByText('Tidsstempelet ble satt')).toBeVisible();
  await hands.press('button', 'Eksporter', job);
  await expect(page.getByText(/^Eksportert til /)).toBeVisible();
  await hands.at('exported');
  expect(readdirSync(exports).filter((each) => !each.endsWith('.json'))).toHaveLength(1);
}
