/** The screens of who may do and see what, in English: how they read, and that nothing is cut off. */
import { button, clerk } from './support/clerk.ts';
import { seedEid, kari } from './support/eid.ts';
import { expect, hostName, test } from './support/host.ts';
import { look } from './support/look.ts';
import { passport, seedDesk, seedJob } from './support/seed.ts';
import { wordsOf } from './support/words.ts';

const say = wordsOf('en');
test('units, visibility, the office’s log, the second clerk and the ways to begin alone', async ({
  desk,
}) => {
  test.skip(hostName !== 'web', 'Electron shows the provider in a window of its own');
  test.setTimeout(180_000);
  const { page } = desk;
  await seedDesk(desk);
  const provider = await seedEid(desk, [kari]);
  await desk.call('settings.units', {
    units: [{ id: 'office', name: 'Service desk' }, { name: 'Child welfare' }],
  });
  await desk.call('settings.addUser', {
    ...{ name: 'Per Lesesal', roles: ['handler'], passphrase: 'pers første frase', pin: '1357' },
  });
  await desk.call('settings.counter', { twoClerks: true, pickUpCodes: true, loginAlone: true });
  await seedJob(desk, 'Lease, room 12', ['Kari Nordmann'], { language: 'en' });
  const { job } = await seedJob(desk, 'Confidentiality', ['Ola Nordmann'], { language: 'en' });
  await page.reload();
  await button(page, 'English').click();
  const menu = page.getByRole('navigation', { name: say('app:rail.label') });
  const section = async (name: string) => {
    await menu.getByRole('link', { name: say('app:rail.settings') }).click();
    await page
      .getByRole('navigation', { name: say('settings:title') })
      .getByRole('button', { name, exact: true })
      .click();
  };
  await section(say('settings:section.kiosk'));
  await page
    .getByRole('checkbox', { name: say('settings:counter.loginAlone') })
    .scrollIntoViewIfNeeded();
  await look(page, 'en-settings-kiosk', { also: ['tall'] });
  await section(say('settings:section.users'));
  await page.getByRole('heading', { name: say('settings:units.title') }).scrollIntoViewIfNeeded();
  await look(page, 'en-settings-units', { also: ['tall'] });

  await menu.getByRole('link', { name: say('app:rail.jobs') }).click();
  await page.getByRole('tab', { name: new RegExp(`^${say('jobs:tab.waiting')}`) }).click();
  await page
    .getByRole('listbox')
    .or(page.getByRole('list'))
    .getByText('Lease, room 12')
    .first()
    .click();
  await look(page, 'en-job', { also: ['tall'] });
  const dialog = page.getByRole('dialog');
  await button(page, say('jobs:audience.change')).click();
  await page.getByRole('radio', { name: say('jobs:audience.named') }).check();
  await look(page, 'en-job-audience');
  await page.keyboard.press('Escape');

  await button(page, say('jobs:pickUp.makeAction', { name: 'Kari Nordmann' })).click();
  await look(page, 'en-second-clerk', { also: ['tall'] });
  await dialog.getByLabel(say('jobs:identity.documentType')).selectOption('passport');
  await dialog.getByLabel(say('jobs:identity.lastFour')).fill('A12B');
  await dialog.getByLabel(say('jobs:identity.expires')).fill('2099-12-31');
  await button(dialog, say('jobs:pickUp.confirm')).click();
  await look(page, 'en-second-clerk-missing', { also: ['tall'] });
  await dialog
    .getByLabel(say('jobs:second.who'), { exact: true })
    .selectOption({ label: 'Per Lesesal' });
  await dialog.getByLabel(say('jobs:second.pin')).fill('1357');
  await button(dialog, say('jobs:pickUp.confirm')).click();
  await expect(page.locator('.pick-up-code')).toBeVisible();
  await look(page, 'en-pick-up-slip');
  await button(dialog, say('jobs:pickUp.close')).click();

  await menu.getByRole('link', { name: say('app:rail.archive') }).click();
  await page.getByRole('tab', { name: say('archive:office.title') }).click();
  await look(page, 'en-office-log');

  await desk.call('session.handOver', {
    ...{ job, signer: 'undertegner-0', identityCheck: passport },
    second: {
      user:
        (await desk.call('office.people', {})).people.find(({ name }) => name !== clerk.name)?.id ??
        '',
      pin: '1357',
    },
  });
  await desk.call('session.leave', { reason: 'stopped' });
  // The counter rests in the office's language until somebody chooses another.
  await button(page, 'English').click();
  await look(page, 'en-rest', { also: ['tall', 'low'] });
  await page.setViewportSize({ width: 800, height: 600 });
  for (const name of ['Bokmål', say('app:rest.clerk'), say('app:rest.code'), say('app:rest.login')])
    await expect(button(page, name), name).toBeInViewport({ ratio: 1 });
  await button(page, say('app:rest.code')).click();
  await look(page, 'en-rest-code', { also: ['low'] });
  await button(page, say('app:rest.away')).click();
  await button(page, say('app:rest.login')).click();
  await look(page, 'en-rest-login', { also: ['low'] });
  await provider.close();
});
