import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { readCertificateBody } from '../../../electron/core/cms/certificate-body.ts';
import { matchesSid, parseCertificate } from '../../../electron/core/cms/certificate.ts';
import { childrenOf, readWhole } from '../../../electron/core/cms/der.ts';
import {
  concat,
  element,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  setOfSorted,
} from '../../../electron/core/cms/der-writing.ts';
import { parseSignedData } from '../../../electron/core/cms/parsed-signed-data.ts';
import { attribute, attributeOids } from '../../../electron/core/cms/signed-attributes.ts';
import { unwrap } from '../../../shared/result.ts';
import { openssl, pemOf } from '../../support/openssl.ts';
import { authority, data, makeCms, parsedCms } from '../../support/cms-samples.ts';

const fallback = readWhole(Uint8Array.of(0x30, 0));

/** The pieces of a SignedData, to put together wrongly. */
function pieces(cms: Uint8Array) {
  const data = childrenOf(childrenOf(readWhole(cms))[1] ?? fallback)[0] ?? fallback;
  const [version, digests, content, certificates, signers] = childrenOf(data).map(
    (node) => node.raw,
  );
  if (!version || !digests || !content || !certificates || !signers)
    throw new Error('another structure');
  const signer = childrenOf(childrenOf(readWhole(signers))[0] ?? fallback).map((node) => node.raw);
  return { version, digests, content, certificates, signers, signer };
}

function wrap(...parts: readonly Uint8Array[]): Uint8Array {
  return sequence(oid('1.2.840.113549.1.7.2'), explicit(0, sequence(...parts)));
}

function code(der: Uint8Array): string {
  const result = parseSignedData(der);
  return result.ok ? 'ok' : result.error.code;
}

