/**
 * The main job by hand, from the first start to the receipt: one clerk, two signers in order, two
 * documents, a real timestamp authority, and other programs' word on what came out.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnCli } from '../support/cli.ts';
import { pdfsig } from '../support/other-readers.ts';
import { sealFile, startAuthority } from './support/authority.ts';
import {
  addSigner,
  button,
  comeBack,
  goTo,
  handOver,
  introduce,
  jobPage,
  keepRecoveryCode,
  openSettings,
  setTimestamps,
  trust,
} from './support/clerk.ts';
import { dropFiles, makePicture, samplePath } from './support/files.ts';
import { expect, test } from './support/host.ts';
import { confirm, draw, readToTheEnd, sayWho, signNow } from './support/signer.ts';

const title = 'Leieavtale, rom 204';

test('a clerk and two signers: from the first start to an export that others can check', async ({
  desk,
}) => {
  test.setTimeout(180_000);
  const authority = await startAuthority();
  const { page, folder } = desk;
  const exports = join(folder, 'eksport');
  mkdirSync(exports);

  await test.step('first start', async () => {
    await introduce(page);
    await expect(page.getByRole('radio', { name: 'Prøvesegl, nå' })).toBeChecked();
    await page.getByRole('radio', { name: 'Jeg har virksomhetssertifikatet som fil' }).check();
    const keyFile = join(folder, 'segl.p12');
    writeFileSync(keyFile, sealFile(authority.issuer, 'segl og lakk'));
    const choosing = page.waitForEvent('filechooser');
    await button(page, 'Velg nøkkelfil').click();
    await (await choosing).setFiles(keyFile);
    await page.getByLabel('Passord til nøkkelfilen').fill('segl og lakk');
    await button(page, 'Lag arkivet').click();
    await keepRecoveryCode(page);
    await expect(page.getByText('Tidsstempeltjeneste')).toBeVisible();
    await button(page, 'Gå til skranken').click();
    await expect(page.getByRole('heading', { name: 'Ingen venter på å signere' })).toBeVisible();
  });

  await test.step('the administrator’s part: timestamps, trust, export folder', async () => {
    await setTimestamps(page, authority.url);
    await trust(page, authority.root);
    await openSettings(page, 'Eksport');
    await page.getByLabel('Eksportmappe').fill(exports);
    await button(page, 'Lagre').click();
    await expect(page.getByText('Lagret.')).toBeVisible();
  });

  await test.step('a new job: one file dropped, one chosen', async () => {
    await goTo(page, 'Oppdrag');
    await button(page, 'Nytt oppdrag').first().click();
    await expect(page.getByRole('heading', { name: 'Legg inn dokumentene' })).toBeVisible();
    await dropFiles(page.getByRole('main'), samplePath);
    const documents = page.getByRole('complementary', { name: 'Dokumenter' });
    await expect(documents.getByText('leieavtale.pdf')).toBeVisible();
    const choosing = page.waitForEvent('filechooser');
    await button(documents, 'Legg til flere dokumenter').click();
    await (await choosing).setFiles(makePicture(folder));
    await expect(documents.getByText('romplan.png', { exact: false }).first()).toBeVisible();
    await expect(documents.getByLabel('Tittel')).toHaveCount(2);
    // What the check found, in words: the sample is no PDF/A, the picture was converted.
    await expect(documents.getByText(/PDF\/A/).first()).toBeVisible();
    await expect(documents.getByText(/Gjort om til PDF fra/)).toBeVisible();
    await documents.getByLabel('Tittel').nth(0).fill('Leieavtale');
    await documents.getByLabel('Tittel').nth(1).fill('Romplan');
  });

  await test.step('two signers in order, fields by mouse and by keyboard', async () => {
    await button(page, 'Gå til undertegnere').click();
    await addSigner(page, { name: 'Ola Nordmann', title: 'For utleier' });
    await addSigner(page, { name: 'Kari Nordmann', title: 'Leietaker' });
    await expect(page.getByText('Plasser et felt for Ola Nordmann')).toBeVisible();
    await page
      .getByRole('navigation', { name: 'Sider' })
      .getByRole('button', { name: 'Leieavtale, side 4' })
      .click();
    await expect(page.getByText('Side 4 av 4')).toBeVisible();
    // Ola’s by mouse: dragged from the list to the page and let go.
    const layer = page.locator('[data-page-layer]');
    const target = await layer.boundingBox();
    if (target === null) throw new Error('no page is shown');
    await page.getByRole('button', { name: 'Signatur, For utleier' }).hover();
    await page.mouse.down();
    await page.mouse.move(target.x + target.width * 0.3, target.y + target.height * 0.3, {
      steps: 8,
    });
    await page.mouse.up();
    const first = page.getByRole('button', { name: /Signatur For utleier, undertegner 1, side 4/ });
    await expect(first).toBeVisible();
    // Kari’s by keyboard: pressed, then moved with the arrows.
    await page.getByRole('button', { name: 'Signatur, Leietaker' }).focus();
    await page.keyboard.press('Enter');
    const second = page.getByRole('button', { name: /Signatur Leietaker, undertegner 2, side 4/ });
    await expect(second).toBeFocused();
    const before = await second.boundingBox();
    await page.keyboard.press('Enter');
    await expect(second).toHaveAttribute('aria-pressed', 'true');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown'])
      await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    const after = await second.boundingBox();
    expect(after?.x).toBeGreaterThan(before?.x ?? Infinity);
    expect(after?.y).toBeGreaterThan(before?.y ?? Infinity);
    await expect(page.getByText('Klart for signering')).toBeVisible();
  });

  await test.step('details, checklist, open', async () => {
    await button(page, 'Gå til kontroll').click();
    await page.getByLabel('Tittel', { exact: true }).fill(title);
    await page.getByLabel('Referanse').fill('26/1183');
    await expect(page.getByText('Alle 2 har et signaturfelt')).toBeVisible();
    await button(page, 'Start signeringen').click();
    await expect(jobPage(page, title)).toBeVisible();
    await expect(button(page, 'Kall fram Ola Nordmann')).toBeVisible();
    await expect(page.getByRole('tab', { name: /^Venter/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  await test.step('signer 1 reads everything, draws with the mouse and signs', async () => {
    await handOver(desk.page, 'Ola Nordmann');
    await sayWho(desk.page, 'Ola Nordmann');
    // No page has been seen to its end: the way to signing is not there yet.
    await expect(button(desk.page, 'Jeg har lest')).toHaveCount(0);
    await readToTheEnd(desk.page);
    await confirm(desk.page);
    const sign = button(desk.page, 'Signer');
    await expect(sign).toHaveAttribute('aria-disabled', 'true');
    await draw(desk.page);
    await expect(desk.page.getByRole('img', { name: 'Signatur med 2 streker' })).toBeVisible();
    await button(desk.page, 'Angre').click();
    await expect(desk.page.getByRole('img', { name: 'Signatur med 1 strek' })).toBeVisible();
    await button(desk.page, 'Tøm').click();
    await draw(desk.page);
    await signNow(desk.page);
    await button(desk.page, 'Ferdig').click();
    await expect(desk.page.getByText('Vent til du blir kalt fram')).toBeVisible();
    await expect(desk.page.getByText('Ola Nordmann')).toHaveCount(0);
  });

  await test.step('the clerk comes back by PIN and states what they saw', async () => {
    await comeBack(desk.page);
    await expect(jobPage(desk.page, title)).toBeVisible();
    await button(desk.page, 'Bekreft at du så Ola Nordmann signere').click();
    await button(desk.page, 'Bekreft').click();
    await expect(button(desk.page, 'Kall fram Kari Nordmann')).toBeVisible();
  });

  await test.step('signer 2 writes her name', async () => {
    await handOver(desk.page, 'Kari Nordmann');
    await sayWho(desk.page, 'Kari Nordmann');
    await readToTheEnd(desk.page);
    await confirm(desk.page);
    await button(desk.page, 'Skriv med tastatur').click();
    await desk.page.getByLabel('Navnet ditt').fill('Kari Nordmann');
    await signNow(desk.page);
    await button(desk.page, 'Ferdig').click();
    await comeBack(desk.page);
    await button(desk.page, 'Bekreft at du så Kari Nordmann signere').click();
    await button(desk.page, 'Bekreft').click();
  });

  const job = jobPage(desk.page, title);
  await test.step('sealed by itself; the job page tells all of it', async () => {
    await expect(job.getByText('Tidsstempelet ble satt')).toBeVisible();
    await expect(job.getByRole('heading', { name: 'Leieavtale', exact: true })).toBeVisible();
    await expect(job.getByRole('heading', { name: 'Romplan' })).toBeVisible();
    await job.getByRole('button', { name: /^Vis alt/ }).click();
    await expect(job.getByText('Kari Nordmann signerte', { exact: true })).toBeVisible();
    await expect(job.getByText('Ola Nordmann signerte', { exact: true })).toBeVisible();
    await expect(job.getByText('Dokumentene ble klare for signering')).toBeVisible();
    await job.getByRole('button', { name: 'Slik Ola Nordmann så det: Leieavtale' }).click();
    const shown = desk.page.getByRole('dialog', { name: 'Leieavtale' });
    await expect(shown.getByText('Slik Ola Nordmann så det')).toBeVisible();
    await expect(shown.locator('canvas').first()).toBeVisible();
    await button(shown, 'Lukk').click();
  });

  await test.step('the verify window on the archived document', async () => {
    await button(job, 'Kontroller signaturene').first().click();
    await expect(
      desk.page.getByRole('heading', { level: 1, name: /^Gyldig\. Signert av to/ }),
    ).toBeVisible();
    await expect(desk.page.getByText('Signert av Ola Nordmann').first()).toBeVisible();
  });

  let exported = '';
  await test.step('exported to the folder, the receipt marked as taken over', async () => {
    await goTo(desk.page, 'Oppdrag');
    await desk.page.getByRole('tab', { name: /^Signert/ }).click();
    await desk.page.getByText(title).first().click();
    await button(job, 'Eksporter').click();
    await expect(desk.page.getByText(/^Eksportert til /)).toBeVisible();
    await button(job, 'Merk som overtatt').click();
    await desk.page.getByLabel('Referanse i arkivsystemet').fill('26/1183-4');
    await button(desk.page.getByRole('dialog'), 'Merk som overtatt').click();
    await expect(job.getByText('Overtatt av arkivsystemet som 26/1183-4')).toBeVisible();
    const folder = readdirSync(exports).find((name) => !name.endsWith('.json')) ?? '';
    // No name in the export says anything about people.
    expect(readdirSync(join(exports, folder)).toSorted()).toEqual([
      ...['LES-MEG.txt', 'checksums.sha256', 'document-1.pdf', 'document-2.pdf', 'evidence.json'],
      'kontroller.html',
      ...['kontroller.mjs', 'kontroller.sh', 'metadata.json', 'pakke.pdf', 'signeringsbevis.pdf'],
    ]);
    const sums = spawnSync('sha256sum', ['--check', '--quiet', 'checksums.sha256'], {
      cwd: join(exports, folder),
      encoding: 'utf8',
    });
    expect(sums.status, sums.stderr).toBe(0);
    exported = join(exports, folder, 'document-1.pdf');
  });

  await test.step('the exported file, dropped on the verify window', async () => {
    await goTo(desk.page, 'Kontroller signatur');
    await dropFiles(desk.page.locator('.verify'), exported);
    await expect(
      desk.page.getByRole('heading', { level: 1, name: /^Gyldig\. Signert av to/ }),
    ).toBeVisible();
  });

  await test.step('what other programs and the command line say', async () => {
    const others = pdfsig(readFileSync(exported));
    // The organisation’s certification, two signatures; Poppler does not judge the timestamp after them.
    expect(others.map(({ valid }) => valid)).toEqual([true, true, true, false]);
    expect(others.map(({ whole }) => whole)).toEqual([false, false, false, true]);
    const anchor = join(folder, 'root.pem');
    writeFileSync(anchor, authority.root);
    const run = await spawnCli(['verify', exported, '--json', '--trust', anchor]);
    expect(run.code, run.stdout).toBe(0);
    const report = JSON.parse(run.stdout) as {
      indication: string;
      signatures: { kind: string; changes: string; claim: unknown }[];
    };
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.map(({ kind }) => kind)).toEqual([
      ...['certification', 'signature', 'signature', 'timestamp'],
    ]);
    expect(report.signatures.map(({ changes }) => changes)).not.toContain('forbidden');
    expect(report.signatures.filter(({ claim }) => claim !== null)).toMatchObject([
      { claim: { kind: 'simple', person: 'Ola Nordmann' } },
      { claim: { kind: 'simple', person: 'Kari Nordmann' } },
    ]);
  });
  await authority.close();
});
