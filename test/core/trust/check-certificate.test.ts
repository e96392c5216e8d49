import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { makeTrialAuthority, makeTrialSeal } from '../../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import type { RevocationAnswer } from '../../../electron/core/ports.ts';
import { checkCertificateNow } from '../../../electron/core/trust/check-certificate.ts';
import type { CheckPorts } from '../../../electron/core/trust/check-certificate.ts';

const now = new Date('2026-06-01T12:00:00Z');
const year = 365 * 24 * 60 * 60 * 1000;
const authority = makeTrialAuthority({ name: 'Card', now });
const twin = makeTrialAuthority({ name: 'Card', now });
const card = authority.issue('Kari Nordmann', 'p-256', { ocspUrls: ['http://ocsp.invalid/'] });
const plain = authority.issue('Ola Nordmann');

function check(end: TrialCertificate, changes: Partial<CheckPorts> = {}) {
  return checkCertificateNow(end.certificate, end.chain, {
    clock: { now: () => now },
    crypto: nodeCrypto,
    anchors: [authority.root.certificate],
    ...changes,
  });
}

function answering(answer: RevocationAnswer) {
  return { revocation: { check: () => Promise.resolve(answer) } };
}

describe('a certificate that can be signed with now', () => {
  test('says what is known of its revocation', async () => {
    expect(await check(card)).toMatchObject({ value: { revocation: 'not-checked' } });
    expect(await check(plain)).toMatchObject({ value: { revocation: 'no-source' } });
    for (const [status, revocation] of [
      ['good', 'good'],
      ['no-source', 'no-source'],
      ['unknown', 'not-checked'],
      ['not-checked', 'not-checked'],
      ['unreachable', 'unreachable'],
    ] as const)
      expect(await check(card, answering({ status }))).toMatchObject({ value: { revocation } });
  });

  test('needs its chain alone where nobody says whom to trust', async () => {
    const { crypto, clock } = { crypto: nodeCrypto, clock: { now: () => now } };
    expect(
      await checkCertificateNow(card.certificate, card.chain, { crypto, clock }),
    ).toMatchObject({ ok: true });
    expect(
      await checkCertificateNow(card.certificate, twin.intermediate.chain, { crypto, clock }),
    ).toMatchObject({
      error: { code: 'certificate.untrusted' },
    });
  });
});

describe('a certificate that cannot', () => {
  const at = (years: number): Partial<CheckPorts> => ({
    clock: { now: () => new Date(now.getTime() + years * year) },
  });

  test.each([
    ['certificate.expired', card, at(4)],
    ['certificate.not-yet-valid', card, at(-1)],
    ['certificate.untrusted', card, { anchors: [twin.root.certificate] }],
    ['certificate.untrusted', authority.issueTimestamper(), {}],
    ['certificate.untrusted', selfMade(), {}],
    ['certificate.revoked', card, answering({ status: 'revoked', revokedAt: now })],
    ['certificate.malformed', { ...card, certificate: Uint8Array.of(48, 0) }, {}],
  ] as const)('%s', async (code, end, changes) => {
    expect(await check(end, changes)).toMatchObject({ ok: false, error: { code } });
  });
});

function selfMade(): TrialCertificate {
  return makeTrialSeal({ organisation: 'Eksempel', organisationNumber: '999999999', now });
}
