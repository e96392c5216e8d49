/** What cannot be done: each with a code, a sentence and an exit code of its own, and nothing half written. */
import { spawnSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBigPdf } from '../support/big-pdf.ts';
import { openssl } from '../support/openssl.ts';
import { qpdfRewritten } from '../support/other-readers.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';
import { asNobody, onOwnDisk } from './own-disk.ts';
import { ask, codeOf, linesOf, newScene, only, sample } from './scene.ts';
import type { Answer } from './scene.ts';

const scene = newScene();
beforeAll(() => {
  mkdirSync(scene.path('out'));
});
afterAll(() => scene.close());

/** Every refusal of this file, to see that no two say the same. */
const seen = new Map<string, string>();

/** Signs into an empty folder; whatever happens, it must be as empty afterwards. */
async function refusal(input: string, ...flags: readonly string[]): Promise<Answer> {
  const key = flags.includes('--key') ? [] : scene.key();
  const answer = await ask(['sign', input, '-o', scene.path('out/a.pdf'), ...key, ...flags]);
  expect(scene.list('out')).toEqual([]);
  expect(answer.stderr).toBe('');
  return answer;
}

function error(answer: Answer): { code: string; message: string } {
  const found = only(answer)['error'] as { code: string; message: string };
  expect(found.message).toMatch(/^[A-Z].*\.$/);
  seen.set(found.code, found.message);
  return found;
}

const torn = (pdf: Uint8Array, what: RegExp, by: string): Uint8Array =>
  new Uint8Array(Buffer.from(Buffer.from(pdf).toString('latin1').replace(what, by), 'latin1'));

describe('a file', () => {
  const locked = (): Uint8Array =>
    qpdfRewritten(plainPdf(), ['--encrypt', 'user', 'owner', '256', '--']);

  it.each([
    ['that is no PDF', 'pdf.not-a-pdf', () => 'Kjære kommune, dette er et brev.'],
    ['that is empty', 'pdf.empty', () => ''],
    ['that breaks off', 'pdf.truncated', () => plainPdf().slice(0, 300)],
    ['that is damaged', 'pdf.damaged', () => torn(plainPdf(), /startxref\n\d+/, 'startxref\n7')],
    [
      'that is damaged beyond repair',
      'pdf.beyond-repair',
      () => '%PDF-1.7\n1 0 obj\n<< /Type /Nothing >>\nendobj\n%%EOF\n',
    ],
    ['with a password', 'pdf.password', locked],
    [
      'with another way of encryption',
      'pdf.encryption-unsupported',
      () => torn(locked(), /\/Filter \/Standard/, '/Filter /Unheard.'),
    ],
  ])('%s', async (_, code, content) => {
    const answer = await refusal(scene.put('bad.pdf', content()));
    expect([answer.code, error(answer).code]).toEqual([2, code]);
    expect(only(answer)['file']).toBe('bad.pdf');
  });

  it('whose password is another', async () => {
    const input = scene.put('locked.pdf', locked());
    const answer = await refusal(input, '--password-file', scene.put('wrong.txt', 'feil'));
    expect([answer.code, codeOf(only(answer))]).toEqual([2, 'pdf.password']);
    expect(error(answer).message).toBe('The password does not open the file.');
  });

  it('that is not there, or is a folder', async () => {
    const absent = await refusal(scene.path('absent.pdf'));
    expect([absent.code, error(absent).code]).toEqual([2, 'file.not-found']);
    const folder = await refusal(scene.folder);
    expect([folder.code, error(folder).code]).toEqual([2, 'file.not-a-file']);
  });

  it('that is a pipe is not waited for', async () => {
    if (process.platform === 'win32') return;
    spawnSync('mkfifo', [scene.path('pipe.pdf')]);
    const answer = await refusal(scene.path('pipe.pdf'));
    expect([answer.code, codeOf(only(answer))]).toEqual([2, 'file.not-a-file']);
  });

  it('whose certification forbids every signature', async () => {
    const certified = scene.path('certified.pdf');
    await ask(['sign', sample, '-o', certified, ...scene.key(), '--certify', '1']);
    const answer = await refusal(certified);
    expect([answer.code, error(answer).code]).toEqual([1, 'sign.certified-no-changes']);
  });

  it('that has no such page', async () => {
    const answer = await refusal(sample, '--at', '99,10,10,100,50');
    expect([answer.code, error(answer).code]).toEqual([1, 'sign.no-page']);
    const beside = await refusal(sample, '--at', '1,5000,10,100,50');
    expect([beside.code, error(beside).code]).toEqual([1, 'sign.off-page']);
  });
});

