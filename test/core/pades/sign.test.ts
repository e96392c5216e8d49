import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import { digestsOf } from '../../../electron/core/pades/scheme.ts';
import { sign } from '../../../electron/core/pades/sign.ts';
import type { SigningKey } from '../../../electron/core/ports.ts';
import { ok } from '../../../shared/result.ts';
import {
  opensslComplaints,
  pdfsig,
  qpdfComplaints,
  qpdfRewritten,
  signedBytesOf,
} from '../../support/other-readers.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import {
  appended,
  authority,
  opened,
  ports,
  requestOf,
  signedWith,
  trialKey,
} from '../../support/signing.ts';
import { sha256Of } from '../../support/digest.ts';

const root = authority.root.certificate;

function startsWith(whole: Uint8Array, start: Uint8Array): boolean {
  return Buffer.compare(whole.subarray(0, start.length), start) === 0;
}

describe('one signature', () => {
  test.each([
    ['rsa-2048', 'sha256'],
    ['rsa-3072', 'sha384'],
    ['p-256', 'sha256'],
    ['p-384', 'sha384'],
    ['p-521', 'sha512'],
  ] as const)('%s with %s is good in pdfsig, openssl and qpdf', async (type, digest) => {
    const base = plainPdf();
    const bytes = await signedWith(base, { digest }, trialKey(type));
    expect(startsWith(bytes, base)).toBe(true);
    expect(qpdfComplaints(bytes)).toBeNull();
    expect(pdfsig(bytes)).toEqual([
      { field: 'Signature1', valid: true, whole: true, signer: 'Kari Nordmann' },
    ]);
    const [signed] = signedBytesOf(bytes);
    if (signed === undefined) throw new Error('no signature');
    expect(opensslComplaints(signed, root)).toBeNull();
  });

  test('RSA-PSS is good in openssl', async () => {
    const key = trialKey('rsa-2048');
    const pss = { ...key, schemes: key.schemes.filter((scheme) => scheme.type === 'rsa-pss') };
    const bytes = await signedWith(plainPdf(), {}, pss);
    for (const signed of signedBytesOf(bytes)) expect(opensslComplaints(signed, root)).toBeNull();
  });

  test('Ed25519 goes with SHA-512 and with nothing else', async () => {
    const key = trialKey('ed25519');
    expect(digestsOf(key)).toEqual(['sha512']);
    const refused = await sign(opened(plainPdf()), requestOf(), key, ports);
    expect(refused).toMatchObject({ ok: false, error: { code: 'sign.digest-unsupported' } });
    const bytes = await signedWith(plainPdf(), { digest: 'sha512' }, key);
    expect(qpdfComplaints(bytes)).toBeNull();
  });

  test('the byte range leaves out the contents string and nothing else', async () => {
    const bytes = await signedWith(plainPdf());
    const [signed] = signedBytesOf(bytes);
    const [start, first, second, rest] = signed?.byteRange ?? [];
    expect(start).toBe(0);
    expect(String.fromCharCode(bytes[first ?? 0] ?? 0)).toBe('<');
    expect(String.fromCharCode(bytes[(second ?? 0) - 1] ?? 0)).toBe('>');
    expect((second ?? 0) + (rest ?? 0)).toBe(bytes.length);
    const text = Buffer.from(bytes).toString('latin1', (first ?? 0) - 10, first);
    expect(text).toBe('/Contents ');
  });

  test('carries what the request says, in the form the standard wants', async () => {
    const bytes = await signedWith(plainPdf(), {
      time: new Date('2026-11-24T09:41:07Z'),
      zoneOffset: 60,
      name: 'Kari Nordmann',
      reason: 'Godkjent',
      location: 'Bergen',
      contact: 'post@example.org',
      claim: { kind: 'simple', person: 'Kari Nordmann', evidenceHash: 'ab'.repeat(32) },
    });
    const text = Buffer.from(bytes).toString('latin1');
    for (const part of [
      '/SubFilter /ETSI.CAdES.detached',
      "/M (D:20261124104107+01'00')",
      '/Name (Kari Nordmann)',
      '/Reason (Godkjent)',
      '/Location (Bergen)',
      '/ContactInfo (post@example.org)',
      '/Prop_Build <</App <</Name /Skranke>>>>',
      `/SkrankeClaim <</Kind /simple /Person (Kari Nordmann) /EvidenceHash <${'AB'.repeat(32)}>>>`,
    ])
      expect(text).toContain(part);
  });

  test('answers the hash of the whole file, also from a hash that the caller began', async () => {
    const base = plainPdf();
    for (const digest of ['sha256', 'sha384'] as const) {
      const hashed = { sha256: ports.crypto.hash('sha256')!.update(base) };
      const result = await sign(opened(base), requestOf({ digest }), trialKey('p-384'), {
        ...ports,
        hashed,
      });
      if (!result.ok) throw new Error(result.error.code);
      const whole = appended(base, result.value.tail);
      expect(result.value.sha256).toBe(sha256Of(whole));
      expect(pdfsig(whole)[0]?.valid).toBe(true);
      // It was forked, not used up.
      expect(Buffer.from(hashed.sha256.digest()).toString('hex')).toBe(sha256Of(base));
    }
  });

  test('a key that is not the certificate’s is caught before anything is written', async () => {
    const other: SigningKey = { ...trialKey(), sign: (...args) => wrong.sign(...args) };
    const wrong = signingKeyOf(authority.issue('Somebody else'));
    const result = await sign(opened(plainPdf()), requestOf(), other, ports);
    expect(result).toMatchObject({ ok: false, error: { code: 'sign.key-mismatch' } });
  });

  test('what the key answers is passed on', async () => {
    const locked: SigningKey = {
      ...trialKey(),
      sign: () => Promise.resolve({ ok: false, error: { code: 'card.locked', message: 'x' } }),
    };
    const result = await sign(opened(plainPdf()), requestOf(), locked, ports);
    expect(result).toMatchObject({ ok: false, error: { code: 'card.locked' } });
  });

  test('a signature longer than the key said does not fit, and is refused', async () => {
    const key = trialKey();
    const chatty: SigningKey = {
      ...key,
      sign: () => Promise.resolve(ok(new Uint8Array(4000))),
    };
    const lenient = { ...ports.crypto, verify: () => Promise.resolve('unsupported' as const) };
    const result = await sign(opened(plainPdf()), requestOf(), chatty, {
      ...ports,
      crypto: lenient,
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'sign.no-room' } });
  });
});

