/** `skranke inspect`, `revision` and `extend`: what a file is, what it was, and a timestamp over it. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdfsig, qpdfComplaints, qpdfRewritten } from '../support/other-readers.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import { runCli } from '../support/cli.ts';
import { ask, closedPort, codeOf, newScene, only, sample, startAuthority } from './scene.ts';

const scene = newScene();
const file = (name: string): string => scene.path(name);
let authority: Awaited<ReturnType<typeof startAuthority>>;

beforeAll(async () => {
  authority = await startAuthority(scene);
  // With a line end after the last %%EOF: whether one belongs to the file or to the next revision
  // cannot be told from the bytes.
  scene.put('original.pdf', Buffer.concat([readFileSync(sample), Buffer.from('\n')]));
  const once = [
    file('original.pdf'),
    '-o',
    file('once.pdf'),
    ...scene.key(),
    '--at',
    '4,68,266,200,72',
  ];
  const twice = [file('once.pdf'), '-o', file('twice.pdf'), ...scene.key('rsa-2048')];
  for (const args of [once, twice]) {
    const answer = await ask(['sign', ...args]);
    if (answer.code !== 0) throw new Error(answer.stdout + answer.stderr);
  }
});
afterAll(async () => {
  await authority.close();
  scene.close();
});

describe('inspect', () => {
  it('tells revisions, fields, encryption, PDF/A and what is hidden', async () => {
    const answer = await ask(['inspect', file('twice.pdf')]);
    expect([answer.code, answer.stderr]).toEqual([0, '']);
    const original = scene.read('original.pdf').length;
    const once = scene.read('once.pdf').length;
    const twice = scene.read('twice.pdf').length;
    expect(only(answer)).toMatchObject({
      file: 'twice.pdf',
      bytes: twice,
      pageCount: 4,
      pdfa: 'PDF/A-2b',
      encrypted: false,
      encryption: null,
      repaired: false,
      signatures: 2,
      certified: null,
      revisions: [
        { revision: 0, end: original },
        { revision: 1, end: once },
        { revision: 2, end: twice },
      ],
      signatureFields: [
        { name: 'Signature1', signed: true, page: 4 },
        { name: 'Signature2', signed: true },
      ],
      anomalies: [],
    });
  });

  it('takes several files and a password, and tells damage without refusing it', async () => {
    scene.put('locked.pdf', qpdfRewritten(plainPdf(), ['--encrypt', 'u', 'o', '256', '--']));
    const torn = Buffer.from(plainPdf())
      .toString('latin1')
      .replace(/startxref\n\d+/, 'startxref\n7');
    scene.put('torn.pdf', torn);
    const inputs = ['locked.pdf', 'torn.pdf', 'absent.pdf'].map(file);
    const password = ['--password-file', scene.put('password', 'u')];
    const answer = await ask(['inspect', ...inputs, ...password]);
    expect(answer.code).toBe(2);
    expect(answer.lines).toMatchObject([
      { encrypted: true, encryption: { algorithm: 'AES-256' } },
      { repaired: true, anomalies: [{ code: 'structure.repaired' }] },
      { file: 'absent.pdf', error: { code: 'file.not-found' } },
    ]);
    expect(runCli(['inspect', file('torn.pdf')]).stdout).toContain('structure.repaired');
  });
});

describe('revision', () => {
  it('gives back the exact bytes of every revision', async () => {
    for (const [number, bytes] of [
      [0, scene.read('original.pdf')],
      [1, scene.read('once.pdf')],
      [2, scene.read('twice.pdf')],
    ] as const) {
      const output = file(`revision-${number}.pdf`);
      const answer = await ask(['revision', file('twice.pdf'), String(number), '-o', output]);
      expect(answer.code).toBe(0);
      expect(only(answer)).toEqual({
        file: 'twice.pdf',
        output,
        revision: number,
        bytes: bytes.length,
      });
      expect(readFileSync(output).equals(Buffer.from(bytes))).toBe(true);
    }
  });

  it('says how many there are where there is no such one, and writes nothing', async () => {
    const absent = ['revision', file('twice.pdf'), '3', '-o', file('none.pdf')];
    const answer = await ask(absent);
    expect(answer.code).toBe(2);
    expect(only(answer)).toMatchObject({
      error: { code: 'pdf.no-revision', detail: { revisions: 3 } },
    });
    const over = await ask(['revision', file('twice.pdf'), '0', '-o', file('twice.pdf')]);
    expect([over.code, codeOf(only(over))]).toEqual([2, 'file.same']);
    for (const args of [
      ['revision', file('twice.pdf')],
      ['revision', file('twice.pdf'), 'one'],
    ]) {
      const wrong = await ask(args);
      expect([wrong.code, codeOf(only(wrong))]).toEqual([2, 'cli.usage']);
    }
    expect(scene.list()).not.toContain('none.pdf');
  });
});

describe('extend', () => {
  const extend = (input: string, output: string, tsa: string) =>
    ask(['extend', input, '-o', output, '--level', 'B-T', '--tsa', tsa]);

  it('adds a document timestamp and leaves every byte before it', async () => {
    const answer = await extend(file('twice.pdf'), file('extended.pdf'), authority.url);
    expect(answer.code).toBe(0);
    expect(only(answer)).toMatchObject({ file: 'twice.pdf', level: 'B-T', field: 'Timestamp1' });
    const before = Buffer.from(scene.read('twice.pdf'));
    const after = Buffer.from(scene.read('extended.pdf'));
    expect(after.subarray(0, before.length).equals(before)).toBe(true);
    expect(qpdfComplaints(after)).toBeNull();
    expect(pdfsig(after).slice(0, 2)).toMatchObject([{ valid: true }, { valid: true }]);
    const report = await ask(['verify', file('extended.pdf'), '--trust', scene.keys.root]);
    expect(report.code).toBe(0);
    expect(only(report)).toMatchObject({
      signatures: [{ kind: 'signature' }, { kind: 'signature' }, { kind: 'timestamp' }],
    });
  });

  it('is exit code 3 without an authority, and no file', async () => {
    const answer = await extend(file('twice.pdf'), file('none.pdf'), await closedPort());
    expect([answer.code, codeOf(only(answer))]).toEqual([3, 'timestamp.unreachable']);
    expect(scene.list()).not.toContain('none.pdf');
  });

  it('refuses a file without a signature, its own input, and a level it does not make', async () => {
    const unsigned = await extend(sample, file('none.pdf'), authority.url);
    expect([unsigned.code, codeOf(only(unsigned))]).toEqual([1, 'document.unsigned']);
    const same = await extend(file('twice.pdf'), file('twice.pdf'), authority.url);
    expect([same.code, codeOf(only(same))]).toEqual([2, 'file.same']);
    const target = ['extend', file('twice.pdf'), '-o', file('none.pdf'), '--tsa', authority.url];
    for (const level of [[], ['--level', 'B-X']]) {
      const answer = await ask([...target, ...level]);
      expect([answer.code, codeOf(only(answer))]).toEqual([2, 'cli.usage']);
    }
    expect(scene.list()).not.toContain('none.pdf');
  });
});