describe('a key file', () => {
  const past = new Date('2021-01-01T00:00:00Z');
  const future = new Date(Date.now() + 400 * 24 * 3600 * 1000);
  const passphrase = 'nøkkel til prøve';

  function keyFile(name: string, notBefore: Date, notAfter: Date): readonly string[] {
    const leaf = scene.keys.authority.issue('Kari Nordmann', 'p-256', { notBefore, notAfter });
    const chain = [leaf.certificate];
    const bytes = toPkcs12({ key: leaf.key.privateKey, chain, passphrase });
    return withKey(scene.put(name, bytes));
  }
  const withKey = (file: string): readonly string[] => [
    ...['--key', file],
    ...['--passphrase-file', scene.path('passphrase.txt')],
  ];

  it('that has expired, or is not valid yet', async () => {
    const expired = await refusal(sample, ...keyFile('old.p12', past, new Date('2022-01-01')));
    expect([expired.code, error(expired).code]).toEqual([1, 'key.expired']);
    expect(only(expired)).toMatchObject({
      error: { detail: { notAfter: '2022-01-01T00:00:00.000Z' } },
    });
    const early = await refusal(sample, ...keyFile('new.p12', future, new Date('2099-01-01')));
    expect([early.code, error(early).code]).toEqual([1, 'key.not-yet-valid']);
  });

  it.each([
    ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a PDF', () => plainPdf()],
    ['nothing at all', () => ''],
    ['the beginning of a key file', () => scene.read('kari-nordmann-p-256.p12').slice(0, 400)],
  ])('that is %s', async (_, content) => {
    scene.keyFile();
    const answer = await refusal(sample, ...withKey(scene.put('wrong.p12', content())));
    expect([answer.code, error(answer).code]).toEqual([2, 'key.not-a-key-file']);
  });

  it('that holds certificates and no key', async () => {
    const certificate = scene.keys.authority.root.certificate;
    const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate).toString('base64')}\n-----END CERTIFICATE-----\n`;
    const args = [
      'pkcs12',
      '-export',
      '-nokeys',
      '-in',
      'a.pem',
      '-passout',
      'file:p',
      '-out',
      'a',
    ];
    const file = openssl(args, { 'a.pem': pem, p: `${passphrase}\n` }, (run) => run.file('a'));
    const answer = await refusal(sample, ...withKey(scene.put('none.p12', file)));
    expect([answer.code, error(answer).code]).toEqual([2, 'key.no-key']);
  });

  it('whose certificate is of another key', async () => {
    const leaf = scene.keys.authority.issue('Kari Nordmann');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const bytes = toPkcs12({ key: privateKey, chain: [leaf.certificate], passphrase });
    const answer = await refusal(sample, ...withKey(scene.put('other.p12', bytes)));
    expect([answer.code, error(answer).code]).toEqual([2, 'key.no-certificate']);
  });

  it('whose passphrase is wrong, or cannot be read', async () => {
    const { file } = scene.keyFile();
    const wrong = ['--key', file, '--passphrase-file', scene.put('wrong.txt', 'hemmelig feil\n')];
    const refused = await refusal(sample, ...wrong);
    expect([refused.code, error(refused).code]).toEqual([2, 'key.wrong-passphrase']);
    expect(refused.stdout).not.toContain('hemmelig');
    const absent = ['--key', file, '--passphrase-file', scene.path('absent.txt')];
    const unread = await refusal(sample, ...absent);
    expect([unread.code, error(unread).code]).toEqual([2, 'file.unreadable']);
  });
});

describe('an output', () => {
  const signTo = (output: string, input = sample): Promise<Answer> =>
    ask(['sign', input, '-o', output, ...scene.key()]);

  it('that is the input, by any of its names', async () => {
    const input = scene.put('mine.pdf', plainPdf());
    symlinkSync(input, scene.path('link.pdf'));
    linkSync(input, scene.path('hard.pdf'));
    const before = scene.list();
    for (const output of ['mine.pdf', 'link.pdf', 'hard.pdf', 'out/../mine.pdf']) {
      const answer = await signTo(scene.path(output), input);
      expect([answer.code, error(answer).code]).toEqual([2, 'file.same']);
    }
    expect(scene.list()).toEqual(before);
    expect(Buffer.from(scene.read('mine.pdf')).equals(Buffer.from(plainPdf()))).toBe(true);
  });

  it('in a folder that is not there, or that is a folder or a device itself', async () => {
    const absent = await signTo(scene.path('absent/a.pdf'));
    expect([absent.code, error(absent).code]).toEqual([2, 'file.no-folder']);
    const folder = await signTo(scene.path('out'));
    expect([folder.code, error(folder).code]).toEqual([2, 'file.not-a-file']);
    if (process.platform === 'win32') return;
    const device = await signTo('/dev/null');
    expect([device.code, codeOf(only(device))]).toEqual([2, 'file.not-a-file']);
    const file = scene.put('file', '');
    const under = await ask(['sign', sample, '--out-dir', file, ...scene.key()]);
    expect([under.code, codeOf(only(under))]).toEqual([2, 'file.no-folder']);
  });

  it('on a full disk, which stays as it was', () => {
    const disk = scene.path('disk');
    mkdirSync(disk);
    const large = scene.path('large.pdf');
    writeBigPdf(large, 3 << 20);
    scene.keyFile();
    const args = ['sign', large, '-o', `${disk}/a.pdf`, ...scene.key(), '--json'];
    const run = onOwnDisk('-t tmpfs -o size=1m tmpfs', disk, args);
    if (run === null) return;
    expect(linesOf(run.stdout).map(codeOf)).toEqual(['file.disk-full']);
    expect([run.code, run.before, run.after]).toEqual([3, [], []]);
  });

  it('on a disk that fills up at the very end', () => {
    const disk = scene.path('nearly');
    mkdirSync(disk);
    const large = scene.path('fits.pdf');
    // The copy fits, the signature does not: tmpfs counts in pages of 4 KiB.
    writeBigPdf(large, (1 << 20) - 3000);
    const args = ['sign', large, '-o', `${disk}/a.pdf`, ...scene.key(), '--json'];
    const run = onOwnDisk('-t tmpfs -o size=1m tmpfs', disk, args);
    if (run === null) return;
    const codes = linesOf(run.stdout).map(codeOf);
    expect([run.code, codes, run.after]).toEqual([3, ['file.disk-full'], []]);
  });

  it('in a folder that may not be written to', () => {
    const disk = scene.path('closed');
    mkdirSync(disk);
    for (const output of [
      ['-o', `${disk}/a.pdf`],
      ['--out-dir', disk],
      ['--out-dir', `${disk}/b`],
    ]) {
      const args = ['sign', sample, ...output, ...scene.key(), '--json'];
      const run = onOwnDisk('-t tmpfs -o ro tmpfs', disk, args);
      if (run === null) return;
      expect(linesOf(run.stdout).map(codeOf)).toEqual(['file.read-only']);
      expect([run.code, run.after]).toEqual([2, []]);
    }
  });

  it('or an input in a folder that is closed to whoever signs', () => {
    mkdirSync(scene.path('shut'));
    scene.put('shut/in.pdf', plainPdf());
    const input = scene.put('open.pdf', plainPdf());
    const key = scene.key();
    const files = [scene.folder, input, scene.keyFile().file, scene.keyFile().passphraseFile];
    for (const path of files) chmodSync(path, path === scene.folder ? 0o755 : 0o644);
    chmodSync(scene.path('shut'), 0);
    const cases = [
      [scene.path('shut/in.pdf'), scene.path('out/a.pdf'), 'file.unreadable'],
      [input, scene.path('shut/a.pdf'), 'file.read-only'],
      [input, scene.path('shut/deep/a.pdf'), 'file.read-only'],
    ] as const;
    for (const [from, to, code] of cases) {
      const run = asNobody(['sign', from, '-o', to, ...key, '--json']);
      if (run === null) return;
      expect([run.code, linesOf(run.stdout).map(codeOf), run.stderr]).toEqual([2, [code], '']);
    }
    chmodSync(scene.path('shut'), 0o755);
    expect([scene.list('shut'), scene.list('out')]).toEqual([['in.pdf'], []]);
  });

  it('that was there before stays as it was when signing fails', async () => {
    writeFileSync(scene.path('kept.pdf'), 'what somebody has');
    const answer = await signTo(scene.path('kept.pdf'), scene.put('bad.pdf', 'no PDF'));
    expect(answer.code).toBe(2);
    expect(Buffer.from(scene.read('kept.pdf')).toString()).toBe('what somebody has');
  });
});

it('says something of its own each time', () => {
  expect(seen.size).toBeGreaterThan(15);
  expect(new Set(seen.values()).size).toBe(seen.size);
});
