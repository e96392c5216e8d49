import { X509Certificate, createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import {
  makeCertificate,
  makeKeyPair,
  signingKeyOf,
} from '../../../electron/adapters/trial-pki.ts';
import { readZip } from '../../../electron/core/asice/read-zip.ts';
import { packForService } from '../../../electron/core/asice/service-package.ts';
import { nameOids } from '../../../electron/core/cms/name.ts';
import type { SigningKey } from '../../../electron/core/ports.ts';
import { decodeBase64, encodeBase64 } from '../../../electron/core/xades/base64.ts';
import { issuerNameText } from '../../../electron/core/xades/issuer-name.ts';
import { signForService } from '../../../electron/core/xades/service-profile.ts';
import { readCertificateBody } from '../../../electron/core/cms/certificate-body.ts';
import { ok, unwrap } from '../../../shared/result.ts';
import { utf8Bytes } from '../../../shared/xml/utf8.ts';
import { postenFixture, schemaObjection } from '../../support/schemas.ts';

const files = [
  { name: 'dokument.pdf', mime: 'application/pdf', bytes: utf8Bytes('hoveddokument-innhold') },
  { name: 'manifest.xml', mime: 'application/xml', bytes: utf8Bytes('manifest-innhold') },
];
const golden = new TextDecoder().decode(postenFixture('golden/asice/signatures.xml'));
const goldenValue = /<SignatureValue>([^<]+)</.exec(golden)?.[1] ?? '';
const certificate = new Uint8Array(
  new X509Certificate(Buffer.from(postenFixture('golden/cert.pem'))).raw,
);
const goldenTime = { at: new Date('2018-11-29T08:15:00Z'), zoneOffset: 60 };

/** The vector's private key is not public: this one answers its value, if it is asked for its octets. */
const goldenKey: SigningKey = {
  certificate,
  chain: [],
  schemes: [{ type: 'rsa-pkcs1', hash: 'sha256' }],
  sign: (data) => {
    expect(Buffer.from(data)).toEqual(Buffer.from(postenFixture('golden/signedinfo.c14n')));
    return Promise.resolve(ok(decodeBase64(goldenValue) ?? new Uint8Array()));
  },
};

/** xmlsec1 over the unpacked container: what it says of the references. */
function xmlsec(container: Uint8Array, pem: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'asice-'));
  try {
    for (const { name, bytes } of unwrap(readZip(container))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    writeFileSync(join(folder, 'cert.pem'), pem);
    const id = '--id-attr:Id';
    const { stderr, stdout, status } = spawnSync(
      'xmlsec1',
      [
        '--verify',
        ...[id, 'http://uri.etsi.org/01903/v1.3.2#:SignedProperties'],
        ...['--pubkey-cert-pem', 'cert.pem', 'META-INF/signatures.xml'],
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    const said = `${stdout}${stderr}`;
    return `${status} ${/References \(ok\/all\): (\S+)/.exec(said)?.[1] ?? stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the service’s profile of XAdES', () => {
  it('writes the golden vector octet for octet', async () => {
    const signature = await signForService(files, goldenKey, goldenTime, nodeCrypto);
    const text = (name: string): string => new TextDecoder().decode(postenFixture(name));
    expect(signature.signedProperties).toBe(text('golden/signedprops.c14n'));
    expect(signature.signedInfo).toBe(text('golden/signedinfo.c14n'));
    expect(new TextDecoder().decode(signature.xml)).toBe(golden);
    expect(schemaObjection(signature.xml, 'thirdparty/ts_102918v010201.xsd')).toBeNull();
    const digests = [files[0]?.bytes ?? '', files[1]?.bytes ?? '', signature.signedProperties].map(
      (each) => createHash('sha256').update(each).digest('base64'),
    );
    expect(digests).toEqual([
      'XdxjXOUnFR8hgR5NBjFc0I7DnILAukbaQ12CPoP5jXs=',
      'wEftXp/TkL614dcx9Txw8O1lLxylP8ZS2WohNKbFdQo=',
      'n4ZOYvk7M6YXWrrunai7lVH48xeDJDxER9TlJ7c8f/g=',
    ]);
    expect(
      await nodeCrypto.verify(
        { type: 'rsa-pkcs1', hash: 'sha256' },
        readCertificateBody(certificate).spki,
        utf8Bytes(signature.signedInfo),
        decodeBase64(goldenValue) ?? new Uint8Array(),
      ),
    ).toBe('valid');
  });

  it.each([
    ['a plain name', [{ oid: nameOids.commonName, value: 'Prøve, "CA" #1 ' }]],
    [
      'organizationIdentifier',
      [
        { oid: nameOids.country, value: 'NO' },
        { oid: nameOids.organisationIdentifier, value: 'NTRNO-983163327' },
        { oid: nameOids.organisation, value: 'Buypass AS' },
        { oid: nameOids.commonName, value: 'Buypass Class 3 Test4 Root CA G2 ST' },
      ],
    ],
  ])('is verified by xmlsec1 with an issuer of %s', async (_, subject) => {
    const span = { notBefore: new Date(Date.now() - 1e6), notAfter: new Date(Date.now() + 1e9) };
    const root = makeCertificate({ subject, key: makeKeyPair('rsa-2048'), ca: {}, ...span });
    const leaf = makeCertificate({
      subject: 'Avsender',
      key: makeKeyPair('rsa-2048'),
      issuer: root,
      ...span,
    });
    const time = { at: new Date(), zoneOffset: 0 };
    const packed = unwrap(
      await packForService(
        { documents: files.slice(0, 1), manifest: files[1]?.bytes ?? utf8Bytes(''), time },
        signingKeyOf(leaf),
        nodeCrypto,
      ),
    );
    expect(xmlsec(packed, new X509Certificate(leaf.certificate).toString())).toBe('0 3/3');
    const names = unwrap(readZip(packed)).map(({ name }) => name);
    expect(names).toEqual(['dokument.pdf', 'manifest.xml', 'META-INF/signatures.xml']);
    const changed = unwrap(readZip(packed)).map(({ name, bytes }) => ({ name, bytes }));
    expect(changed).toHaveLength(3);
  });

  it('writes the issuer as the reference client does', () => {
    const der = postenFixture('certs/test/BPCl3CaG2STBS.cer');
    const raw = new Uint8Array(new X509Certificate(Buffer.from(der)).raw);
    expect(issuerNameText(readCertificateBody(raw).issuer)).toBe(
      'CN=Buypass Class 3 Test4 Root CA G2 ST,O=Buypass AS,2.5.4.97=#0c0f4e54524e4f2d393833313633333237,C=NO',
    );
  });

  it('refuses a key that is not RSA', async () => {
    const span = { notBefore: new Date(0), notAfter: new Date(1e12) };
    const key = signingKeyOf(
      makeCertificate({ subject: 'EC', key: makeKeyPair('p-256'), ...span }),
    );
    const packed = await packForService(
      { documents: files.slice(0, 1), manifest: utf8Bytes('m'), time: goldenTime },
      key,
      nodeCrypto,
    );
    expect(packed.ok ? 'ok' : packed.error.code).toBe('xades.key-not-rsa');
  });

  it('knows base64 as Node does', () => {
    for (const length of [0, 1, 2, 3, 4, 57, 58]) {
      const bytes = Uint8Array.from({ length }, (__, i) => (i * 37) & 255);
      const text = Buffer.from(bytes).toString('base64');
      expect(encodeBase64(bytes)).toBe(text);
      expect(decodeBase64(`\n ${text} `)).toEqual(bytes);
    }
    expect(decodeBase64('ab=c')).toBeNull();
    expect(decodeBase64('abc')).toBeNull();
  });
});
