/** `skranke sign --pkcs11` and `skranke job sign` with a card: the shipped command, real drivers. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pemOf } from '../../electron/adapters/anchors.ts';
import { toPkcs12 } from '../../electron/adapters/trial-pki.ts';
import { createDeskClient } from '../../electron/commands/desk-client.ts';
import { passphrase, pin as clerkPin } from '../support/desk.ts';
import { pdfsig } from '../support/other-readers.ts';
import {
  cardAuthority,
  contentsOf,
  makeSoftTokens,
  personCertificate,
  type Shim,
  type SoftTokens,
} from '../support/soft-tokens.ts';
import { makeHome, shippedCli, type Home, type Shipped } from './home.ts';
import { ask, closedPort, codeOf, newScene, only, sample, startAuthority } from './scene.ts';

const scene = newScene();
const pin = '2580';
const kinds = ['rsa-2048', 'rsa-3072', 'p-256'] as const;
const people = Object.fromEntries(
  kinds.map((key) => [key, personCertificate({ name: `KARI NORDMANN ${key}`, key })]),
);
const kari = personCertificate();

let tokens: SoftTokens;
let shim: Shim;
let shipped: Shipped;
let home: Home;
let authority: Awaited<ReturnType<typeof startAuthority>>;

beforeAll(async () => {
  tokens = makeSoftTokens([
    { label: 'Alle', pin, contents: kinds.map((kind) => contentsOf(people[kind] ?? kari)) },
    { label: 'Kari', pin, contents: [contentsOf(kari, { alwaysAuthenticate: true })] },
  ]);
  shim = tokens.shim();
  shipped = await shippedCli();
  authority = await startAuthority(scene);
  home = await makeHome(scene, { ...shipped, authorities: [] });
  scene.put('pin', `${pin}\n`);
  scene.put('wrong', '0000\n');
  scene.put('clerk', `${clerkPin}\n`);
  scene.put('root.pem', pemOf(cardAuthority.root.certificate));
  scene.put('issuer.pem', pemOf(cardAuthority.intermediate.certificate));
});
afterEach(() => shim.forget());
afterAll(async () => {
  await authority.close();
  shipped.remove();
  tokens.close();
  scene.close();
});

const trust = () => ['--trust', scene.path('root.pem'), '--trust', scene.path('issuer.pem')];
const card = (...more: readonly string[]) => [
  ...['--pkcs11', shim.path, '--token', 'Alle', '--pin-file', scene.path('pin'), ...more],
];
const sign = (out: string, ...flags: readonly string[]) =>
  ask(['sign', sample, '-o', scene.path(out), ...flags], { program: shipped.program });

async function valid(out: string): Promise<void> {
  expect(pdfsig(scene.read(out)).map((one) => one.valid)).toEqual([true]);
  const report = await ask(['verify', scene.path(out), ...trust()], { program: shipped.program });
  expect([report.code, only(report)['indication']]).toEqual([0, 'TOTAL-PASSED']);
}

describe('skranke sign --pkcs11', () => {
  it.each([
    ...kinds.map((kind) => [kind, []] as const),
    ['rsa-2048', ['--pss']] as const,
    ['rsa-3072', ['--pss', '--digest', 'sha512']] as const,
  ])('signs with %s %j, valid for others too', async (kind, more) => {
    const out = `${kind}${more.join('')}.pdf`;
    const signed = await sign(out, ...card('--cert', `KARI NORDMANN ${kind}`, ...more));
    expect([signed.code, signed.stderr]).toEqual([0, '']);
    await valid(out);
  });

  it('asks the card once for each file, with a timestamp too', async () => {
    const level = ['--level', 'B-T', '--tsa', authority.url];
    const signed = await sign('bt.pdf', ...card(...level));
    expect(only(signed)).toMatchObject({ level: 'B-T' });
    expect(shim.log()).toEqual(['login', 'sign']);
    await valid('bt.pdf');
  });

  it('asks for no PIN when the authority is out of reach: exit code 3, no file', async () => {
    const tsa = await closedPort();
    const signed = await sign('none.pdf', ...card('--level', 'B-T', '--tsa', tsa));
    expect(signed.code).toBe(3);
    expect(shim.log()).toEqual([]);
    expect(scene.list()).not.toContain('none.pdf');
  });

  it('signs several files with a key that asks every time', async () => {
    const second = scene.put('second.pdf', readFileSync(sample));
    const signed = await ask(
      [
        ...['sign', sample, second, '--out-dir', scene.path('out'), '--pkcs11', shim.path],
        ...['--token', 'Kari', '--pin-file', scene.path('pin')],
      ],
      { program: shipped.program },
    );
    expect(signed.code).toBe(0);
    expect(scene.list('out')).toHaveLength(2);
  });

  it.each([
    ['no such driver', ['--pkcs11', '/nowhere/x.so', '--token', 'Alle'], 3, 'card.no-module'],
    ['a file that is none', ['--pkcs11', sample, '--token', 'A'], 2, 'card.not-a-module'],
  ] as const)('says %s', async (_, flags, code, name) => {
    const signed = await sign('x.pdf', ...flags, '--pin-file', scene.path('pin'));
    expect([signed.code, codeOf(signed.lines[0])]).toEqual([code, name]);
  });

  it('no such card, no reader, a wrong PIN, the last try: codes that a script can tell apart', async () => {
    const failing = async (flags: readonly string[]) => {
      const signed = await sign('x.pdf', ...flags);
      return [signed.code, codeOf(signed.lines[0])];
    };
    const other = ['--pkcs11', shim.path, '--token', 'Ola', '--pin-file', scene.path('pin')];
    expect(await failing(other)).toEqual([3, 'card.no-card']);
    shim.control({ readers: '0' });
    expect(await failing(card())).toEqual([3, 'card.no-reader']);
    shim.control({ counter: '1' });
    const wrong = ['--pkcs11', shim.path, '--token', 'Alle', '--pin-file', scene.path('wrong')];
    expect(await failing(wrong)).toEqual([2, 'card.wrong-pin']);
    expect(await failing(wrong)).toEqual([2, 'card.wrong-pin']);
    expect(await failing(card())).toEqual([1, 'card.last-try']);
    expect(shim.log()).toEqual(['login', 'login']);
    expect((await sign('last.pdf', ...card('--last-try'))).code).toBe(0);
    expect(scene.list()).not.toContain('x.pdf');
  });

  it('takes a key file or a card, not both and not neither', async () => {
    expect((await sign('x.pdf')).code).toBe(2);
    expect((await sign('x.pdf', ...scene.key(), ...card())).code).toBe(2);
  });
});

describe('skranke job sign', () => {
  async function opened(): Promise<string> {
    scene.put('avtale.pdf', readFileSync(sample));
    const spec = {
      title: 'Leieavtale',
      documents: [{ file: 'avtale.pdf', title: 'Avtale' }],
      signers: [{ name: 'Kari Nordmann', title: 'Leietaker', kind: 'advanced' }],
      fields: [{ document: 1, signer: 1, page: 1, x: 60, y: 600, width: 200, height: 70 }],
    };
    const path = scene.put('spec.json', JSON.stringify(spec));
    const job = String(only(await home.ask('job', 'create', path))['job']);
    expect((await home.ask('job', 'open', job)).code).toBe(0);
    return job;
  }

  beforeAll(async () => {
    scene.put(
      'identity.json',
      JSON.stringify({
        method: 'document',
        documentType: 'passport',
        lastFour: '1234',
        expires: '2099-12-31',
      }),
    );
    const desk = createDeskClient({ home: home.folder });
    const { users } = await desk.call('session.state', {});
    await desk.call('session.signIn', { user: users[0]?.id ?? '', passphrase });
    await desk.call('settings.cards', {
      ...{ use: true, known: false, modules: [shim.path], keyFiles: true },
    });
    await desk.call('settings.trust', {
      anchors: [
        pemOf(cardAuthority.root.certificate),
        pemOf(cardAuthority.intermediate.certificate),
      ],
    });
    await desk.close();
  });

  const who = () => [
    ...['--signer', '1', '--identity-check', scene.path('identity.json')],
    ...['--clerk-pin-file', scene.path('clerk')],
  ];

  it('signs an advanced signer’s part by card', async () => {
    const job = await opened();
    const cardFlags = ['--token', 'Kari', '--pin-file', scene.path('pin')];
    const signed = await home.ask('job', 'sign', job, ...who(), ...cardFlags);
    expect([signed.code, signed.stderr]).toEqual([0, '']);
    const folder = join(scene.folder, 'export');
    expect((await home.ask('job', 'export', job, folder)).code).toBe(0);
    const [pdf] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /document-1\.pdf$/.test(file),
    );
    const found = pdfsig(readFileSync(join(folder, pdf ?? '')));
    expect(found.find((one) => one.signer.includes('KARI'))).toMatchObject({ valid: true });
  });

  it('signs by key file, and needs the clerk’s PIN for either', async () => {
    const job = await opened();
    const bytes = toPkcs12({
      key: kari.key.privateKey,
      chain: [kari.certificate, ...kari.chain],
      passphrase: 'hemmelig',
    });
    const flags = [
      ...['--key', scene.put('kari.p12', bytes)],
      ...['--passphrase-file', scene.put('kari.txt', 'hemmelig\n')],
    ];
    const identity = ['--identity-check', scene.path('identity.json')];
    const without = await home.ask('job', 'sign', job, '--signer', '1', ...identity, ...flags);
    expect(without.code).toBe(2);
    const signed = await home.ask('job', 'sign', job, ...who(), ...flags);
    expect([signed.code, signed.stderr]).toEqual([0, '']);
  });
});
