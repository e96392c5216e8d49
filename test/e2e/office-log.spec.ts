/** What the office did, as those who answer for it read it. */
import { button, clerk, goTo, signIn } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk, seedJob, seedSignatures } from './support/seed.ts';

test('the office’s log: who came and went, what was changed, newest first and by pages', async ({
  desk,
}) => {
  const { page } = desk;
  await seedDesk(desk);
  // More than one page of it, and then what this test reads.
  for (let at = 0; at < 55; at += 1)
    await desk.call('settings.kiosk', { idleSeconds: at % 2 === 0 ? 60 : 120 });
  await desk.call('settings.addUser', {
    ...{ name: 'Per Lesesal', roles: ['handler', 'reader'] },
    ...{ passphrase: 'pers første frase', pin: '1357' },
  });
  const { job } = await seedJob(desk, 'Leieavtale, rom 12', ['Kari Nordmann']);
  await seedSignatures(desk, job, 1);
  await button(page, 'Logg ut').click();
  await page.getByRole('radio', { name: 'Per Lesesal' }).check();
  for (let tries = 0; tries < 8; tries += 1) {
    await signIn(page, 'ikke denne');
    await expect(page.getByRole('alert')).toBeVisible();
    if (await page.getByText('session.wait').isVisible()) break;
  }
  await expect(page.getByText('session.wait')).toBeVisible();
  await page.getByRole('radio', { name: clerk.name }).check();
  await signIn(page);

  await goTo(page, 'Arkiv');
  await expect(page.getByText(/^Loggen er ikke tidsstemplet ennå/)).toBeVisible();
  await look(page, 'archive');
  await page.getByRole('tab', { name: 'Kontorets logg' }).focus();
  await page.keyboard.press('Enter');
  const log = page.getByRole('list', { name: 'Kontorets logg' });
  await expect(log.getByRole('listitem').first()).toContainText(`${clerk.name} logget inn`);
  await expect(log).toContainText('For mange mislykkede forsøk med passordfrase for Per Lesesal');
  await expect(log).toContainText('Per Lesesal ble lagt til eller endret');
  await expect(log).toContainText('saksbehandler og lesetilgang');
  await expect(log).toContainText('Innstilling endret: publikumsskjermen');
  await expect(log.getByRole('listitem')).toHaveCount(50);
  // Nothing of what stands in a job.
  await expect(log).not.toContainText('Leieavtale');
  await look(page, 'office-log');
  await button(page, 'Vis eldre').click();
  await expect(button(page, 'Vis eldre')).toHaveCount(0);
  expect(await log.getByRole('listitem').count()).toBeGreaterThan(60);
  await page.getByLabel('Hva').selectOption({ label: 'Inn og ut, tilganger' });
  await expect(log).not.toContainText('Innstilling endret');
  await page.getByLabel('Hvem').selectOption({ label: 'Per Lesesal' });
  await expect(log.getByRole('listitem')).toHaveCount(2);
  await expect(log).toContainText('Per Lesesal fikk ny passordfrase');
  await expect(log).toContainText('For mange mislykkede forsøk med passordfrase for Per Lesesal');
  await look(page, 'office-log-filtered');
  await page.getByLabel('Hva').selectOption({ label: 'Sikkerhetskopier' });
  await expect(page.getByText('Ingenting i loggen passer')).toBeVisible();
  await look(page, 'office-log-nothing');
  await page.getByLabel('Hva').selectOption({ label: 'Alt' });
  await page.getByLabel('Hvem').selectOption({ label: 'Alle' });
  await expect(log.getByRole('listitem')).toHaveCount(50);
  await button(page, 'English').click();
  await expect(page.getByRole('tab', { name: 'The office’s log' })).toBeVisible();

  await page.getByRole('tab', { name: 'The office’s log' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { selected: true })).toBeFocused();
  await button(page, 'Bokmål').click();

  // An administrator alone sees the log, and no jobs.
  await desk.call('settings.addUser', {
    ...{ name: 'Anne Drift', roles: ['admin'], passphrase: 'annes første frase', pin: '2468' },
  });
  await button(page, 'Logg ut').click();
  await page.getByRole('radio', { name: 'Anne Drift' }).check();
  await signIn(page, 'annes første frase');
  await goTo(page, 'Arkiv');
  await expect(page.getByRole('heading', { name: 'Kontorets logg' })).toBeVisible();
  await expect(page.getByText('Leieavtale')).toHaveCount(0);
  // Their own screens asked for nothing that was refused.
  await expect(log).not.toContainText('Forsøk på noe som ikke er tillatt');
  await look(page, 'office-log-admin');
});
