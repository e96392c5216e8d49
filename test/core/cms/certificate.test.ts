import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Certificate as OtherCertificate } from 'pkijs';
import { describe, expect, it } from 'vitest';
import {
  makeCertificate,
  makeKeyPair,
  makeTrialAuthority,
} from '../../../electron/adapters/trial-pki.ts';
import { extensionOids } from '../../../electron/core/cms/certificate-extensions.ts';
import { parseCertificate } from '../../../electron/core/cms/certificate.ts';
import { childrenOf, readWhole } from '../../../electron/core/cms/der.ts';
import {
  concat,
  element,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
  setOfSorted,
} from '../../../electron/core/cms/der-writing.ts';
import { decodeUtf8, encodeName, nameOids, readName } from '../../../electron/core/cms/name.ts';
import { unwrap } from '../../../shared/result.ts';
import { openssl } from '../../support/openssl.ts';

const now = new Date('2030-01-01T00:00:00Z');
const authority = makeTrialAuthority({ name: 'Prøve', now });
const leaf = authority.issue('Kari Nordmann', 'p-256', {
  subjectAltNames: [{ type: 'email', value: 'kari@example.org' }],
  crlUrls: ['http://example.org/a.crl'],
  policies: ['1.2.3'],
});

/** As pkijs reads it; null where it refuses. */
function otherwise(der: Uint8Array<ArrayBuffer>): OtherCertificate | null {
  try {
    return OtherCertificate.fromBER(der);
  } catch {
    return null;
  }
}

function code(der: Uint8Array): string {
  const result = parseCertificate(der);
  return result.ok ? 'ok' : result.error.code;
}

/** The certificate with its signed part put together anew; signatures are not this reader's matter. */
function rebuilt(change: (parts: Uint8Array[]) => Uint8Array[], outer?: Uint8Array): Uint8Array {
  const [tbs, algorithm, signature] = childrenOf(readWhole(leaf.certificate));
  if (!tbs || !algorithm || !signature) throw new Error('another structure');
  const parts = childrenOf(tbs).map((node) => node.raw);
  return sequence(sequence(...change(parts)), outer ?? algorithm.raw, signature.raw);
}

describe('certificates of others', () => {
  const bundle = '/etc/ssl/certs/ca-certificates.crt';
  it.skipIf(!existsSync(bundle))('read as Node reads them', () => {
    const texts = readFileSync(bundle, 'utf8').match(/-----BEGIN[^]*?END CERTIFICATE-----/g) ?? [];
    expect(texts.length).toBeGreaterThan(50);
    for (const text of texts) {
      const other = new X509Certificate(text);
      const certificate = unwrap(parseCertificate(new Uint8Array(other.raw)));
      expect(certificate.notBefore).toEqual(other.validFromDate);
      expect(certificate.notAfter).toEqual(other.validToDate);
      expect(certificate.serial.replace(/^0+/, '')).toBe(
        other.serialNumber.toLowerCase().replace(/^0+/, ''),
      );
      expect(certificate.basicConstraints?.ca).toBe(other.ca);
      expect(certificate.key.type).toBe(other.publicKey.asymmetricKeyType);
      const { modulusLength } = other.publicKey.asymmetricKeyDetails ?? {};
      if (modulusLength !== undefined) expect(certificate.key.bits).toBe(modulusLength);
      expect(certificate.unreadable).toEqual([]);
      expect(certificate.unknownCritical).toEqual([]);
      expect(new Uint8Array(other.publicKey.export({ type: 'spki', format: 'der' }))).toEqual(
        certificate.spki,
      );
      expect(
        other.subject?.includes('\n') ? certificate.subject.attributes.length : 2,
      ).toBeGreaterThan(1);
    }
  });

  it('show names as OpenSSL does, whatever string type they stand in', () => {
    const attributes = (...values: Uint8Array[]) =>
      sequence(...values.map((value) => setOfSorted(sequence(oid(nameOids.commonName), value))));
    const utf16 = (text: string) =>
      Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255]));
    const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
    const name = attributes(
      element(0x0c, new TextEncoder().encode('Åse 🔑')),
      element(0x1e, utf16('Ærlig')),
      element(0x14, latin1('Øyvind')),
      element(0x1c, Uint8Array.of(0, 0, 0, 0x41, 0, 1, 0xf5, 0x11)),
      element(0x13, latin1(' #x; ')),
    );
    expect(readName(name).text).toBe('CN=\\ #x\\;\\ ,CN=A🔑,CN=Øyvind,CN=Ærlig,CN=Åse 🔑');
    expect(readName(encodeName([{ oid: nameOids.commonName, value: 'a\nb\u0000' }])).text).toBe(
      'CN=a\\0ab\\00',
    );
    const two = sequence(
      setOfSorted(
        ...['a', 'b'].map((value) =>
          sequence(oid(nameOids.commonName), element(0x0c, latin1(value))),
        ),
      ),
    );
    expect(readName(two).text).toBe('CN=a+CN=b');
  });

  it('decode UTF-8 as the platform does', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(decodeUtf8(bytes)).toBe(decoder.decode(bytes));
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        // How many U+FFFD stand for one mistake is a matter of taste; where they stand is not.
        const squeeze = (text: string) => text.replace(/\ufffd+/g, '\ufffd');
        expect(squeeze(decodeUtf8(bytes))).toBe(squeeze(decoder.decode(bytes)));
      }),
      { numRuns: 2000 },
    );
  });

  it('know keys with spelled-out curves, RSA-PSS parameters and old hashes', () => {
    const made = (args: readonly string[]) =>
      openssl(
        [
          'req',
          '-x509',
          '-nodes',
          '-subj',
          '/CN=x',
          '-keyout',
          'k',
          '-outform',
          'DER',
          '-out',
          'c',
          ...args,
        ],
        {},
        (run) => unwrap(parseCertificate(run.file('c'))),
      );
    const explicit = made([
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-pkeyopt',
      'ec_param_enc:explicit',
    ]);
    expect(explicit.key).toMatchObject({ type: 'ec', curve: 'explicit' });
    const brainpool = made([
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:brainpoolP384r1',
      '-sha384',
    ]);
    expect(brainpool.key).toMatchObject({ curve: 'brainpoolP384r1', bits: 384 });
    expect(brainpool.scheme).toEqual({ type: 'ecdsa', hash: 'sha384' });
    const pss = made([
      '-newkey',
      'rsa:2048',
      '-sigopt',
      'rsa_padding_mode:pss',
      '-sigopt',
      'rsa_pss_saltlen:11',
      '-sha512',
    ]);
    expect(pss.scheme).toEqual({ type: 'rsa-pss', hash: 'sha512', saltLength: 11 });
    expect(made(['-newkey', 'rsa:2048', '-sha1']).scheme).toEqual({
      type: 'rsa-pkcs1',
      hash: 'sha1',
    });
    expect(made(['-newkey', 'rsa:2048', '-sha3-256']).scheme).toEqual({
      type: 'rsa-pkcs1',
      hash: 'sha3-256',
    });
    const mixed = made([
      '-newkey',
      'rsa:2048',
      '-sigopt',
      'rsa_padding_mode:pss',
      '-sigopt',
      'rsa_mgf1_md:sha1',
      '-sha256',
    ]);
    expect(mixed.scheme).toBeNull();
  });
});

