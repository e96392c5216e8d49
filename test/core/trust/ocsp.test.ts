import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import {
  makeCertificate,
  makeKeyPair,
  makeTrialAuthority,
} from '../../../electron/adapters/trial-pki.ts';
import type { CertificateRequest, TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import {
  certificateId,
  makeOcspResponse,
  readOcspRequest,
  refuseOcsp,
  serialOf,
} from '../../../electron/adapters/trial-revocation.ts';
import type { TrialAnswer } from '../../../electron/adapters/trial-revocation.ts';
import { createCertificateReader } from '../../../electron/core/trust/certificates.ts';
import { parseOcspResponse } from '../../../electron/core/trust/ocsp.ts';
import { encodeOcspRequest } from '../../../electron/core/trust/ocsp-request.ts';
import { revocationEvidence } from '../../../electron/core/trust/revocation-evidence.ts';
import type { HeldEvidence } from '../../../electron/core/trust/revocation-evidence.ts';
import { octetString } from '../../../electron/core/cms/der-writing.ts';

const now = new Date('2026-06-01T12:00:00Z');
const hour = 60 * 60 * 1000;
const later = (hours: number): Date => new Date(now.getTime() + hours * hour);
const authority = makeTrialAuthority({ name: 'Status', now });
const twin = makeTrialAuthority({ name: 'Status', now });
const signer = authority.issue('Kari Nordmann', 'p-256', { ocspUrls: ['http://ocsp.invalid/'] });
const other = authority.issue('Ola Nordmann');
const noCheck = { oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Uint8Array.of(5, 0) };
const responder = appoint();
const read = createCertificateReader();

function appoint(changes: Partial<CertificateRequest> = {}): TrialCertificate {
  return authority.issue('Status Responder', 'p-256', {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.9'] },
    extensions: [noCheck],
    ...changes,
  });
}

const fresh: TrialAnswer = { status: 'good', thisUpdate: later(-1), nextUpdate: later(1) };

function id(
  of: TrialCertificate = signer,
  issuer: TrialCertificate = authority.intermediate,
  hash?: 'sha1' | 'sha256',
): Uint8Array {
  return certificateId(issuer.certificate, serialOf(of.certificate), hash);
}

async function ask(
  answers: readonly Uint8Array[],
  held: Partial<HeldEvidence> = {},
  at = now,
  looked = now,
) {
  const [certificate, ...issuers] = read([signer.certificate, ...signer.chain]);
  if (certificate === undefined) throw new Error('no certificate');
  return revocationEvidence(
    { held: answers.map((der) => ({ type: 'ocsp', der, ...held })), now: looked },
    nodeCrypto,
  ).check({ certificate, issuers, pool: [], at });
}

describe('an answer that is believed', () => {
  test.each([
    ['the issuer itself, by name', authority.intermediate, {}],
    ['the issuer itself, by key', authority.intermediate, { byKey: true, certificates: [] }],
    ['a responder it appointed, by name', responder, {}],
    ['a responder it appointed, by key', responder, { byKey: true }],
  ])('is from %s', async (_, by, changes) => {
    const answer = await ask([makeOcspResponse(id(), by, { ...fresh, ...changes })]);
    expect(answer).toMatchObject({ status: 'good', problems: [], validUntil: later(1) });
    expect(answer.evidence).toHaveLength(1);
  });

  test('may name the issuer by SHA-256', async () => {
    const der = makeOcspResponse(id(signer, authority.intermediate, 'sha256'), responder, fresh);
    expect(await ask([der])).toMatchObject({ status: 'good' });
  });

  test('says when and why a certificate was revoked', async () => {
    const revokedAt = later(-5);
    const der = makeOcspResponse(id(), responder, {
      ...fresh,
      status: 'revoked',
      revokedAt,
      reason: 1,
    });
    expect(await ask([der])).toMatchObject({
      status: 'revoked',
      revokedAt,
      reason: 'keyCompromise',
    });
  });

  test('may be that nobody knows', async () => {
    const der = makeOcspResponse(id(), responder, { ...fresh, status: 'unknown' });
    expect(await ask([der])).toMatchObject({ status: 'unknown' });
  });

  test('is the newest one, but revoked stays revoked', async () => {
    const old = makeOcspResponse(id(), responder, {
      ...fresh,
      thisUpdate: later(-2),
      status: 'revoked',
      revokedAt: later(-3),
      reason: 4,
    });
    const hold = makeOcspResponse(id(), responder, {
      ...fresh,
      thisUpdate: later(-2),
      status: 'revoked',
      revokedAt: later(-3),
      reason: 6,
    });
    const good = makeOcspResponse(id(), responder, fresh);
    expect(await ask([good, old])).toMatchObject({ status: 'revoked', reason: 'superseded' });
    expect(await ask([hold, good])).toMatchObject({ status: 'good' });
  });

  test('holds for an earlier time too, whenever that is looked at', async () => {
    const der = makeOcspResponse(id(), authority.intermediate, fresh);
    expect(await ask([der], {}, later(-9))).toMatchObject({ status: 'good' });
    expect(await ask([der], {}, now, later(99))).toMatchObject({ status: 'good' });
  });

  test('outlives its responder where a timestamp proves it to be older', async () => {
    const brief = appoint({ notAfter: later(2) });
    const der = makeOcspResponse(id(), brief, fresh);
    const late = later(10);
    expect(await ask([der], {}, now, late)).toMatchObject({
      status: 'not-checked',
      problems: ['ocsp.expired-responder'],
    });
    expect(await ask([der], { provenAt: later(1) }, now, late)).toMatchObject({ status: 'good' });
  });
});

const impostor = makeCertificate({
  subject: 'Status Responder',
  key: makeKeyPair('p-256'),
  issuer: twin.intermediate,
  notBefore: later(-1),
  notAfter: later(99),
  extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.9'] },
});

const refusals: readonly (readonly [string, string, Uint8Array])[] = [
  ['rubbish', 'ocsp.malformed', Uint8Array.of(1, 2, 3)],
  ['cut short', 'ocsp.malformed', makeOcspResponse(id(), responder, fresh).subarray(0, -9)],
  ['a refusal', 'ocsp.refused', refuseOcsp(3)],
  [
    'about another certificate',
    'ocsp.other-certificate',
    makeOcspResponse(id(other), responder, fresh),
  ],
  [
    'about the same number of another issuer',
    'ocsp.other-issuer',
    makeOcspResponse(id(signer, twin.intermediate), responder, fresh),
  ],
  [
    'by a certificate without the purpose',
    'ocsp.unauthorised-responder',
    makeOcspResponse(id(), appoint({ extendedKeyUsage: { purposes: [] } }), fresh),
  ],
  [
    'by another signer of the same issuer',
    'ocsp.unauthorised-responder',
    makeOcspResponse(id(), other, fresh),
  ],
  [
    'by somebody else’s responder',
    'ocsp.unauthorised-responder',
    makeOcspResponse(id(), impostor, fresh),
  ],
  [
    'by the root, which did not issue it',
    'ocsp.unauthorised-responder',
    makeOcspResponse(id(), authority.root, fresh),
  ],
  [
    'by a responder the root appointed',
    'ocsp.unauthorised-responder',
    makeOcspResponse(id(), appoint({ issuer: authority.root }), fresh),
  ],
  [
    'by a twin of the issuer',
    'ocsp.wrong-signature',
    makeOcspResponse(id(), twin.intermediate, { ...fresh, certificates: [] }),
  ],
  ['changed after it was signed', 'ocsp.wrong-signature', tampered()],
  [
    'by a responder that has expired',
    'ocsp.expired-responder',
    makeOcspResponse(id(), appoint({ notAfter: later(-2) }), fresh),
  ],
  [
    'by a responder whose own status nobody knows',
    'ocsp.unchecked-responder',
    makeOcspResponse(id(), appoint({ extensions: [], ocspUrls: ['http://ocsp.invalid/'] }), fresh),
  ],
  [
    'that had run out',
    'ocsp.stale',
    makeOcspResponse(id(), responder, { ...fresh, thisUpdate: later(-9), nextUpdate: later(-8) }),
  ],
  [
    'of the day before, without an end',
    'ocsp.stale',
    makeOcspResponse(id(), authority.intermediate, {
      ...fresh,
      thisUpdate: later(-30),
      nextUpdate: null,
    }),
  ],
  [
    'from the future',
    'ocsp.future',
    makeOcspResponse(id(), responder, {
      ...fresh,
      thisUpdate: later(2),
      producedAt: now,
      nextUpdate: later(3),
    }),
  ],
  [
    'made in the future',
    'ocsp.future',
    makeOcspResponse(id(), responder, { ...fresh, producedAt: later(2) }),
  ],
  [
    'that demands something unknown',
    'ocsp.unknown-extension',
    makeOcspResponse(id(), responder, {
      ...fresh,
      extensions: [
        { oid: '1.3.6.1.4.1.32473.9', critical: true, value: octetString(new Uint8Array()) },
      ],
    }),
  ],
  [
    'that demands something unknown of one line',
    'ocsp.unknown-extension',
    makeOcspResponse(id(), responder, {
      ...fresh,
      singleExtensions: [
        { oid: '1.3.6.1.4.1.32473.9', critical: true, value: octetString(new Uint8Array()) },
      ],
    }),
  ],
];

function tampered(): Uint8Array {
  const der = makeOcspResponse(id(), responder, { ...fresh, status: 'unknown' });
  // The status of the one line, [2] with nothing inside, becomes good.
  const at = der.findIndex((byte, i) => byte === 0x82 && der[i + 1] === 0 && der[i + 2] === 0x18);
  return Uint8Array.from(der, (byte, i) => (i === at ? 0x80 : byte));
}

describe('an answer that is not believed', () => {
  test.each(refusals)('is %s: %s', async (_, problem, der) => {
    expect(await ask([der])).toMatchObject({ status: 'not-checked', problems: [problem] });
  });

  test('carries another nonce', async () => {
    const nonce = Uint8Array.of(1, 2, 3, 4);
    const der = makeOcspResponse(id(), responder, { ...fresh, nonce });
    expect(await ask([der], { nonce })).toMatchObject({ status: 'good' });
    expect(await ask([der], { nonce: Uint8Array.of(1, 2, 3, 5) })).toMatchObject({
      problems: ['ocsp.wrong-nonce'],
    });
  });

  test('is from after the certificate had expired, and remembers nothing', async () => {
    const end = new Date(now.getTime() + 4 * 365 * 24 * hour);
    const answer: TrialAnswer = { status: 'good', thisUpdate: end, nextUpdate: null };
    const der = makeOcspResponse(id(), authority.intermediate, answer);
    expect(await ask([der], {}, now, end)).toMatchObject({ problems: ['ocsp.after-expiry'] });
  });

  test('is by a responder that was revoked itself', async () => {
    const revoked = appoint({ extensions: [], ocspUrls: ['http://ocsp.invalid/'] });
    const about = makeOcspResponse(id(revoked), authority.intermediate, {
      ...fresh,
      status: 'revoked',
      revokedAt: later(-2),
    });
    const answer = await ask([makeOcspResponse(id(), revoked, fresh), about]);
    expect(answer.status).toBe('not-checked');
    expect(answer.problems).toContain('ocsp.revoked-responder');
  });

  test('by any change of one octet, never becomes another answer', async () => {
    const der = makeOcspResponse(id(), responder, { ...fresh, status: 'revoked', revokedAt: now });
    for (let at = 0; at < der.length; at += 3) {
      const changed = Uint8Array.from(der, (byte, i) => (i === at ? byte ^ 0x15 : byte));
      const { status } = await ask([changed]);
      // The certificates that came along are not signed over: changes there may change nothing.
      expect(['not-checked', 'revoked']).toContain(status);
    }
  });
});

describe('a request', () => {
  test('names the certificate as a responder looks it up', () => {
    const [certificate, issuer] = read([signer.certificate, ...signer.chain]);
    if (certificate === undefined || issuer === undefined) throw new Error('no certificate');
    const nonce = Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2);
    const request = readOcspRequest(encodeOcspRequest(certificate, issuer, nodeCrypto, { nonce }));
    expect(request.nonce).toEqual(nonce);
    expect(request.serial).toEqual(serialOf(signer.certificate));
    const response = parseOcspResponse(makeOcspResponse(request.certId, responder, fresh));
    expect(response).toMatchObject({ ok: true });
  });
});
