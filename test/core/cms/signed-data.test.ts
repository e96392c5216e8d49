import { ContentInfo, SignedData } from 'pkijs';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import type { TrialKeyType } from '../../../electron/adapters/trial-pki.ts';
import { readCertificateBody } from '../../../electron/core/cms/certificate-body.ts';
import { matchesSid, parseCertificate } from '../../../electron/core/cms/certificate.ts';
import { childrenOf, readWhole } from '../../../electron/core/cms/der.ts';
import { attributeOids } from '../../../electron/core/cms/signed-attributes.ts';
import { encodeSignedData } from '../../../electron/core/cms/signed-data.ts';
import { refersTo } from '../../../electron/core/cms/timestamp-token.ts';
import type { SignatureScheme } from '../../../electron/core/ports.ts';
import { unwrap } from '../../../shared/result.ts';
import { openssl, pemOf } from '../../support/openssl.ts';
import { authority, data, tsa, makeCms, parsedCms } from '../../support/cms-samples.ts';

const rsa = (
  type: 'rsa-pkcs1' | 'rsa-pss',
  hash: 'sha256' | 'sha384' | 'sha512',
): SignatureScheme =>
  type === 'rsa-pkcs1'
    ? { type, hash }
    : { type, hash, saltLength: hash === 'sha256' ? 32 : hash === 'sha384' ? 48 : 64 };
const hashes = ['sha256', 'sha384', 'sha512'] as const;
const schemes: readonly (readonly [TrialKeyType, SignatureScheme])[] = [
  ...hashes.map((hash) => ['rsa-2048', rsa('rsa-pkcs1', hash)] as const),
  ...hashes.map((hash) => ['rsa-2048', rsa('rsa-pss', hash)] as const),
  ['rsa-3072', rsa('rsa-pkcs1', 'sha256')],
  ['rsa-pss-2048', rsa('rsa-pss', 'sha256')],
  ...(['p-256', 'p-384', 'p-521'] as const).flatMap((type) =>
    hashes.map((hash) => [type, { type: 'ecdsa', hash }] as const),
  ),
];

describe('signatures we write', () => {
  it.each(schemes)('OpenSSL accepts %s with %o', async (type, scheme) => {
    const { cms } = await makeCms(type, scheme, true);
    const files = { 'a.der': cms, data, 'root.pem': pemOf(authority.root.certificate) };
    const args = [
      'cms',
      '-verify',
      '-binary',
      '-cades',
      '-inform',
      'DER',
      '-in',
      'a.der',
      '-content',
      'data',
    ];
    openssl(
      [...args, '-CAfile', 'root.pem', '-purpose', 'any', '-out', 'out'],
      files,
      ({ accepted, text }) => {
        expect(text).toContain('CAdES Verification successful');
        expect(accepted).toBe(true);
      },
    );
    openssl(
      [...args, '-CAfile', 'root.pem', '-purpose', 'any', '-out', 'out'],
      { ...files, data: 'noe annet' },
      ({ accepted }) => {
        expect(accepted).toBe(false);
      },
    );
  });

  it.each(['ed25519', 'ed448'] as const)(
    'OpenSSL accepts %s over the signed attributes',
    async (type) => {
      const { cms, attributes, signature, certificate } = await makeCms(type);
      const signer = parsedCms(cms).signer;
      expect(signer.signedAttributes?.der).toEqual(attributes);
      expect(signer.digestAlgorithm).toBe(type === 'ed25519' ? 'sha512' : 'shake256-512');
      expect(signer.signature).toEqual(signature);
      openssl(
        [
          'pkeyutl',
          '-verify',
          '-rawin',
          '-certin',
          '-inkey',
          'c.pem',
          '-sigfile',
          'sig',
          '-in',
          'attributes',
        ],
        { 'c.pem': pemOf(certificate), sig: signature, attributes },
        ({ text, accepted }) => {
          expect(text).toContain('Signature Verified Successfully');
          expect(accepted).toBe(true);
        },
      );
    },
  );

  it('are DER that another library and OpenSSL read', async () => {
    const { cms } = await makeCms('p-256', undefined, true);
    openssl(
      ['asn1parse', '-inform', 'DER', '-in', 'a.der'],
      { 'a.der': cms },
      ({ accepted, text }) => {
        expect(accepted).toBe(true);
        expect(text).not.toMatch(/inf /);
      },
    );
    const content = ContentInfo.fromBER(Uint8Array.from(cms));
    const other = new SignedData({ schema: content.content });
    expect(other.signerInfos).toHaveLength(1);
    expect(new Uint8Array(content.toSchema().toBER())).toEqual(cms);
    expect(parsedCms(cms).anomalies).toEqual([]);
  });

  it('carry no signing time, a sorted SET, and a reference without the default hash', async () => {
    for (const [hash, type] of [
      ['sha256', 'p-256'],
      ['sha512', 'p-521'],
    ] as const) {
      const { cms, certificate, attributes } = await makeCms(type, { type: 'ecdsa', hash });
      const signed = parsedCms(cms).signer.signedAttributes;
      expect(signed?.der).toEqual(attributes);
      expect(signed?.all.map((entry) => entry.oid).sort()).toEqual(
        [
          attributeOids.contentType,
          attributeOids.messageDigest,
          attributeOids.signingCertificateV2,
        ].sort(),
      );
      const [reference] = signed?.signingCertificate ?? [];
      expect(reference?.hash).toBe(hash);
      expect(reference && refersTo(reference, readCertificateBody(certificate), nodeCrypto)).toBe(
        true,
      );
      const other = readCertificateBody(tsa.certificate);
      expect(reference && refersTo(reference, other, nodeCrypto)).toBe(false);
      // X.690, 11.5: ESSCertIDv2 starts with the hash value itself when the hash is the default.
      const value = signed?.all.find((entry) => entry.oid === attributeOids.signingCertificateV2)
        ?.values[0];
      const essCertId = childrenOf(
        childrenOf(childrenOf(readWhole(value ?? new Uint8Array()))[0] ?? fallback)[0] ?? fallback,
      );
      expect(essCertId[0]?.tag).toBe(hash === 'sha256' ? 0x04 : 0x30);
    }
  });

  it('carry each certificate once, and name the signer’s', async () => {
    const { cms, certificate } = await makeCms('p-256');
    const { certificates, signer } = parsedCms(cms);
    expect(certificates).toHaveLength(2);
    expect(certificates).toContainEqual(certificate);
    expect(certificates).toContainEqual(authority.intermediate.certificate);
    expect(matchesSid(unwrap(parseCertificate(certificate)), signer.sid)).toBe(true);
    expect(
      matchesSid(unwrap(parseCertificate(authority.intermediate.certificate)), signer.sid),
    ).toBe(false);
  });

  it('refuse to be made with what is not allowed', async () => {
    const { attributes, signature, certificate } = await makeCms('rsa-2048');
    for (const scheme of [
      { type: 'rsa-pkcs1', hash: 'sha1' },
      { type: 'rsa-pkcs1', hash: 'md5' },
      { type: 'dsa', hash: 'sha256' },
    ] as const) {
      expect(() =>
        encodeSignedData({
          signedAttributes: attributes,
          signature,
          scheme,
          digestAlgorithm: 'sha256',
          certificate,
        }),
      ).toThrow('are not made');
    }
  });
});

const fallback = readWhole(Uint8Array.of(0x30, 0));