describe('what is no certificate', () => {
  it('is refused, and BER with it', () => {
    expect(code(leaf.certificate)).toBe('ok');
    expect(code(new Uint8Array())).toBe('certificate.malformed');
    expect(code(concat(leaf.certificate, Uint8Array.of(0)))).toBe('certificate.malformed');
    expect(code(leaf.certificate.subarray(0, 300))).toBe('certificate.malformed');
    expect(code(new Uint8Array(2 << 20))).toBe('certificate.malformed');
    const inner = readWhole(leaf.certificate).content;
    expect(code(concat(Uint8Array.of(0x30, 0x80), inner, Uint8Array.of(0, 0)))).toBe(
      'certificate.malformed',
    );
    expect(code(rebuilt((parts) => parts))).toBe('ok');
    // RFC 5280, 4.1.1.2: the same algorithm inside and outside.
    const other = sequence(oid('1.2.840.113549.1.1.11'), nothing());
    expect(code(rebuilt((parts) => parts, other))).toBe('certificate.malformed');
    const times = (text: string) =>
      rebuilt((parts) =>
        parts.map((part, i) =>
          i === 4
            ? sequence(
                element(0x17, new TextEncoder().encode(text)),
                element(0x17, new TextEncoder().encode('350101000000Z')),
              )
            : part,
        ),
      );
    expect(code(times('300101000000Z'))).toBe('ok');
    for (const text of [
      '3001010000Z',
      '300101000000+0100',
      '301301000000Z',
      '300230000000Z',
      '300101240000Z',
      '300101006000Z',
      'x',
    ]) {
      expect(code(times(text))).toBe('certificate.malformed');
    }
  });

  it('or carries an extension twice', () => {
    const extension = { oid: '1.2.3', critical: false, value: Uint8Array.of(5, 0) };
    const make = (count: number) =>
      makeCertificate({
        subject: 'x',
        key: makeKeyPair('ed25519'),
        notBefore: now,
        notAfter: now,
        extensions: Array(count).fill(extension),
      }).certificate;
    expect(code(make(1))).toBe('ok');
    expect(code(make(2))).toBe('certificate.malformed');
  });

  it('or an extension nobody can read: that is named, not thrown', () => {
    const unreadable = [
      [extensionOids.basicConstraints, nothing()],
      [extensionOids.keyUsage, octetString(Uint8Array.of(1))],
      [extensionOids.extendedKeyUsage, sequence(integer(1))],
      [extensionOids.certificatePolicies, sequence(sequence())],
      [extensionOids.crlDistributionPoints, integer(1)],
      [extensionOids.authorityInfoAccess, Uint8Array.of(0x30, 0x05, 1)],
      [extensionOids.qcStatements, Uint8Array.of(1, 2, 3)],
      [extensionOids.subjectAltName, Uint8Array.of()],
    ] as const;
    for (const [name, value] of unreadable) {
      const { certificate } = makeCertificate({
        subject: 'x',
        key: makeKeyPair('ed25519'),
        notBefore: now,
        notAfter: now,
        extensions: [{ oid: name, critical: true, value }],
      });
      const parsed = unwrap(parseCertificate(certificate));
      expect(parsed.unreadable).toEqual([name]);
      expect(parsed.basicConstraints).toBeNull();
    }
  });

  it('is answered whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const bytes = Uint8Array.from(leaf.certificate);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          expect(code(bytes)).toMatch(/^(ok|certificate\.malformed)$/);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never reads as another one than a second library reads', () => {
    fc.assert(
      fc.property(fc.nat(leaf.certificate.length - 1), fc.nat(255), (at, value) => {
        const bytes = Uint8Array.from(leaf.certificate);
        bytes[at] = value;
        const ours = parseCertificate(bytes);
        if (!ours.ok) return;
        const other = otherwise(bytes);
        if (other === null) return;
        const number = Buffer.from(other.serialNumber.valueBlock.valueHexView).toString('hex');
        expect(ours.value.serial).toBe(number);
        expect(ours.value.notAfter).toEqual(other.notAfter.value);
      }),
      { numRuns: 1000 },
    );
  });
});
