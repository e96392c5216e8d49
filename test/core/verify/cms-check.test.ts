import { describe, expect, test } from 'vitest';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { childrenOf, readWhole } from '../../../electron/core/cms/der.ts';
import {
  element,
  octetString,
  oid,
  sequence,
  setOfSorted,
} from '../../../electron/core/cms/der-writing.ts';
import {
  attribute,
  attributeOids,
  contentTypes,
} from '../../../electron/core/cms/signed-attributes.ts';
import { unwrap } from '../../../shared/result.ts';
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

/** The attributes without the one of this type. */
const without = (type: string) => (_: Uint8Array, usual: Uint8Array) =>
  setOfSorted(
    ...childrenOf(readWhole(usual))
      .map(({ raw }) => raw)
      .filter((raw) => !Buffer.from(raw).includes(Buffer.from(oid(type)))),
  );

describe('the strict profile', () => {
  test('by hand and right, it is good', async () => {
    expect(await judged({})).toMatchObject({ indication: 'TOTAL-PASSED', level: 'B-B' });
  });

  test('another digest than the document has', async () => {
    const attributes = (_: Uint8Array, usual: Uint8Array) => {
      const old = childrenOf(readWhole(usual)).map(({ raw }) => raw);
      const kept = old.filter(
        (raw) => !Buffer.from(raw).includes(Buffer.from(oid(attributeOids.messageDigest))),
      );
      return setOfSorted(
        ...kept,
        attribute(attributeOids.messageDigest, octetString(new Uint8Array(32))),
      );
    };
    expect(await judged({ attributes })).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
      intact: false,
    });
  });

  test('a signature over something else', async () => {
    const parts: HandRequest['parts'] = (usual) => {
      const signature = Uint8Array.from(usual.signature);
      signature[signature.length - 1] = (signature[signature.length - 1] ?? 0) ^ 1;
      return { ...usual, signature };
    };
    expect(await judged({ parts })).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'SIG_CRYPTO_FAILURE',
    });
  });

  test('no message digest, no content type', async () => {
    for (const type of [attributeOids.messageDigest, attributeOids.contentType])
      expect(await judged({ attributes: without(type) })).toMatchObject({
        indication: 'TOTAL-FAILED',
        subIndication: 'FORMAT_FAILURE',
      });
  });

  test('no signing certificate: a doubt in PAdES, none in the older format', async () => {
    const attributes = without(attributeOids.signingCertificateV2);
    expect(await judged({ attributes })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'SIG_CONSTRAINTS_FAILURE',
    });
    expect(await judged({ attributes, subFilter: '/adbe.pkcs7.detached' })).toMatchObject({
      indication: 'TOTAL-PASSED',
      level: 'CMS',
    });
  });

  test('the signing certificate is another one', async () => {
    const other = authority.issue('Ola Nordmann').certificate;
    const attributes = (_: Uint8Array, usual: Uint8Array) => {
      const old = childrenOf(readWhole(usual)).map(({ raw }) => raw);
      const kept = old.filter(
        (raw) => !Buffer.from(raw).includes(Buffer.from(oid(attributeOids.signingCertificateV2))),
      );
      const reference = sequence(
        sequence(sequence(octetString(Buffer.from(sha256Of(other), 'hex')))),
      );
      return setOfSorted(...kept, attribute(attributeOids.signingCertificateV2, reference));
    };
    expect(await judged({ attributes })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_SIGNING_CERTIFICATE_FOUND',
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

  test('content inside', async () => {
    const content = { type: contentTypes.data, bytes: new Uint8Array([1, 2, 3]) };
    expect(await judged({ parts: (usual) => ({ ...usual, content }) })).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
    });
  });

  test('two signers', async () => {
    const cms = (bytes: Uint8Array) => {
      const [type, wrapped] = childrenOf(readWhole(bytes));
      const parts = childrenOf(childrenOf(wrapped ?? readWhole(bytes))[0] ?? readWhole(bytes));
      const signer = childrenOf(parts[parts.length - 1] ?? readWhole(bytes))[0]?.raw ?? bytes;
      const data = sequence(
        ...parts.slice(0, -1).map(({ raw }) => raw),
        element(0x31, signer, signer),
      );
      return sequence(type?.raw ?? bytes, element(0xa0, data));
    };
    expect(await judged({ cms })).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
    });
  });

  test('bytes that are no CMS', async () => {
    for (const cms of [() => new Uint8Array([0x30, 0x80]), () => new Uint8Array(40).fill(0xff)])
      expect(await judged({ cms })).toMatchObject({
        indication: 'TOTAL-FAILED',
        subIndication: 'FORMAT_FAILURE',
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

  test('copied from another signature: never green, no level, no time', async () => {
    expect(await stamped(() => sha256(new Uint8Array([1])))).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'SIG_CONSTRAINTS_FAILURE',
      level: 'B-B',
      bestTime: null,
    });
  });
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
