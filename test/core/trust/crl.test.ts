import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import {
  makeCertificate,
  makeKeyPair,
  makeTrialAuthority,
} from '../../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import { makeCrl, serialOf } from '../../../electron/adapters/trial-revocation.ts';
import type { TrialCrl } from '../../../electron/adapters/trial-revocation.ts';
import {
  boolean,
  element,
  explicit,
  ia5String,
  implicit,
  integer,
  namedBits,
  octetString,
  sequence,
} from '../../../electron/core/cms/der-writing.ts';
import { createCertificateReader } from '../../../electron/core/trust/certificates.ts';
import { parseCrl } from '../../../electron/core/trust/crl.ts';
import { revocationEvidence } from '../../../electron/core/trust/revocation-evidence.ts';

const now = new Date('2026-06-01T12:00:00Z');
const hour = 60 * 60 * 1000;
const later = (hours: number): Date => new Date(now.getTime() + hours * hour);
const url = 'http://lists.invalid/a.crl';
const authority = makeTrialAuthority({ name: 'Lists', now });
const twin = makeTrialAuthority({ name: 'Lists', now });
const { intermediate } = authority;
const signer = authority.issue('Kari Nordmann', 'p-256', { crlUrls: [url] });
const read = createCertificateReader();

const fresh: TrialCrl = { thisUpdate: later(-1), nextUpdate: later(1) };
const line = { serial: serialOf(signer.certificate), at: later(-5), reason: 1 };
const serial = Uint8Array.of(1);

async function ask(
  lists: readonly Uint8Array[],
  about: TrialCertificate = signer,
  looked = now,
  pool: readonly Uint8Array[] = [],
) {
  const [certificate, ...issuers] = read([about.certificate, ...about.chain]);
  if (certificate === undefined) throw new Error('no certificate');
  return revocationEvidence(
    { held: lists.map((der) => ({ type: 'crl', der })), now: looked },
    nodeCrypto,
  ).check({ certificate, issuers, pool: read(pool), at: now });
}

/** IssuingDistributionPoint of RFC 5280, 5.2.5. */
function issuingPoint(parts: {
  readonly url?: string;
  readonly flag?: 1 | 2 | 4 | 5;
  readonly reasons?: readonly number[];
}) {
  const { flag, reasons } = parts;
  const name =
    parts.url === undefined ? [] : [explicit(0, element(0xa0, implicit(6, ia5String(parts.url))))];
  const value = sequence(
    ...name,
    ...(flag !== undefined && flag < 3 ? [implicit(flag, boolean(true))] : []),
    ...(reasons === undefined ? [] : [implicit(3, namedBits(reasons))]),
    ...(flag !== undefined && flag > 3 ? [implicit(flag, boolean(true))] : []),
  );
  return { oid: '2.5.29.28', critical: true, value };
}

function deltaOf(base: number) {
  return { oid: '2.5.29.27', critical: true, value: integer(base) };
}

const strange = { oid: '1.3.6.1.4.1.32473.9', critical: true, value: octetString(serial) };

describe('a list that is believed', () => {
  test('names the revoked, and by its silence the others', async () => {
    expect(await ask([makeCrl(intermediate, fresh)])).toMatchObject({
      status: 'good',
      validUntil: later(1),
      problems: [],
    });
    expect(await ask([makeCrl(intermediate, { ...fresh, revoked: [line] })])).toMatchObject({
      status: 'revoked',
      revokedAt: line.at,
      reason: 'keyCompromise',
    });
  });

  test('speaks of a certificate that names no list, too', async () => {
    const silent = authority.issue('Ola Nordmann');
    expect(await ask([], silent)).toMatchObject({ status: 'no-source' });
    const revoked = [{ ...line, serial: serialOf(silent.certificate) }];
    expect(await ask([makeCrl(intermediate, { ...fresh, revoked })], silent)).toMatchObject({
      status: 'revoked',
    });
  });

  test('is about the distribution point the certificate names', async () => {
    const own = makeCrl(intermediate, { ...fresh, extensions: [issuingPoint({ url })] });
    expect(await ask([own])).toMatchObject({ status: 'good' });
  });

  test('is corrected by its delta list, both ways', async () => {
    const base = makeCrl(intermediate, { ...fresh, number: 5 });
    const delta = { ...fresh, number: 6, extensions: [deltaOf(5)] };
    const added = makeCrl(intermediate, { ...delta, revoked: [line] });
    expect(await ask([base, added])).toMatchObject({ status: 'revoked' });
    const held = makeCrl(intermediate, { ...fresh, number: 5, revoked: [{ ...line, reason: 6 }] });
    const lifted = makeCrl(intermediate, { ...delta, revoked: [{ ...line, reason: 8 }] });
    expect(await ask([held])).toMatchObject({ status: 'revoked', reason: 'certificateHold' });
    expect(await ask([held, lifted])).toMatchObject({ status: 'good' });
    // One that adds to a later list does not fit this one.
    const ahead = makeCrl(intermediate, { ...delta, extensions: [deltaOf(6)], revoked: [line] });
    expect(await ask([base, ahead])).toMatchObject({ status: 'good' });
  });

  test('may be signed by a key of its own that the issuer appointed', async () => {
    const lister = makeCertificate({
      subject: 'Lists Issuing CA',
      key: makeKeyPair('p-256'),
      issuer: authority.root,
      notBefore: later(-9),
      notAfter: later(99),
      keyUsage: ['cRLSign'],
    });
    const list = makeCrl(lister, fresh);
    expect(await ask([list])).toMatchObject({ status: 'not-checked' });
    expect(await ask([list], signer, now, [lister.certificate])).toMatchObject({ status: 'good' });
  });

  test('is found line by line among many', () => {
    const revoked = Array.from({ length: 20_000 }, (_, i) => ({
      serial: Uint8Array.of(1, i >> 8, i & 0xff),
      at: later(-9),
    }));
    const list = parseCrl(makeCrl(intermediate, { ...fresh, revoked: [...revoked, line] }));
    expect(list).toMatchObject({ ok: true, value: { entries: 20_001 } });
  });
});

