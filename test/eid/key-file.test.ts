import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import type {
  TrialAuthority,
  TrialCertificate,
  TrialKeyType,
} from '../../electron/adapters/trial-pki.ts';
import { makeKeyPair, makeTrialAuthority, toPkcs12 } from '../../electron/adapters/trial-pki.ts';
import { readCertificateBody } from '../../electron/core/cms/certificate-body.ts';
import { checkKeyValidity, openKeyFile } from '../../electron/eid/key-file.ts';
import type { FileKey } from '../../electron/eid/key-file.ts';
import type { Result } from '../../shared/result.ts';

const now = new Date('2030-05-17T10:00:00Z');
const keyTypes: readonly TrialKeyType[] = [
  'rsa-2048',
  'rsa-pss-2048',
  'p-256',
  'p-384',
  'p-521',
  'ed25519',
  'ed448',
];

let folder: string;
let authority: TrialAuthority;
let signers: ReadonlyMap<TrialKeyType, TrialCertificate>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'skranke-key-file-'));
  authority = makeTrialAuthority({ name: 'Prøve', now });
  signers = new Map(keyTypes.map((type) => [type, authority.issue('Kari Nordmann', type)]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function signer(type: TrialKeyType): TrialCertificate {
  const found = signers.get(type);
  if (found === undefined) throw new Error(`no signer for ${type}`);
  return found;
}

function pem(der: Uint8Array): string {
  return new X509Certificate(der).toString();
}

/** A key file as OpenSSL writes it. */
function opensslFile(
  trial: TrialCertificate,
  passphrase: string,
  options: readonly string[],
  certificates: readonly Uint8Array[] = [trial.certificate, ...trial.chain],
): Uint8Array {
  const [keyPath, certificatePath, out] = ['key.pem', 'certificates.pem', 'out.p12'].map((name) =>
    join(folder, name),
  );
  if (keyPath === undefined || certificatePath === undefined || out === undefined)
    throw new Error();
  writeFileSync(keyPath, trial.key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(certificatePath, certificates.map(pem).join(''));
  execFileSync(
    'openssl',
    [
      ...['pkcs12', '-export', '-inkey', keyPath, '-in', certificatePath, '-out', out],
      ...['-passout', `pass:${passphrase}`, ...options],
    ],
    { stdio: 'pipe' },
  );
  return readFileSync(out);
}

function opened(result: Result<FileKey>): FileKey {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

async function code(bytes: Uint8Array, passphrase: string): Promise<string> {
  const result = await openKeyFile(bytes, passphrase);
  return result.ok ? 'opened' : result.error.code;
}

async function signsWithEveryScheme(key: FileKey): Promise<void> {
  const data = new TextEncoder().encode('det som skrives under');
  const { spki } = readCertificateBody(key.certificate);
  expect(key.schemes.length).toBeGreaterThan(0);
  for (const scheme of key.schemes) {
    const signature = await key.sign(data, scheme);
    if (!signature.ok) throw new Error(signature.error.code);
    expect(await nodeCrypto.verify(scheme, spki, data, signature.value)).toBe('valid');
  }
}

describe('key files of OpenSSL', () => {
  const modern: readonly (readonly [string, readonly string[]])[] = [
    ['OpenSSL 3 (AES-256, HMAC with SHA-256)', []],
    [
      'AES-128 with SHA-1',
      ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha1'],
    ],
    ['SHA-512 MAC', ['-macalg', 'sha512']],
    ['certificates in the clear', ['-certpbe', 'NONE']],
    ['key in the clear', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ['without a MAC', ['-nomac']],
    ['many rounds', ['-iter', '50000']],
    ['one round', ['-noiter', '-nomaciter']],
  ];
  const old: readonly (readonly [string, readonly string[]])[] = [
    ['RC2-40 and triple DES', ['-legacy']],
    ['triple DES throughout', ['-legacy', '-descert']],
    ['RC2-128', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
    ['two-key triple DES', ['-legacy', '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES']],
    ['RC2-40 key', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-40']],
  ];
  it.each([...modern, ...old])('opens %s', async (_, options) => {
    const trial = signer('rsa-2048');
    const bytes = opensslFile(trial, 'hemmelig', options);
    const key = opened(await openKeyFile(bytes, 'hemmelig'));
    expect(key.certificate).toEqual(trial.certificate);
    expect(key.chain).toEqual([authority.intermediate.certificate]);
    expect(key.algorithm).toBe('RSA 2048');
    expect(key.subject).toBe('CN=Kari Nordmann');
    await signsWithEveryScheme(key);
  });

  it.each(keyTypes)('opens and signs with %s, old and new', async (type) => {
    for (const options of [[], ['-legacy']]) {
      const key = opened(await openKeyFile(opensslFile(signer(type), 'x', options), 'x'));
      expect(key.certificate).toEqual(signer(type).certificate);
      await signsWithEveryScheme(key);
    }
  });

  it.each(['', 'blåbærsyltetøy ÆØÅ', 'пароль', '🔑 nøkkel', 'a'.repeat(200)])(
    'takes the passphrase %j',
    async (passphrase) => {
      for (const options of [[], ['-legacy'], ['-nomac']]) {
        const bytes = opensslFile(signer('p-256'), passphrase, options);
        opened(await openKeyFile(bytes, passphrase));
        // Typed on a Mac: the same letters, decomposed.
        opened(await openKeyFile(bytes, passphrase.normalize('NFD')));
        expect(await code(bytes, `${passphrase}x`)).toBe('key.wrong-passphrase');
      }
    },
  );

  it('finds the key’s own certificate among others in any order, and orders the chain', async () => {
    const trial = signer('p-256');
    const other = authority.issue('Ola Nordmann');
    const shuffled = [authority.root, other, authority.intermediate].map(
      ({ certificate }) => certificate,
    );
    // OpenSSL puts the matching certificate first by itself; ours keeps the order it is given.
    for (const bytes of [
      opensslFile(trial, 'x', [], [...shuffled, trial.certificate]),
      toPkcs12({
        key: trial.key.privateKey,
        chain: [...shuffled, trial.certificate],
        passphrase: 'x',
      }),
    ]) {
      const key = opened(await openKeyFile(bytes, 'x'));
      expect(key.certificate).toEqual(trial.certificate);
      expect(key.chain).toEqual([authority.intermediate.certificate]);
    }
  });
});

describe('our own key files', () => {
  it.each(keyTypes)('%s is read by OpenSSL and by us', async (type) => {
    const trial = signer(type);
    const bytes = toPkcs12({
      key: trial.key.privateKey,
      chain: [trial.certificate, ...trial.chain],
      passphrase: 'blåbær',
      friendlyName: 'Kari Nordmanns nøkkel',
    });
    const path = join(folder, 'ours.p12');
    writeFileSync(path, bytes);
    const text = execFileSync(
      'openssl',
      ['pkcs12', '-in', path, '-passin', 'pass:blåbær', '-nodes'],
      { stdio: 'pipe' },
    ).toString();
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect(text).toContain(trial.key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await signsWithEveryScheme(opened(await openKeyFile(bytes, 'blåbær')));
  });
});

describe('what is refused', () => {
  it('names what is wrong', async () => {
    const trial = signer('p-256');
    const good = opensslFile(trial, 'x', []);
    expect(await code(good, 'y')).toBe('key.wrong-passphrase');
    expect(await code(opensslFile(trial, 'x', ['-legacy']), 'y')).toBe('key.wrong-passphrase');
    expect(await code(opensslFile(trial, 'x', ['-nomac']), 'y')).toBe('key.wrong-passphrase');
    expect(await code(new Uint8Array(), 'x')).toBe('key.not-a-key-file');
    expect(await code(new TextEncoder().encode('%PDF-1.7'), 'x')).toBe('key.not-a-key-file');
    expect(await code(trial.certificate, 'x')).toBe('key.not-a-key-file');
    expect(await code(good.subarray(0, good.length - 30), 'x')).toBe('key.not-a-key-file');
    expect(await code(new Uint8Array(5 << 20), 'x')).toBe('key.not-a-key-file');
  });

  it('tells a file without a key from one without its certificate', async () => {
    const trial = signer('p-256');
    expect(await code(opensslFile(trial, 'x', ['-nokeys']), 'x')).toBe('key.no-key');
    expect(await code(opensslFile(trial, 'x', ['-nocerts']), 'x')).toBe('key.no-certificate');
    const strange = toPkcs12({
      key: makeKeyPair('p-256').privateKey,
      chain: [trial.certificate],
      passphrase: 'x',
    });
    expect(await code(strange, 'x')).toBe('key.no-certificate');
  });

  it('checks the validity against the given time', async () => {
    const trial = signer('p-256');
    const key = opened(await openKeyFile(opensslFile(trial, 'x', []), 'x'));
    const at = (time: string) => checkKeyValidity(key, new Date(time));
    expect(at('2030-05-17T12:00:00Z')).toEqual({ ok: true, value: undefined });
    expect(at('2030-01-01T00:00:00Z')).toMatchObject({ error: { code: 'key.not-yet-valid' } });
    expect(at('2045-01-01T00:00:00Z')).toMatchObject({
      error: { code: 'key.expired', detail: { notAfter: key.notAfter.toISOString() } },
    });
  });

  it('refuses a scheme the key does not have', async () => {
    const key = opened(await openKeyFile(opensslFile(signer('ed25519'), 'x', []), 'x'));
    const answer = await key.sign(new Uint8Array(3), { type: 'rsa-pkcs1', hash: 'sha256' });
    expect(answer).toMatchObject({ error: { code: 'key.unsupported' } });
    const rsa = opened(await openKeyFile(opensslFile(signer('rsa-2048'), 'x', []), 'x'));
    const weak = await rsa.sign(new Uint8Array(3), { type: 'rsa-pkcs1', hash: 'sha1' });
    expect(weak).toMatchObject({ error: { code: 'key.unsupported' } });
  });

  it('answers a code for any damage, and never another key', async () => {
    const trial = signer('p-256');
    const files = [
      opensslFile(trial, 'x', ['-noiter', '-nomaciter']),
      opensslFile(trial, 'x', ['-legacy', '-noiter', '-nomaciter']),
      opensslFile(trial, 'x', ['-nomac', '-noiter', '-keypbe', 'NONE', '-certpbe', 'NONE']),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        async (file, changes) => {
          const bytes = Uint8Array.from(file);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const result = await openKeyFile(bytes, 'x');
          if (!result.ok) expect(result.error.code).toMatch(/^key\./);
          else await result.value.sign(bytes, { type: 'ecdsa', hash: 'sha256' });
        },
      ),
      { numRuns: 500 },
    );
  });
});
