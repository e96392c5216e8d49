/** The command line as it is shipped: few files, and everything that loads later still does. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shippedCli } from '../commands/home.ts';
import type { Shipped } from '../commands/home.ts';
import { ask, newScene, only, sample, startAuthority } from '../commands/scene.ts';
import { openssl } from '../support/openssl.ts';
import { qpdfRewritten } from '../support/other-readers.ts';
import { plainPdf } from '../support/plain-pdf.ts';

const scene = newScene();
let shipped: Shipped;
let authority: Awaited<ReturnType<typeof startAuthority>>;
beforeAll(async () => {
  shipped = await shippedCli();
  authority = await startAuthority(scene);
});
afterAll(async () => {
  await authority.close();
  shipped.remove();
  scene.close();
});

const text = (name: string): string => readFileSync(join(dirname(shipped.program), name), 'utf8');
const staticImports = (name: string): readonly string[] =>
  [...text(name).matchAll(/(?:^|[;\n}])import[^('"]*["']([^"']+)["']/g)].map(
    (match) => match[1] ?? '',
  );

it('has one file for each command on a file, and a starter that shares nothing with them', () => {
  const files = readdirSync(dirname(shipped.program));
  expect(files).toContain('worker.js');
  for (const name of ['skranke', 'sign', 'extend', 'verify', 'inspect', 'revision', 'help'])
    expect([name, staticImports(`${name}.js`)]).toEqual([name, []]);
  // `better-sqlite3` and the like stay packages; nothing else is left outside.
  const outside = new Set(files.flatMap(staticImports).filter((path) => !path.startsWith('./')));
  expect([...outside].filter((path) => !/^(?:better-sqlite3|pdfjs-dist\/.*)$/.test(path))).toEqual(
    [],
  );
});

it('does not load for signing what only other commands need', () => {
  const signing = text('sign.js');
  for (const mark of ['better-sqlite3', 'PDFDocument', 'ZodError', 'forge'])
    expect([mark, signing.includes(mark)]).toEqual([mark, false]);
});

it('signs whatever needs a part that is loaded later', async () => {
  const legacy = (): string => {
    const { file } = scene.keyFile('rsa-2048');
    const passphrase = readFileSync(scene.path('passphrase.txt'));
    const files = { 'a.p12': readFileSync(file), p: passphrase };
    const pem = openssl(
      ['pkcs12', '-in', 'a.p12', '-passin', 'file:p', '-nodes', '-out', 'a.pem'],
      files,
      (run) => run.file('a.pem'),
    );
    const old = openssl(
      [
        ...['pkcs12', '-export', '-legacy', '-in', 'a.pem', '-out', 'b.p12'],
        ...['-passout', 'file:q'],
      ],
      { 'a.pem': pem, q: 'enkel\n' },
      (run) => run.file('b.p12'),
    );
    return scene.put('legacy.p12', old);
  };
  const torn = Buffer.from(plainPdf())
    .toString('latin1')
    .replace(/startxref\n\d+/, 'startxref\n7');
  const cases = {
    plain: [sample],
    'fonts, for a mark': [sample, '--at', '1,60,90,200,70'],
    'AES, for an encrypted file': [
      scene.put('aes.pdf', qpdfRewritten(plainPdf(), ['--encrypt', '', 'o', '256', '--'])),
    ],
    'HTTP, for a timestamp': [sample, '--level', 'B-T', '--tsa', authority.url],
    'pdf-lib, for a clean copy': [scene.put('torn.pdf', torn), '--repair'],
    'node-forge, for an old key file': [
      ...[sample, '--key', legacy()],
      ...['--passphrase-file', scene.put('simple.txt', 'enkel\n')],
    ],
  };
  for (const [what, flags] of Object.entries(cases)) {
    const key = flags.includes('--key') ? [] : scene.key();
    const output = scene.path('out.pdf');
    const signed = await ask(['sign', ...flags, '-o', output, ...key], shipped);
    expect([what, signed.code, signed.stdout]).toEqual([what, 0, expect.any(String)]);
    const verified = await ask(['verify', output, '--trust', scene.keys.root], shipped);
    expect([what, only(verified)['indication']]).toEqual([what, 'TOTAL-PASSED']);
  }
});

it('refuses and tells it as from its sources', async () => {
  const bad = scene.put('bad.pdf', 'no PDF');
  const flags = ['-o', scene.path('never.pdf'), ...scene.key()];
  const refused = await ask(['sign', bad, ...flags], shipped);
  expect(refused.code).toBe(2);
  expect(only(refused)).toMatchObject({ error: { code: 'pdf.not-a-pdf' } });
  const usage = await ask(['sign'], shipped);
  expect([usage.code, only(usage)]).toEqual([
    2,
    { error: expect.objectContaining({ code: 'cli.usage' }) },
  ]);
});

it('does the whole main job', async () => {
  const run = await ask(['demo', '--out', scene.path('demo')], shipped);
  expect([run.code, only(run)['indication']]).toEqual([0, 'TOTAL-PASSED']);
});
