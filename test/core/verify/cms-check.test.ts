import { describe, expect, test } from 'vitest';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { attributeOids } from '../../../electron/core/cms/signed-attributes.ts';
import { unwrap } from '../../../shared/result.ts';
import { answerTo } from '../../support/attacks/attacks.ts';
import { attributesBut } from '../../support/attacks/cms-tricks.ts';
import { falseEvidence } from '../../support/attacks/false-evidence.ts';
import { makeTarget } from '../../support/attacks/target.ts';
import { sha256Of } from '../../support/digest.ts';
import { signedByHand } from '../../support/hand-signing.ts';
import type { HandRequest } from '../../support/hand-signing.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { authority, signedWith, signingTime, trialKey, verified } from '../../support/signing.ts';

const base = plainPdf();

async function judged(request: HandRequest) {
  const report = await verified(await signedByHand(base, request));
  const [one] = report.signatures;
  if (one === undefined) throw new Error('no signature');
  return one;
}

describe('the strict profile', () => {
  test('by hand and right, it is good', async () => {
    expect(await judged({})).toMatchObject({ indication: 'TOTAL-PASSED', level: 'B-B' });
  });

  test('no signing certificate: no doubt in the older format', async () => {
    const attributes = attributesBut(attributeOids.signingCertificateV2);
    expect(await judged({ attributes, subFilter: '/adbe.pkcs7.detached' })).toMatchObject({
      indication: 'TOTAL-PASSED',
      level: 'CMS',
    });
  });

  test('no certificate at all', async () => {
    expect(await judged({ parts: (usual) => ({ ...usual, certificates: [] }) })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_SIGNING_CERTIFICATE_FOUND',
      signer: '',
      certificate: null,
    });
  });
});

describe('the timestamp of a signature', () => {
  const timestamps = trialTimestamps({
    ...authority.issueTimestamper(),
    clock: { now: () => signingTime },
  });

  /** A signature with a token of the digest that `digestOf` makes of its value. */
  function stamped(digestOf: (signature: Uint8Array) => Uint8Array) {
    return judged({
      parts: async (usual) => {
        const imprint = { algorithm: 'sha256' as const, digest: digestOf(usual.signature) };
        return { ...usual, timestampToken: unwrap(await timestamps.stamp(imprint)) };
      },
    });
  }

  const sha256 = (bytes: Uint8Array) => new Uint8Array(Buffer.from(sha256Of(bytes), 'hex'));

  test('of this signature: level B-T, and the time is proven', async () => {
    expect(await stamped(sha256)).toMatchObject({
      indication: 'TOTAL-PASSED',
      level: 'B-T',
      bestTime: new Date(Math.floor(signingTime.getTime() / 1000) * 1000).toISOString(),
    });
  });
});

test('what is false proves no time and speaks for nobody', async () => {
  const target = await makeTarget('signed');
  for (const { name, make } of falseEvidence) {
    const [one] = unwrap(await answerTo(await make(target))).signatures;
    expect(one, name).toMatchObject({ bestTime: null });
    expect(['not-checked', 'unknown', 'no-source'], name).toContain(one?.revocation);
  }
});

test('schemes of every kind are read', async () => {
  for (const [type, digest] of [
    ['rsa-2048', 'sha256'],
    ['p-521', 'sha512'],
    ['ed25519', 'sha512'],
  ] as const) {
    const { signatures } = await verified(await signedWith(base, { digest }, trialKey(type)));
    expect(signatures[0]).toMatchObject({ indication: 'TOTAL-PASSED', intact: true });
  }
});
