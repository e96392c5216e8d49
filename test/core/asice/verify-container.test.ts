import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { packForService } from '../../../electron/core/asice/service-package.ts';
import { signContainer } from '../../../electron/core/asice/sign-container.ts';
import { verifyContainer } from '../../../electron/core/asice/verify-container.ts';
import { writeZip } from '../../../electron/core/asice/write-zip.ts';
import type { NewEntry } from '../../../electron/core/asice/write-zip.ts';
import type { VerificationReport } from '../../../shared/report.ts';
import { unwrap } from '../../../shared/result.ts';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';
import { openssl } from '../../support/openssl.ts';
import { missed } from '../../support/attacks/attack.ts';
import {
  SIGNATURES,
  changed,
  containerAttacks,
  containerFiles,
  entriesOf,
  signedContainer,
  withXml,
} from '../../support/attacks/containers.ts';
import { treeOf } from '../../support/mutations/containers.ts';
import { authority, signingTime, trialKey } from '../../support/signing.ts';

const files = containerFiles;
const time = { at: signingTime, zoneOffset: 60 };
const clock = { now: () => signingTime };
const timestamps = trialTimestamps({ ...authority.issueTimestamper(), clock });

async function verify(container: Uint8Array): Promise<VerificationReport> {
  const options = { file: 'a.asice', anchors: [authority.root.certificate], at: signingTime };
  return unwrap(await verifyContainer(container, options, { crypto: nodeCrypto }));
}

async function verdict(container: Uint8Array): Promise<string> {
  const options = { file: 'a.asice', anchors: [authority.root.certificate], at: signingTime };
  const result = await verifyContainer(container, options, { crypto: nodeCrypto });
  if (!result.ok) return result.error.code;
  const [first] = result.value.signatures;
  return `${result.value.indication} ${first?.subIndication ?? first?.level ?? ''}`.trim();
}

const base = await signedContainer();

describe('baseline containers', () => {
  it.each(['rsa-2048', 'rsa-pss-2048', 'p-256', 'p-384', 'p-521', 'ed25519'] as const)(
    'written with %s at B-T are TOTAL-PASSED',
    async (type) => {
      const ports = { crypto: nodeCrypto, timestamps };
      const container = unwrap(await signContainer('extended', files, trialKey(type), time, ports));
      const report = await verify(container);
      expect(report.signatures[0]).toMatchObject({
        indication: 'TOTAL-PASSED',
        level: 'B-T',
        coverage: 'whole',
        claimedTime: new Date(Math.floor(signingTime.getTime() / 1000) * 1000).toISOString(),
      });
      expect(report.signatures[0]?.bestTime).not.toBeNull();
      expect(report.sentence).toMatch(/^Every signature/);
      const first = entriesOf(container)[0];
      expect([first?.name, first?.method]).toEqual(['mimetype', 'stored']);
    },
  );

  it('are written the same twice, simple ones too, and unsuitable files are refused', async () => {
    const ports = { crypto: nodeCrypto };
    const key = trialKey('rsa-2048');
    const again = unwrap(await signContainer('extended', files, key, time, ports));
    expect(again).toEqual(base);
    expect(await verdict(base)).toBe('TOTAL-PASSED B-B');
    const one = await signContainer('simple', files.slice(0, 1), key, time, ports);
    expect(await verdict(unwrap(one))).toBe('TOTAL-PASSED B-B');
    const refused = [[], files.slice(0, 1).concat(files), [{ ...files[0]!, name: 'META-INF/x' }]];
    for (const list of refused) {
      const result = await signContainer('extended', list, key, time, ports);
      expect(result.ok ? 'ok' : result.error.code).toBe('asice.unsuitable-file');
    }
    expect((await signContainer('simple', files, key, time, ports)).ok).toBe(false);
  });

  it('of the remote service verify too, but for the SHA-1 that its profile demands', async () => {
    const input = { documents: files.slice(0, 1), manifest: utf8Bytes('<m/>'), time };
    const packed = unwrap(await packForService(input, trialKey('rsa-2048'), nodeCrypto));
    const [signature] = (await verify(packed)).signatures;
    expect(signature).toMatchObject({ intact: true, trusted: true, coverage: 'whole' });
    expect(await verdict(packed)).toBe('INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE');
  });

  it('with CAdES by openssl verify, over the file and over a manifest of digests', async () => {
    const content = utf8Bytes('Avtale');
    const trial = authority.issue('Kari Nordmann', 'rsa-2048');
    const sign = (data: Uint8Array): Uint8Array =>
      openssl(
        [
          ...['cms', '-sign', '-binary', '-cades', '-in', 'data', '-outform', 'DER', '-out', 'sig'],
          ...[
            '-signer',
            'cert.pem',
            '-inkey',
            'key.pem',
            '-certfile',
            'chain.pem',
            '-md',
            'sha256',
          ],
        ],
        {
          data,
          'cert.pem': pem(trial.certificate),
          'chain.pem': trial.chain.map(pem).join(''),
          'key.pem': trial.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        },
        (run) => {
          expect(run.text).toBe('');
          return run.file('sig');
        },
      );
    const mimetype = (letter: string): NewEntry => ({
      name: 'mimetype',
      bytes: utf8Bytes(`application/vnd.etsi.asic-${letter}+zip`),
      method: 'stored',
    });
    const stored = (name: string, bytes: Uint8Array): NewEntry => ({
      name,
      bytes,
      method: 'stored',
    });
    const signature = sign(content);
    const p7s = stored('META-INF/signature.p7s', signature);
    const simple = writeZip([mimetype('s'), stored('a.txt', content), p7s]);
    expect(await verdict(simple)).toBe('TOTAL-PASSED B-B');
    const other = writeZip([mimetype('s'), stored('a.txt', utf8Bytes('Andre')), p7s]);
    expect(await verdict(other)).toBe('TOTAL-FAILED HASH_FAILURE');
    const digest = Buffer.from(nodeCrypto.hash('sha256')?.update(content).digest() ?? []);
    const manifest = utf8Bytes(
      `<ASiCManifest xmlns="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><SigReference URI="META-INF/signature.p7s"/><DataObjectReference URI="a.txt"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${digest.toString('base64')}</ds:DigestValue></DataObjectReference></ASiCManifest>`,
    );
    const list = stored('META-INF/ASiCManifest.xml', manifest);
    const signed = stored('META-INF/signature.p7s', sign(manifest));
    const extended = (...more: NewEntry[]): Uint8Array =>
      writeZip([mimetype('e'), stored('a.txt', content), list, signed, ...more]);
    expect(await verdict(extended())).toBe('TOTAL-PASSED B-B');
    expect(await verdict(extended(stored('b.txt', content)))).toBe('TOTAL-FAILED FORMAT_FAILURE');
  });
});

