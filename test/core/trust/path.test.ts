import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import {
  makeCertificate,
  makeKeyPair,
  makeTrialAuthority,
} from '../../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import { createCertificateReader } from '../../../electron/core/trust/certificates.ts';
import { validatePath } from '../../../electron/core/trust/path.ts';
import type { PathRequest } from '../../../electron/core/trust/path.ts';

const now = new Date('2026-06-01T12:00:00Z');
const year = 365 * 24 * 60 * 60 * 1000;
const authority = makeTrialAuthority({ name: 'Path', now });
const read = createCertificateReader();

function parsed(...certificates: readonly TrialCertificate[]) {
  return read(certificates.map(({ certificate }) => certificate));
}

async function path(end: TrialCertificate, changes: Partial<PathRequest> = {}) {
  const [certificate] = parsed(end);
  if (certificate === undefined) throw new Error('no certificate');
  const request = {
    certificate,
    pool: read(end.chain),
    anchors: parsed(authority.root),
    at: now,
    purpose: 'signature' as const,
    ...changes,
  };
  return validatePath(request, { crypto: nodeCrypto });
}

const signer = authority.issue('Kari Nordmann');

describe('building', () => {
  test('from the end to the anchor', async () => {
    const result = await path(signer);
    expect(result).toMatchObject({ valid: true, revocation: 'no-source', problem: null });
    expect(result.chain.map(({ commonName }) => commonName)).toEqual([
      'Kari Nordmann',
      'Path Issuing CA',
      'Path Root CA',
    ]);
  });

  test('a missing link, or no anchor', async () => {
    for (const changes of [{ pool: [] }, { anchors: [] }])
      expect(await path(signer, changes)).toMatchObject({
        valid: false,
        subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      });
  });

  test('another authority of the same name does not do', async () => {
    const twin = makeTrialAuthority({ name: 'Path', now });
    expect(await path(signer, { anchors: parsed(twin.root) })).toMatchObject({
      valid: false,
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    });
    // Nor does it stand in the way of the right one.
    const pool = [...parsed(twin.intermediate), ...read(signer.chain)];
    expect(await path(signer, { pool })).toMatchObject({ valid: true });
  });

  test('a pool of one name without end comes to an end', async () => {
    const key = makeKeyPair('p-256');
    const dates = {
      notBefore: new Date(now.getTime() - year),
      notAfter: new Date(now.getTime() + year),
    };
    const loop = Array.from({ length: 40 }, () =>
      makeCertificate({ subject: 'Loop', key, ca: {}, keyUsage: ['keyCertSign'], ...dates }),
    );
    const [issuer] = loop;
    if (issuer === undefined) throw new Error('no issuer');
    const end = makeCertificate({ subject: 'End', key: makeKeyPair('p-256'), issuer, ...dates });
    expect(await path(end, { pool: parsed(...loop) })).toMatchObject({ valid: false });
  });
});

describe('validation', () => {
  test('dates, at the time that counts', async () => {
    const at = (offset: number) => path(signer, { at: new Date(now.getTime() + offset) });
    expect(await at(2 * year)).toMatchObject({ valid: true });
    expect(await at(4 * year)).toMatchObject({ valid: false, subIndication: 'EXPIRED' });
    expect(await at(-year)).toMatchObject({ valid: false, subIndication: 'NOT_YET_VALID' });
    expect((await at(4 * year)).problem).toMatch(/Kari Nordmann/);
  });

  test('the dates of an anchor are not looked at, except where it is the signer', async () => {
    const at = new Date(now.getTime() + 4 * year);
    expect(await path(signer, { anchors: parsed(signer) })).toMatchObject({ valid: true });
    expect(await path(signer, { anchors: parsed(signer), at })).toMatchObject({
      subIndication: 'EXPIRED',
    });
  });

  test('a signer is no issuer', async () => {
    const forged = makeCertificate({
      subject: 'Forged',
      key: makeKeyPair('p-256'),
      issuer: { ...signer, chain: signer.chain },
      notBefore: new Date(now.getTime() - 1000),
      notAfter: new Date(now.getTime() + year),
    });
    expect(await path(forged, { pool: [...parsed(signer), ...read(signer.chain)] })).toMatchObject({
      valid: false,
      subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    });
  });

  test('an unknown critical extension', async () => {
    const extensions = [{ oid: '1.2.3.4.5', critical: true, value: new Uint8Array([5, 0]) }];
    expect(await path(authority.issue('Odd', 'p-256', { extensions }))).toMatchObject({
      valid: false,
      subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    });
    const [plain] = extensions.map((extension) => ({ ...extension, critical: false }));
    if (plain === undefined) throw new Error('no extension');
    expect(await path(authority.issue('Odd', 'p-256', { extensions: [plain] }))).toMatchObject({
      valid: true,
    });
  });
});

describe('purpose', () => {
  test('a key for something else', async () => {
    const usage = authority.issue('Server', 'p-256', { keyUsage: ['keyEncipherment'] });
    const server = authority.issue('Server', 'p-256', {
      extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.1'] },
    });
    for (const certificate of [usage, server, authority.issueTimestamper()])
      expect(await path(certificate)).toMatchObject({
        valid: false,
        subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
      });
  });

  test('timestamps: one purpose, and critical', async () => {
    const stamps = (purposes: string[], critical: boolean) =>
      path(authority.issue('Time', 'p-256', { extendedKeyUsage: { purposes, critical } }), {
        purpose: 'timestamp',
      });
    expect(await path(authority.issueTimestamper(), { purpose: 'timestamp' })).toMatchObject({
      valid: true,
    });
    expect(await stamps(['1.3.6.1.5.5.7.3.8'], true)).toMatchObject({ valid: true });
    expect(await stamps(['1.3.6.1.5.5.7.3.8'], false)).toMatchObject({ valid: false });
    expect(await stamps(['1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.3'], true)).toMatchObject({
      valid: false,
    });
    expect(await path(signer, { purpose: 'timestamp' })).toMatchObject({ valid: false });
  });
});

test('revocation: what a certificate names and nobody asked', async () => {
  const named = authority.issue('Named', 'p-256', { crlUrls: ['http://crl.test/'] });
  expect(await path(named)).toMatchObject({ valid: true, revocation: 'not-checked' });
});
