/** A container's whole life: B-B, B-T, B-LT, B-LTA and renewed, with real answers over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpRevocation } from '../../../electron/adapters/http-revocation.ts';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../../electron/adapters/node-random.ts';
import { makeTrialAuthority, signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import { startTrialRevocation } from '../../../electron/adapters/trial-revocation-server.ts';
import type { RunningRevocation } from '../../../electron/adapters/trial-revocation-server.ts';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { extendContainer } from '../../../electron/core/asice/extend-container.ts';
import type { ExtendContainerOptions } from '../../../electron/core/asice/extend-container.ts';
import { signContainer } from '../../../electron/core/asice/sign-container.ts';
import { verifyContainer } from '../../../electron/core/asice/verify-container.ts';
import type { SignatureReport } from '../../../shared/report.ts';
import { unwrap } from '../../../shared/result.ts';
import {
  SIGNATURES,
  containerFiles,
  entriesOf,
  withXml,
} from '../../support/attacks/containers.ts';

const start = new Date();
const year = 365 * 24 * 60 * 60 * 1000;
const after = (years: number): Date => new Date(start.getTime() + years * year);
let now = start;
const clock = { now: () => now };
const authority = makeTrialAuthority({ name: 'Box', now: start });
const { root, intermediate } = authority;
let server: RunningRevocation;
let signer: TrialCertificate;
let stamper: TrialCertificate;

beforeAll(async () => {
  const responder = authority.issue('Box Responder', 'p-256', {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.9'] },
    extensions: [{ oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Uint8Array.of(5, 0) }],
    notAfter: after(20),
  });
  server = await startTrialRevocation({ issuer: intermediate, responder, clock });
  signer = authority.issue('Kari Nordmann', 'p-256', { ocspUrls: [server.ocspUrl] });
  stamper = stampingUntil(5);
});
afterAll(() => server.close());

function stampingUntil(years: number): TrialCertificate {
  return authority.issue('Box Time', 'p-256', {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
    ocspUrls: [server.ocspUrl],
    notAfter: after(years),
  });
}

const revocation = () =>
  httpRevocation({
    ...{ clock, crypto: nodeCrypto, random: nodeRandom },
    ...{ timeoutMs: 30_000, budgetMs: 60_000 },
  });

async function signed(type: 'extended' | 'simple' = 'extended'): Promise<Uint8Array> {
  const files = type === 'simple' ? containerFiles.slice(0, 1) : containerFiles;
  const time = { at: now, zoneOffset: 60 };
  const ports = { crypto: nodeCrypto };
  return unwrap(await signContainer(type, files, signingKeyOf(signer), time, ports));
}

function extending(container: Uint8Array, level: ExtendContainerOptions['level'], more = {}) {
  return extendContainer(
    container,
    { level, anchors: [root.certificate], ...more },
    {
      ...{ crypto: nodeCrypto, clock, revocation: revocation() },
      timestamps: trialTimestamps({ ...stamper, clock }),
    },
  );
}

const extended = async (...args: Parameters<typeof extending>) => unwrap(await extending(...args));

async function offline(container: Uint8Array, at = now): Promise<SignatureReport> {
  const options = { file: 'a.asice', anchors: [root.certificate], at };
  const report = unwrap(await verifyContainer(container, options, { crypto: nodeCrypto }));
  const [first] = report.signatures;
  if (first === undefined) throw new Error('no signature');
  return first;
}

const verdict = async (container: Uint8Array, at?: Date) => {
  const { indication, subIndication, level } = await offline(container, at);
  return [indication, subIndication ?? level];
};

describe('a container is raised', () => {
  it.each(['extended', 'simple'] as const)('step by step, %s', async (type) => {
    now = start;
    const base = await signed(type);
    expect(await verdict(base)).toEqual(['INDETERMINATE', 'TRY_LATER']);
    const levels = ['B-T', 'B-LT', 'B-LTA'] as const;
    let container = base;
    for (const level of levels) {
      container = await extended(container, level);
      const { indication, level: reached, revocation: known } = await offline(container);
      expect([reached, indication, known]).toEqual(
        level === 'B-T' ? ['B-T', 'INDETERMINATE', 'not-checked'] : [level, 'TOTAL-PASSED', 'good'],
      );
    }
    // What was signed has its octets, and so has every other entry.
    const others = (bytes: Uint8Array) =>
      entriesOf(bytes).filter(({ name }) => name !== SIGNATURES);
    expect(others(container)).toEqual(others(base));
    expect(await extended(base, 'B-LTA').then(verdict)).toEqual(['TOTAL-PASSED', 'B-LTA']);
  });

  it('keeps what it has: the same data is not embedded twice', async () => {
    now = start;
    const once = await extended(await signed(), 'B-LT');
    const twice = await extended(once, 'B-LT');
    const answers = (bytes: Uint8Array) =>
      xmlOf(bytes).match(/<EncapsulatedX509Certificate>[^<]+/g) ?? [];
    expect(new Set(answers(twice)).size).toBe(answers(twice).length);
    expect(answers(twice)).toEqual(answers(once));
  });

  it('keeps a foreign spelling of the signature, prefixes and all', async () => {
    now = start;
    const prefixed = withXml(await signed(), (xml) =>
      // A prefix for the properties' holder alone: nothing that is signed has it in scope.
      xml
        .replace(
          '<QualifyingProperties xmlns="',
          '<q:QualifyingProperties xmlns:q="http://uri.etsi.org/01903/v1.3.2#" xmlns="',
        )
        .replace('</QualifyingProperties>', '</q:QualifyingProperties>'),
    );
    // The new prefix is in scope of the signed properties: canonical form inclusive shows it.
    expect((await offline(prefixed)).intact).toBe(false);
    const bare = await signed();
    const spaced = withXml(bare, (xml) =>
      xml.replace('</QualifyingProperties>', '\n<!-- her --></QualifyingProperties>'),
    );
    const raised = await extended(spaced, 'B-LTA');
    expect(await verdict(raised)).toEqual(['TOTAL-PASSED', 'B-LTA']);
    expect(xmlOf(raised)).toContain('<!-- her -->');
  });

  it('holds for decades while it is renewed in time, and not a day longer', async () => {
    now = start;
    const lta = await extended(await signed(), 'B-LTA');
    expect(await verdict(lta, after(4))).toEqual(['TOTAL-PASSED', 'B-LTA']);
    expect((await verdict(lta, after(6)))[0]).toBe('INDETERMINATE');
    now = after(4);
    stamper = stampingUntil(9);
    const renewed = await extended(lta, 'B-LTA', { digest: 'sha512' });
    stamper = stampingUntil(5);
    expect(await verdict(renewed, after(8))).toEqual(['TOTAL-PASSED', 'B-LTA']);
    const first = await offline(renewed, after(8));
    expect(first.bestTime?.slice(0, 10)).toBe(start.toISOString().slice(0, 10));
    expect((await verdict(renewed, after(10)))[0]).toBe('INDETERMINATE');
  });

  it('is not renewed by a timestamp that covers something else', async () => {
    now = start;
    const lta = await extended(await signed(), 'B-LTA');
    const moved = withXml(lta, (xml) => {
      const stamp = /<ArchiveTimeStamp .*?<\/ArchiveTimeStamp>/s.exec(xml)?.[0] ?? '';
      // Before the answers that it was made over.
      return xml.replace(stamp, '').replace('<CertificateValues', `${stamp}<CertificateValues`);
    });
    const report = await offline(moved);
    expect([report.indication, report.subIndication]).toEqual([
      'INDETERMINATE',
      'SIG_CONSTRAINTS_FAILURE',
    ]);
    const swapped = withXml(lta, (xml) =>
      xml.replace(
        /(<EncapsulatedOCSPValue>.{40})(.)/,
        (_, head: string, one: string) => head + (one === 'A' ? 'B' : 'A'),
      ),
    );
    expect((await offline(swapped)).indication).not.toBe('TOTAL-PASSED');
  });

  it('is refused where nobody answers, where the issuer is a stranger, and where nothing is signed', async () => {
    now = start;
    const base = await signed();
    const codeOf = async (body: ReturnType<typeof extending>) => {
      const result = await body;
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await codeOf(extending(base, 'B-LT', { anchors: [] }))).toBe('certificate.untrusted');
    const silent = authority.issue('Ola', 'p-256', { ocspUrls: ['http://127.0.0.1:9/ocsp'] });
    const other = unwrap(
      await signContainer(
        'extended',
        containerFiles,
        signingKeyOf(silent),
        { at: now, zoneOffset: 0 },
        { crypto: nodeCrypto },
      ),
    );
    expect(await codeOf(extending(other, 'B-LT'))).toBe('revocation.unreachable');
    expect(await codeOf(extending(Uint8Array.of(1, 2, 3), 'B-T'))).toBe('zip.not-a-zip');
  });
});

function xmlOf(container: Uint8Array): string {
  const entry = entriesOf(container).find(({ name }) => name === SIGNATURES);
  return Buffer.from(entry?.bytes ?? []).toString();
}
