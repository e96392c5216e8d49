/**
 * An e-ID that does not say enough: the administrator tries the provider out first, the login leaves a
 * doubt, and the clerk compares, vouches with a PIN and is named for it.
 */
import { button, clerk, comeBack, openJob, openSettings } from './support/clerk.ts';
import { chooseAtProvider, kari, logOutAtProvider, seedEid } from './support/eid.ts';
import { expect, hostName, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { confirm, readToTheEnd, sayWho } from './support/signer.ts';

test.skip(hostName !== 'web', 'Electron shows the provider in a window of its own');

test('a trial login shows what the provider tells, the number masked, and signs nothing', async ({
  desk,
}) => {
  const { page } = desk;
  await seedDesk(desk);
  const provider = await seedEid(desk, [kari]);
  await openSettings(page, 'e-ID');
  const opens = page.context().waitForEvent('page');
  await button(page, 'Prøv innloggingen').click();
  const tab = await opens;
  await chooseAtProvider(tab, 'Kari Nordmann substantial');
  await logOutAtProvider(tab);
  const found = page.getByText(/128579\*{5}/);
  await expect(found).toBeVisible();
  await expect(found).toContainText('idporten-loa-substantial');
  expect(await page.locator('body').innerText()).not.toContain(kari.pid);
  await found.scrollIntoViewIfNeeded();
  await look(page, 'eid-trial');

  const again = page.context().waitForEvent('page');
  await button(page, 'Prøv innloggingen').click();
  await chooseAtProvider(await again, 'Avbryt');
  await expect(page.getByText('Du avbrøt innloggingen')).toBeVisible();
  await expect(found).toHaveCount(0);
  await provider.close();
});

test('the clerk compares where the login leaves a doubt, and vouches with a PIN', async ({
  desk,
}) => {
  test.setTimeout(240_000);
  const { page } = desk;
  await seedDesk(desk);
  const provider = await seedEid(desk, [kari]);
  // No number and no birth date: ID-porten names nobody, so nothing can be compared by itself.
  const { job } = await seedJob(desk, 'Leieavtale', [kari.name], { kind: 'authenticated' });
  await openJob(page, 'Venter', 'Leieavtale');
  await button(page, `Kall fram ${kari.name}`).click();
  const dialog = page.getByRole('dialog', { name: /Er det Kari Nordmann/ });
  await button(dialog, `Gi over til ${kari.name}`).click();
  await sayWho(page, kari.name);
  await readToTheEnd(page);
  await confirm(page);
  await button(page, 'Logg inn med ID-porten').click();
  await chooseAtProvider(page, 'Kari Nordmann high');
  await logOutAtProvider(page);
  await expect(page.getByRole('heading', { name: 'Saksbehandleren må se på dette' })).toBeVisible();
  await expect(button(page, 'Signer')).toHaveCount(0);
  await look(page, 'eid-doubt', { also: ['tall', 'low'] });

  await button(page, 'For saksbehandleren').click();
  await look(page, 'eid-vouch', { also: ['tall', 'low'] });
  await page.setViewportSize({ width: 800, height: 600 });
  // The whole pad, not the part of it that a scrolling body happens to show.
  for (const digit of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'Slett'])
    await expect(button(page, digit), digit).toBeInViewport({ ratio: 1 });
  await page.getByLabel('PIN-koden til saksbehandleren').fill('0000');
  await button(page, 'Det er samme person').click();
  await expect(page.getByText('PIN-koden er feil')).toBeVisible();
  await look(page, 'eid-vouch-wrong', { also: ['low'] });
  await page.setViewportSize({ width: 800, height: 600 });
  for (const digit of clerk.pin) await button(page, digit).click();
  await button(page, 'Det er samme person').click();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByText('Ja, saksbehandleren har bekreftet det')).toBeVisible();
  await button(page, 'Signer').click();
  await expect(page.getByRole('heading', { name: 'Takk, du har signert' })).toBeVisible();
  await button(page, 'Ferdig').click();
  await comeBack(page);

  await expect(page.getByRole('navigation', { name: 'Hovedmeny' })).toBeVisible();
  const { events } = await desk.call('job.get', { job });
  const said = events.flatMap(({ event, actorName }) =>
    event.type === 'proof-given'
      ? [[event.type, event.matches, actorName]]
      : event.type === 'proof-accepted'
        ? [[event.type, event.signer, actorName]]
        : [],
  );
  expect(said).toEqual([
    ['proof-given', false, kari.name],
    ['proof-accepted', 'undertegner-0', clerk.name],
  ]);
  const evidence = events.flatMap(({ event }) => (event.type === 'signed' ? [event.evidence] : []));
  expect(JSON.parse(evidence[0] ?? '{}')).toMatchObject({
    ...{ clerk: { name: clerk.name }, proof: { accepted: 'clerk' } },
  });
  await openJob(page, 'Signert', 'Leieavtale');
  await expect(page.getByText(/^Logget inn med ID-porten/)).toHaveText(
    'Logget inn med ID-porten, sikkerhetsnivå 4 · saksbehandleren sammenlignet',
  );
  await provider.close();
});
