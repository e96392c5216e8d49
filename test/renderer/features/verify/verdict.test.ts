import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type {
  SignatureReport,
  SubIndication,
  VerificationReport,
} from '../../../../shared/report.ts';
import { hasMoreSince, historyOf } from '../../../../renderer/features/verify/history.ts';
import {
  personOf,
  reasonOf,
  shortName,
  timeOf,
  trustedFact,
  unchangedFact,
  verdictOf,
} from '../../../../renderer/features/verify/verdict.ts';

const good: SignatureReport = {
  field: 'S1',
  kind: 'signature',
  signer: 'CN=Fjellvik kommune,O=Fjellvik kommune,C=NO',
  indication: 'TOTAL-PASSED',
  subIndication: null,
  level: 'B-T',
  claimedTime: '2026-11-24T09:41:00Z',
  bestTime: '2026-11-24T09:41:03Z',
  intact: true,
  trusted: true,
  revocation: 'good',
  coverage: 'whole',
  changes: 'none',
  changeList: [],
  claim: null,
  sentence: '',
  revision: 1,
  signedLength: 1000,
  page: null,
  certificate: null,
  digestAlgorithm: 'SHA-256',
  signatureAlgorithm: 'ECDSA',
};
const trial = {
  subject: 'CN=x',
  issuer: 'CN=x',
  serial: '1',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2028-01-01T00:00:00Z',
  fingerprint: '',
  trial: true,
};
const of = (
  indication: VerificationReport['indication'],
  ...signatures: readonly Partial<SignatureReport>[]
): VerificationReport => ({
  file: 'a.pdf',
  indication,
  sentence: '',
  anomalies: [],
  signatures: signatures.map((each) => ({ ...good, ...each })),
});

const subIndications: readonly SubIndication[] = [
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'SIG_CONSTRAINTS_FAILURE',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  'EXPIRED',
  'NOT_YET_VALID',
  'REVOKED',
  'REVOKED_NO_POE',
  'OUT_OF_BOUNDS_NO_POE',
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'NO_POE',
  'TRY_LATER',
  'SIGNED_DATA_NOT_FOUND',
  'GENERIC',
];

type Words = { readonly [key: string]: string | Words };
function words(language: string): (key: string) => boolean {
  const path = join(import.meta.dirname, `../../../../renderer/i18n/verify.${language}.json`);
  const all = JSON.parse(readFileSync(path, 'utf8')) as Words;
  const at = (key: string): string | Words | undefined =>
    key
      .split('.')
      .reduce<string | Words | undefined>(
        (now, part) => (typeof now === 'object' ? now[part] : undefined),
        all,
      );
  return (key) => typeof at(key) === 'string' || typeof at(`${key}_other`) === 'string';
}