describe('strict reading', () => {
  it('refuses what is not exactly one signer', async () => {
    const { version, digests, content, certificates, signer } = pieces(
      (await makeCms('p-256')).cms,
    );
    const one = sequence(...signer);
    const two = sequence(...signer.slice(0, 5), octetString(new Uint8Array(64)));
    const withSigners = (...infos: Uint8Array[]) =>
      wrap(version, digests, content, certificates, setOfSorted(...infos));
    expect(code(withSigners(one))).toBe('ok');
    expect(code(withSigners())).toBe('cms.no-signer');
    expect(code(withSigners(one, two))).toBe('cms.several-signers');
    expect(code(sequence(oid('1.2.840.113549.1.7.1'), explicit(0, octetString(data))))).toBe(
      'cms.not-signed-data',
    );
    expect(code(new Uint8Array())).toBe('cms.malformed');
    expect(code(new Uint8Array((64 << 20) + 1))).toBe('cms.too-large');
    expect(code(wrap(version, digests, content, certificates, setOfSorted(one), integer(1)))).toBe(
      'cms.malformed',
    );
  });

  it('hands out what follows the structure', async () => {
    const { cms } = await makeCms('p-256');
    const padded = concat(cms, new Uint8Array(100));
    expect(parsedCms(padded).raw).toEqual(cms);
    expect(parsedCms(padded).trailing).toEqual(new Uint8Array(100));
  });

  it('hands out encapsulated content, in one piece or in BER’s several', async () => {
    const { version, digests, certificates, signers } = pieces((await makeCms('p-256')).cms);
    const content = (octets: Uint8Array) =>
      sequence(oid('1.2.840.113549.1.7.1'), explicit(0, octets));
    const whole = parsedCms(
      wrap(version, digests, content(octetString(data)), certificates, signers),
    );
    expect(whole.content).toEqual(data);
    expect(whole.anomalies).toEqual([]);
    const cut = element(0x24, octetString(data.subarray(0, 9)), octetString(data.subarray(9)));
    const joined = parsedCms(wrap(version, digests, content(cut), certificates, signers));
    expect(joined.content).toEqual(data);
    expect(joined.anomalies).toContain('der.constructed-string');
  });

  it('tolerates BER outside what is signed, and says so', async () => {
    const { cms } = await makeCms('p-256');
    const inner = readWhole(cms).content;
    const indefinite = concat(Uint8Array.of(0x30, 0x80), inner, Uint8Array.of(0, 0));
    expect(parsedCms(indefinite).anomalies).toEqual(['der.indefinite-length']);
    expect(parsedCms(indefinite).raw).toEqual(indefinite);
    const long = concat(
      Uint8Array.of(0x30, 0x84, 0, 0, inner.length >> 8, inner.length & 0xff),
      inner,
    );
    expect(parsedCms(long).anomalies).toEqual(['der.long-length']);
    expect(code(concat(Uint8Array.of(0x30, 0x80), inner))).toBe('cms.malformed');
  });

  it('notices a hash, a version or an order that does not fit', async () => {
    const { version, digests, content, certificates, signer } = pieces(
      (await makeCms('rsa-2048')).cms,
    );
    const [signerVersion, sid, digest, attributes, algorithm, signature] = signer;
    if (!signerVersion || !sid || !digest || !attributes || !algorithm || !signature)
      throw new Error();
    const reading = (info: Uint8Array, head = version, hashes = digests) =>
      parsedCms(wrap(head, hashes, content, certificates, setOfSorted(info)));
    const sha512 = sequence(oid('2.16.840.1.101.3.4.2.3'));
    const mismatch = reading(
      sequence(signerVersion, sid, sha512, attributes, algorithm, signature),
    );
    expect(mismatch.anomalies).toEqual(
      expect.arrayContaining(['cms.digest-mismatch', 'cms.digest-not-listed']),
    );
    expect(
      reading(sequence(integer(3), sid, digest, attributes, algorithm, signature)).anomalies,
    ).toEqual(['cms.version']);
    expect(reading(sequence(...signer), integer(2)).anomalies).toEqual(['cms.version']);
    const [first, ...rest] = childrenOf(readWhole(attributes)).map((node) => node.raw);
    const turned = element(0xa0, ...rest, first ?? new Uint8Array());
    expect(
      reading(sequence(signerVersion, sid, digest, turned, algorithm, signature)).anomalies,
    ).toEqual(['cms.attributes-order']);
  });

  it('notices algorithms that are not the protected ones (RFC 6211)', async () => {
    const { version, digests, content, certificates, signer } = pieces(
      (await makeCms('p-256')).cms,
    );
    const [signerVersion, sid, digest, attributes, ...rest] = signer;
    if (!signerVersion || !sid || !digest || !attributes) throw new Error();
    const anomaliesWith = (digestOid: string, signatureOid: string) => {
      const value = sequence(sequence(oid(digestOid)), element(0xa1, oid(signatureOid)));
      const all = childrenOf(readWhole(attributes)).map((node) => node.raw);
      const set = setOfSorted(...all, attribute(attributeOids.algorithmProtection, value));
      set[0] = 0xa0;
      const info = sequence(signerVersion, sid, digest, set, ...rest);
      return parsedCms(wrap(version, digests, content, certificates, setOfSorted(info))).anomalies;
    };
    const [sha256, sha512] = ['2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.3'] as const;
    const [ecdsa256, ecdsa512] = ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.4'] as const;
    expect(anomaliesWith(sha256, ecdsa256)).toEqual([]);
    expect(anomaliesWith(sha512, ecdsa256)).toEqual(['cms.digest-mismatch']);
    expect(anomaliesWith(sha256, ecdsa512)).toEqual(['cms.digest-mismatch']);
  });

  it('refuses EdDSA with a digest RFC 8419 does not allow', async () => {
    const { version, content, certificates, signer } = pieces((await makeCms('ed25519')).cms);
    const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'));
    const [signerVersion, sid, , ...rest] = signer;
    if (!signerVersion || !sid) throw new Error();
    const wrong = parsedCms(
      wrap(
        version,
        setOfSorted(sha256),
        content,
        certificates,
        setOfSorted(sequence(signerVersion, sid, sha256, ...rest)),
      ),
    );
    expect(wrong.anomalies).toEqual(['cms.eddsa-digest']);
    expect(wrong.signer.scheme).toBeNull();
  });

  it('refuses a signed attribute that occurs twice or with two values', async () => {
    const { version, digests, content, certificates, signer } = pieces(
      (await makeCms('p-256')).cms,
    );
    const [signerVersion, sid, digest, attributes, ...rest] = signer;
    if (!signerVersion || !sid || !digest || !attributes) throw new Error();
    const withAttributes = (...extra: Uint8Array[]) => {
      const all = [...childrenOf(readWhole(attributes)).map((node) => node.raw), ...extra];
      const set = setOfSorted(...all);
      set[0] = 0xa0;
      return wrap(
        version,
        digests,
        content,
        certificates,
        setOfSorted(sequence(signerVersion, sid, digest, set, ...rest)),
      );
    };
    expect(code(withAttributes())).toBe('ok');
    expect(
      code(withAttributes(attribute(attributeOids.messageDigest, octetString(new Uint8Array(32))))),
    ).toBe('cms.duplicate-attribute');
    const times = setOfSorted(
      element(0x17, new TextEncoder().encode('300101000000Z')),
      element(0x17, new TextEncoder().encode('310101000000Z')),
    );
    expect(code(withAttributes(sequence(oid(attributeOids.signingTime), times)))).toBe(
      'cms.malformed',
    );
  });

  it('reads what OpenSSL writes: plain, with a key identifier, without attributes, with CRLs', async () => {
    const key = authority.issue('Kari Nordmann', 'rsa-2048');
    const files = {
      data,
      'c.pem': pemOf(key.certificate),
      'k.pem': key.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    };
    const sign = [
      'cms',
      '-sign',
      '-binary',
      '-in',
      'data',
      '-signer',
      'c.pem',
      '-inkey',
      'k.pem',
      '-outform',
      'DER',
      '-out',
      'a.der',
    ];
    const made = (...options: string[]) =>
      openssl([...sign, ...options], files, (run) => parsedCms(run.file('a.der')));
    expect(made().signer.signedAttributes?.signingTime).toBeInstanceOf(Date);
    expect(made().content).toBeNull();
    expect(made('-nodetach').content).toEqual(data);
    expect(made('-noattr').signer.signedAttributes).toBeNull();
    const keyed = made('-keyid', '-cades');
    expect(keyed.signer.sid.type).toBe('key-id');
    expect(keyed.anomalies).toEqual([]);
    expect(matchesSid(unwrap(parseCertificate(key.certificate)), keyed.signer.sid)).toBe(true);
    expect(keyed.signer.signedAttributes?.signingCertificate).toHaveLength(1);
    expect(made('-keyopt', 'rsa_padding_mode:pss').signer.scheme).toMatchObject({
      type: 'rsa-pss',
      hash: 'sha256',
    });
    expect(made('-md', 'sha1').signer.scheme).toEqual({ type: 'rsa-pkcs1', hash: 'sha1' });
    expect(made('-nocerts').certificates).toEqual([]);
    const streamed = made('-stream', '-nodetach');
    expect(streamed.content).toEqual(data);
    expect(streamed.anomalies).toContain('der.indefinite-length');
  });
});