function pem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

describe('attacks on containers', () => {
  it.each(containerAttacks)('$name', async ({ must, make }) => {
    const options = { file: 'a.asice', anchors: [authority.root.certificate], at: signingTime };
    const answer = await verifyContainer(make(base), options, { crypto: nodeCrypto });
    expect(missed(must, answer)).toBeNull();
  });

  it('a timestamp of something else is not a proof of time', async () => {
    const other = unwrap(
      await timestamps.stamp({ algorithm: 'sha256', digest: new Uint8Array(32) }),
    );
    const ports = { crypto: nodeCrypto, timestamps };
    const key = trialKey('rsa-2048');
    const stamped = unwrap(await signContainer('extended', files, key, time, ports));
    const forged = withXml(stamped, (xml) =>
      xml.replace(
        /<EncapsulatedTimeStamp>[^<]+/,
        `<EncapsulatedTimeStamp>${Buffer.from(other).toString('base64')}`,
      ),
    );
    const report = await verify(forged);
    expect(report.signatures[0]).toMatchObject({
      indication: 'INDETERMINATE',
      bestTime: null,
      level: 'B-B',
    });
  });

  it('any change of any octet of the signature or the container is never green', async () => {
    const xml = entriesOf(base).find(({ name }) => name === SIGNATURES)?.bytes ?? utf8Bytes('');
    await fc.assert(
      fc.asyncProperty(fc.nat(xml.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bytes = Uint8Array.from(xml);
        bytes[at] = (bytes[at] ?? 0) ^ by;
        // A change that leaves the tree as it is (a quote, white space in a tag) may stay green.
        const result = await verdict(changed(base, SIGNATURES, bytes));
        if (result !== 'TOTAL-PASSED B-B') return;
        expect(treeOf(bytes)).toBe(treeOf(xml));
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(base.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const bytes = Uint8Array.from(base);
          bytes[at] = (bytes[at] ?? 0) ^ by;
          expect((await verdict(bytes)).length).toBeGreaterThan(3);
        },
      ),
      { numRuns: 150 },
    );
  });
});
