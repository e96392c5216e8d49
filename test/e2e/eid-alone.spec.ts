/**
 * A signer begins alone at a resting kiosk by logging in at a certified provider: nothing for those whom
 * nothing waits for, then two jobs in one sitting, each with a login of its own before it is signed.
 */
import type { Page } from '@playwright/test';
import { button, clerk, comeBack, openJob, openSettings } from './support/clerk.ts';
import { chooseAtProvider, kari, logOutAtProvider, ola, seedEid } from './support/eid.ts';
import { expect, hostName, test, type OpenedHost } from './support/host.ts';
import { look } from './support/look.ts';
import { passport, seedDesk, seedJob } from './support/seed.ts';
import { confirm, readToTheEnd, sayWho } from './support/signer.ts';

const nobodys = /Kari|Ola|Leieavtale|Samtykke|Marit/;

/** Somebody has been called up and has left: the counter rests. */
async function rest(desk: OpenedHost): Promise<void> {
  const { job } = await seedJob(desk, 'Kvittering', ['Nils Annen']);
  await desk.call('session.handOver', {
    ...{ job, signer: 'undertegner-0' },
    identityCheck: passport,
  });
  await desk.call('session.leave', { reason: 'stopped' });
}

async function logIn(page: Page, choice: string): Promise<void> {
  await button(page, 'Logg inn med ID-porten').click();
  await chooseAtProvider(page, choice);
}

async function sign(page: Page): Promise<void> {
  await sayWho(page, kari.name);
  await readToTheEnd(page);
  await confirm(page);
  await logIn(page, 'Kari Nordmann high');
  await logOutAtProvider(page);
  await expect(page.getByRole('heading', { name: 'Du er logget inn' })).toBeVisible();
  await button(page, 'Signer').click();
  await expect(page.getByRole('heading', { name: 'Takk, du har signert' })).toBeVisible();
}

test('a signer logs in at the resting counter, signs two jobs, and leaves it at rest', async ({
  desk,
}) => {
  test.skip(hostName !== 'web', 'Electron shows the provider in a window of its own');
  test.setTimeout(300_000);
  const { page } = desk;
  await seedDesk(desk);
  const provider = await seedEid(desk, [kari, ola]);
  const signers = { kind: 'authenticated', level: 4, nationalId: kari.pid } as const;
  const { job: lease } = await seedJob(desk, 'Leieavtale, rom 12', [kari.name], signers);
  const { job: consent } = await seedJob(desk, 'Samtykke', [kari.name], signers);

  await openSettings(page, 'Publikumsskjerm');
  const rule = page.getByRole('checkbox', { name: 'Undertegnere kan begynne alene ved å logge' });
  await expect(rule).not.toBeChecked();
  await rule.check();
  await button(page, 'Lagre reglene').click();
  await expect(page.getByText('Lagret.')).toBeVisible();
  await look(page, 'settings-login-alone');
  await rest(desk);
  await expect(button(page, 'Logg inn og begynn')).toBeVisible();
  await look(page, 'rest-login', { also: ['tall', 'wide', 'low'] });
  await button(page, 'Logg inn og begynn').click();
  await look(page, 'rest-login-begin', { also: ['tall', 'low'] });
  expect(await page.locator('body').innerText()).not.toMatch(nobodys);

  // Somebody who turns back, somebody with nothing waiting, and a level that is too low.
  await logIn(page, 'Avbryt');
  await expect(page.getByText('Du avbrøt innloggingen')).toBeVisible();
  await logIn(page, 'Ola Nordmann high');
  await logOutAtProvider(page);
  await expect(page.getByRole('heading', { name: 'Ingenting venter på deg nå' })).toBeVisible();
  expect(await page.locator('body').innerText()).not.toMatch(nobodys);
  await look(page, 'rest-login-nothing', { also: ['tall', 'low'] });
  await button(page, 'Lukk').click();
  await button(page, 'Logg inn og begynn').click();
  await logIn(page, 'Kari Nordmann substantial');
  await logOutAtProvider(page);
  await expect(page.getByText('Innloggingen har for lavt sikkerhetsnivå')).toBeVisible();
  expect(await page.locator('body').innerText()).not.toMatch(nobodys);
  await look(page, 'rest-login-level', { also: ['tall', 'low'] });

  await logIn(page, 'Kari Nordmann high');
  await logOutAtProvider(page);
  await sign(page);
  await expect(page.getByText('Ett oppdrag til venter på deg.')).toBeVisible();
  await look(page, 'done-next', { also: ['tall', 'low'] });
  await button(page, 'Gå videre til det neste').click();
  await sign(page);
  await expect(button(page, 'Gå videre til det neste')).toHaveCount(0);
  await button(page, 'Ferdig').click();
  await expect(button(page, 'Logg inn og begynn')).toBeVisible();
  expect(await page.locator('body').innerText()).not.toMatch(nobodys);

  await comeBack(page, clerk.pin);
  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  for (const job of [lease, consent]) {
    const { events } = await desk.call('job.get', { job });
    const begun = events.flatMap(({ event }) => (event.type === 'handed-over' ? [event] : []));
    expect(begun.map(({ alone, login }) => [alone, login?.level, login?.matchedBy])).toEqual([
      ['login', 4, 'national-id'],
    ]);
    expect(events.filter(({ event }) => event.type === 'proof-given')).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain(kari.pid);
  }
  await openJob(page, 'Signert', 'Leieavtale, rom 12');
  await expect(page.getByText(/^Logget inn med ID-porten, sikkerhetsnivå 4/)).toHaveText(
    'Logget inn med ID-porten, sikkerhetsnivå 4 · begynte selv med innlogging',
  );
  await look(page, 'job-login-alone');
  await provider.close();
});
