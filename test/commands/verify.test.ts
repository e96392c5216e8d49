/** `skranke verify`: one document per input in their order, and an exit code that says the worst. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pemOf } from '../../electron/adapters/anchors.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import { root, runCli, spawnCli } from '../support/cli.ts';
import { qpdfRewritten } from '../support/other-readers.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import { makeTrustedList } from '../support/trusted-lists.ts';
import type { ListRequest } from '../support/trusted-lists.ts';
import { ask, codeOf, newScene, only, sample } from './scene.ts';

const scene = newScene();
const trust = ['--trust', scene.keys.root];
const file = (name: string): string => scene.path(name);

beforeAll(async () => {
  const signed = await ask(['sign', sample, '-o', file('good.pdf'), ...scene.key()]);
  if (signed.code !== 0) throw new Error(signed.stderr);
  const bytes = scene.read('good.pdf');
  const touched = bytes.slice();
  // One digit of the signed part, which stays a PDF.
  const at = Buffer.from(bytes).indexOf('/MediaBox');
  touched[Buffer.from(bytes).indexOf('5', at)] = 0x36;
  scene.put('touched.pdf', touched);
  scene.put('unsigned.pdf', plainPdf());
  scene.put('nothing.pdf', 'Kjære kommune');
});
afterAll(() => scene.close());

describe('trusted lists', () => {
  const operator = makeTrialAuthority({ name: 'Operator', now: new Date() }).issue(
    'Op',
    'rsa-2048',
  );
  const granted = { type: 'CA/QC', status: 'granted', from: '2020-01-01T00:00:00Z' };
  const services = [
    { certificate: scene.keys.authority.intermediate.certificate, states: [granted] },
  ];
  const list = (name: string, more: Partial<ListRequest> = {}): string =>
    scene.put(name, makeTrustedList({ services, ...more }, operator));

  it('stand in for anchors, and tell what is qualified', async () => {
    const path = list('no.xml', { nextUpdate: '2021-01-01T00:00:00Z' });
    const answer = await ask(['verify', file('good.pdf'), '--trusted-list', path]);
    expect(answer.code).toBe(0);
    expect(only(answer)).toMatchObject({
      indication: 'TOTAL-PASSED',
      parts: { person: { indication: 'TOTAL-PASSED' }, seal: null, time: null },
      signatures: [{ role: 'person', qualification: { level: 'not-qualified' } }],
    });
    expect(answer.stderr).toContain('NO was to be replaced by 2021-01-01');
  });

  it('are refused where they were changed', async () => {
    const text = Buffer.from(scene.read('no.xml')).toString('utf8');
    const path = scene.put('changed.xml', text.replace('granted', 'withdrawn'));
    const answer = await ask(['verify', file('good.pdf'), '--trusted-list', path]);
    expect(answer.code).toBe(2);
    expect(codeOf(only(answer))).toBe('trusted-list.signature');
  });

  it('leave known issuers alone until they are turned on', async () => {
    const answer = await ask(['verify', file('good.pdf'), '--known-issuers', 'NO']);
    expect(only(answer)).toMatchObject({ indication: 'INDETERMINATE' });
    expect((await ask(['verify', file('good.pdf'), '--known-issuers', 'SE'])).code).toBe(2);
  });
});

describe('the answer', () => {
  it('has the shape that the contract promises, and 0 for a valid file', async () => {
    const answer = await ask(['verify', file('good.pdf'), ...trust]);
    expect([answer.code, answer.stderr]).toEqual([0, '']);
    expect(only(answer)).toEqual({
      file: 'good.pdf',
      indication: 'TOTAL-PASSED',
      sentence: expect.stringContaining('valid'),
      anomalies: [],
      anomalyCodes: [],
      parts: {
        person: { indication: 'TOTAL-PASSED', subIndication: null, count: 1 },
        ...{ seal: null, time: null },
      },
      signatures: [
        expect.objectContaining({
          field: 'Signature1',
          kind: 'signature',
          signer: expect.stringContaining('Kari Nordmann'),
          indication: 'TOTAL-PASSED',
          subIndication: null,
          level: 'B-B',
          claimedTime: expect.stringMatching(/^\d{4}-.*Z$/),
          bestTime: null,
          intact: true,
          trusted: true,
          revocation: 'no-source',
          coverage: 'whole',
          changes: 'none',
          changeList: [],
          claim: null,
          sentence: expect.any(String),
        }),
      ],
    });
  });

  it('is 1 where the signer is not trusted, and where there is no signature', async () => {
    const untrusted = await ask(['verify', file('good.pdf')]);
    expect(untrusted.code).toBe(1);
    expect(only(untrusted)).toMatchObject({
      indication: 'INDETERMINATE',
      signatures: [{ trusted: false, intact: true }],
    });
    const unsigned = await ask(['verify', file('unsigned.pdf'), ...trust]);
    expect(unsigned.code).toBe(1);
    expect(only(unsigned)).toMatchObject({ indication: 'NO-SIGNATURE', signatures: [] });
  });

  it('is 1 where a signed byte was changed', async () => {
    const answer = await ask(['verify', file('touched.pdf'), ...trust]);
    expect(answer.code).toBe(1);
    expect(only(answer)).toMatchObject({
      indication: 'TOTAL-FAILED',
      signatures: [{ intact: false, subIndication: 'HASH_FAILURE' }],
    });
  });

  it('is 2 for what cannot be read', async () => {
    const answer = await ask(['verify', file('nothing.pdf'), ...trust]);
    expect([answer.code, codeOf(only(answer))]).toEqual([2, 'pdf.not-a-pdf']);
    expect(only(answer)['file']).toBe('nothing.pdf');
  });

  it('is 2 for a wrong use', async () => {
    for (const args of [
      ['verify'],
      ['verify', file('good.pdf'), '--at', 'yesterday'],
      ['verify', file('good.pdf'), '--nonsense'],
    ]) {
      const answer = await ask(args);
      expect([answer.code, codeOf(only(answer))]).toEqual([2, 'cli.usage']);
    }
  });

  it('for people says it in words, and the same code', () => {
    const run = runCli(['verify', file('good.pdf'), ...trust]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('good.pdf: TOTAL-PASSED');
    expect(run.stdout).toContain('Signature1 (signature, B-B): TOTAL-PASSED');
  });
});

it('gives several inputs a line each, in their order, and the worst code', async () => {
  const names = ['unsigned.pdf', 'good.pdf', 'absent.pdf', 'touched.pdf', 'good.pdf'];
  const answer = await ask(['verify', ...names.map(file), ...trust]);
  expect(answer.code).toBe(2);
  expect(answer.lines.map((line) => line['file'])).toEqual(names);
  expect(answer.lines.map((line) => line['indication'] ?? codeOf(line))).toEqual([
    'NO-SIGNATURE',
    'TOTAL-PASSED',
    'file.not-found',
    'TOTAL-FAILED',
    'TOTAL-PASSED',
  ]);
  const readable = await ask(['verify', file('good.pdf'), file('unsigned.pdf'), ...trust]);
  expect(readable.code).toBe(1);
});

describe('trust', () => {
  it('comes from PEM, from DER, and from a folder of either', async () => {
    const der = scene.put('root.der', scene.keys.authority.root.certificate);
    const other = makeTrialAuthority({ name: 'Another', now: new Date() });
    mkdirSync(file('anchors'));
    scene.put('anchors/other.pem', pemOf(other.root.certificate));
    scene.put('anchors/root.cer', scene.keys.authority.root.certificate);
    scene.put('anchors/notes.txt', 'not a certificate');
    for (const anchor of [der, file('anchors')]) {
      const answer = await ask(['verify', file('good.pdf'), '--trust', anchor]);
      expect(answer.code).toBe(0);
    }
    const both = ['--trust', file('anchors/other.pem'), '--trust', der];
    expect((await ask(['verify', file('good.pdf'), ...both])).code).toBe(0);
    const wrong = await ask(['verify', file('good.pdf'), '--trust', file('anchors/other.pem')]);
    expect([wrong.code, only(wrong)['indication']]).toEqual([1, 'INDETERMINATE']);
  });

  it('that cannot be read, or is none, is a wrong use', async () => {
    mkdirSync(file('empty'));
    for (const [anchor, code] of [
      [file('absent.pem'), 'trust.unreadable'],
      [file('nothing.pdf'), 'trust.no-certificate'],
      [file('empty'), 'trust.no-certificate'],
    ] as const) {
      const answer = await ask(['verify', file('good.pdf'), '--trust', anchor]);
      expect([answer.code, codeOf(only(answer))]).toEqual([2, code]);
    }
  });
});

describe('--at', () => {
  it('judges as of another time', async () => {
    const early = ['--at', '2019-06-01T12:00:00Z'];
    const answer = await ask(['verify', file('good.pdf'), ...trust, ...early]);
    expect(answer.code).toBe(1);
    expect(only(answer)['indication']).not.toBe('TOTAL-PASSED');
    const late = ['--at', '2099-01-01'];
    const expired = await ask(['verify', file('good.pdf'), ...trust, ...late]);
    expect(expired.code).toBe(1);
    expect(only(expired)).toMatchObject({ signatures: [{ intact: true }] });
  });
});

it('needs no network, with --offline or without', async () => {
  // Nothing may be asked: a resolver that fails would be heard of in the answer.
  const answer = await ask(['verify', file('good.pdf'), ...trust, '--offline']);
  expect(answer.code).toBe(0);
});

it('opens an encrypted file with its password', async () => {
  scene.put('locked.pdf', qpdfRewritten(plainPdf(), ['--encrypt', 'åpne', 'eier', '256', '--']));
  const password = ['--password-file', scene.put('password.txt', 'åpne\n')];
  const signing = [file('locked.pdf'), '-o', file('locked-signed.pdf'), ...scene.key()];
  expect((await ask(['sign', ...signing, ...password])).code).toBe(0);
  const closed = await ask(['verify', file('locked-signed.pdf'), ...trust]);
  expect([closed.code, codeOf(only(closed))]).toEqual([2, 'pdf.password']);
  const opened = await ask(['verify', file('locked-signed.pdf'), ...trust, ...password]);
  expect([opened.code, only(opened)['indication']]).toEqual([0, 'TOTAL-PASSED']);
});

it('does not mind a reader that stops reading', async () => {
  const args = [
    join(root, 'electron/cli.ts'),
    'verify',
    ...Array<string>(40).fill(file('good.pdf')),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, stderr]).toEqual([1, '']);
});

it('runs beside itself: several at once do not disturb each other', async () => {
  const runs = await Promise.all(
    [1, 2, 3].map(() => spawnCli(['verify', file('good.pdf'), ...trust])),
  );
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
});
