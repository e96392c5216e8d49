/** Two clerks where the office wants two, and a signer who begins by themselves with a code. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { button, clerk, comeBack, jobPage, openJob, openSettings } from './support/clerk.ts';
import { expect, hostName, test } from './support/host.ts';
import type { OpenedHost } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { signByDrawing } from './support/signer.ts';

const colleague = { name: 'Per Lesesal', pin: '1357' } as const;

function addColleague(desk: OpenedHost, roles: ('handler' | 'reader')[] = ['handler']) {
  const passphrase = 'pers første frase';
  return desk.call('settings.addUser', { ...colleague, roles, passphrase });
}

async function turnOn(page: Page, rule: string): Promise<void> {
  await openSettings(page, 'Publikumsskjerm');
  await page.getByRole('checkbox', { name: rule }).check();
  await button(page, 'Lagre reglene').click();
  await expect(page.getByText('Lagret.')).toBeVisible();
}

test('with the rule on, a hand-over needs a second clerk and records both', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  const { job } = await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await turnOn(page, 'To saksbehandlere kontrollerer hver enkel signatur');
  await look(page, 'settings-kiosk-two');

  await openJob(page, 'Venter', 'Leieavtale, rom 12');
  await button(page, 'Kall fram Kari Nordmann').click();
  const dialog = page.getByRole('dialog', { name: /Er det Kari Nordmann/ });
  await expect(dialog.getByText('Ingen andre kan kontrollere')).toBeVisible();
  await look(page, 'second-clerk-nobody');
  await button(dialog, 'Tilbake').click();
  await addColleague(desk);

  await button(page, 'Kall fram Kari Nordmann').click();
  await dialog.getByLabel('Type legitimasjon').selectOption({ label: 'Pass' });
  await dialog.getByLabel('Siste fire tegn').fill('A12B');
  await dialog.getByLabel('Gyldig til').fill('2099-12-31');
  await button(dialog, 'Gi over til Kari Nordmann').click();
  await expect(dialog.getByText('Velg hvem som kontrollerer sammen med deg.')).toBeVisible();
  await look(page, 'second-clerk-missing');
  await dialog.getByLabel('Kollega', { exact: true }).selectOption({ label: colleague.name });
  await dialog.getByLabel('PIN-koden til kollegaen').fill('0000');
  await button(dialog, 'Gi over til Kari Nordmann').click();
  await expect(dialog.getByRole('alert')).toContainText('PIN-koden er feil');
  await expect(dialog.getByLabel('PIN-koden til kollegaen')).toHaveValue('');
  await dialog.getByLabel('PIN-koden til kollegaen').fill(colleague.pin);
  await button(dialog, 'Gi over til Kari Nordmann').click();
  await signByDrawing(page, 'Kari Nordmann');
  await comeBack(page);

  await expect(jobPage(page, 'Leieavtale, rom 12')).toBeVisible();
  const { events } = await desk.call('job.get', { job });
  const given = events.flatMap(({ event, actorName }) =>
    event.type === 'handed-over' ? [[actorName, event.identityCheck.second?.name]] : [],
  );
  expect(given).toEqual([[clerk.name, colleague.name]]);
  const evidence = events.flatMap(({ event }) => (event.type === 'signed' ? [event.evidence] : []));
  expect(evidence[0]).toContain(colleague.name);
});

async function makeCode(page: Page, looking = false): Promise<string> {
  await button(page, 'Lag hentekode til Kari Nordmann').click();
  const dialog = page.getByRole('dialog', { name: 'Lag hentekode til Kari Nordmann' });
  await expect(dialog).toBeVisible();
  if (looking) await look(page, 'job-pick-up-code');
  await dialog.getByLabel('Type legitimasjon').selectOption({ label: 'Pass' });
  await dialog.getByLabel('Siste fire tegn').fill('A12B');
  await dialog.getByLabel('Gyldig til').fill('2099-12-31');
  await button(dialog, 'Lag hentekode').click();
  const slip = page.getByRole('dialog', { name: 'Hentekode' });
  await expect(slip).toBeVisible();
  const code = (await slip.locator('.pick-up-code').innerText()).replace(/\D/g, '');
  expect(code).toMatch(/^\d{8}$/);
  return code;
}

async function tryCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Åtte siffer').fill(code);
  await button(page, 'Begynn').click();
}

test('a code on paper: the signer begins alone, signs, and the counter rests again', async ({
  desk,
}) => {
  const { page, folder } = desk;
  await seedDesk(desk);
  const { job } = await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  const { job: first } = await seedJob(desk, 'Taushetserklæring', ['Ola Nordmann']);

  // Not offered until the office says so, at the desk or at the counter.
  const sheet = await openJob(page, 'Venter', 'Leieavtale, rom 12');
  await expect(button(sheet, /hentekode/)).toHaveCount(0);
  await turnOn(page, 'Undertegnere kan begynne alene med hentekode');
  await openJob(page, 'Venter', 'Leieavtale, rom 12');
  await expect(button(sheet, 'Lag hentekode til Kari Nordmann')).toBeVisible();
  await look(page, 'job-pick-up');

  const withdrawn = await makeCode(page, true);
  const slip = page.getByRole('dialog', { name: 'Hentekode' });
  await look(page, 'pick-up-slip');
  expect(await slip.innerText()).not.toMatch(/Kari|Leieavtale|Marit/);
  if (hostName === 'web') {
    // What leaves the printer: the code and whose counter, on one sheet, and nothing of the desk.
    const pdf = join(folder, 'lapp.pdf');
    // A browser that has just drawn for other eyes (dark, forced colours) may print a blank page first.
    await expect(async () => {
      writeFileSync(pdf, await page.pdf({ format: 'A4' }));
      expect(execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).trim()).not.toBe('');
    }).toPass({ timeout: 30_000 });
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    expect(text.replace(/\s/g, '')).toContain(withdrawn);
    expect(text).toContain(clerk.organisation);
    expect(text).not.toMatch(/Kari|Leieavtale|Marit|Oppdrag/);
    expect(execFileSync('pdfinfo', [pdf], { encoding: 'utf8' })).toMatch(/Pages:\s+1\n/);
    execFileSync('pdftoppm', ['-png', '-r', '60', pdf, join('screenshots', 'pick-up-printed')]);
  }
  await button(slip, 'Lukk').click();
  await expect(sheet.getByText(/^Hentekoden gjelder til i/)).toBeVisible();
  await look(page, 'job-pick-up-waits');
  await button(sheet, 'Trekk tilbake koden til Kari Nordmann').click();
  await expect(page.getByText('Hentekoden til Kari Nordmann virker ikke lenger.')).toBeVisible();
  const code = await makeCode(page);
  await button(slip, 'Lukk').click();

  // Another signer is called up and leaves: the counter rests.
  await desk.call('session.handOver', {
    ...{ job: first, signer: 'undertegner-0' },
    identityCheck: {
      method: 'document',
      documentType: 'passport',
      lastFour: 'A12B',
      expires: '2099-12-31',
    },
  });
  await desk.call('session.leave', { reason: 'stopped' });
  await expect(button(page, 'Jeg har en hentekode')).toBeVisible();
  await look(page, 'rest-codes', { also: ['tall', 'wide', 'low'] });
  expect(await page.locator('body').innerText()).not.toMatch(/Kari|Ola|Leieavtale|Marit|oppdrag/);

  await button(page, 'Jeg har en hentekode').click();
  await look(page, 'rest-code', { also: ['tall', 'low'] });
  await tryCode(page, withdrawn);
  await expect(page.getByRole('alert')).toContainText('Koden stemmer ikke');
  await expect(page.getByLabel('Åtte siffer')).toBeFocused();
  await look(page, 'rest-code-wrong', { also: ['tall'] });
  // By the number pad, as one does with a finger.
  for (const digit of code) await button(page, digit).click();
  await button(page, 'Begynn').click();
  await signByDrawing(page, 'Kari Nordmann');
  await expect(page.getByText('Kari Nordmann')).toHaveCount(0);

  // It was good once; and whoever keeps trying waits.
  await button(page, 'Jeg har en hentekode').click();
  await tryCode(page, code);
  await expect(page.getByRole('alert')).toContainText('Koden stemmer ikke');
  for (let tries = 0; tries < 8; tries += 1) {
    if (await page.getByText('session.wait').isVisible()) break;
    await tryCode(page, '00000000');
    await expect(page.getByLabel('Åtte siffer')).toHaveValue('');
  }
  await expect(page.getByText('session.wait')).toBeVisible();
  await look(page, 'rest-code-wait', { also: ['tall'] });
  await button(page, 'Lukk').click();
  await comeBack(page);
  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  const { events } = await desk.call('job.get', { job });
  const handed = events.flatMap(({ event }) => (event.type === 'handed-over' ? [event] : []));
  expect(handed.map(({ alone, signer }) => [alone, signer])).toEqual([
    ['pick-up-code', 'undertegner-0'],
  ]);
  await openJob(page, 'Signert', 'Leieavtale, rom 12');
  await expect(page.getByText(/^Pass som slutter på A12B/)).toHaveText(
    'Pass som slutter på A12B · begynte selv med hentekode',
  );
});