describe('hostile input', () => {
  it('is answered, never thrown at us', async () => {
    const samples = await Promise.all([
      makeCms('p-256', undefined, true),
      makeCms('rsa-2048'),
      makeCms('ed25519'),
    ]);
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.option(fc.nat()),
        ({ cms }, changes, cut) => {
          const bytes = Uint8Array.from(cms);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const result = parseSignedData(
            cut === null ? bytes : bytes.subarray(0, cut % bytes.length),
          );
          if (!result.ok) expect(result.error.code).toMatch(/^cms\./);
        },
      ),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(code(bytes)).toMatch(/^cms\./);
      }),
    );
  });

  it('is not believed: no changed octet of attributes or signature verifies', async () => {
    const { cms, signature, attributes, certificate } = await makeCms('p-256');
    const { spki } = readCertificateBody(certificate);
    const verifies = async (der: Uint8Array): Promise<boolean> => {
      const result = parseSignedData(der);
      if (!result.ok) return false;
      const { scheme, signedAttributes, signature: value } = result.value.signer;
      if (scheme === null || signedAttributes === null) return false;
      return (await nodeCrypto.verify(scheme, spki, signedAttributes.der, value)) === 'valid';
    };
    expect(await verifies(cms)).toBe(true);
    const positions = [attributes.subarray(1), signature].flatMap((part) => {
      const start = Buffer.from(cms).indexOf(part);
      return Array.from(part, (_, i) => start + i);
    });
    for (const at of positions) {
      const changed = Uint8Array.from(cms);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      expect(await verifies(changed)).toBe(false);
    }
  });

  it('does not exhaust the stack or the time', () => {
    const nest = (depth: number, tag: number) => {
      let bytes: Uint8Array = Uint8Array.of();
      for (let i = 0; i < depth; i++) bytes = element(tag, bytes);
      return bytes;
    };
    expect(code(nest(5000, 0x30))).toBe('cms.malformed');
    const open = new Uint8Array(200_000).fill(0x80);
    for (let i = 0; i < open.length; i += 2) open[i] = 0x30;
    expect(code(open)).toBe('cms.malformed');
    const many = sequence(
      oid('1.2.840.113549.1.7.2'),
      explicit(0, sequence(integer(1), element(0x31, new Uint8Array(3_000_000)))),
    );
    expect(code(many)).toBe('cms.malformed');
  });
});
