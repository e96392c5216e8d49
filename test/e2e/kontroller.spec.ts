/**
 * `kontroller.html` from disk, without a network: the same verdict as `skranke verify --offline`, and
 * nothing leaves the page.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { VerificationReport } from '../../shared/report.ts';
import { writeAttacks, writeBenign, writeRoot } from '../support/attacks/write-variants.ts';
import { cliLines, root, runCli } from '../support/cli.ts';
import { makeKeyFiles } from '../support/key-files.ts';

const address = pathToFileURL(join(root, 'dist/kontroller/kontroller.html')).href;
test.use({ offline: true });

async function opened(page: Page, trust: string | null): Promise<readonly string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(address);
  if (trust !== null) await page.locator('.kontroller-trust input[type=file]').setInputFiles(trust);
  return complaints;
}

/** What the page's own host answers, as its screen asks it. */
function verdictIn(page: Page, bytes: Buffer, name: string): Promise<VerificationReport> {
  return page.evaluate(
    async ([base64, file]) => {
      const raw = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const { host } = window as unknown as {
        host: {
          upload(file: Blob): Promise<{ value: { upload: string } }>;
          call(method: string, input: unknown): Promise<{ ok: boolean; value: VerificationReport }>;
        };
      };
      const { value } = await host.upload(new Blob([raw]));
      const answer = await host.call('verify.document', { upload: value.upload, name: file });
      return answer.ok ? answer.value : (answer as never);
    },
    [bytes.toString('base64'), name] as const,
  );
}

type Answer = VerificationReport & { readonly error?: { readonly code: string } };

/** What two readers of one file must agree on: the code of a refusal, or each signature's verdict. */
function essence(answer: Answer | undefined) {
  return {
    code: answer?.error?.code,
    indication: answer?.indication,
    signatures: answer?.signatures?.map((one) => [
      ...[one.indication, one.subIndication, one.changes, one.intact, one.coverage],
      ...[one.revocation, one.level, one.sentence],
    ]),
  };
}

test('an inspector opens the page from disk and sees who signed, as each of them saw it', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-kontroller-'));
  const keys = makeKeyFiles(folder, 'Page');
  const key = keys.make('Kari Nordmann', 'p-256');
  const signed = join(folder, 'signed.pdf');
  const args = ['sign', join(root, 'resources/sample/leieavtale.pdf'), '-o', signed];
  const run = runCli([
    ...args,
    ...['--key', key.file, '--passphrase-file', key.passphraseFile, '--at', '4,80,500,200,70'],
  ]);
  expect(run.code, run.stderr).toBe(0);

  const complaints = await opened(page, null);
  await page.locator('.drop input[type=file]').setInputFiles(signed);
  // Without anybody to trust it is never green.
  await expect(page.locator('.verify-report')).toHaveAttribute('data-tone', /brass|grey/);
  await page.locator('.kontroller-trust input[type=file]').setInputFiles(keys.root);
  // Somebody to trust: the same file is judged again.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Gyldig. Signert av én, og ikke endret etterpå.',
  );
  await expect(page.getByText('Side 1 av 4').first()).toBeVisible();
  await expect(page.locator('.verify-page canvas')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const altered = readFileSync(signed);
  altered[20_000] = (altered[20_000] ?? 0) ^ 1;
  const file = join(folder, 'altered.pdf');
  writeFileSync(file, altered);
  await page.getByRole('button', { name: 'Kontroller en annen' }).click();
  await page.locator('.drop input[type=file]').setInputFiles(file);
  await expect(page.locator('.verify-report')).toHaveAttribute('data-tone', 'red');
  expect(complaints).toEqual([]);
});

test('the policy in the page allows no connection and no other script', async ({ page }) => {
  const complaints = await opened(page, null);
  const reached = await page.evaluate(async () => {
    const tries = [
      fetch('https://example.org/').then(() => 'fetched'),
      new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve('image');
        image.onerror = () => resolve('refused');
        image.src = 'https://example.org/x.png';
      }),
      new Promise((resolve) => {
        const script = document.createElement('script');
        script.textContent = 'window.intruder = true';
        document.body.append(script);
        resolve('intruder' in window ? 'script' : 'refused');
      }),
    ];
    return Promise.all(tries.map((one) => one.catch(() => 'refused')));
  });
  expect(reached).toEqual(['refused', 'refused', 'refused']);
  expect(complaints.some((line) => line.includes('Content Security Policy'))).toBe(true);
});

