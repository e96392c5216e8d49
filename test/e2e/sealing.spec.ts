/** Timestamps: put off when no authority is there, made by themselves when one comes. */
import { startAuthority } from './support/authority.ts';
import {
  button,
  handOver,
  jobPage,
  openJob,
  openSettings,
  setTimestamps,
} from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { seedDesk, seedDraft, seedJob, seedSignatures } from './support/seed.ts';

const title = 'Leieavtale, rom 12';

test('with no authority the signatures are kept; once one is put in, the job is sealed', async ({
  desk,
}) => {
  const { page } = desk;
  await seedDesk(desk);
  const { job } = await seedJob(desk, title, ['Kari Nordmann']);
  await seedSignatures(desk, job, 1);
  const shown = await openJob(page, 'Signert', title);
  await expect(shown).toContainText('Alle har signert. Tidsstempelet gjenstår.');
  await expect(shown).toContainText('Ingen tidsstempeltjeneste er lagt inn ennå');
  const authority = await startAuthority();
  await setTimestamps(page, authority.url);
  await openJob(page, 'Signert', title);
  await expect(jobPage(page, title)).toContainText('Tidsstempelet ble satt');
  const { job: sealed } = await desk.call('job.get', { job });
  expect(sealed.state).toBe('sealed');
  await authority.close();
});

test('an authority that does not answer: kept, told, and sealed by hand when it is back', async ({
  desk,
}) => {
  const { page } = desk;
  const authority = await startAuthority();
  const port = Number(new URL(authority.url).port);
  await seedDesk(desk, { timestamps: authority.url });
  const { job } = await seedJob(desk, title, ['Kari Nordmann']);
  await authority.close();
  await seedSignatures(desk, job, 1);
  const shown = await openJob(page, 'Signert', title);
  await expect(shown).toContainText('Får ikke kontakt med tidsstempeltjenesten');
  await button(shown, 'Bekreft at du så Kari Nordmann signere').click();
  await button(page, 'Bekreft').click();
  await button(shown, 'Hent tidsstempel og fullfør').click();
  await expect(shown.getByRole('alert')).toBeVisible();
  const back = await startAuthority(port);
  await button(shown, 'Hent tidsstempel og fullfør').click();
  await expect(shown).toContainText('Tidsstempelet ble satt');
  await back.close();
});

test('without a seal no signing begins, and the clerk is told why', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk, { trialSeal: false });
  await seedDraft(desk, title, ['Kari Nordmann']);
  const shown = await openJob(page, 'Utkast', title);
  await expect(shown).toContainText('Virksomheten har ikke noe gyldig segl');
  await button(shown, 'Start signeringen').click();
  await expect(shown.getByRole('alert')).toContainText(/segl/);
  await openSettings(page, 'Segl');
  await button(page, 'Lag et prøvesegl').click();
  await expect(page.getByText('Prøveseglet er laget.')).toBeVisible();
  await openJob(page, 'Utkast', title);
  await button(shown, 'Start signeringen').click();
  await handOver(page, 'Kari Nordmann');
  await expect(desk.page.getByRole('heading', { name: 'Er du Kari Nordmann?' })).toBeVisible();
});
