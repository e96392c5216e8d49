import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { makeTrialSeal, signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { pageCrypto } from '../../../electron/adapters/page-crypto.ts';
import { sign } from '../../../electron/core/pades/sign.ts';
import { timestampDocument } from '../../../electron/core/pades/timestamp-document.ts';
import { dict, memorySource, name, stream } from '../../../electron/core/pdf/objects.ts';
import type { Revocation, RevocationAnswer, SigningKey } from '../../../electron/core/ports.ts';
import { verifyPdf } from '../../../electron/core/verify/verify.ts';
import type { VerifyOptions } from '../../../electron/core/verify/verify.ts';
import { unwrap } from '../../../shared/result.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import {
  appended,
  authority,
  opened,
  ports,
  requestOf,
  signedWith,
  signingTime,
  trialKey,
} from '../../support/signing.ts';
import { editCatalog, patched } from '../../support/tampering.ts';

const base = plainPdf();
const root = authority.root.certificate;
const day = 24 * 60 * 60 * 1000;
const later = (days: number): Date => new Date(signingTime.getTime() + days * day);

async function report(
  bytes: Uint8Array,
  options: Partial<VerifyOptions> = {},
  revocation?: Revocation,
) {
  const whole = { file: 'a.pdf', anchors: [root], at: signingTime, ...options };
  const given = revocation === undefined ? {} : { revocation };
  return unwrap(await verifyPdf(memorySource(bytes), whole, { crypto: nodeCrypto, ...given }));
}

async function first(...args: Parameters<typeof report>) {
  const { signatures } = await report(...args);
  const [one] = signatures;
  if (one === undefined) throw new Error('no signature');
  return one;
}

const stampsAt = (time: Date) =>
  trialTimestamps({ ...authority.issueTimestamper(), clock: { now: () => time } });

async function stampedSignature(time: Date, key: SigningKey = trialKey()): Promise<Uint8Array> {
  const stamping = { ...ports, timestamps: stampsAt(time) };
  return appended(base, unwrap(await sign(opened(base), requestOf(), key, stamping)).tail);
}

async function stampedDocument(bytes: Uint8Array, time: Date): Promise<Uint8Array> {
  const stamping = { ...ports, timestamps: stampsAt(time) };
  return appended(bytes, unwrap(await timestampDocument(opened(bytes), stamping)).tail);
}

/** A key whose certificate lives for so many days, with what it names for revocation. */
function shortKey(
  days: number,
  urls: { ocspUrls?: string[]; crlUrls?: string[] } = {},
): SigningKey {
  return signingKeyOf(authority.issue('Kort Levetid', 'p-256', { notAfter: later(days), ...urls }));
}

/** Of whoever names a responder; of the others there is nothing to know. */
const answering = (answer: RevocationAnswer): Revocation => ({
  check: async ({ certificate }) =>
    certificate.ocspUrls.length > 0 ? answer : { status: 'no-source' },
});

describe('whom, unchanged, trusted, when', () => {
  test('a signature with all it needs', async () => {
    const one = await first(await signedWith(base));
    expect(one).toMatchObject({
      field: 'Signature1',
      kind: 'signature',
      signer: 'CN=Kari Nordmann',
      indication: 'TOTAL-PASSED',
      subIndication: null,
      level: 'B-B',
      bestTime: null,
      intact: true,
      trusted: true,
      revocation: 'no-source',
      coverage: 'whole',
      changes: 'none',
      changeList: [],
      claim: null,
    });
    expect(one.claimedTime).toBe(
      new Date(Math.floor(signingTime.getTime() / 1000) * 1000).toISOString(),
    );
    expect(one.sentence).toMatch(
      /Kari Nordmann.*unchanged.*trusted.*no place where revocation.*nothing proves/,
    );
  });

  test('no anchor: intact, not trusted, and what to do', async () => {
    const one = await first(await signedWith(base), { anchors: [] });
    expect(one).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      intact: true,
      trusted: false,
    });
    expect(one.sentence).toMatch(/not trusted here.*give the issuer/);
  });

  test('an anchor may be the issuer, or the signer', async () => {
    const bytes = await signedWith(base);
    for (const anchor of [authority.intermediate.certificate, trialKey().certificate])
      expect(await first(bytes, { anchors: [anchor] })).toMatchObject({
        indication: 'TOTAL-PASSED',
        trusted: true,
      });
  });

  test('a trial seal passes under itself and is called what it is', async () => {
    const seal = makeTrialSeal({
      organisation: 'Eksempel',
      organisationNumber: '999999999',
      now: signingTime,
    });
    const bytes = await signedWith(base, {}, signingKeyOf(seal));
    const one = await first(bytes, { anchors: [seal.certificate] });
    expect(one).toMatchObject({ indication: 'TOTAL-PASSED', certificate: { trial: true } });
    expect(one.sentence).toMatch(/trial seal that proves nothing/);
    expect(await first(bytes)).toMatchObject({ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' });
  });

  test('no signature is its own answer', async () => {
    expect(await report(base)).toMatchObject({ indication: 'NO-SIGNATURE', signatures: [] });
  });

  test('the worst signature decides', async () => {
    const bytes = await signedWith(
      await signedWith(base),
      {},
      signingKeyOf(
        makeTrialSeal({ organisation: 'Annen', organisationNumber: '888888888', now: signingTime }),
      ),
    );
    const { indication, signatures } = await report(bytes);
    expect(signatures.map((one) => one.indication)).toEqual(['TOTAL-PASSED', 'INDETERMINATE']);
    expect(indication).toBe('INDETERMINATE');
  });

  test('certification and its place in the file', async () => {
    const bytes = await signedWith(await signedWith(base, { certify: 2 }));
    const { signatures } = await report(bytes);
    expect(
      signatures.map(({ kind, revision, coverage }) => ({ kind, revision, coverage })),
    ).toEqual([
      { kind: 'certification', revision: 1, coverage: 'revision' },
      { kind: 'signature', revision: 2, coverage: 'whole' },
    ]);
    expect(signatures[1]?.signedLength).toBe(bytes.length);
  });

  test('the page of the visible mark', async () => {
    const field = { name: 'Her', placement: { page: 0, x: 300, y: 500, width: 200, height: 60 } };
    const bytes = await signedWith(base, { field: { create: field }, mark: { lines: ['Kari'] } });
    expect(await first(bytes)).toMatchObject({ field: 'Her', page: 0 });
  });
});