test('the page and the command line never differ', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-kontroller-'));
  const keys = makeKeyFiles(folder, 'Page');
  const bases = [];
  for (const type of ['p-256', 'rsa-2048', 'ed25519', 'p-384'] as const) {
    const key = keys.make(`Page ${type}`, type);
    const output = join(folder, `${type}.pdf`);
    const run = runCli([
      ...['sign', join(root, 'resources/sample/leieavtale.pdf'), '-o', output],
      ...['--key', key.file, '--passphrase-file', key.passphraseFile],
    ]);
    expect(run.code, run.stderr).toBe(0);
    bases.push(output);
  }
  const files = bases.flatMap((path) => {
    const whole = readFileSync(path);
    const variants: Record<string, Buffer> = {
      whole,
      cut: whole.subarray(0, whole.length - 40),
      longer: Buffer.concat([whole, Buffer.from('\n%%EOF\n')]),
      flipped: Buffer.from(whole.map((byte, index) => (index === 30_000 ? byte ^ 1 : byte))),
      ranged: Buffer.from(
        whole.toString('latin1').replace(/\/ByteRange\s*\[0 /, (text) => text.replace('[0', '[1')),
        'latin1',
      ),
    };
    return Object.entries(variants).map(([what, bytes]) => {
      const file = path.replace('.pdf', `-${what}.pdf`);
      writeFileSync(file, bytes);
      return file;
    });
  });
  await opened(page, keys.root);
  await expect(page.getByText('Page Root CA')).toBeVisible();
  const told = runCli(['verify', '--offline', '--json', '--trust', keys.root, ...files])
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
  expect(told).toHaveLength(files.length);
  for (const [index, file] of files.entries()) {
    const name = file.split('/').at(-1) ?? '';
    const here = (await verdictIn(page, readFileSync(file), name)) as Answer;
    expect(essence(here), name).toEqual(essence(told[index]));
  }
});

test('the page and the command line agree on every attack and every benign revision', async ({
  page,
}) => {
  // Hundreds of files, some made to take all the time they are given.
  test.setTimeout(900_000);
  const folder = mkdtempSync(join(tmpdir(), 'skranke-kontroller-'));
  const attacks = await writeAttacks(folder);
  const benign = await writeBenign(folder);
  const trust = writeRoot(folder);
  const paths = [...attacks, ...benign].map(({ path }) => path);
  await opened(page, trust);
  await expect(page.getByText('Trial Root CA')).toBeVisible();
  const told = new Map<string, Answer>();
  for await (const { value } of cliLines(['verify', '--offline', '--trust', trust, ...paths]))
    told.set(String(value['file']), value as unknown as Answer);
  expect(told.size).toBe(paths.length);
  for (const path of paths) {
    const name = basename(path);
    const here = (await verdictIn(page, readFileSync(path), name)) as Answer;
    expect(essence(here), name).toEqual(essence(told.get(name)));
  }
  // A file at B-LTA needs nobody but its root, here as there.
  const archived = benign.find(({ name }) => name === 'the whole of B-LTA');
  expect(told.get(basename(archived?.path ?? ''))).toMatchObject({
    indication: 'TOTAL-PASSED',
    signatures: [{ level: 'B-LTA', revocation: 'good' }, {}, {}],
  });
  rmSync(folder, { recursive: true });
});

test('the record of an export is held against its document, and a change in either is seen', async ({
  page,
}) => {
  const out = mkdtempSync(join(tmpdir(), 'skranke-kontroller-'));
  const demo = runCli(['demo', '--out', out]);
  expect(demo.code, demo.stderr).toBe(0);
  const [name] = readdirSync(join(out, 'export')).filter((one) => !one.startsWith('receipt'));
  const folder = join(out, 'export', name ?? '');
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  // The page as it lies in the export.
  await page.goto(pathToFileURL(join(folder, 'kontroller.html')).href);
  const more = page.locator('.kontroller-trust input[type=file]');
  await more.setInputFiles([join(folder, 'evidence.json'), join(out, 'root.pem')]);
  await expect(page.getByText(/Loggen er hel: \d+ hendelser/)).toBeVisible();
  await page.locator('.drop input[type=file]').setInputFiles(join(folder, 'document-1.pdf'));
  await expect(page.getByText('Beviset handler om nettopp dette dokumentet.')).toBeVisible();
  await expect(page.getByText('Signaturene i dokumentet er bundet til beviset.')).toBeVisible();
  await expect(page.locator('.verify-report')).toHaveAttribute('data-tone', 'green');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.screenshot({ path: 'screenshots/kontroller.png', fullPage: true });

  const evidence = readFileSync(join(folder, 'evidence.json'), 'utf8');
  const altered = join(out, 'altered.json');
  writeFileSync(altered, evidence.replace('"type": "confirmed"', '"type": "confirmeD"'));
  await more.setInputFiles(altered);
  await expect(page.getByText(/Loggen er ikke hel/)).toBeVisible();
  const foreign = JSON.parse(evidence) as {
    documents: { revisions: { sha256: string }[] }[];
    signatures: { evidenceHash: string }[];
  };
  for (const { revisions } of foreign.documents)
    for (const one of revisions) one.sha256 = 'ab'.repeat(32);
  for (const one of foreign.signatures) one.evidenceHash = 'cd'.repeat(32);
  writeFileSync(altered, JSON.stringify(foreign));
  await more.setInputFiles(altered);
  await expect(page.getByText('Beviset handler ikke om dette dokumentet.')).toBeVisible();
  await expect(page.getByText(/er ikke bundet til dette beviset/)).toBeVisible();
  expect(complaints).toEqual([]);
});
