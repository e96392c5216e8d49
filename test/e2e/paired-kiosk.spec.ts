/** The clerk on one screen and the signer on another: a second window, and a machine of its own. */
import type { Page } from '@playwright/test';
import { button, jobPage, openJob, openSettings } from './support/clerk.ts';
import { remembered } from './support/heap.ts';
import { expect, hostName, test, type OpenedHost } from './support/host.ts';
import { look } from './support/look.ts';
import { callUp, pair } from './support/paired.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { confirm, draw, readToTheEnd, sayWho, signNow } from './support/signer.ts';
import { took } from './support/took.ts';

async function openSecond(desk: OpenedHost, title: string, name: string): Promise<Page> {
  const { page } = desk;
  await openJob(page, 'Venter', title);
  await button(page, `Kall fram ${name}`).click();
  const dialog = page.getByRole('dialog', { name: new RegExp(`Er det ${name}`) });
  const opening = page.context().waitForEvent('page');
  await button(dialog, 'Åpne en publikumsskjerm til').click();
  const second = await opening;
  await expect(dialog.getByRole('radio', { name: 'Publikumsskjerm 2' })).toBeChecked();
  await button(dialog, 'Tilbake').click();
  return second;
}

/** Of the person and of the document; names that no language file uses for an example. */
const secrets = ['Ragnfrid Aarvik', '018180', 'Gamle skolen'] as const;

/** Reading, with the text in sight: the search that must find nothing later finds all of it now. */
async function findsAll(kiosk: Page): Promise<void> {
  await button(kiosk, 'Som tekst').click();
  await expect(kiosk.getByText('Gamle skolen').first()).toBeVisible();
  const found = new Set<string>();
  await expect
    .poll(async () => {
      for (const each of await remembered(kiosk, secrets)) found.add(each.replace(/^\w+: /, ''));
      return [...found].sort();
    })
    .toEqual([...secrets].sort());
  expect(await remembered(kiosk, secrets)).toContain('heap: Ragnfrid Aarvik');
}

/** At rest, and nothing of the signer is left in the page. */
async function forgets(kiosk: Page, after: string, began: number): Promise<void> {
  await expect(kiosk.locator('.rest h1')).toBeVisible();
  took(`rest after ${after}`, began);
  expect(await remembered(kiosk, secrets), after).toEqual([]);
}

test('a second screen: the clerk stays at the desk and sees how far along the signer is', async ({
  desk,
}) => {
  test.skip(hostName !== 'web', 'Electron opens the window on the other display by itself');
  const { page } = desk;
  await seedDesk(desk);
  const { job } = await seedJob(desk, 'Leieavtale, rom 12', ['Ragnfrid Aarvik', 'Ola Nordmann'], {
    nationalId: '01818000010',
  });
  const second = await openSecond(desk, 'Leieavtale, rom 12', 'Ragnfrid Aarvik');
  await expect(second.locator('.rest h1')).toBeVisible();
  await expect(button(second, 'Ansatt')).toHaveCount(0);
  await look(second, 'second-screen-rest', { also: ['tall', 'wide'] });

  await callUp(page, 'Leieavtale, rom 12', 'Ragnfrid Aarvik', 'Publikumsskjerm 2');
  await expect(second.getByRole('heading', { name: 'Er du Ragnfrid Aarvik?' })).toBeVisible();
  const sheet = jobPage(page, 'Leieavtale, rom 12');
  await expect(sheet.getByText('Undertegneren er ved Publikumsskjerm 2')).toBeVisible();
  await sayWho(second, 'Ragnfrid Aarvik');
  await expect(sheet.locator('.at-kiosk-steps [aria-current]')).toHaveText('Les');
  await button(second, 'Be om hjelp').click();
  await expect(page.getByRole('alert').filter({ hasText: 'ber om hjelp' }).first()).toBeVisible();
  await look(page, 'second-screen-state');
  await look(second, 'second-screen-read', { also: ['tall', 'wide'] });
  await button(second, 'Hjelp er på vei').click();

  await findsAll(second);
  let began = performance.now();
  await button(sheet, 'Ta tilbake').click();
  await forgets(second, 'taking back the second window', began);
  await callUp(page, 'Leieavtale, rom 12', 'Ragnfrid Aarvik', 'Publikumsskjerm 2');
  await sayWho(second, 'Ragnfrid Aarvik');
  await readToTheEnd(second);
  await confirm(second);
  await expect(sheet.locator('.at-kiosk-steps [aria-current]')).toHaveText('Signer');
  await draw(second);
  await signNow(second);
  began = performance.now();
  await button(second, 'Ferdig').click();
  await forgets(second, 'signing at the second window', began);
  await button(sheet, 'Bekreft at du så Ragnfrid Aarvik signere').click();
  await button(page, 'Bekreft').click();

  // The screen is unplugged: its window goes while the next signer is there.
  await callUp(page, 'Leieavtale, rom 12', 'Ola Nordmann', 'Publikumsskjerm 2');
  await expect(second.getByRole('heading', { name: 'Er du Ola Nordmann?' })).toBeVisible();
  began = performance.now();
  await second.close();
  await expect(sheet.getByText('Kontakten med publikumsskjermen ble borte')).toBeVisible();
  took('job waits again after the second window was closed', began);
  await look(page, 'second-screen-lost');
  const { job: now } = await desk.call('job.get', { job });
  expect(now).toMatchObject({ state: 'open', atKiosk: null });
  expect(now.signers.map(({ state }) => state)).toEqual(['SIGNED', 'WAITING']);
});