describe('files of every make', () => {
  const mark = { lines: ['Kari Ærlig', '24. november 2026'], typed: 'Kari Ærlig' };
  const field = (name: string) => ({
    create: { name, placement: { page: 0, x: 60, y: 60, width: 180, height: 60 }, label: 'Æ' },
  });

  test.each([
    ['object and xref streams', ['--object-streams=generate']],
    ['linearized', ['--linearize']],
  ])('%s', async (_, options) => {
    const base = qpdfRewritten(plainPdf(), options);
    const once = await signedWith(base, { field: field('A'), mark });
    const twice = await signedWith(once, {}, trialKey('rsa-2048'));
    expect(startsWith(twice, base)).toBe(true);
    // qpdf says of an updated linearized file that it no longer is one; that is no damage.
    if (!options.includes('--linearize')) expect(qpdfComplaints(twice)).toBeNull();
    expect(pdfsig(twice).map(({ valid, whole }) => [valid, whole])).toEqual([
      [true, false],
      [true, true],
    ]);
  });

  test.each([
    [
      'RC4, empty password',
      ['--allow-weak-crypto', '--encrypt', '', 'o', '128', '--use-aes=n', '--'],
    ],
    ['AES-128', ['--allow-weak-crypto', '--encrypt', '', 'o', '128', '--use-aes=y', '--']],
    ['AES-256', ['--encrypt', '', 'owner', '256', '--']],
    ['AES-256 with a password', ['--encrypt', 'user', 'owner', '256', '--']],
    ['AES-256 in object streams', ['--object-streams=generate', '--encrypt', '', 'o', '256', '--']],
  ])('%s', async (what, options) => {
    const password = what.includes('with a password') ? 'user' : undefined;
    const base = qpdfRewritten(plainPdf(), options);
    const reason = 'Æ';
    const once = await signedWith(base, { field: field('A'), mark, reason }, trialKey(), password);
    const twice = await signedWith(once, {}, trialKey(), password);
    expect(startsWith(twice, base)).toBe(true);
    expect(qpdfComplaints(twice, password)).toBeNull();
    expect(pdfsig(twice, password).map(({ field: at, valid }) => [at, valid])).toEqual([
      ['A', true],
      ['Signature1', true],
    ]);
    // Strings are encrypted, the contents string alone is not (ISO 32000-2, 7.6.2).
    expect(Buffer.from(twice).includes('Kari Nordmann')).toBe(false);
    for (const signed of signedBytesOf(twice)) expect(opensslComplaints(signed, root)).toBeNull();
  });
});

describe('many signatures', () => {
  test('51 in a row, each small, all valid', async () => {
    let bytes = plainPdf();
    const growth: number[] = [];
    for (let i = 0; i < 51; i++) {
      const before = bytes;
      bytes = await signedWith(bytes);
      expect(startsWith(bytes, before)).toBe(true);
      growth.push(bytes.length - before.length);
    }
    const signatures = pdfsig(bytes);
    expect(signatures).toHaveLength(51);
    expect(signatures.filter(({ valid }) => !valid)).toEqual([]);
    expect(signatures.filter(({ whole }) => whole)).toHaveLength(1);
    expect(qpdfComplaints(bytes)).toBeNull();
    expect(Math.max(...growth)).toBeLessThanOrEqual(6500);
  });

  test('any file stays the beginning of what follows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          pages: fc.integer({ min: 1, max: 4 }),
          rotate: fc.constantFrom(0, 90, 180, 270),
          streams: fc.boolean(),
          signatures: fc.integer({ min: 1, max: 4 }),
          visible: fc.boolean(),
        }),
        async ({ pages, rotate, streams, signatures, visible }) => {
          const plain = plainPdf({ pages: Array.from({ length: pages }, () => ({ rotate })) });
          let bytes = streams ? qpdfRewritten(plain, ['--object-streams=generate']) : plain;
          for (let i = 0; i < signatures; i++) {
            const before = bytes;
            const placement = { page: pages - 1, x: 20, y: 20 + 70 * i, width: 150, height: 50 };
            bytes = await signedWith(
              bytes,
              visible
                ? { field: { create: { name: `F${i}`, placement } }, mark: { lines: ['Kari'] } }
                : {},
            );
            expect(startsWith(bytes, before)).toBe(true);
          }
          const all = pdfsig(bytes);
          expect(all.map(({ valid }) => valid)).toEqual(Array(signatures).fill(true));
        },
      ),
      { numRuns: 12 },
    );
  });
});
