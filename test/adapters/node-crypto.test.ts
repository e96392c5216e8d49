import { execFileSync } from 'node:child_process';
import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { pageCrypto } from '../../electron/adapters/page-crypto.ts';
import type { HashAlgorithm, SignatureScheme } from '../../electron/core/ports.ts';

const runtimes = [
  ['node', nodeCrypto],
  ['page', pageCrypto],
] as const;
const hashes: readonly (readonly [HashAlgorithm, string, number | undefined])[] = [
  ['md5', 'md5', undefined],
  ['sha1', 'sha1', undefined],
  ['sha224', 'sha224', undefined],
  ['sha256', 'sha256', undefined],
  ['sha384', 'sha384', undefined],
  ['sha512', 'sha512', undefined],
  ['sha512-256', 'sha512-256', undefined],
  ['sha3-256', 'sha3-256', undefined],
  ['sha3-384', 'sha3-384', undefined],
  ['sha3-512', 'sha3-512', undefined],
  ['shake256-512', 'shake256', 64],
];
const data = new TextEncoder().encode('det som skrives under');

interface Case {
  readonly name: string;
  readonly scheme: SignatureScheme;
  readonly key: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  readonly make: (key: KeyObject) => Buffer;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
// A modulus whose length is one more than a whole number of octets: PSS has a spare octet then.
const odd = generateKeyPairSync('rsa', { modulusLength: 2049 });
const bound = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const [p256, p384, p521, k1] = [curve('P-256'), curve('P-384'), curve('P-521'), curve('secp256k1')];

const pkcs1 = (hash: 'sha1' | 'md5' | 'sha256' | 'sha512' | 'sha3-256', key = rsa): Case => ({
  name: `RSA with ${hash}`,
  scheme: { type: 'rsa-pkcs1', hash },
  key,
  make: (privateKey) => sign(hash, data, privateKey),
});
const pss = (hash: 'sha256' | 'sha384' | 'sha512', saltLength: number, key = rsa): Case => ({
  name: `RSA-PSS with ${hash}, salt ${saltLength}, ${key.publicKey.asymmetricKeyDetails?.modulusLength} bits`,
  scheme: { type: 'rsa-pss', hash, saltLength },
  key,
  make: (privateKey) =>
    sign(hash, data, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
});
const ecdsa = (hash: 'sha256' | 'sha384' | 'sha512' | 'sha3-256', key: Case['key']): Case => ({
  name: `ECDSA with ${hash} on ${key.publicKey.asymmetricKeyDetails?.namedCurve}`,
  scheme: { type: 'ecdsa', hash },
  key,
  make: (privateKey) => sign(hash, data, privateKey),
});

const cases: readonly Case[] = [
  ...(['md5', 'sha1', 'sha256', 'sha512', 'sha3-256'] as const).map((hash) => pkcs1(hash)),
  pkcs1('sha256', odd),
  pss('sha256', 32),
  pss('sha384', 48),
  pss('sha512', 64, odd),
  pss('sha256', 0),
  pss('sha256', 20, bound),
  ...[p256, p384, p521, k1].flatMap((key) =>
    (['sha256', 'sha384', 'sha512', 'sha3-256'] as const).map((hash) => ecdsa(hash, key)),
  ),
  {
    name: 'Ed25519',
    scheme: { type: 'ed25519' },
    key: generateKeyPairSync('ed25519'),
    make: (key) => sign(null, data, key),
  },
  {
    name: 'Ed448',
    scheme: { type: 'ed448' },
    key: generateKeyPairSync('ed448'),
    make: (key) => sign(null, data, key),
  },
];

function spki(test: Case): Uint8Array {
  return new Uint8Array(test.key.publicKey.export({ type: 'spki', format: 'der' }));
}

describe.each(runtimes)('%s', (_, crypto) => {
  it.each(hashes)('hashes with %s as OpenSSL does', (algorithm, name, outputLength) => {
    const expected = createHash(name, outputLength === undefined ? {} : { outputLength })
      .update(data)
      .digest();
    const hash = crypto.hash(algorithm);
    expect(hash?.update(data.subarray(0, 5)).update(data.subarray(5)).digest()).toEqual(
      new Uint8Array(expected),
    );
  });

  it.each(hashes)('forks a running %s', (algorithm) => {
    const hash = crypto.hash(algorithm);
    const whole = crypto.hash(algorithm)?.update(data).update(data).digest();
    const part = crypto.hash(algorithm)?.update(data).digest();
    const running = hash?.update(data);
    const fork = running?.copy();
    expect(fork?.copy().digest()).toEqual(part);
    expect(fork?.update(data).digest()).toEqual(whole);
    expect(running?.digest()).toEqual(part);
  });

  it.each(cases)('verifies $name', async (test) => {
    const signature = new Uint8Array(test.make(test.key.privateKey));
    expect(await crypto.verify(test.scheme, spki(test), data, signature)).toBe('valid');
    expect(await crypto.verify(test.scheme, spki(test), data.subarray(1), signature)).toBe(
      'invalid',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(signature.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, bits) => {
          const changed = Uint8Array.from(signature);
          changed[at] = (changed[at] ?? 0) ^ bits;
          expect(await crypto.verify(test.scheme, spki(test), data, changed)).toBe('invalid');
        },
      ),
      { numRuns: 10 },
    );
  });

  it('refuses a key of another kind, a scheme of another kind, and a signature of another length', async () => {
    for (const test of cases) {
      const signature = new Uint8Array(test.make(test.key.privateKey));
      for (const other of cases) {
        if (other.key === test.key) continue;
        expect(await crypto.verify(test.scheme, spki(other), data, signature)).not.toBe('valid');
        if (other.scheme.type !== test.scheme.type) {
          expect(await crypto.verify(other.scheme, spki(test), data, signature)).not.toBe('valid');
        }
      }
      for (const length of [0, 1, signature.length - 1]) {
        expect(
          await crypto.verify(test.scheme, spki(test), data, signature.subarray(0, length)),
        ).toBe('invalid');
      }
    }
  }, 120_000);

  it('answers, whatever the key and the signature are', async () => {
    const schemes = cases.map((test) => test.scheme);
    const keys = cases.map(spki);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...schemes, { type: 'dsa', hash: 'sha256' } as const),
        fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(...keys)),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 }),
        fc.uint8Array({ maxLength: 300 }),
        async (scheme, key, changes, signature) => {
          const broken = Uint8Array.from(key);
          for (const [at, value] of changes)
            if (broken.length > 0) broken[at % broken.length] = value;
          expect(['invalid', 'unsupported']).toContain(
            await crypto.verify(scheme, broken, data, signature),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('node', () => {
  it('verifies DSA', async () => {
    const key = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 });
    const signature = new Uint8Array(sign('sha256', data, key.privateKey));
    const der = new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' }));
    expect(await nodeCrypto.verify({ type: 'dsa', hash: 'sha256' }, der, data, signature)).toBe(
      'valid',
    );
    expect(await pageCrypto.verify({ type: 'dsa', hash: 'sha256' }, der, data, signature)).toBe(
      'unsupported',
    );
  });

  it('verifies brainpool curves, which the page cannot', async () => {
    const key = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' });
    const signature = new Uint8Array(sign('sha256', data, key.privateKey));
    const der = new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' }));
    const scheme = { type: 'ecdsa', hash: 'sha256' } as const;
    expect(await nodeCrypto.verify(scheme, der, data, signature)).toBe('valid');
    expect(await pageCrypto.verify(scheme, der, data, signature)).toBe('unsupported');
  });

  it('reads what the runtime lacks with @noble, and says so of the rest', () => {
    // A process whose node:crypto knows no SHA-3 and no Ed448, as under BoringSSL.
    const script = `
      import { createRequire } from 'node:module';
      const crypto = createRequire('/')('node:crypto');
      const { getHashes, createHash, createPublicKey } = crypto;
      crypto.getHashes = () => getHashes().filter((name) => !/sha3|shake/i.test(name));
      crypto.createHash = (name, options) => {
        if (/sha3|shake/.test(name)) throw new Error('unsupported');
        return createHash(name, options);
      };
      crypto.createPublicKey = (input) => {
        const key = createPublicKey(input);
        if (key.asymmetricKeyType === 'ed448' || key.asymmetricKeyType === 'dsa') throw new Error('unsupported');
        return key;
      };
      (await import('node:module')).syncBuiltinESMExports();
      const { nodeCrypto } = await import('${new URL('../../electron/adapters/node-crypto.ts', import.meta.url).href}');
      const [request] = process.argv.slice(1).map((text) => JSON.parse(text));
      const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'));
      const answers = [];
      for (const { scheme, spki, signature } of request) {
        answers.push(await nodeCrypto.verify(scheme, bytes(spki), new TextEncoder().encode('det som skrives under'), bytes(signature)));
      }
      const hash = nodeCrypto.hash('sha3-256').update(new TextEncoder().encode('x')).digest();
      process.stdout.write(JSON.stringify([answers, Buffer.from(hash).toString('hex')]));
    `;
    const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 });
    const asked = [
      ...cases,
      {
        name: 'DSA',
        scheme: { type: 'dsa', hash: 'sha256' },
        key: dsa,
        make: (key: KeyObject) => sign('sha256', data, key),
      } satisfies Case,
    ];
    const request = asked.map((test) => ({
      scheme: test.scheme,
      spki: Buffer.from(spki(test)).toString('base64'),
      signature: test.make(test.key.privateKey).toString('base64'),
    }));
    const output = execFileSync(process.execPath, [
      '--input-type=module',
      '-e',
      script,
      JSON.stringify(request),
    ]);
    const [answers, hash] = JSON.parse(output.toString()) as [string[], string];
    expect(answers).toEqual([...cases.map(() => 'valid'), 'unsupported']);
    expect(hash).toBe(createHash('sha3-256').update('x').digest('hex'));
  });
});
