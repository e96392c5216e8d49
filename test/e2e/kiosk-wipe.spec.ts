/** On the clerk's own screen: what a signer leaves behind when they finish, and when they simply walk away. */
import type { Page } from '@playwright/test';
import type { Result } from '../../shared/result.ts';
import type { OutputOf } from '../../shared/rpc/contract.ts';
import { button, comeBack, handOver, openJob, signIn } from './support/clerk.ts';
import { remembered } from './support/heap.ts';
import { askFrom, expect, hostName, test } from './support/host.ts';
import { took } from './support/took.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { confirm, draw, readToTheEnd, sayWho } from './support/signer.ts';

/** Of the person and of the document; a name that no language file uses for an example. */
const name = 'Ragnfrid Aarvik';
const secrets = [name, '018180', 'Gamle skolen'];

/** Called up and reading; the search that must find nothing later finds all of it now. */
async function reading(page: Page): Promise<void> {
  await openJob(page, 'Venter', 'Leieavtale, rom 12');
  await handOver(page, name);
  await sayWho(page, name);
  await button(page, 'Som tekst').click();
  await expect(page.getByText('Gamle skolen').first()).toBeVisible();
  const found = new Set<string>();
  await expect
    .poll(async () => {
      for (const each of await remembered(page, secrets)) found.add(each.replace(/^\w+: /, ''));
      return found.size;
    })
    .toBe(secrets.length);
}

async function rests(page: Page, after: string, began: number): Promise<void> {
  await expect(button(page, 'Ansatt')).toBeVisible();
  took(`kiosk at rest after ${after}`, began);
  expect(await remembered(page, secrets), after).toEqual([]);
}

test('the page of a signer who stopped, and of one who walked away, remembers nothing', async ({
  desk,
}) => {
  test.skip(hostName !== 'web', 'Electron destroys the whole window');
  test.setTimeout(240_000);
  const { page } = desk;
  await seedDesk(desk);
  await seedJob(desk, 'Leieavtale, rom 12', [name], { nationalId: '01818000010' });
  await reading(page);
  await button(page, 'Avbryt uten å signere').click();
  let began = performance.now();
  await button(page.getByRole('dialog'), 'Avbryt uten å signere').click();
  await rests(page, 'hand-back', began);

  await comeBack(page);
  await reading(page);
  await desk.ahead(125_000);
  await expect(page.getByRole('alertdialog', { name: 'Er du der fortsatt?' })).toBeVisible();
  began = performance.now();
  await desk.ahead(31_000);
  await rests(page, 'idle', began);
});

test('a page that dies while somebody signs gives the job back, and its window rests', async ({
  desk,
}) => {
  test.skip(hostName !== 'web', 'Electron makes a new window by itself');
  test.setTimeout(240_000);
  const { page } = desk;
  await seedDesk(desk);
  const { job } = await seedJob(desk, 'Leieavtale, rom 12', [name], { nationalId: '01818000010' });
  const other = await desk.another();
  await signIn(other);
  await reading(page);
  await button(page, /^(Som tekst|Som sider)$/).click();
  await readToTheEnd(page);
  await confirm(page);
  await draw(page);

  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  const began = performance.now();
  // Never answered: who should answer is dead.
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  // One that is opened at once shows nothing of hers either.
  const anew = await page.context().newPage();
  await anew.goto(new URL('/', page.url()).href);
  await rests(anew, 'crash', began);
  const answer = (await askFrom(other, 'job.get', { job })) as Result<OutputOf<'job.get'>>;
  if (!answer.ok) throw new Error(answer.error.code);
  expect(answer.value.job).toMatchObject({ state: 'open', atKiosk: null });
  expect(answer.value.job.signers.map(({ state }) => state)).toEqual(['WAITING']);
  const steps = answer.value.events.map(({ event }) => event.type);
  expect(steps.slice(-3)).toEqual(['handed-over', 'confirmed', 'handed-back']);
});

test('a page that dies and is left alone is handed back by itself', async ({ desk }) => {
  test.skip(hostName !== 'web', 'Electron makes a new window by itself');
  const { page } = desk;
  await seedDesk(desk);
  await seedJob(desk, 'Leieavtale, rom 12', [name], { nationalId: '01818000010' });
  const other = await desk.another();
  await signIn(other);
  const sheet = await openJob(other, 'Venter', 'Leieavtale, rom 12');
  await reading(page);
  await expect(button(sheet, /^Kall fram/)).toHaveCount(0);
  const session = await page.context().newCDPSession(page);
  const began = performance.now();
  void session.send('Page.crash').catch(() => undefined);
  await expect(button(sheet, `Kall fram ${name}`)).toBeVisible();
  took('job waits again after crash', began);
});
