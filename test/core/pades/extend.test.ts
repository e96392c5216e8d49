/** A signature's whole life: B-B, B-T, B-LT, B-LTA, with real answers over HTTP, and what offline makes of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpRevocation } from '../../../electron/adapters/http-revocation.ts';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../../electron/adapters/node-random.ts';
import { makeTrialAuthority, signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import { startTrialRevocation } from '../../../electron/adapters/trial-revocation-server.ts';
import type { RunningRevocation } from '../../../electron/adapters/trial-revocation-server.ts';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { addValidationData } from '../../../electron/core/pades/validation-store.ts';
import { extendDocument } from '../../../electron/core/pades/extend.ts';
import type { ExtendLevel } from '../../../electron/core/pades/extend.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { verifyPdf } from '../../../electron/core/verify/verify.ts';
import { unwrap } from '../../../shared/result.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { appended, opened, signedWith } from '../../support/signing.ts';

const start = new Date();
const hour = 60 * 60 * 1000;
const year = 365 * 24 * hour;
const later = (hours: number): Date => new Date(start.getTime() + hours * hour);
let now = start;
const clock = { now: () => now };
const authority = makeTrialAuthority({ name: 'Life', now: start });
const { root, intermediate } = authority;
const base = plainPdf();
let servers: readonly RunningRevocation[] = [];
let signer: TrialCertificate;
let stamper: TrialCertificate;

beforeAll(async () => {
  const responder = authority.issue('Life Responder', 'p-256', {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.9'] },
    extensions: [{ oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Uint8Array.of(5, 0) }],
    // Responders live briefly: what they answered must outlive them.
    notAfter: later(48),
  });
  const running = await startTrialRevocation({ issuer: intermediate, responder, clock });
  servers = [running];
  signer = authority.issue('Kari Nordmann', 'p-256', { ocspUrls: [running.ocspUrl] });
  stamper = authority.issue('Life Time', 'p-256', {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
    notAfter: new Date(start.getTime() + 5 * year),
  });
});
afterAll(async () => {
  for (const server of servers) await server.close();
});

const revocation = () =>
  httpRevocation({
    clock,
    crypto: nodeCrypto,
    random: nodeRandom,
    timeoutMs: 30_000,
    budgetMs: 60_000,
  });

async function extended(bytes: Uint8Array, level: ExtendLevel): Promise<Uint8Array> {
  const { tail } = unwrap(await tryExtending(bytes, level));
  return appended(bytes, tail);
}

function tryExtending(bytes: Uint8Array, level: ExtendLevel, anchors = [root.certificate]) {
  return extendDocument(
    memorySource(bytes),
    { level, anchors },
    {
      ...{ crypto: nodeCrypto, random: nodeRandom, clock, revocation: revocation() },
      timestamps: trialTimestamps({ ...stamper, clock }),
    },
  );
}

async function verified(bytes: Uint8Array, at: Date, online = false) {
  const report = unwrap(
    await verifyPdf(
      memorySource(bytes),
      { file: 'a.pdf', anchors: [root.certificate], at },
      { crypto: nodeCrypto, ...(online ? { revocation: revocation() } : {}) },
    ),
  );
  const [first] = report.signatures;
  if (first === undefined) throw new Error('no signature');
  return { report, first };
}

describe('a signature of somebody whose certificate names a responder', () => {
  test('passes online, and offline says that revocation was not checked', async () => {
    now = start;
    const bytes = await signedWith(base, {}, signingKeyOf(signer));
    const online = await verified(bytes, now, true);
    expect(online.first).toMatchObject({ indication: 'TOTAL-PASSED', revocation: 'good' });
    const offline = await verified(bytes, now);
    expect(offline.first).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'TRY_LATER',
      revocation: 'not-checked',
    });
    expect(offline.first.sentence).toContain('revocation was not checked');
  });

  test('passes offline for good, once it carries its answers', async () => {
    now = start;
    const bytes = await signedWith(base, {}, signingKeyOf(signer));
    const lt = await extended(bytes, 'B-LT');
    expect(lt.subarray(0, bytes.length)).toEqual(bytes);
    const soon = await verified(lt, later(0.1));
    expect(soon.report.indication).toBe('TOTAL-PASSED');
    expect(soon.first).toMatchObject({ level: 'B-LT', revocation: 'good', changes: 'allowed' });

    const lta = await extended(bytes, 'B-LTA');
    const [first, ...stamps] = (await verified(lta, later(0.1))).report.signatures;
    expect(first).toMatchObject({ level: 'B-LTA', indication: 'TOTAL-PASSED' });
    expect(stamps).toHaveLength(2);
  });

  test('passes when signer and responder have expired, as long as the last timestamp holds', async () => {
    now = start;
    const bytes = await signedWith(base, {}, signingKeyOf(signer));
    const lta = await extended(bytes, 'B-LTA');
    const lt = await extended(bytes, 'B-LT');
    const late = new Date(start.getTime() + 4 * year);
    const { first } = await verified(lta, late);
    expect(first).toMatchObject({ indication: 'TOTAL-PASSED', revocation: 'good' });
    // Without the timestamp over the answers nobody knows when the dead responder's key signed them.
    expect((await verified(lt, late)).first).toMatchObject({
      indication: 'INDETERMINATE',
      revocationProblem: 'ocsp.expired-responder',
    });
  });

  test('adds nothing that is there already', async () => {
    now = start;
    const lt = await extended(await signedWith(base, {}, signingKeyOf(signer)), 'B-LT');
    const document = opened(lt);
    const none = { certificates: [], ocsps: [], crls: [] };
    expect(addValidationData(document, none, { random: nodeRandom })).toEqual({
      ok: true,
      value: null,
    });
    const again = { ...none, certificates: [intermediate.certificate, intermediate.certificate] };
    expect(addValidationData(document, again, { random: nodeRandom })).toEqual({
      ok: true,
      value: null,
    });
  });

  test('is not extended by what cannot be had', async () => {
    now = start;
    const bytes = await signedWith(base, {}, signingKeyOf(signer));
    expect(await tryExtending(bytes, 'B-LT', [])).toMatchObject({
      error: { code: 'certificate.untrusted' },
    });
    expect(await tryExtending(base, 'B-LT')).toMatchObject({
      error: { code: 'document.unsigned' },
    });
    const nobody = authority.issue('Kari', 'p-256', { ocspUrls: ['http://127.0.0.1:9/'] });
    const other = await signedWith(base, {}, signingKeyOf(nobody));
    expect(await tryExtending(other, 'B-LT')).toMatchObject({
      error: { code: 'revocation.unreachable', detail: { problems: ['ocsp.unreachable'] } },
    });
  });
});

describe('a certificate that is revoked', () => {
  test('after a proven time: the signature stands; without proof: nobody knows', async () => {
    now = start;
    const gone = authority.issue('Ola Nordmann', 'p-256', {
      crlUrls: servers.map(({ crlUrl }) => crlUrl),
    });
    const plain = await signedWith(base, {}, signingKeyOf(gone));
    const stamped = await extended(plain, 'B-T');
    now = later(3);
    servers[0]?.revoke(gone.certificate, later(2), 1);
    const proven = await verified(stamped, now, true);
    expect(proven.first).toMatchObject({
      indication: 'TOTAL-PASSED',
      trusted: true,
      revocation: 'good',
      revokedAt: new Date(Math.floor(later(2).getTime() / 1000) * 1000).toISOString(),
    });
    expect((await verified(plain, now, true)).first).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'REVOKED_NO_POE',
      revocation: 'revoked',
      trusted: false,
    });
    // The answers tell it offline, too, when they are in the file.
    const lt = await extended(stamped, 'B-LT');
    expect((await verified(lt, now)).first).toMatchObject({ indication: 'TOTAL-PASSED' });
    const late = await extended(plain, 'B-LT');
    expect((await verified(late, now)).first).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'REVOKED_NO_POE',
    });
  });
});
