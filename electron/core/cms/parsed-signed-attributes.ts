/** Reading of signed attributes (RFC 5652, 5.3 and 11; RFC 5035). */
import { Refusal } from '../../../shared/result.ts';
import type { HashAlgorithm } from '../ports.ts';
import { algorithmIdentifierOf, hashOf } from './algorithms.ts';
import {
  childrenOf,
  contextTag,
  expectTag,
  malformed,
  octetsOf,
  oidOf,
  readWhole,
  sequenceOf,
  setOf,
  tags,
} from './der.ts';
import type { DerNode } from './der.ts';
import { compareBytes } from './der-writing.ts';
import { timeOf } from './der-time.ts';
import { attributeOids } from './signed-attributes.ts';

/** One reference of signing-certificate (v1: SHA-1) or signing-certificate-v2. */
export interface CertificateReference {
  /** Null for a hash we do not know. */
  readonly hash: HashAlgorithm | null;
  readonly certHash: Uint8Array;
  /** DER of the issuer's Name and INTEGER contents of the serial number, where they are given. */
  readonly issuerSerial: { readonly issuer: Uint8Array; readonly serial: Uint8Array } | null;
}

export interface SignedAttributes {
  /** DER as SET OF: the bytes the signature is over. */
  readonly der: Uint8Array;
  readonly contentType: string | null;
  readonly messageDigest: Uint8Array | null;
  readonly signingTime: Date | null;
  /** The first one is the signer's certificate; null when the attribute is missing. */
  readonly signingCertificate: readonly CertificateReference[] | null;
  readonly signingCertificateVersion: 1 | 2 | null;
  readonly all: readonly { readonly oid: string; readonly values: readonly Uint8Array[] }[];
}

/**
 * Reads `[0] IMPLICIT SignedAttributes` as it stands in a SignerInfo. What was signed is its DER with the
 * tag of a SET (RFC 5652, 5.4); the bytes are taken as they are, and `anomalies` says where they are not DER.
 * Throws `Refusal` (`der.malformed`, `cms.duplicate-attribute`).
 */
export function readSignedAttributes(raw: Uint8Array, anomalies: Set<string>): SignedAttributes {
  const der = Uint8Array.from(raw);
  der[0] = tags.set;
  const set = readWhole(der);
  const entries = setOf(set, 'signed attributes');
  const all = entries.map((entry) => {
    const [type, values] = sequenceOf(entry, 'attribute');
    return { oid: oidOf(type, 'attribute type'), values: setOf(values, 'attribute values') };
  });
  if (new Set(all.map((entry) => entry.oid)).size !== all.length) {
    // RFC 5652, 5.3: no attribute twice; two message digests would let a reader choose.
    throw new Refusal('cms.duplicate-attribute', 'A signed attribute occurs twice.');
  }
  if (
    entries.some(
      (entry, i) => i > 0 && compareBytes(entries[i - 1]?.raw ?? entry.raw, entry.raw) > 0,
    )
  ) {
    anomalies.add('cms.attributes-order');
  }
  const only = (oid: string): DerNode | null => {
    const values = all.find((entry) => entry.oid === oid)?.values;
    if (values === undefined) return null;
    if (values.length !== 1) throw malformed('a signed attribute without exactly one value');
    return values[0] ?? null;
  };
  const contentType = only(attributeOids.contentType);
  const messageDigest = only(attributeOids.messageDigest);
  const signingTime = only(attributeOids.signingTime);
  const v2 = only(attributeOids.signingCertificateV2);
  const v1 = only(attributeOids.signingCertificate);
  const reference = v2 ?? v1;
  const signed: SignedAttributes = {
    der,
    contentType: contentType === null ? null : oidOf(contentType, 'content type'),
    messageDigest: messageDigest === null ? null : octetsOf(messageDigest, 'message digest'),
    signingTime: signingTime === null ? null : timeOf(signingTime, 'signing time'),
    signingCertificate: reference === null ? null : referencesOf(reference, v2 === null ? 1 : 2),
    signingCertificateVersion: reference === null ? null : v2 === null ? 1 : 2,
    all: all.map(({ oid, values }) => ({ oid, values: values.map((value) => value.raw) })),
  };
  if (set.anomalies.size > 0) anomalies.add('cms.attributes-not-der');
  return signed;
}

function referencesOf(node: DerNode, version: 1 | 2): readonly CertificateReference[] {
  const [list] = sequenceOf(node, 'signing certificate');
  const references = sequenceOf(list, 'certificate references').map((entry) =>
    referenceOf(entry, version),
  );
  if (references.length === 0) throw malformed('no certificate reference');
  return references;
}

function referenceOf(node: DerNode, version: 1 | 2): CertificateReference {
  const parts = [...sequenceOf(node, 'certificate reference')];
  let hash: HashAlgorithm | null = version === 1 ? 'sha1' : 'sha256';
  if (version === 2 && parts[0]?.tag === tags.sequence) {
    hash = hashOf(algorithmIdentifierOf(parts.shift(), 'certificate hash algorithm').oid);
  }
  const certHash = octetsOf(parts.shift(), 'certificate hash');
  return { hash, certHash, issuerSerial: parts[0] === undefined ? null : issuerSerialOf(parts[0]) };
}

/** IssuerSerial: GeneralNames with one directoryName `[4]`, and the serial number (RFC 5035, 5). */
function issuerSerialOf(node: DerNode): CertificateReference['issuerSerial'] {
  const [names, serial] = sequenceOf(node, 'issuer and serial');
  const [name] = sequenceOf(names, 'issuer names');
  if (name?.tag !== contextTag(4)) return null;
  return {
    issuer: expectTag(childrenOf(name)[0], tags.sequence, 'issuer name').raw,
    serial: expectTag(serial, tags.integer, 'serial number').content,
  };
}
