/**
 * A signature's decades: sealed in 2026, renewed in 2033 and, with SHA-512, in 2039, and looked at in 2045,
 * five years after SHA-256 has come to its end. Nothing of what signed in 2026 is valid by then.
 */
import { beforeAll, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../../electron/adapters/node-random.ts';
import { makeTrialAuthority, signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import type { TrialAuthority, TrialKeyType } from '../../../electron/adapters/trial-pki.ts';
import {
  certificateId,
  makeOcspResponse,
  serialOf,
} from '../../../electron/adapters/trial-revocation.ts';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { extendDocument } from '../../../electron/core/pades/extend.ts';
import { sign } from '../../../electron/core/pades/sign.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import type { DigestAlgorithm, Revocation } from '../../../electron/core/ports.ts';
import { revocationEvidence } from '../../../electron/core/trust/revocation-evidence.ts';
import { currentConstraints } from '../../../electron/core/trust/strength.ts';
import { verifyPdf } from '../../../electron/core/verify/verify.ts';
import { unwrap } from '../../../shared/result.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { appended, opened, ports, requestOf } from '../../support/signing.ts';

const inYear = (year: number): Date => new Date(Date.UTC(year, 5, 1));
const day = 24 * 60 * 60 * 1000;
const source = 'http://ocsp.example.org/';

/** An authority that begins in `year`, whose signers live for three years and whose clocks for five. */
function beginning(year: number, keyType: TrialKeyType) {
  const authority = makeTrialAuthority({ name: `Since ${year}`, now: inYear(year), keyType });
  const stamper = authority.issue(`Time ${year}`, keyType, {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
    notAfter: inYear(year + 8),
    ocspUrls: [source],
  });
  return { authority, stamper };
}

const in2026 = beginning(2026, 'p-256');
const in2033 = beginning(2033, 'p-256');
const in2039 = beginning(2039, 'p-521');
const all = [in2026, in2033, in2039];
const anchors = all.map(({ authority }) => authority.root.certificate);
const constraints = {
  ...currentConstraints,
  hashes: { ...currentConstraints.hashes, sha256: inYear(2040) },
};

/** Each issuer answers for its own, good for a week; it keeps its responder as young as it is itself. */
function answering(now: Date): Revocation {
  return {
    async check(question) {
      const [issuer] = question.issuers;
      const known = all.find(
        ({ authority }) =>
          issuer !== undefined &&
          Buffer.from(issuer.der).equals(authority.intermediate.certificate),
      );
      const held =
        known === undefined || question.certificate.ocspUrls.length === 0
          ? []
          : [answer(known.authority, question.certificate.der, now)];
      return revocationEvidence({ held, now }, nodeCrypto).check(question);
    },
  };
}

function answer({ intermediate }: TrialAuthority, certificate: Uint8Array, now: Date) {
  const id = certificateId(intermediate.certificate, serialOf(certificate), 'sha1');
  const nextUpdate = new Date(now.getTime() + 7 * day);
  const response = { status: 'good', thisUpdate: now, nextUpdate } as const;
  return { type: 'ocsp', der: makeOcspResponse(id, intermediate, response) } as const;
}

async function renewed(
  bytes: Uint8Array,
  year: number,
  by: ReturnType<typeof beginning>,
  digest: DigestAlgorithm = 'sha256',
): Promise<Uint8Array> {
  const clock = { now: () => inYear(year) };
  const { tail } = unwrap(
    await extendDocument(
      memorySource(bytes),
      { level: 'B-LTA', anchors, digest },
      {
        ...{ crypto: nodeCrypto, random: nodeRandom, clock },
        timestamps: trialTimestamps({ ...by.stamper, clock }),
        revocation: answering(clock.now()),
      },
    ),
  );
  return appended(bytes, tail);
}

/** As in 2045 where nothing else is said, with whoever can still be asked about the last authority. */
async function looked(
  bytes: Uint8Array,
  at = inYear(2045),
  asked: Revocation | null = answering(at),
) {
  const report = unwrap(
    await verifyPdf(
      memorySource(bytes),
      { file: 'a.pdf', anchors, at, constraints },
      { crypto: nodeCrypto, ...(asked === null ? {} : { revocation: asked }) },
    ),
  );
  const [first] = report.signatures;
  if (first === undefined) throw new Error('no signature');
  return { report, first };
}

let sealed: Uint8Array;
let once: Uint8Array;
let twice: Uint8Array;
beforeAll(async () => {
  const signer = in2026.authority.issue('Kari Nordmann', 'p-256', { ocspUrls: [source] });
  const base = plainPdf();
  const time = inYear(2026);
  const made = unwrap(await sign(opened(base), requestOf({ time }), signingKeyOf(signer), ports));
  sealed = await renewed(appended(base, made.tail), 2026, in2026);
  once = await renewed(sealed, 2033, in2033);
  twice = await renewed(once, 2039, in2039, 'sha512');
});

test('passes in 2045, renewed in 2033 and with SHA-512 in 2039', async () => {
  const { report, first } = await looked(twice);
  expect(report.signatures.map(({ indication }) => indication)).toEqual(
    report.signatures.map(() => 'TOTAL-PASSED'),
  );
  expect(report.signatures).toHaveLength(7);
  expect(first).toMatchObject({
    indication: 'TOTAL-PASSED',
    level: 'B-LTA',
    revocation: 'good',
    bestTime: inYear(2026).toISOString(),
  });
  expect(report.signatures.at(-1)?.digestAlgorithm).toBe('SHA-512');
});

test('passes in each of the years in between, and without a network as well', async () => {
  expect((await looked(sealed, inYear(2030))).report.indication).toBe('TOTAL-PASSED');
  expect((await looked(once, inYear(2038))).report.indication).toBe('TOTAL-PASSED');
  for (const [bytes, year] of [
    [sealed, 2030],
    [once, 2038],
    [twice, 2045],
  ] as const)
    expect((await looked(bytes, inYear(year), null)).report.indication).toBe('TOTAL-PASSED');
});

test('renewed only in 2041, after the end of SHA-256: nothing proves that it was made before', async () => {
  for (const before of [sealed, once]) {
    const late = await renewed(before, 2041, in2039, 'sha512');
    const { report, first } = await looked(late);
    expect(first).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    });
    expect(first.sentence).toContain('SHA-256 is not relied on from 2040-06-01 on');
    expect(report.indication).toBe('INDETERMINATE');
  }
});

test('not renewed in time: the timestamp has outlived its authority', async () => {
  const { first } = await looked(sealed, inYear(2037));
  expect(first).toMatchObject({
    indication: 'INDETERMINATE',
    subIndication: 'OUT_OF_BOUNDS_NO_POE',
  });
});
