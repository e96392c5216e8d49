/** What ends a signing otherwise than by signing: no, not me, nobody there, taken back, withdrawn. */
import { button, clerk, comeBack, goTo, handOver, jobPage, openJob } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import type { OpenedHost } from './support/host.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { confirm, draw, readToTheEnd, sayWho } from './support/signer.ts';

const title = 'Fullmakt til bankkonto';

async function atTheCounter(desk: OpenedHost, options: { idleSeconds?: number } = {}) {
  await seedDesk(desk, options);
  const { job } = await seedJob(desk, title, ['Kari Nordmann', 'Ola Nordmann']);
  await openJob(desk.page, 'Venter', title);
  await handOver(desk.page, 'Kari Nordmann');
  return job;
}

/** The archive's word, not the screen's: what was recorded since the job was opened. */
async function recorded(desk: OpenedHost, job: string): Promise<readonly string[]> {
  const { events } = await desk.call('job.get', { job });
  const types = events.map(({ event }) => event.type);
  return types.slice(types.indexOf('opened') + 1);
}

test('a signer says no: the job stops for everybody, with the reason', async ({ desk }) => {
  const job = await atTheCounter(desk);
  await sayWho(desk.page, 'Kari Nordmann');
  await readToTheEnd(desk.page);
  await button(desk.page, 'Jeg vil ikke signere').click();
  const question = desk.page.getByRole('dialog', { name: 'Vil du si nei til å signere?' });
  // Changing one’s mind costs nothing.
  await button(question, 'Tilbake').click();
  await expect(desk.page.getByRole('heading', { name: 'Vil du signere?' })).toBeVisible();
  await button(desk.page, 'Jeg vil ikke signere').click();
  await question.getByText('Noe i dokumentet er feil').click();
  await button(question, 'Nei, jeg signerer ikke').click();
  await expect(desk.page.getByRole('heading', { name: 'Du har sagt nei' })).toBeVisible();
  await desk.page.locator('.kiosk').getByRole('button').last().click();
  await comeBack(desk.page);
  await expect(jobPage(desk.page, title)).toContainText('Kari Nordmann ville ikke signere');
  await expect(jobPage(desk.page, title)).toContainText('Noe i dokumentet er feil');
  await expect(desk.page.getByRole('tab', { name: /^Stoppet/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(button(desk.page, /^Kall fram/)).toHaveCount(0);
  const events = await recorded(desk, job);
  expect(events).toContain('declined');
  expect(events).not.toContain('signed');
});

test('the wrong person: no page is shown, and the clerk is told', async ({ desk }) => {
  const job = await atTheCounter(desk);
  await expect(desk.page.getByRole('heading', { name: 'Er du Kari Nordmann?' })).toBeVisible();
  await expect(desk.page.getByText(title)).toHaveCount(0);
  await expect(desk.page.locator('canvas')).toHaveCount(0);
  await button(desk.page, 'Nei, det er ikke meg').click();
  await comeBack(desk.page);
  await expect(jobPage(desk.page, title)).toContainText('sa at det var feil person');
  await expect(button(desk.page, 'Kall fram Kari Nordmann')).toBeVisible();
  expect(await recorded(desk, job)).toEqual(['handed-over', 'handed-back']);
});

test('stopping without signing leaves the job waiting', async ({ desk }) => {
  const job = await atTheCounter(desk);
  await sayWho(desk.page, 'Kari Nordmann');
  await button(desk.page, 'Avbryt uten å signere').click();
  const question = desk.page.getByRole('dialog', { name: 'Vil du avbryte?' });
  await button(question, 'Fortsett').click();
  await button(desk.page, 'Avbryt uten å signere').click();
  await button(question, 'Avbryt uten å signere').click();
  await comeBack(desk.page);
  await expect(jobPage(desk.page, title)).toContainText('avbrøt uten å signere');
  expect(await recorded(desk, job)).toEqual(['handed-over', 'handed-back']);
});

test('the clerk takes the screen back in the middle, by PIN alone', async ({ desk }) => {
  const job = await atTheCounter(desk);
  await sayWho(desk.page, 'Kari Nordmann');
  await button(desk.page, 'Avbryt uten å signere').click();
  await button(desk.page, 'For ansatte').click();
  const pad = desk.page.getByRole('dialog', { name: 'Ta skjermen tilbake' });
  await pad.getByLabel('PIN-koden din').fill('0000');
  await button(pad, 'Lås opp').click();
  await expect(pad.getByRole('alert')).toBeVisible();
  for (const digit of clerk.pin) await button(pad, digit).click();
  await button(pad, 'Lås opp').click();
  await expect(jobPage(desk.page, title)).toContainText('tatt tilbake med PIN-kode');
  expect(await recorded(desk, job)).toEqual(['handed-over', 'handed-back']);
});

test('nobody there: a warning, then the screen is wiped and nothing is confirmed', async ({
  desk,
}) => {
  await desk.page.clock.install();
  const job = await atTheCounter(desk, { idleSeconds: 60 });
  await sayWho(desk.page, 'Kari Nordmann');
  await readToTheEnd(desk.page);
  await confirm(desk.page);
  await draw(desk.page);
  await expect(button(desk.page, 'Signer')).not.toHaveAttribute('aria-disabled', 'true');
  await desk.page.clock.fastForward('01:01');
  const warning = desk.page.getByRole('alertdialog', { name: 'Er du der fortsatt?' });
  await expect(warning).toBeVisible();
  // More time is one press away, and nothing drawn is lost.
  await button(warning, 'Ja, jeg fortsetter').click();
  await expect(desk.page.getByRole('img', { name: 'Signatur med 2 streker' })).toBeVisible();
  await desk.page.clock.fastForward('01:01');
  await expect(warning).toBeVisible();
  await desk.page.clock.fastForward('00:31');
  await expect(desk.page.getByText('Vent til du blir kalt fram')).toBeVisible();
  await expect(desk.page.getByText('Kari Nordmann')).toHaveCount(0);
  await comeBack(desk.page);
  await expect(jobPage(desk.page, title)).toContainText('ingen rørte skjermen');
  await expect(button(desk.page, 'Kall fram Kari Nordmann')).toBeVisible();
  expect(await recorded(desk, job)).toEqual(['handed-over', 'confirmed', 'handed-back']);
  // Called up again, she begins at the beginning.
  await handOver(desk.page, 'Kari Nordmann');
  await sayWho(desk.page, 'Kari Nordmann');
  await expect(desk.page.getByText('Side 1 av 4')).toBeVisible();
});

test('a page that was closed or reloaded in the middle confirms nothing either', async ({
  desk,
}) => {
  const job = await atTheCounter(desk);
  await sayWho(desk.page, 'Kari Nordmann');
  await readToTheEnd(desk.page);
  await desk.page.reload();
  // Begun anew, from who it is.
  await sayWho(desk.page, 'Kari Nordmann');
  await expect(desk.page.getByText('Side 1 av 4')).toBeVisible();
  await expect(button(desk.page, 'Jeg har lest')).toHaveCount(0);
  await desk.restart();
  await desk.page.getByLabel('Passordfrase').fill(clerk.passphrase);
  await button(desk.page, 'Åpne skranken').click();
  await openJob(desk.page, 'Venter', title);
  await expect(button(desk.page, 'Kall fram Kari Nordmann')).toBeVisible();
  expect(await recorded(desk, job)).toEqual(['handed-over', 'handed-back']);
});

test('withdrawn with a reason', async ({ desk }) => {
  await seedDesk(desk);
  const { job } = await seedJob(desk, title, ['Kari Nordmann']);
  const page = await openJob(desk.page, 'Venter', title);
  await button(page, 'Trekk tilbake').click();
  const question = desk.page.getByRole('dialog', { name: 'Trekke tilbake oppdraget?' });
  await button(question, 'Trekk tilbake').click();
  await expect(question.getByText('Skriv en grunn.')).toBeVisible();
  await question.getByLabel('Hvorfor?').fill('Feil beløp i punkt 3');
  await button(question, 'Trekk tilbake').click();
  await expect(page).toContainText('Oppdraget er trukket tilbake');
  await expect(page).toContainText('Feil beløp i punkt 3');
  await goTo(desk.page, 'Oppdrag');
  await expect(desk.page.getByRole('tab', { name: /^Stoppet/ })).toContainText('1');
  expect(await recorded(desk, job)).toEqual(['cancelled']);
});
