import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import type { TrialKeyType } from '../../electron/adapters/trial-pki.ts';
import {
  makeCertificate,
  makeKeyPair,
  makeTrialAuthority,
  makeTrialSeal,
  signingKeyOf,
} from '../../electron/adapters/trial-pki.ts';
import type { Certificate } from '../../electron/core/cms/certificate.ts';
import { parseCertificate } from '../../electron/core/cms/certificate.ts';
import { nameOids, nameValue } from '../../electron/core/cms/name.ts';
import { unwrap } from '../../shared/result.ts';
import { openssl, pemOf } from '../support/openssl.ts';

const now = new Date('2045-08-01T08:00:00Z');
const keyTypes: readonly TrialKeyType[] = [
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
  'rsa-pss-2048',
  'rsa-pss-3072',
  'p-256',
  'p-384',
  'p-521',
  'ed25519',
  'ed448',
];

function read(der: Uint8Array): Certificate {
  return unwrap(parseCertificate(der));
}

describe('the trial seal', () => {
  const seal = makeTrialSeal({
    organisation: 'Eksempel kommune',
    organisationNumber: '999888777',
    now,
  });

  it('says in its subject that it proves nothing, and is known by it', () => {
    const { subject, trial, commonName } = read(seal.certificate);
    expect(trial).toBe(true);
    expect(commonName).toBe('Eksempel kommune (PRØVESEGL)');
    expect(nameValue(subject, nameOids.organisationalUnit)).toBe('Prøvesegl - beviser ingenting');
    expect(nameValue(subject, nameOids.organisationIdentifier)).toBe('NTRNO-999888777');
    expect(read(makeTrialAuthority({ name: 'Prøve', now }).issue('Kari').certificate).trial).toBe(
      false,
    );
  });

  it('is signed by itself, is no authority, and lasts two years', async () => {
    const certificate = read(seal.certificate);
    expect(certificate.selfIssued).toBe(true);
    expect(certificate.basicConstraints).toBeNull();
    expect(certificate.keyUsage).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(certificate.notBefore < now && certificate.notAfter.getUTCFullYear() === 2047).toBe(
      true,
    );
    const { scheme, spki, tbs, signature } = certificate;
    expect(scheme && (await nodeCrypto.verify(scheme, spki, tbs, signature))).toBe('valid');
    const key = signingKeyOf(seal);
    expect(key.chain).toEqual([]);
    const signed = unwrap(await key.sign(tbs, { type: 'ecdsa', hash: 'sha256' }));
    expect(await nodeCrypto.verify({ type: 'ecdsa', hash: 'sha256' }, spki, tbs, signed)).toBe(
      'valid',
    );
  });
});

