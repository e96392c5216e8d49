/** Checking files that came from elsewhere: altered, unsigned, unknown, locked. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';
import { button, goTo, trust } from './support/clerk.ts';
import { dropFiles, makeLocked, samplePath } from './support/files.ts';
import { expect, test } from './support/host.ts';
import { look } from './support/look.ts';
import { seedDesk } from './support/seed.ts';

test('unsigned is grey, unknown is amber, known is green, altered is red', async ({ desk }) => {
  const { page, folder } = desk;
  await seedDesk(desk);
  const keys = makeKeyFiles(folder, 'Utsteder');
  const key = keys.make('Kari Nordmann', 'p-256');
  const signed = join(folder, 'signert.pdf');
  const run = runCli([
    ...['sign', samplePath, '-o', signed],
    ...['--key', key.file, '--passphrase-file', key.passphraseFile],
  ]);
  expect(run.code, run.stderr).toBe(0);
  const altered = join(folder, 'endret.pdf');
  const bytes = readFileSync(signed);
  // A byte of the first page’s own text, deep inside what was signed.
  bytes[20_000] = (bytes[20_000] ?? 0) ^ 1;
  writeFileSync(altered, bytes);

  const report = page.locator('.verify-report');
  const headline = page.getByRole('heading', { level: 1 });
  const check = async (path: string) => {
    await goTo(page, 'Oppdrag');
    await goTo(page, 'Kontroller signatur');
    await dropFiles(page.locator('.verify'), path);
  };
  await check(samplePath);
  await expect(headline).toHaveText('Dokumentet er ikke signert.');
  await expect(report).toHaveAttribute('data-tone', 'grey');

  await check(signed);
  await expect(headline).toHaveText('Utstederen av signaturen er ukjent her.');
  await expect(report).toHaveAttribute('data-tone', 'brass');

  await trust(page, readFileSync(keys.root, 'utf8'));
  await check(signed);
  await expect(report.or(page.getByRole('alert')).first()).toBeVisible();
  await expect(report).toContainText('Kari Nordmann');
  await expect(report).not.toHaveAttribute('data-tone', 'red');
  // The report is a file to keep: PDF, with the verdict and the file's hash in it.
  const saving = page.waitForEvent('download');
  await button(page, 'Lagre rapport (PDF)').click();
  const saved = join(folder, 'rapport.pdf');
  await (await saving).saveAs(saved);
  const text = execFileSync('pdftotext', [saved, '-'], { encoding: 'utf8' });
  expect(text).toContain('Kari Nordmann');
  expect(text.replace(/\s/g, '')).toContain(
    createHash('sha256').update(readFileSync(signed)).digest('hex'),
  );

  await check(altered);
  await expect(headline).toHaveText(/endret etter signeringen/);
  await expect(report).toHaveAttribute('data-tone', 'red');
  await expect(report).toContainText('Nei, endret');
});

test('by the file dialog; locked files ask for their password; no document is told so', async ({
  desk,
}) => {
  const { page, folder } = desk;
  await seedDesk(desk);
  await goTo(page, 'Kontroller signatur');
  const choosing = page.waitForEvent('filechooser');
  await button(page, 'Velg en fil').click();
  await (await choosing).setFiles(makeLocked(folder, 'hemmelig ord'));
  await page.getByLabel('Passord').fill('hemmelig ord');
  await button(page, 'Lås opp og kontroller').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dokumentet er ikke signert.');
  await button(page, 'Kontroller en annen').click();
  const text = join(folder, 'notat.pdf');
  writeFileSync(text, 'Bare et notat.\n');
  await dropFiles(page.locator('.verify'), text);
  await expect(page.getByRole('heading', { name: 'Filen kunne ikke kontrolleres' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText(/PDF/);
});

test('what changed between two steps stands side by side, marked and in words', async ({
  desk,
}) => {
  const { page, folder } = desk;
  await seedDesk(desk);
  const keys = makeKeyFiles(folder, 'Utsteder');
  const step = (from: string, to: string, name: string, x: number) => {
    const key = keys.make(name, 'p-256');
    const run = runCli([
      ...['sign', from, '-o', join(folder, to), '--key', key.file],
      ...['--passphrase-file', key.passphraseFile, '--at', `4,${String(x)},266,200,72`],
    ]);
    expect(run.code, run.stderr).toBe(0);
    return join(folder, to);
  };
  const once = step(samplePath, 'en.pdf', 'Kari Nordmann', 57);
  const twice = step(once, 'to.pdf', 'Ola Nordmann', 320);
  await goTo(page, 'Kontroller signatur');
  await dropFiles(page.locator('.verify'), twice);
  await page.getByRole('button', { name: /Signert av Kari Nordmann/ }).click();
  await button(page, 'Sammenlign').click();
  await expect(page.getByRole('status').filter({ hasText: 'sted på siden' })).toHaveText(
    '1 sted på siden er forskjellig.',
  );
  await expect(page.locator('.verify-side canvas')).toHaveCount(2);
  await expect(page.locator('.verify-difference')).toHaveCount(2);
  await look(page, 'verify-compare');
  // Another page, and the other order.
  await button(page, 'Forrige side').click();
  await expect(page.getByText('Siden ser lik ut i begge.')).toBeVisible();
  await button(page, 'Neste side').click();
  await page.getByRole('combobox', { name: 'Før' }).selectOption({ label: 'Filen slik den er nå' });
  await page.getByRole('combobox', { name: 'Etter' }).selectOption('0');
  await expect(page.locator('.verify-difference')).toHaveCount(2);
});