describe('the headline', () => {
  it('is green for a full pass and for nothing else', () => {
    expect(verdictOf(of('TOTAL-PASSED', {})).tone).toBe('green');
    for (const subIndication of subIndications) {
      const unsure = of('INDETERMINATE', { indication: 'INDETERMINATE', subIndication });
      const failed = of('TOTAL-FAILED', { indication: 'TOTAL-FAILED', subIndication });
      expect(verdictOf(unsure).tone).toBe('brass');
      expect(verdictOf(failed).tone).toBe('red');
    }
    expect(verdictOf(of('NO-SIGNATURE')).tone).toBe('grey');
  });

  it.each(['nb', 'en'])('has a sentence for every outcome in %s', (language) => {
    const has = words(language);
    const reports = [
      of('NO-SIGNATURE'),
      of('TOTAL-PASSED', {}),
      of('TOTAL-PASSED', { changes: 'allowed' }),
      of('TOTAL-PASSED', { kind: 'certification' }),
      of('TOTAL-PASSED', { kind: 'timestamp' }),
      of('INDETERMINATE', {}),
      of('TOTAL-FAILED', { indication: 'TOTAL-FAILED', changes: 'forbidden' }),
      of('INDETERMINATE', { indication: 'INDETERMINATE', changes: 'visible' }),
      of('INDETERMINATE', {
        indication: 'INDETERMINATE',
        subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
        certificate: trial,
      }),
      ...subIndications.map((subIndication) =>
        of('INDETERMINATE', { indication: 'INDETERMINATE', subIndication }),
      ),
    ];
    for (const report of reports) {
      const { headline, next } = verdictOf(report);
      expect([headline.key, has(headline.key)]).toEqual([headline.key, true]);
      expect([next.key, has(next.key)]).toEqual([next.key, true]);
      for (const fact of [unchangedFact(report), trustedFact(report)]) {
        expect([fact.main.key, has(fact.main.key)]).toEqual([fact.main.key, true]);
        if (fact.more !== null)
          expect([fact.more.key, has(fact.more.key)]).toEqual([fact.more.key, true]);
      }
    }
  });

  it('lets the worst signature decide, and a change outweigh its code', () => {
    const report = of(
      'TOTAL-FAILED',
      { indication: 'INDETERMINATE', subIndication: 'TRY_LATER' },
      { indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE', changes: 'forbidden' },
      {},
    );
    expect(verdictOf(report).headline.key).toBe('why.changed.headline');
    expect(reasonOf({ ...good, subIndication: 'HASH_FAILURE' })).toBe('HASH_FAILURE');
  });

  it('says so when every signature passes but the file can be read in two ways', () => {
    expect(verdictOf(of('INDETERMINATE', {})).headline.key).toBe('why.ambiguous.headline');
  });

  it('counts people, not seals and timestamps', () => {
    const report = of(
      'TOTAL-PASSED',
      { kind: 'certification' },
      {},
      { field: 'S2' },
      { kind: 'timestamp' },
    );
    expect(verdictOf(report).headline).toEqual({
      key: 'headline.passed.signed',
      values: { count: 2 },
    });
  });

  it('calls the service’s own seal by its name, and only under a certificate that is trusted', () => {
    const signer = 'CN=Posten signering,O=POSTEN BRING AS,C=NO';
    const headline = (trusted: boolean, name = signer) =>
      verdictOf(of('TOTAL-PASSED', { kind: 'certification', signer: name, trusted })).headline.key;
    expect(headline(true)).toBe('headline.passed.posten');
    expect(headline(false)).toBe('headline.passed.sealed');
    expect(headline(true, 'CN=POSTEN BRING AS,O=En annen,C=NO')).toBe('headline.passed.sealed');
  });
});

describe('the facts', () => {
  it('never say trusted and sure when revocation was not asked', () => {
    expect(trustedFact(of('TOTAL-PASSED', {})).answer).toBe('yes');
    expect(trustedFact(of('INDETERMINATE', { revocation: 'not-checked' })).answer).toBe('partly');
    expect(trustedFact(of('TOTAL-FAILED', { revocation: 'revoked' })).answer).toBe('no');
    expect(trustedFact(of('INDETERMINATE', { trusted: false }, {})).answer).toBe('partly');
    expect(trustedFact(of('INDETERMINATE', { trusted: false })).answer).toBe('unknown');
    expect(trustedFact(of('INDETERMINATE', { trusted: false, certificate: trial })).answer).toBe(
      'no',
    );
  });

  it('say unchanged only when all is intact and nothing was added that shows', () => {
    expect(unchangedFact(of('TOTAL-PASSED', {}, { changes: 'allowed' })).answer).toBe('yes');
    expect(unchangedFact(of('INDETERMINATE', { changes: 'visible' })).answer).toBe('partly');
    expect(unchangedFact(of('TOTAL-FAILED', { changes: 'forbidden' })).answer).toBe('no');
    expect(
      unchangedFact(of('TOTAL-FAILED', { subIndication: 'HASH_FAILURE', intact: false })).answer,
    ).toBe('no');
    expect(unchangedFact(of('INDETERMINATE', { intact: false })).answer).toBe('unknown');
    expect(unchangedFact(of('NO-SIGNATURE')).answer).toBe('unknown');
  });

  it('name the person the seal speaks of, else the certificate’s own name', () => {
    expect(shortName('CN=Kari Nordmann,O=Fjellvik\\, kommune,C=NO')).toBe('Kari Nordmann');
    expect(shortName('C=NO,O=Fjellvik,CN=Nordmann\\, Kari')).toBe('Nordmann, Kari');
    expect(shortName('Kari')).toBe('Kari');
    const claim = { kind: 'simple', person: 'Ola Li', evidenceHash: '' } as const;
    expect(personOf({ ...good, claim })).toBe('Ola Li');
  });

  it('tell a proven time from a claimed one', () => {
    expect(timeOf(good)).toEqual({ at: '2026-11-24T09:41:03Z', proven: true });
    expect(timeOf({ ...good, bestTime: null })?.proven).toBe(false);
    expect(timeOf({ ...good, bestTime: null, claimedTime: null })).toBeNull();
  });
});

describe('the history', () => {
  it('goes by bytes and says what each step added', () => {
    const report = of(
      'TOTAL-PASSED',
      { field: 'B', signedLength: 1500, coverage: 'revision' },
      { field: 'A', signedLength: 1000, coverage: 'revision' },
    );
    expect(historyOf(report).map(({ signature, added }) => [signature.field, added])).toEqual([
      ['A', 1000],
      ['B', 500],
    ]);
    expect(hasMoreSince(report)).toBe(true);
    expect(hasMoreSince(of('TOTAL-PASSED', {}))).toBe(false);
    expect(hasMoreSince(of('NO-SIGNATURE'))).toBe(false);
  });
});
