/** `skranke verify` and `extend` with an issuer that answers, one that does not, and offline. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { signingKeyOf } from '../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../electron/adapters/trial-pki.ts';
import { startTrialRevocation } from '../../electron/adapters/trial-revocation-server.ts';
import type { RunningRevocation } from '../../electron/adapters/trial-revocation-server.ts';
import { startTrialTimestampAuthority } from '../../electron/adapters/trial-timestamp-authority.ts';
import type { RunningAuthority } from '../../electron/adapters/trial-timestamp-authority.ts';
import { signContainer } from '../../electron/core/asice/sign-container.ts';
import { toPkcs12 } from '../../electron/eid/key-file-writing.ts';
import { unwrap } from '../../shared/result.ts';
import { containerFiles } from '../support/attacks/containers.ts';
import { qpdfComplaints } from '../support/other-readers.ts';
import { ask, newScene, only, sample } from './scene.ts';

const scene = newScene();
const { authority, root } = scene.keys;
const trust = ['--trust', root];
const file = (name: string): string => scene.path(name);
let issuer: RunningRevocation;
let time: RunningAuthority;
let signer: TrialCertificate;

beforeAll(async () => {
  issuer = await startTrialRevocation({ issuer: authority.intermediate, clock: systemClock });
  time = await startTrialTimestampAuthority({
    ...authority.issue('Trial Time', 'p-256', {
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
      // One that has to be asked about as well, like every real one.
      ocspUrls: [issuer.ocspUrl],
    }),
    clock: systemClock,
  });
  signer = authority.issue('Kari Nordmann', 'p-256', { ocspUrls: [issuer.ocspUrl] });
  const passphrase = 'nøkkel';
  const key = toPkcs12({
    key: signer.key.privateKey,
    chain: [signer.certificate, authority.intermediate.certificate],
    passphrase,
  });
  writeFileSync(file('signer.p12'), key);
  writeFileSync(file('secret.txt'), passphrase);
  const signed = await ask([
    ...['sign', sample, '-o', file('signed.pdf'), '--key', file('signer.p12')],
    ...['--passphrase-file', file('secret.txt')],
  ]);
  if (signed.code !== 0) throw new Error(signed.stderr);
});
afterAll(async () => {
  await issuer.close();
  await time.close();
  scene.close();
});

async function verify(name: string, ...more: readonly string[]) {
  const answer = await ask(['verify', file(name), ...trust, ...more]);
  const { signatures, indication } = only(answer) as {
    readonly indication: string;
    readonly signatures: readonly Record<string, unknown>[];
  };
  return { code: answer.code, indication, first: signatures[0] };
}

function extend(name: string, output: string, level: string) {
  return ask([
    ...['extend', file(name), '-o', file(output), '--level', level],
    ...['--tsa', time.url, ...trust],
  ]);
}

describe('a certificate whose issuer answers', () => {
  it('is asked about, unless --offline, which says that it was not', async () => {
    expect(await verify('signed.pdf')).toMatchObject({
      code: 0,
      indication: 'TOTAL-PASSED',
      first: { revocation: 'good' },
    });
    expect(issuer.asked.ocsp).toBe(1);
    expect(await verify('signed.pdf', '--offline')).toMatchObject({
      code: 1,
      indication: 'INDETERMINATE',
      first: {
        revocation: 'not-checked',
        subIndication: 'TRY_LATER',
        trusted: true,
        sentence: expect.stringContaining('revocation was not checked') as unknown,
      },
    });
    expect(issuer.asked.ocsp).toBe(1);
  });

  it('is known offline, too, where the file carries the answers', async () => {
    for (const [level, output] of [
      ['B-LT', 'lt.pdf'],
      ['B-LTA', 'lta.pdf'],
    ] as const) {
      const extended = await extend('signed.pdf', output, level);
      expect([extended.code, extended.stderr]).toEqual([0, '']);
      expect(only(extended)).toMatchObject({ level });
      const original = scene.read('signed.pdf');
      expect(Buffer.from(scene.read(output)).subarray(0, original.length)).toEqual(
        Buffer.from(original),
      );
      expect(qpdfComplaints(scene.read(output))).toBeNull();
      expect(await verify(output, '--offline')).toMatchObject({
        code: 0,
        indication: 'TOTAL-PASSED',
        first: { revocation: 'good', level },
      });
    }
  });

  it('passes for good at B-LTA: two years later, offline, on what the file carries alone', async () => {
    const later = new Date(systemClock.now().getTime() + 2 * 365 * 24 * 60 * 60 * 1000);
    const asked = issuer.asked.ocsp;
    const answer = await ask([
      'verify',
      file('lta.pdf'),
      ...trust,
      '--offline',
      '--at',
      later.toISOString(),
    ]);
    const { indication, signatures } = only(answer) as {
      readonly indication: string;
      readonly signatures: readonly Record<string, unknown>[];
    };
    expect([answer.code, indication]).toEqual([0, 'TOTAL-PASSED']);
    const last = signatures.at(-1);
    expect(last).toMatchObject({ kind: 'timestamp', revocation: 'good' });
    // What is only known of the past is not passed off as known now.
    expect(last?.['revocationAsOf']).toBe(last?.['bestTime']);
    expect(last?.['sentence']).toContain('as far as was known on');
    expect(issuer.asked.ocsp).toBe(asked);
  });
});

describe('signing', () => {
  it.each(['B-LT', 'B-LTA'])('to %s at once', async (level) => {
    const output = file(`at-once-${level}.pdf`);
    const signed = await ask([
      ...['sign', sample, '-o', output, '--key', file('signer.p12'), '--level', level],
      ...['--passphrase-file', file('secret.txt'), '--tsa', time.url, ...trust],
    ]);
    expect([signed.code, signed.stderr]).toEqual([0, '']);
    const bytes = scene.read(`at-once-${level}.pdf`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(only(signed)).toMatchObject({ level, sha256 });
    expect(await verify(`at-once-${level}.pdf`, '--offline')).toMatchObject({
      code: 0,
      first: { level, revocation: 'good' },
    });
  });
});

describe('a certificate that is revoked', () => {
  it('keeps what a timestamp proves to be older, and nothing else', async () => {
    const stamped = await extend('signed.pdf', 'stamped.pdf', 'B-T');
    expect(stamped.code).toBe(0);
    issuer.revoke(signer.certificate, new Date(systemClock.now().getTime() + 60_000), 1);
    expect(await verify('stamped.pdf')).toMatchObject({
      code: 0,
      first: { revocation: 'good', revokedAt: expect.any(String) as unknown },
    });
    expect(await verify('signed.pdf')).toMatchObject({
      code: 1,
      first: { revocation: 'revoked', subIndication: 'REVOKED_NO_POE', trusted: false },
    });
  });
});

describe('a certificate whose issuer does not answer', () => {
  it('leaves it open, and is no ground for B-LT: 3 and no file', async () => {
    await issuer.close();
    expect(await verify('signed.pdf')).toMatchObject({
      code: 1,
      indication: 'INDETERMINATE',
      first: {
        revocation: 'not-checked',
        subIndication: 'TRY_LATER',
        revocationProblem: 'ocsp.unreachable',
      },
    });
    const extended = await extend('signed.pdf', 'never.pdf', 'B-LT');
    expect(extended.code).toBe(3);
    expect(only(extended)).toMatchObject({ error: { code: 'revocation.unreachable' } });
    expect(scene.list()).not.toContain('never.pdf');
  });
});

describe('a container', () => {
  it('is verified and extended like a PDF', async () => {
    const answering = await startTrialRevocation({
      ...{ issuer: authority.intermediate, clock: systemClock },
    });
    const fresh = authority.issue('Ola Nordmann', 'p-256', { ocspUrls: [answering.ocspUrl] });
    const stamping = await startTrialTimestampAuthority({
      ...authority.issueTimestamper(),
      clock: systemClock,
    });
    const base = await signContainer(
      ...(['extended', containerFiles, signingKeyOf(fresh)] as const),
      ...([{ at: new Date(), zoneOffset: 0 }, { crypto: nodeCrypto }] as const),
    );
    writeFileSync(file('box.asice'), unwrap(base));
    expect(await verify('box.asice')).toMatchObject({ code: 0, first: { level: 'B-B' } });
    expect(await verify('box.asice', '--offline')).toMatchObject({
      ...{ code: 1, first: { subIndication: 'TRY_LATER' } },
    });
    for (const level of ['B-T', 'B-LT', 'B-LTA']) {
      const flags = ['--level', level, '--tsa', stamping.url, ...trust];
      const out = file(`${level}.asice`);
      expect((await ask(['extend', file('box.asice'), '-o', out, ...flags])).code).toBe(0);
      const offline = level === 'B-T' ? [] : ['--offline'];
      expect(await verify(`${level}.asice`, ...offline)).toMatchObject({
        code: 0,
        first: { level },
      });
    }
    await answering.close();
    await stamping.close();
  });
});
