/** A whole signing at a tablet of its own, standing and lying, by finger and pen; every screen at every size. */
import type { Page } from '@playwright/test';
import { startMailServer } from '../support/mail-server.ts';
import { button, jobPage } from './support/clerk.ts';
import { remembered } from './support/heap.ts';
import { expect, hostName, test } from './support/host.ts';
import { axeTroubles } from './support/inspection.ts';
import { look, picture, sizes } from './support/look.ts';
import { callUp, pair } from './support/paired.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { confirm, drawBy, readToTheEnd, sayWho, signNow } from './support/signer.ts';

const small = ['tablet', 'slate', 'lying', 'phone'] as const;

async function everySize(kiosk: Page, name: string): Promise<void> {
  for (const size of [...small, 'desk'] as const) {
    await kiosk.setViewportSize(sizes[size]);
    await picture(kiosk, `tablet-${name}-${size}`);
  }
  expect.soft(await axeTroubles(kiosk, 'all'), name).toEqual([]);
}

/** "Where do I sign?" and the way out, wherever the signer has scrolled to. */
async function waysInSight(kiosk: Page): Promise<void> {
  for (const ask of ['Hvor signerer jeg?', 'Avbryt uten å signere'])
    await expect(button(kiosk, ask)).toBeInViewport({ ratio: 1 });
}

test('a tablet: nine steps at every size, by finger and pen', async ({ desk, browser }) => {
  test.skip(hostName !== 'web', 'the same door; two browsers are at hand here');
  test.setTimeout(600_000);
  const { page } = desk;
  await seedDesk(desk);
  const title = 'Leieavtale, rom 12';
  const { job } = await seedJob(desk, title, ['Kari Nordmann'], {
    nationalId: '01818000010',
    title: 'Leietaker',
  });
  const post = await startMailServer();
  await desk.call('settings.putMail', {
    ...{ on: true, texts: {}, daysBefore: null, copies: 'documents' },
    server: {
      ...{ host: 'localhost', port: post.port, security: 'starttls', user: post.user },
      ...{ password: post.password, from: 'post@example.org', authority: post.authority },
    },
  });
  const kiosk = await pair(desk, browser, () => Promise.resolve());
  await everySize(kiosk, '1-rest');
  await callUp(page, title, 'Kari Nordmann', 'Nettbrettet');
  await expect(kiosk.getByRole('heading', { name: 'Er du Kari Nordmann?' })).toBeVisible();
  await everySize(kiosk, '2-who');
  await sayWho(kiosk, 'Kari Nordmann');
  await expect(kiosk.locator('.k-reader canvas')).toBeVisible();
  await everySize(kiosk, '3-read');
  await button(kiosk, 'Som tekst').click();
  await expect(kiosk.getByText('Gamle skolen').first()).toBeVisible();
  await everySize(kiosk, '3-text');
  await button(kiosk, /^(Som tekst|Som sider)$/).click();
  await button(kiosk, 'Jeg kan ikke lese her').click();
  await everySize(kiosk, '3-other-way');
  await kiosk.keyboard.press('Escape');
  await button(kiosk, 'Avbryt uten å signere').click();
  await everySize(kiosk, '3-stop');
  await button(kiosk, 'For ansatte').click();
  await everySize(kiosk, '3-pin');
  await kiosk.keyboard.press('Escape');
  await kiosk.keyboard.press('Escape');
  await kiosk.locator('.k-globe').click();
  await everySize(kiosk, '3-language');
  await kiosk.keyboard.press('Escape');
  await readToTheEnd(kiosk);
  await everySize(kiosk, '4-confirm');
  await confirm(kiosk);
  await expect(kiosk.locator('.k-preview canvas')).toBeVisible();
  await drawBy(kiosk, 'touch');
  await expect(kiosk.getByRole('img', { name: 'Signatur med 2 streker' })).toBeVisible();
  await everySize(kiosk, '5-drawn');
  await waysInSight(kiosk);
  await button(kiosk, 'Hvor signerer jeg?').click();
  await everySize(kiosk, '5-where');
  await kiosk.keyboard.press('Escape');
  await button(kiosk, 'Jeg vil ikke signere').tap();
  await everySize(kiosk, '6-decline');
  await button(kiosk, 'Skriv med egne ord').tap();
  await everySize(kiosk, '6-decline-words');
  await kiosk.keyboard.press('Escape');
  await button(kiosk, 'Skriv med tastatur').tap();
  for (const key of ['K', 'å', 'r', 'e']) await button(kiosk, key).tap();
  await everySize(kiosk, '7-typed');
  await button(kiosk, 'Tegn i stedet').tap();
  await button(kiosk, 'Tøm').tap();
  await drawBy(kiosk, 'pen');
  await signNow(kiosk);
  await everySize(kiosk, '8-done');
  await button(kiosk, 'På e-post').tap();
  const address = kiosk.getByRole('dialog', { name: 'Hvilken adresse skal kopien sendes til?' });
  for (const key of 'kari@eksempel.no') await button(address, key).tap();
  await expect(address.getByLabel('E-postadressen din')).toHaveValue('kari@eksempel.no');
  await everySize(kiosk, '8-address');
  await look(kiosk, 'kiosk-copy-address');
  await button(address, 'Send kopien').tap();
  await expect(kiosk.getByText('Kopien sendes på e-post.')).toBeVisible();
  await button(kiosk, 'Ferdig').tap();
  await expect(kiosk.locator('.rest h1')).toBeVisible();
  expect(await remembered(kiosk, ['kari@eksempel.no'])).toEqual([]);
  await expect(jobPage(page, title).getByText(/^Fikk kopi på e-post/)).toBeVisible();
  expect(post.taken.map(({ to }) => to)).toEqual([['kari@eksempel.no']]);
  const { job: now } = await desk.call('job.get', { job });
  expect(now.signers.map(({ state }) => state)).toEqual(['SIGNED']);
  await kiosk.context().close();
  await post.close();
});
