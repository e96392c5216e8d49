/**
 * Pictures of what a clerk prepares with, what a signer meets and what a check says, in both languages,
 * both schemes and at the counter's sizes; with axe, and nothing cut off or out of reach. See also desk-screens.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnCli } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';
import { startAuthority } from './support/authority.ts';
import { clerk } from './support/clerk.ts';
import { dropFiles, makeCut, makeLocked, makePicture, samplePath } from './support/files.ts';
import { expect, test } from './support/host.ts';
import type { OpenedHost } from './support/host.ts';
import { look } from './support/look.ts';
import type { LookOptions } from './support/look.ts';
import { seedDesk, seedDraft, seedJob, seedSignatures } from './support/seed.ts';
import { draw } from './support/signer.ts';
import { wordsOf } from './support/words.ts';
import type { Screen } from './support/screens.ts';

const say = wordsOf('nb');
const pictured =
  (desk: OpenedHost) =>
  (screen: Screen, options: LookOptions = {}) =>
    look(desk.page, screen, options);
const press =
  (desk: OpenedHost) =>
  (key: string, values: Record<string, string> = {}) =>
    desk.page.getByRole('button', { name: say(key, values), exact: true }).click();

test('preparing a job', async ({ desk }) => {
  const shot = pictured(desk);
  const click = press(desk);
  await seedDesk(desk);
  const { page, folder } = desk;
  await page
    .getByRole('button', { name: say('jobs:new'), exact: true })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: say('prepare:drop.title') })).toBeVisible();
  await shot('prepare-empty');

  await dropFiles(
    page.getByRole('main'),
    ...[samplePath, makePicture(folder), makeLocked(folder, 'ord'), makeCut(folder)],
  );
  const side = page.getByRole('complementary', { name: say('prepare:documents.label') });
  await expect(side.getByRole('alert')).toHaveCount(2);
  await expect(side.getByLabel(say('prepare:documents.title'))).toHaveCount(2);
  await expect(page.locator('.prep-stage .pdf-page canvas')).toBeVisible();
  await shot('prepare-incoming-failed');
  for (let left = 2; left > 0; left -= 1)
    await side
      .getByRole('button', { name: say('prepare:incoming.drop'), exact: true })
      .first()
      .click();
  await side.getByLabel(say('prepare:documents.title')).first().fill('Leieavtale');
  await shot('prepare-documents');
  await side
    .getByRole('button', { name: say('prepare:documents.remove', { title: 'Leieavtale' }) })
    .click();
  await shot('prepare-remove');
  await page.keyboard.press('Escape');

  await click('prepare:go.signers');
  await shot('prepare-signers-empty');
  const people = page.getByRole('complementary', { name: say('prepare:signers.label') });
  for (const [name, title] of [
    ['Ola Nordmann', 'For utleier'],
    ['Kari Nordmann', 'Leietaker'],
    ['Anne Lise Bjørnstad-Christoffersen', ''],
  ] as const) {
    await page
      .getByRole('button', { name: say('prepare:signers.add'), exact: true })
      .first()
      .click();
    await people.getByLabel(say('prepare:signer.name'), { exact: true }).fill(name);
    await people.getByLabel(say('prepare:signer.title'), { exact: true }).fill(title);
    if (title === '') await shot('prepare-signer-form');
    await people.getByRole('button', { name: say('prepare:signer.close', { name }) }).click();
  }
  await page
    .getByRole('button', { name: say('prepare:strip.page', { title: 'Leieavtale', page: '4' }) })
    .click();
  await click('prepare:palette.all');
  await expect(page.locator('.prep-field')).toHaveCount(3);
  await page.locator('.prep-field').first().focus();
  await page.keyboard.press('Enter');
  await shot('prepare-fields');
  await page.keyboard.press('Escape');

  await click('prepare:go.check');
  await page.getByLabel(say('prepare:details.title'), { exact: true }).fill('');
  await expect(page.getByRole('button', { name: say('prepare:open.missing_one') })).toBeVisible();
  await shot('prepare-check-missing');
  await page.getByLabel(say('prepare:details.title'), { exact: true }).fill('Leieavtale, rom 204');
  await shot('prepare-check');
  await click('prepare:open.yes');
  await expect(page.getByRole('article', { name: 'Leieavtale, rom 204' })).toBeVisible();
  await shot('job-opened');
});

test('the counter', async ({ desk }) => {
  test.setTimeout(300_000);
  const shot = pictured(desk);
  const click = press(desk);
  const counter = { also: ['tall', 'wide'] } as const;
  await desk.page.clock.install();
  await seedDesk(desk, { idleSeconds: 600 });
  const { job } = await seedJob(desk, 'Leieavtale, rom 204', ['Kari Nordmann', 'Ola Nordmann'], {
    title: 'Leietaker',
  });
  const name = 'Kari Nordmann';
  const hand = async (signer: number) => {
    await desk.call('session.handOver', {
      ...{ job, signer: `undertegner-${String(signer)}` },
      identityCheck: {
        method: 'document',
        documentType: 'passport',
        lastFour: 'A12B',
        expires: '2099-12-31',
      },
    });
    await desk.page.reload();
  };
  await hand(0);
  const { page } = desk;
  await expect(page.getByRole('heading', { name: say('kiosk:who.title', { name }) })).toBeVisible();
  await shot('kiosk-1-who', counter);
  await click('language:open');
  await expect(page.locator('dialog[open]')).toBeVisible();
  await shot('kiosk-language', counter);
  await click('accessibility:kiosk.about.open');
  await expect(page.locator('.k-over').getByRole('heading', { level: 2 }).last()).toBeVisible();
  await shot('kiosk-about', counter);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await click('kiosk:who.yes');
  await expect(page.locator('.k-reader canvas')).toBeVisible();
  const forward = page.locator('.k-actions').getByRole('button').last();
  await expect(forward).not.toHaveAttribute('aria-disabled', 'true');
  await shot('kiosk-2-read', counter);
  await click('kiosk:tools.larger');
  await click('kiosk:tools.contrast');
  await expect(forward).not.toHaveAttribute('aria-disabled', 'true');
  await shot('kiosk-2-read-contrast', counter);
  await click('kiosk:tools.contrast');
  await click('kiosk:tools.text');
  await shot('kiosk-2-read-text', counter);
  await click('kiosk:tools.text');
  await click('kiosk:tools.smaller');
  await click('kiosk:where.ask');
  await expect(page.locator('.k-over canvas')).toBeVisible();
  await shot('kiosk-2-where', counter);
  await click('kiosk:where.back');
  await click('kiosk:stop.ask');
  await shot('kiosk-2-stop', counter);
  await click('kiosk:clerk');
  await shot('kiosk-2-pin', counter);
  await page.keyboard.type('0000');
  await click('kiosk:pin.yes');
  await expect(page.getByRole('alert')).toBeVisible();
  await shot('kiosk-2-pin-wrong', counter);
  await click('kiosk:pin.back');
  await click('kiosk:stop.back');
  await click('kiosk:tools.otherWay');
  await shot('kiosk-2-other-way', counter);
  await page.getByText(say('kiosk:otherWay.paper')).click();
  await click('kiosk:otherWay.yes');
  await expect(page.getByRole('heading', { name: say('kiosk:confirm.title') })).toBeVisible();
  await shot('kiosk-3-confirm', counter);
  await click('kiosk:decline.ask');
  await shot('kiosk-3-decline', counter);
  await click('kiosk:decline.write');
  await shot('kiosk-3-decline-words', counter);
  await click('kiosk:decline.back');
  await click('kiosk:confirm.yes');
  await expect(page.locator('.k-preview canvas').first()).toBeVisible();
  await shot('kiosk-4-sign-empty', counter);
  await draw(page);
  await shot('kiosk-4-sign-drawn', counter);
  await click('kiosk:sign.type');
  await page.getByLabel(say('kiosk:sign.name')).fill(name);
  await shot('kiosk-4-sign-typed', counter);
  await page.clock.fastForward('10:01');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await shot('kiosk-idle', counter);
  await click('kiosk:idle.stay');
  await click('kiosk:sign.yes');
  await expect(page.getByRole('heading', { name: say('kiosk:done.title') })).toBeVisible();
  await shot('kiosk-5-done', counter);
  await click('kiosk:done.finish');
  await expect(page.getByText(say('app:rest.lead'))).toBeVisible();
  await shot('kiosk-rest', counter);
  await click('app:rest.clerk');
  await shot('kiosk-rest-clerk', counter);
  await page.getByLabel(say('app:rest.pin')).fill('0000');
  await click('app:rest.open');
  await expect(page.getByRole('alert')).toBeVisible();
  await shot('kiosk-rest-wrong-pin', counter);
  await click('app:rest.other');
  await shot('kiosk-rest-other');
  await page.getByLabel(say('app:signIn.name')).fill(clerk.name);
  await page.getByLabel(say('app:signIn.passphrase')).fill(clerk.passphrase);
  await click('app:signIn.open');
  await expect(page.getByRole('navigation', { name: say('app:rail.label') })).toBeVisible();
  await page.goto(new URL(`#/jobs/${job}`, page.url()).href);
  await expect(page.getByRole('article')).toContainText(name);
  await shot('job-to-attest');
  await click('jobs:next.attest', { name });
  await shot('job-attest');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('jobs:attest.confirm') })
    .click();
  await expect(page.getByText(say('jobs:done.attest'))).toBeVisible();
  await shot('job-toast');
  await hand(1);
  await click('kiosk:who.yes');
  await expect(page.locator('.k-reader canvas')).toBeVisible();
  await click('kiosk:tools.otherWay');
  await page.getByText(say('kiosk:otherWay.paper')).click();
  await click('kiosk:otherWay.yes');
  await click('kiosk:decline.ask');
  await page.getByText(say('kiosk:decline.wrong')).click();
  await click('kiosk:decline.yes');
  await expect(page.getByText(say('kiosk:decline.doneTitle'))).toBeVisible();
  await shot('kiosk-5-declined', counter);
});

test('what a check says', async ({ desk }) => {
  const shot = pictured(desk);
  const click = press(desk);
  const authority = await startAuthority();
  await seedDesk(desk, { timestamps: authority.url, root: authority.root });
  const { page, folder } = desk;
  const exports = join(folder, 'eksport');
  mkdirSync(exports);
  await desk.call('settings.export', { folder: exports });
  const { job, document } = await seedJob(desk, 'Leieavtale, rom 204', ['Kari Nordmann']);
  await seedSignatures(desk, job, 1);
  await page.goto(new URL(`#/jobs/${job}`, page.url()).href);
  const article = page.getByRole('article');
  await click('jobs:next.attest', { name: 'Kari Nordmann' });
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('jobs:attest.confirm') })
    .click();
  await expect(article).toContainText(say('jobs:event.sealed'));
  await expect(page.locator('.pdf-thumbnail[data-drawn="true"]')).toBeVisible();
  await shot('job-sealed');
  await click('jobs:next.export');
  await click('jobs:action.takeOver');
  await shot('job-take-over');
  await page.keyboard.press('Escape');
  await page.goto(new URL('#/verify', page.url()).href);
  await expect(page.getByRole('heading', { name: say('verify:title') })).toBeVisible();
  await shot('verify-empty');
  await page.goto(new URL(`#/verify/${document}`, page.url()).href);
  const report = page.locator('.verify-report');
  await expect(report).toHaveAttribute('data-tone', 'green');
  await expect(report.locator('canvas').first()).toBeVisible();
  await shot('verify-green');
  await report.getByText(say('verify:tech.summary')).first().click();
  await report.getByText(say('verify:tech.summary')).first().scrollIntoViewIfNeeded();
  await shot('verify-details');

  const keys = makeKeyFiles(folder, 'Utsteder');
  const key = keys.make('Kari Nordmann', 'p-256');
  const signed = join(folder, 'signert.pdf');
  const run = await spawnCli([
    ...['sign', samplePath, '-o', signed],
    ...['--key', key.file, '--passphrase-file', key.passphraseFile],
  ]);
  expect(run.code, run.stderr).toBe(0);
  const bytes = readFileSync(signed);
  bytes[20_000] = (bytes[20_000] ?? 0) ^ 1;
  const altered = join(folder, 'endret.pdf');
  writeFileSync(altered, bytes);
  for (const [path, tone] of [
    [samplePath, 'grey'],
    [signed, 'brass'],
    [altered, 'red'],
  ] as const) {
    await page.goto(new URL('#/verify', page.url()).href);
    await click('verify:another');
    await dropFiles(page.locator('.verify'), path);
    await expect(report).toHaveAttribute('data-tone', tone);
    await expect(report.locator('canvas').first()).toBeVisible();
    await shot(`verify-${tone}`);
  }
  await click('verify:another');
  await dropFiles(page.locator('.verify'), makeLocked(folder, 'ord'));
  await expect(page.getByLabel(say('verify:password'))).toBeVisible();
  await shot('verify-locked');
  await click('verify:another');
  const text = join(folder, 'notat.pdf');
  writeFileSync(text, 'Bare et notat.\n');
  await dropFiles(page.locator('.verify'), text);
  await expect(page.getByRole('alert')).toBeVisible();
  await shot('verify-failed');
  await seedDraft(desk, 'Fullmakt', ['Ola Nordmann']);
  await page.goto(new URL('#/jobs', page.url()).href);
  await page.getByRole('tab', { name: say('jobs:tab.draft') }).click();
  await page.getByText('Fullmakt').first().click();
  await expect(page.locator('.pdf-thumbnail[data-drawn="true"]')).toBeVisible();
  await shot('job-draft-ready');
  await authority.close();
});
