/** On the clerk's own screen: what a signer leaves behind when they finish, and when they simply walk away. */
import type { Page } from '@playwright/test';
import { button, comeBack, handOver, openJob } from './support/clerk.ts';
import { remembered } from './support/heap.ts';
import { expect, hostName, test } from './support/host.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { sayWho } from './support/signer.ts';

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
  const description = `${String(Math.round(performance.now() - began))} ms`;
  test.info().annotations.push({ type: `rest after ${after}`, description });
  console.log(`kiosk at rest ${description} after ${after}`);
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