describe('certificates', () => {
  it.each(keyTypes)('with %s make chains that OpenSSL verifies', (type) => {
    const authority = makeTrialAuthority({
      name: 'Prøve',
      now,
      // Large keys take seconds each: one is enough.
      keyType: type === 'rsa-4096' || type === 'rsa-3072' ? 'rsa-2048' : type,
    });
    const leaf = authority.issue('Kari Nordmann', type);
    const tsa = authority.issueTimestamper('Tid');
    const files = {
      'root.pem': pemOf(authority.root.certificate),
      'chain.pem': pemOf(authority.intermediate.certificate),
      'leaf.pem': pemOf(leaf.certificate),
      'tsa.pem': pemOf(tsa.certificate),
    };
    const args = [
      'verify',
      '-x509_strict',
      '-attime',
      String(now.getTime() / 1000),
      '-CAfile',
      'root.pem',
      '-untrusted',
      'chain.pem',
    ];
    openssl([...args, 'leaf.pem'], files, ({ text }) => expect(text).toContain('leaf.pem: OK'));
    openssl([...args, '-purpose', 'timestampsign', 'tsa.pem'], files, ({ text }) =>
      expect(text).toContain('tsa.pem: OK'),
    );
    openssl([...args, '-purpose', 'timestampsign', 'leaf.pem'], files, ({ accepted }) =>
      expect(accepted).toBe(false),
    );
    expect(leaf.chain).toEqual([authority.intermediate.certificate, authority.root.certificate]);
    expect(signingKeyOf(leaf).chain).toEqual([authority.intermediate.certificate]);
    expect(read(leaf.certificate).key.type).toBe(
      type.startsWith('rsa-pss')
        ? 'rsa-pss'
        : type.startsWith('rsa')
          ? 'rsa'
          : type.startsWith('p-')
            ? 'ec'
            : type,
    );
  });

  it('carry the times and the number they are given, across 2050', () => {
    const make = (notBefore: string, notAfter: string) =>
      makeCertificate({
        subject: 'Tid',
        key: makeKeyPair('ed25519'),
        notBefore: new Date(notBefore),
        notAfter: new Date(notAfter),
        serial: Uint8Array.of(0x80, 1),
      }).certificate;
    const der = make('1950-01-01T00:00:00Z', '2050-01-01T00:00:00Z');
    const { validFromDate, validToDate, serialNumber } = new X509Certificate(der);
    expect(validFromDate).toEqual(new Date('1950-01-01T00:00:00Z'));
    expect(validToDate).toEqual(new Date('2050-01-01T00:00:00Z'));
    expect(serialNumber).toBe('8001');
    expect(read(der)).toMatchObject({
      notBefore: validFromDate,
      notAfter: validToDate,
      serial: '008001',
    });
    expect(
      read(make('2049-12-31T23:59:59Z', '9999-12-31T23:59:59Z')).notAfter.getUTCFullYear(),
    ).toBe(9999);
  });

  it('carry every extension they are asked for, as OpenSSL reads them', () => {
    const authority = makeTrialAuthority({ name: 'Prøve', now });
    const leaf = authority.issue(
      [
        { oid: nameOids.country, value: 'NO' },
        { oid: nameOids.organisation, value: 'Øre, Æsj & "Co"' },
        { oid: nameOids.email, value: 'kari@example.org' },
        { oid: nameOids.commonName, value: 'Kari <Nordmann>' },
      ],
      'p-256',
      {
        ca: { pathLength: 3 },
        keyUsage: ['keyCertSign', 'decipherOnly', 'digitalSignature'],
        extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'] },
        subjectAltNames: [
          { type: 'email', value: 'kari@example.org' },
          { type: 'dns', value: 'example.org' },
          { type: 'uri', value: 'https://example.org/kari' },
        ],
        ocspUrls: ['http://ocsp.example.org/'],
        issuerUrls: ['http://example.org/ca.cer'],
        crlUrls: ['http://example.org/a.crl', 'ldap://example.org/b'],
        policies: ['1.2.3.4', '2.16.578.1.26.1.3.6'],
        qcStatements: [
          { oid: '0.4.0.1862.1.1' },
          { oid: '0.4.0.1862.1.4' },
          { oid: '0.4.0.1862.1.6', types: ['0.4.0.1862.1.6.1'] },
        ],
        nameConstraints: {
          permitted: [{ type: 'dns', value: 'example.org' }],
          excluded: [{ type: 'email', value: 'example.com' }],
        },
        extensions: [{ oid: '1.2.3.4.5', critical: true, value: Uint8Array.of(5, 0) }],
      },
    );
    const certificate = read(leaf.certificate);
    expect(certificate).toMatchObject({
      basicConstraints: { ca: true, pathLength: 3, critical: true },
      keyUsage: ['digitalSignature', 'keyCertSign', 'decipherOnly'],
      extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'], critical: false },
      ocspUrls: ['http://ocsp.example.org/'],
      issuerUrls: ['http://example.org/ca.cer'],
      crlUrls: ['http://example.org/a.crl', 'ldap://example.org/b'],
      policies: ['1.2.3.4', '2.16.578.1.26.1.3.6'],
      qcStatements: [
        { oid: '0.4.0.1862.1.1', types: [] },
        { oid: '0.4.0.1862.1.4', types: [] },
        { oid: '0.4.0.1862.1.6', types: ['0.4.0.1862.1.6.1'] },
      ],
      subjectAltNames: [
        { type: 'email', value: 'kari@example.org' },
        { type: 'dns', value: 'example.org' },
        { type: 'uri', value: 'https://example.org/kari' },
      ],
      unknownCritical: ['1.2.3.4.5'],
      unreadable: [],
    });
    expect(certificate.subject.text).toBe(
      'CN=Kari \\<Nordmann\\>,emailAddress=kari@example.org,O=Øre\\, Æsj & \\"Co\\",C=NO',
    );
    expect(certificate.authorityKeyId).toEqual(
      read(authority.intermediate.certificate).subjectKeyId,
    );
    openssl(
      ['x509', '-in', 'a.pem', '-noout', '-text', '-nameopt', 'RFC2253,utf8,-esc_msb'],
      { 'a.pem': pemOf(leaf.certificate) },
      ({ text }) => {
        expect(text).toContain(`Subject: ${certificate.subject.text}`);
        for (const line of [
          'CA:TRUE, pathlen:3',
          'Digital Signature, Certificate Sign, Decipher Only',
          'E-mail Protection, 1.3.6.1.5.5.7.3.36',
          'email:kari@example.org, DNS:example.org, URI:https://example.org/kari',
          'OCSP - URI:http://ocsp.example.org/',
          'CA Issuers - URI:http://example.org/ca.cer',
          'URI:http://example.org/a.crl',
          'Policy: 2.16.578.1.26.1.3.6',
          'DNS:example.org',
          'email:example.com',
          '1.2.3.4.5: critical',
        ]) {
          expect(text).toContain(line);
        }
      },
    );
  });
});
