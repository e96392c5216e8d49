/** The client library as another program has it: one file, by the package's export, against a real service. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleLibrary } from '../config/bundle-library.ts';
import { root } from '../support/cli.ts';
import { startStandIn } from '../support/posten/stand-in.ts';

const ORG = '910007009';
const folder = mkdtempSync(join(tmpdir(), 'skranke-library-'));
const installed = join(folder, 'node_modules/skranke');

const program = `
import { createPrivateKey } from 'node:crypto';
import { createPostenClient, packWith } from 'skranke/posten';
const { environment, authorities, certificate, chain, key } = JSON.parse(process.env.GIVEN);
const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'));
const credentials = {
  certificate: bytes(certificate),
  chain: chain.map(bytes),
  privateKey: createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' }),
};
const posten = createPostenClient({
  environment,
  credentials,
  authorities: authorities.map(bytes),
  pack: packWith(credentials),
  clock: { now: () => new Date(), sleep: (ms) => new Promise((done) => setTimeout(done, ms)) },
  sender: '${ORG}',
  userAgent: 'another-program/1.0',
});
const document = { title: 'Avtale', bytes: new TextEncoder().encode('%PDF-1.7 x'), type: 'pdf' };
const created = await posten.portal.create({
  title: 'Avtale',
  documents: [document],
  signers: [{ address: { type: 'contact', contact: { email: 'kari@example.org' } } }],
});
console.log(JSON.stringify([await posten.whoAmI(), created]));
posten.close();
`;

beforeAll(async () => {
  mkdirSync(installed, { recursive: true });
  await bundleLibrary(join(installed, 'dist/library'));
  const { exports, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly exports: unknown;
    readonly type: string;
  };
  writeFileSync(
    join(installed, 'package.json'),
    JSON.stringify({ name: 'skranke', type, exports }),
  );
  writeFileSync(join(folder, 'program.mjs'), program);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is one file that needs no package beside it, and makes a job', async () => {
  expect(readdirSync(join(installed, 'dist/library'))).toEqual(['posten.js']);
  const service = await startStandIn();
  try {
    const { certificate, chain, key } = service.issue(ORG);
    const base64 = (der: Uint8Array) => Buffer.from(der).toString('base64');
    const given = {
      environment: service.environment,
      authorities: service.authorities.map(base64),
      ...{ certificate: base64(certificate), chain: chain.map(base64) },
      key: key.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    };
    const run = spawn(process.execPath, [join(folder, 'program.mjs')], {
      env: { ...process.env, GIVEN: JSON.stringify(given) },
    });
    let [said, wrong] = ['', ''];
    run.stdout.on('data', (part: Buffer) => (said += part.toString()));
    run.stderr.on('data', (part: Buffer) => (wrong += part.toString()));
    await new Promise((done) => run.on('exit', done));
    expect(wrong).toBe('');
    const [who, created] = JSON.parse(said) as readonly { readonly ok: boolean }[];
    expect(who).toMatchObject({ ok: true });
    expect(created).toMatchObject({
      ok: true,
      value: { cancellationUrl: expect.any(String) as string },
    });
  } finally {
    await service.close();
  }
});