const noLister = makeCertificate({
  subject: 'Lists Issuing CA',
  key: intermediate.key,
  issuer: authority.root,
  notBefore: later(-9),
  notAfter: later(99),
  ca: {},
  keyUsage: ['keyCertSign'],
});
const underNoLister = makeCertificate({
  subject: 'Kari Nordmann',
  key: makeKeyPair('p-256'),
  issuer: noLister,
  notBefore: later(-9),
  notAfter: later(99),
  crlUrls: [url],
});

const refusals: readonly (readonly [string, string, Uint8Array])[] = [
  ['rubbish', 'crl.malformed', Uint8Array.of(0x30, 3, 1, 2)],
  ['cut short', 'crl.malformed', makeCrl(intermediate, fresh).subarray(0, -5)],
  ['another issuer’s', 'crl.other-issuer', makeCrl(authority.root, fresh)],
  ['of a twin of the issuer', 'crl.wrong-signature', makeCrl(twin.intermediate, fresh)],
  ['changed after it was signed', 'crl.wrong-signature', tampered()],
  [
    'one that had run out',
    'crl.stale',
    makeCrl(intermediate, { thisUpdate: later(-9), nextUpdate: later(-8) }),
  ],
  [
    'one without an end, of the day before yesterday',
    'crl.stale',
    makeCrl(intermediate, { thisUpdate: later(-48), nextUpdate: null }),
  ],
  [
    'from the future',
    'crl.future',
    makeCrl(intermediate, { thisUpdate: later(2), nextUpdate: later(3) }),
  ],
  [
    'one that demands something unknown',
    'crl.unknown-extension',
    makeCrl(intermediate, { ...fresh, extensions: [strange] }),
  ],
  [
    'one that demands something unknown in another line',
    'crl.unknown-extension',
    makeCrl(intermediate, { ...fresh, revoked: [{ serial, at: now, extensions: [strange] }] }),
  ],
  [
    'of authorities only',
    'crl.other-scope',
    makeCrl(intermediate, { ...fresh, extensions: [issuingPoint({ flag: 2 })] }),
  ],
  [
    'of attribute certificates only',
    'crl.other-scope',
    makeCrl(intermediate, { ...fresh, extensions: [issuingPoint({ flag: 5 })] }),
  ],
  [
    'of another distribution point',
    'crl.other-scope',
    makeCrl(intermediate, {
      ...fresh,
      extensions: [issuingPoint({ url: 'http://lists.invalid/b.crl' })],
    }),
  ],
  [
    'of some reasons only',
    'crl.some-reasons',
    makeCrl(intermediate, { ...fresh, extensions: [issuingPoint({ reasons: [1, 2] })] }),
  ],
  [
    'only what came after another list',
    'crl.delta-only',
    makeCrl(intermediate, { ...fresh, extensions: [deltaOf(1)], number: 2 }),
  ],
];

function tampered(): Uint8Array {
  const der = makeCrl(intermediate, { ...fresh, revoked: [line] });
  const at = der.findIndex((_, i) => line.serial.every((byte, k) => der[i + k] === byte));
  return Uint8Array.from(der, (byte, i) => (i === at + 9 ? byte ^ 1 : byte));
}

describe('a list that is not believed', () => {
  test.each(refusals)('is %s: %s', async (_, problem, der) => {
    const answer = await ask([der]);
    expect(answer.status).toBe('not-checked');
    expect(answer.problems).toContain(problem);
  });

  test('is by an issuer that may not sign lists', async () => {
    expect(await ask([makeCrl(noLister, fresh)], underNoLister)).toMatchObject({
      status: 'not-checked',
      problems: ['crl.unauthorised-signer'],
    });
  });

  test('is from after the certificate had expired, except where it remembers', async () => {
    const brief = authority.issue('Kari Nordmann', 'p-256', {
      crlUrls: [url],
      notAfter: later(-3),
    });
    expect(await ask([makeCrl(intermediate, fresh)], brief)).toMatchObject({
      problems: ['crl.after-expiry'],
    });
    const since = element(0x18, new TextEncoder().encode('20260101000000Z'));
    const remembers = { oid: '2.5.29.60', critical: false, value: since };
    const list = makeCrl(intermediate, { ...fresh, extensions: [remembers] });
    expect(await ask([list], brief)).toMatchObject({ status: 'good' });
  });

  test('is by a signer that had expired, unless it is proven to be older', async () => {
    const list = makeCrl(intermediate, fresh);
    const late = new Date(now.getTime() + 11 * 365 * 24 * hour);
    expect(await ask([list], signer, late)).toMatchObject({ problems: ['crl.expired-signer'] });
  });

  test('by any change of one octet, never becomes another answer', async () => {
    const der = makeCrl(intermediate, { ...fresh, revoked: [line] });
    for (let at = 0; at < der.length; at += 2) {
      const changed = Uint8Array.from(der, (byte, i) => (i === at ? byte ^ 0x15 : byte));
      expect(await ask([changed])).toMatchObject({ status: 'not-checked' });
    }
  });
});