describe('time', () => {
  test('expired: a doubt, because it may have been made before', async () => {
    const bytes = await signedWith(base, {}, shortKey(10));
    expect(await first(bytes, { at: later(20) })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
      bestTime: null,
    });
  });

  test('expired, but a timestamp proves that it was made before', async () => {
    const bytes = await stampedSignature(later(1), shortKey(10));
    expect(await first(bytes, { at: later(20) })).toMatchObject({
      indication: 'TOTAL-PASSED',
      level: 'B-T',
    });
  });

  test('a timestamp from after the end of validity', async () => {
    const bytes = await stampedSignature(later(11), shortKey(10));
    expect(await first(bytes, { at: later(20) })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
    });
  });

  test('not valid yet', async () => {
    const bytes = await signedWith(base);
    expect(await first(bytes, { at: later(-30) })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NOT_YET_VALID',
    });
  });

  test('a timestamp of an authority nobody trusts proves nothing, and takes nothing away', async () => {
    const key = shortKey(10);
    const bytes = await stampedSignature(later(1), key);
    const one = await first(bytes, { anchors: [key.certificate], at: later(2) });
    expect(one).toMatchObject({ indication: 'TOTAL-PASSED', bestTime: null, level: 'B-T' });
    expect(one.sentence).toMatch(/timestamp proves nothing/);
    expect(await first(bytes, { anchors: [key.certificate], at: later(20) })).toMatchObject({
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
    });
  });

  test('a document timestamp proves the time of what it covers', async () => {
    const bytes = await stampedDocument(await signedWith(base, {}, shortKey(10)), later(1));
    const { signatures, indication } = await report(bytes, { at: later(20) });
    expect(signatures).toMatchObject([
      { kind: 'signature', indication: 'TOTAL-PASSED', level: 'B-T', changes: 'allowed' },
      { kind: 'timestamp', indication: 'TOTAL-PASSED', changes: 'none', claimedTime: null },
    ]);
    expect(signatures[0]?.bestTime).toBe(signatures[1]?.bestTime);
    expect(signatures[0]?.bestTime).not.toBeNull();
    expect(indication).toBe('TOTAL-PASSED');
  });

  test('validation data and a timestamp over it: B-LT, B-LTA', async () => {
    const stamped = await stampedSignature(later(1));
    const withData = editCatalog(stamped, (update) => {
      const der = authority.intermediate.certificate;
      const cert = update.add(stream(dict({ Length: der.length }), der));
      return { DSS: update.add(dict({ Type: name('DSS'), Certs: [cert] })) };
    });
    expect(await first(withData)).toMatchObject({ level: 'B-LT', indication: 'TOTAL-PASSED' });
    const archived = await stampedDocument(withData, later(2));
    expect(await first(archived)).toMatchObject({ level: 'B-LTA', indication: 'TOTAL-PASSED' });
  });
});

