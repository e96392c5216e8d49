/** Trusted lists: the real ones of the corpus, and lists of our own for every rule. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { makeTrialAuthority, signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import type { CertificateRequest } from '../../../electron/adapters/trial-pki.ts';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { parseCertificate } from '../../../electron/core/cms/certificate.ts';
import { sign } from '../../../electron/core/pades/sign.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import {
  openTrustedList,
  requireNamedSigners,
} from '../../../electron/core/trusted-lists/open-list.ts';
import { criteriaHold } from '../../../electron/core/trusted-lists/criteria.ts';
import { trustedServices } from '../../../electron/core/trusted-lists/services.ts';
import { verifyPdf } from '../../../electron/core/verify/verify.ts';
import { attempt, unwrap } from '../../../shared/result.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { appended, opened, ports, requestOf } from '../../support/signing.ts';
import { makeTrustedList } from '../../support/trusted-lists.ts';
import type { ListedState, ListRequest } from '../../support/trusted-lists.ts';

const corpus = join(import.meta.dirname, '../../../../shared/corpus/trusted-lists');
const now = new Date();
const year = 365 * 24 * 60 * 60 * 1000;
const ago = (years: number): string => new Date(now.getTime() - years * year).toISOString();
const open = (bytes: Uint8Array) => openTrustedList(bytes, { crypto: nodeCrypto, now });
const real = (name: string) => open(new Uint8Array(readFileSync(join(corpus, name))));

describe.skipIf(!existsSync(corpus))('the real lists', () => {
  test.each([
    ['eu-lotl.xml', 6, 'EU', 388, 0],
    ['eu-lotl-old.xml', 5, 'EU', 369, 0],
    ['eu-lotl-pivot-282.xml', 5, 'EU', 282, 0],
    ['eu-lotl-pivot-300.xml', 5, 'EU', 300, 0],
    ['eu-lotl-pivot-335.xml', 5, 'EU', 335, 0],
    ['eu-lotl-pivot-341.xml', 5, 'EU', 341, 0],
    ['tsl-be-old.xml', 5, 'BE', 74, 108],
    ['tsl-be-v6.xml', 6, 'BE', 81, 135],
    ['tsl-ee.xml', 5, 'EE', 68, 62],
  ])('%s is read, and its signature is over all of it', async (name, ...facts) => {
    const { list } = unwrap(await real(name));
    const { version, territory, sequence, services, isListOfLists } = list;
    expect([version, territory, sequence, services.length]).toEqual(facts);
    expect(isListOfLists).toBe(territory === 'EU');
  });

  test('the list of lists names who may sign the others', async () => {
    const [lotl, belgian, estonian] = await Promise.all(
      ['eu-lotl.xml', 'tsl-be-v6.xml', 'tsl-ee.xml'].map(async (name) => unwrap(await real(name))),
    );
    if (lotl === undefined || belgian === undefined || estonian === undefined) throw new Error();
    requireNamedSigners([lotl, belgian, estonian]);
    const crossed = { list: { ...estonian.list, territory: 'BE' }, signer: estonian.signer };
    expect(attempt(() => requireNamedSigners([lotl, crossed]))).toMatchObject({
      error: { code: 'trusted-list.other-signer', detail: { territory: 'BE' } },
    });
  });

  test('a byte of the list changed: refused', async () => {
    const text = readFileSync(join(corpus, 'tsl-ee.xml'), 'utf8');
    const changed = text.replace('Svcstatus/withdrawn', 'Svcstatus/granted');
    expect(changed).not.toBe(text);
    expect(await open(Buffer.from(changed))).toMatchObject({
      error: { code: 'trusted-list.signature' },
    });
  });

  test('every certificate of the services is read', async () => {
    const { list } = unwrap(await real('tsl-be-v6.xml'));
    const services = trustedServices([list]);
    const anchors = services.anchors('any', now);
    expect(anchors.length).toBeGreaterThan(20);
    // What is withdrawn now was granted once.
    const once = services.anchors('any', new Date('2019-01-01T00:00:00Z'));
    expect(once.some((one) => !anchors.includes(one))).toBe(true);
    expect(services.of(anchors.slice(0, 1))[0]?.service.provider).not.toBe('');
  });
});

const authority = makeTrialAuthority({ name: 'Listed', now });
const operator = makeTrialAuthority({ name: 'Operator', now }).issue('List operator', 'rsa-2048');
const QC = '0.4.0.1862.1.1';
const SSCD = '0.4.0.1862.1.4';
const seal = [{ oid: '0.4.0.1862.1.6', types: ['0.4.0.1862.1.6.2'] }];
const qualifiedOnDevice = [{ oid: QC }, { oid: SSCD }];

const granted: ListedState = {
  ...{ type: 'CA/QC', status: 'granted', from: ago(5) },
  purposes: ['ForeSignatures'],
};
const listing = (states: readonly ListedState[], more: Partial<ListRequest> = {}): Uint8Array =>
  makeTrustedList(
    { services: [{ certificate: authority.intermediate.certificate, states }], ...more },
    operator,
  );

async function signed(
  changes: Partial<CertificateRequest>,
  subject: CertificateRequest['subject'] = 'Kari',
) {
  const base = plainPdf();
  const key = signingKeyOf(authority.issue(subject, 'p-256', changes));
  const made = unwrap(await sign(opened(base), requestOf({ time: now }), key, ports));
  return appended(base, made.tail);
}

async function verified(bytes: Uint8Array, lists: readonly Uint8Array[]) {
  const read = await Promise.all(lists.map(async (list) => unwrap(await open(list)).list));
  const options = { file: 'a.pdf', anchors: [], at: now, services: trustedServices(read) };
  const report = unwrap(await verifyPdf(memorySource(bytes), options, { crypto: nodeCrypto }));
  const [first] = report.signatures;
  if (first === undefined) throw new Error('no signature');
  return { ...first, parts: report.parts };
}

describe('services as trust anchors', () => {
  test('granted: passes without any other anchor', async () => {
    expect(await verified(await signed({}), [listing([granted])])).toMatchObject({
      indication: 'TOTAL-PASSED',
      qualification: { level: 'not-qualified' },
    });
  });

  test('withdrawn, of another purpose, or with an unknown critical extension: no anchor', async () => {
    const bytes = await signed({});
    for (const state of [
      { ...granted, status: 'withdrawn' },
      { ...granted, type: 'TSA/QTST' },
      { ...granted, type: 'EDS/Q' },
      { ...granted, extensions: '<x:Odd xmlns:x="urn:odd"/>' },
      { ...granted, from: new Date(now.getTime() + year).toISOString() },
    ])
      expect(await verified(bytes, [listing([state])])).toMatchObject({
        indication: 'INDETERMINATE',
        subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      });
  });

  test('withdrawn after a timestamp proves the signature: still an anchor for it', async () => {
    const base = plainPdf();
    const hour = 60 * 60 * 1000;
    const clock = { now: () => new Date(now.getTime() - 2 * hour) };
    const stamper = makeTrialAuthority({ name: 'Clock', now }).issueTimestamper();
    const timestamps = trialTimestamps({ ...stamper, clock });
    const key = signingKeyOf(authority.issue('Kari'));
    const request = requestOf({ time: clock.now() });
    const made = unwrap(await sign(opened(base), request, key, { ...ports, timestamps }));
    const withdrawn = { ...granted, status: 'withdrawn', from: new Date(now.getTime() - hour) };
    const list = makeTrustedList(
      {
        services: [
          {
            certificate: authority.intermediate.certificate,
            states: [{ ...withdrawn, from: withdrawn.from.toISOString() }, granted],
          },
          {
            certificate: stamper.chain[0] ?? new Uint8Array(),
            states: [{ type: 'CA/QC', status: 'granted', from: ago(5) }],
          },
        ],
      },
      operator,
    );
    expect(await verified(appended(base, made.tail), [list])).toMatchObject({
      indication: 'TOTAL-PASSED',
      bestTime: new Date(Math.floor(clock.now().getTime() / 1000) * 1000).toISOString(),
    });
    expect(await verified(await signed({}), [list])).toMatchObject({
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    });
  });
});

describe('qualified', () => {
  const qualifications = (qualifier: string, criteria: string): string =>
    `<q:Qualifications xmlns:q="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"><q:QualificationElement><q:Qualifiers><q:Qualifier uri="http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/${qualifier}"/></q:Qualifiers><q:CriteriaList assert="all">${criteria}</q:CriteriaList></q:QualificationElement></q:Qualifications>`;
  const whoSigns =
    '<q:KeyUsage><q:KeyUsageBit name="nonRepudiation">true</q:KeyUsageBit></q:KeyUsage>';
  const nobody = '<q:KeyUsage><q:KeyUsageBit name="keyCertSign">true</q:KeyUsageBit></q:KeyUsage>';
  const withQualifier = (name: string, criteria = whoSigns): ListedState => ({
    ...granted,
    extensions: qualifications(name, criteria),
  });

  test.each<[string, Partial<CertificateRequest>, ListedState, object]>([
    [
      'by both',
      { qcStatements: qualifiedOnDevice },
      granted,
      { level: 'qualified', of: 'signature' },
    ],
    ['without a device', { qcStatements: [{ oid: QC }] }, granted, { level: 'advanced-qc' }],
    ['by the list alone', {}, granted, { level: 'not-qualified' }],
    [
      'for seals by a service for signatures',
      { qcStatements: [...qualifiedOnDevice, ...seal] },
      granted,
      { level: 'not-qualified' },
    ],
    [
      'for seals by a service for seals',
      { qcStatements: [...qualifiedOnDevice, ...seal] },
      { ...granted, purposes: ['ForeSeals'] },
      { level: 'qualified', of: 'seal' },
    ],
    [
      'by a statement of the list',
      { qcStatements: [{ oid: SSCD }] },
      withQualifier('QCStatement'),
      { level: 'qualified' },
    ],
    [
      'a statement for others',
      { qcStatements: [{ oid: SSCD }] },
      withQualifier('QCStatement', nobody),
      { level: 'not-qualified' },
    ],
    [
      'the list denies it',
      { qcStatements: qualifiedOnDevice },
      withQualifier('NotQualified'),
      { level: 'not-qualified' },
    ],
    [
      'the list denies the device',
      { qcStatements: qualifiedOnDevice },
      withQualifier('QCNoQSCD'),
      { level: 'advanced-qc' },
    ],
    [
      'by criteria that nobody can tell',
      { qcStatements: qualifiedOnDevice },
      withQualifier('NotQualified', '<x:Else xmlns:x="urn:x"/>'),
      { level: 'open' },
    ],
    [
      'granted only after it was issued',
      { qcStatements: qualifiedOnDevice },
      { ...granted, from: new Date(now.getTime() - 1000).toISOString() },
      { level: 'not-qualified' },
    ],
  ])('%s', async (_name, certificate, state, expected) => {
    const report = await verified(await signed(certificate), [listing([state])]);
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.qualification).toMatchObject(expected);
  });

  test('is said in the sentence, with whose list says so', async () => {
    const bytes = await signed({ qcStatements: qualifiedOnDevice });
    const { sentence } = await verified(bytes, [listing([granted])]);
    expect(sentence).toContain('it is a qualified signature (Trial provider, by the list of NO)');
  });

  test('a person and a seal have verdicts of their own', async () => {
    const bytes = await signed({}, [{ oid: '2.5.4.97', value: 'NTRNO-123456785' }]);
    const report = await verified(bytes, [listing([granted])]);
    expect(report.role).toBe('seal');
    expect(report.parts).toEqual({
      person: null,
      seal: { indication: 'TOTAL-PASSED', subIndication: null, count: 1 },
      time: null,
    });
  });
});

describe('lists that are refused', () => {
  const good = listing([granted]);
  const text = Buffer.from(good).toString('utf8');
  test.each([
    ['not XML', 'x', 'xml.malformed'],
    ['another document', '<a/>', 'trusted-list.malformed'],
    ['unsigned', text.replace(/<ds:Signature .*<\/ds:Signature>/, ''), 'trusted-list.unsigned'],
    [
      'signed twice',
      text.replace(/(<ds:Signature .*<\/ds:Signature>)/, '$1$1'),
      'trusted-list.signature',
    ],
    ['changed', text.replace('granted', 'withdrawn'), 'trusted-list.signature'],
    [
      'another digest',
      text.replace(/<ds:DigestValue>./, '<ds:DigestValue>/'),
      'trusted-list.signature',
    ],
    ['of only a part', text.replace('URI=""', 'URI="#P"'), 'trusted-list.signature'],
    ['a moved name', text.replace('Id="P"', 'Id="L"'), 'xades.malformed'],
    ['a document type', text.replace('<Trust', '<!DOCTYPE a><Trust'), 'xml.doctype'],
  ])('%s', async (_name, xml, code) => {
    expect(await open(Buffer.from(xml))).toMatchObject({ error: { code } });
  });

  test('of a version nobody knows', async () => {
    expect(await open(listing([granted], { version: 4 }))).toMatchObject({
      error: { code: 'trusted-list.version' },
    });
  });

  test('signed by somebody else than the list of lists names', async () => {
    const other = makeTrialAuthority({ name: 'Other', now }).issue('Somebody', 'rsa-2048');
    const lists = (signers: readonly Uint8Array[]) =>
      makeTrustedList(
        { territory: 'EU', services: [], pointers: [{ territory: 'NO', signers }] },
        operator,
      );
    const both = async (signers: readonly Uint8Array[]) => [
      unwrap(await open(lists(signers))),
      unwrap(await open(good)),
    ];
    requireNamedSigners(await both([operator.certificate]));
    const crossed = await both([other.certificate]);
    expect(attempt(() => requireNamedSigners(crossed))).toMatchObject({
      error: { code: 'trusted-list.other-signer' },
    });
  });
});

test('criteria: all, at least one, none', () => {
  const certificate = unwrap(parseCertificate(authority.issue('Kari').certificate));
  const yes = new Map([['nonRepudiation', true]]);
  const no = new Map([['keyCertSign', true]]);
  const of = (assert: 'all' | 'atLeastOne' | 'none', unknown = false) =>
    criteriaHold({ assert, keyUsages: [yes, no], policySets: [], lists: [], unknown }, certificate);
  expect([of('all'), of('atLeastOne'), of('none')]).toEqual([false, true, false]);
  expect([of('all', true), of('atLeastOne', true), of('none', true)]).toEqual([false, true, false]);
});