test('a machine of its own: paired, cut off, signed once, unpaired, and it remembers nothing', async ({
  desk,
  browser,
}) => {
  test.skip(hostName !== 'web', 'the same door; two browsers are at hand here');
  test.setTimeout(240_000);
  const { page } = desk;
  await seedDesk(desk);
  const { job } = await seedJob(
    desk,
    'Leieavtale, rom 12',
    ['Ragnfrid Aarvik', 'Torbjorn Eikeland'],
    {
      nationalId: '01818000010',
    },
  );
  const kiosk = await pair(desk, browser);
  await callUp(page, 'Leieavtale, rom 12', 'Ragnfrid Aarvik', 'Nettbrettet');
  const sheet = jobPage(page, 'Leieavtale, rom 12');
  await expect(sheet.getByText('Undertegneren er ved Nettbrettet')).toBeVisible();
  await sayWho(kiosk, 'Ragnfrid Aarvik');
  await expect(kiosk.getByText(/^Side 1 av /)).toBeVisible();
  await findsAll(kiosk);

  // The network is gone while she reads: said plainly, and she goes on where she was.
  await kiosk.context().setOffline(true);
  const lost = kiosk.getByRole('alertdialog', { name: 'Kontakten er borte' });
  await expect(lost.getByText('Ingenting er signert.')).toBeVisible();
  await look(kiosk, 'paired-contact-lost', { also: ['tall', 'wide'] });
  await kiosk.context().setOffline(false);
  await expect(lost).toBeHidden();
  await expect(kiosk.getByText('Gamle skolen').first()).toBeVisible();
  await kiosk.getByRole('button', { name: /^(Som tekst|Som sider)$/ }).click();
  await readToTheEnd(kiosk);
  await confirm(kiosk);
  await draw(kiosk);

  // The signature arrives, and its answer does not: asked again, it is told what came of the first.
  let answers = 0;
  await kiosk.route('**/rpc/signing.sign', async (route) => {
    answers += 1;
    if (answers > 1) return route.fallback();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await signNow(kiosk);
  expect(answers).toBe(2);
  // A browser that is listened in on keeps no files: what follows is timed as it is without.
  await kiosk.unroute('**/rpc/signing.sign');
  const { events } = await desk.call('job.get', { job });
  expect(events.filter(({ event }) => event.type === 'signed')).toHaveLength(1);
  let began = performance.now();
  await button(kiosk, 'Ferdig').click();
  await forgets(kiosk, 'signing at a machine of its own', began);
  await button(sheet, 'Bekreft at du så Ragnfrid Aarvik signere').click();
  await button(page, 'Bekreft').click();

  // Unpaired while somebody reads: emptied at once, lost, nothing signed.
  await callUp(page, 'Leieavtale, rom 12', 'Torbjorn Eikeland', 'Nettbrettet');
  await sayWho(kiosk, 'Torbjorn Eikeland');
  await expect(kiosk.getByText(/^Side 1 av /)).toBeVisible();
  expect(await remembered(kiosk, ['Torbjorn Eikeland'])).not.toEqual([]);
  await openSettings(page, 'Flere skjermer');
  await button(page, 'Fjern Nettbrettet').click();
  began = performance.now();
  await button(page.getByRole('dialog'), 'Fjern').click();
  await expect(kiosk.getByRole('heading', { name: 'Par denne skjermen' })).toBeVisible();
  took('empty after unpairing', began);
  expect(await remembered(kiosk, ['Torbjorn Eikeland', 'Gamle skolen'])).toEqual([]);
  await expect(page.getByText(/^Ingen skjermer er paret/)).toBeVisible();
  const { job: now } = await desk.call('job.get', { job });
  expect(now).toMatchObject({ state: 'open', atKiosk: null });
  await kiosk.context().close();
});