describe('revocation', () => {
  const key = shortKey(30, { ocspUrls: ['http://ocsp.test/'] });

  test('a source that was not asked is no pass', async () => {
    const one = await first(await signedWith(base, {}, key));
    expect(one).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'TRY_LATER',
      revocation: 'not-checked',
      trusted: true,
    });
    expect(one.sentence).toMatch(/revocation was not checked/);
  });

  test('a list instead of a responder counts as a source too', async () => {
    const crl = shortKey(30, { crlUrls: ['http://crl.test/a.crl'] });
    expect(await first(await signedWith(base, {}, crl))).toMatchObject({
      subIndication: 'TRY_LATER',
    });
  });

  test('good, unknown, revoked', async () => {
    const bytes = await signedWith(base, {}, key);
    expect(await first(bytes, {}, answering({ status: 'good' }))).toMatchObject({
      indication: 'TOTAL-PASSED',
      revocation: 'good',
    });
    expect(await first(bytes, {}, answering({ status: 'unknown' }))).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'TRY_LATER',
    });
    const revoked = answering({ status: 'revoked', revokedAt: later(-1) });
    expect(await first(bytes, {}, revoked)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'REVOKED_NO_POE',
      trusted: false,
    });
  });

  test('revoked before or after a proven time', async () => {
    const bytes = await stampedSignature(later(1), key);
    const at = { at: later(5) };
    const before = answering({ status: 'revoked', revokedAt: later(-1) });
    // A timestamp says that it was there by then, not that it was not there before.
    expect(await first(bytes, at, before)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'REVOKED_NO_POE',
      revocation: 'revoked',
      trusted: false,
    });
    const after = answering({ status: 'revoked', revokedAt: later(3) });
    const survived = await first(bytes, at, after);
    expect(survived).toMatchObject({
      indication: 'TOTAL-PASSED',
      revocation: 'good',
      revokedAt: later(3).toISOString(),
    });
    expect(survived.sentence).toContain('was revoked only afterwards');
  });

  test('signed over a timestamp from after the revocation: it was made later', async () => {
    const stamped = await stampedDocument(await signedWith(base), later(1));
    const { signatures } = await report(
      await signedWith(stamped, {}, key),
      { at: later(5) },
      answering({ status: 'revoked', revokedAt: later(0.5) }),
    );
    expect(signatures.at(-1)).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'REVOKED',
    });
  });
});

describe('the claim of the organisation', () => {
  const claim = { kind: 'simple', person: 'Øystein Åsen', evidenceHash: 'ab'.repeat(32) } as const;

  test('stands under the seal', async () => {
    const bytes = await signedWith(base, { claim });
    expect((await first(bytes)).claim).toEqual(claim);
    expect((await first(bytes, { seals: [trialKey().certificate] })).claim).toEqual(claim);
  });

  test('is not repeated where another key signed it, or nobody trusted', async () => {
    const bytes = await signedWith(base, { claim });
    expect((await first(bytes, { seals: [root] })).claim).toBeNull();
    expect((await first(bytes, { anchors: [] })).claim).toBeNull();
  });

  test('is not repeated where the signed bytes are changed', async () => {
    const bytes = patched(await signedWith(base, { claim }), (text) =>
      text.replace('/Kind /simple', '/Kind /s#69mple').replace('Plain text', 'Plain  ext'),
    );
    expect((await first(bytes)).claim).toBeNull();
  });
});

describe('files that are none, or damaged', () => {
  test.each([
    ['empty', new Uint8Array(), 'pdf.empty'],
    ['text', new Uint8Array(Buffer.from('hello')), 'pdf.not-a-pdf'],
  ])('%s', async (_, bytes, code) => {
    const result = await verifyPdf(
      memorySource(bytes),
      { file: 'a', anchors: [], at: signingTime },
      { crypto: nodeCrypto },
    );
    expect(result).toMatchObject({ ok: false, error: { code } });
  });

  test('a file that had to be repaired is never green', async () => {
    const bytes = patched(await signedWith(base), (text) =>
      text.replace(/startxref\n(\d)(\d+)(\s+%%EOF\s*)$/, 'startxref\n9$2$3'),
    );
    const { indication, anomalies } = await report(bytes);
    expect(indication).not.toBe('TOTAL-PASSED');
    expect(anomalies).not.toEqual([]);
  });
});

test('a page with WebCrypto says the same', async () => {
  const bytes = await stampedDocument(await signedWith(base), later(1));
  const options = { file: 'a.pdf', anchors: [root], at: later(2) };
  const inPage = await verifyPdf(memorySource(bytes), options, { crypto: pageCrypto });
  expect(inPage).toEqual(await verifyPdf(memorySource(bytes), options, { crypto: nodeCrypto }));
  expect(unwrap(inPage).indication).toBe('TOTAL-PASSED');
});
