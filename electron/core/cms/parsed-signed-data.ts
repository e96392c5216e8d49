/**
 * Strict reading of a CMS SignedData (RFC 5652, 5) for verification. One signer, raw bytes wherever
 * something is hashed, and everything unusual named instead of smoothed over.
 */
import { Refusal, fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { HashAlgorithm, SignatureScheme } from '../ports.ts';
import { algorithmIdentifierOf, digestFor, hashOf, schemeOf } from './algorithms.ts';
import {
  childrenOf,
  contextTag,
  expectTag,
  malformed,
  octetsOf,
  oidOf,
  readFirst,
  sequenceOf,
  setOf,
  smallIntegerOf,
  tags,
} from './der.ts';
import type { DerNode } from './der.ts';
import { attributeOids, contentTypes } from './signed-attributes.ts';
import { readSignedAttributes } from './parsed-signed-attributes.ts';
import type { SignedAttributes } from './parsed-signed-attributes.ts';

/** Which certificate the signer says is theirs. `issuer`: DER of the Name; `serial`: INTEGER contents. */
export type SignerId =
  | { readonly type: 'issuer-serial'; readonly issuer: Uint8Array; readonly serial: Uint8Array }
  | { readonly type: 'key-id'; readonly keyId: Uint8Array };

export interface SignerInfo {
  readonly version: number;
  readonly sid: SignerId;
  readonly digestOid: string;
  /** Null for a hash we do not know. */
  readonly digestAlgorithm: HashAlgorithm | null;
  readonly signatureOid: string;
  /** Null for a scheme we do not know or must not accept. */
  readonly scheme: SignatureScheme | null;
  readonly signature: Uint8Array;
  /** Null where the signature is over the content itself (allowed by CMS, never by PAdES). */
  readonly signedAttributes: SignedAttributes | null;
  readonly unsignedAttributes: readonly {
    readonly oid: string;
    readonly values: readonly Uint8Array[];
  }[];
  /** DER of each signature timestamp token (RFC 3161, appendix A). */
  readonly timestamps: readonly Uint8Array[];
}

/**
 * - `der.*`: BER where DER is expected, outside the signed attributes (harmless to what was signed)
 * - `cms.attributes-order`: signed attributes not in DER order
 * - `cms.attributes-not-der`: signed attributes in BER
 * - `cms.digest-mismatch`: the signature algorithm names another hash than the digest algorithm, or the
 *   signed attributes name other algorithms than the signer (RFC 6211)
 * - `cms.eddsa-digest`: EdDSA with a digest RFC 8419 does not allow (`scheme` is null then)
 * - `cms.digest-not-listed`: the signer's digest is not among the message's digest algorithms
 * - `cms.version`: a version number that does not follow from the content (RFC 5652, 5.1 and 5.3)
 * - `cms.other-certificates`: attribute certificates or other formats, left aside
 */
export type CmsAnomaly = string;

export interface ParsedSignedData {
  /** The ContentInfo, without what follows it. */
  readonly raw: Uint8Array;
  /** What follows it: in a PDF, zero padding and nothing else. */
  readonly trailing: Uint8Array;
  readonly version: number;
  readonly digestOids: readonly string[];
  readonly contentType: string;
  /** Encapsulated content; null for a detached signature. */
  readonly content: Uint8Array | null;
  /** Raw DER of each X.509 certificate, as they stand. */
  readonly certificates: readonly Uint8Array[];
  /** Raw DER of each CRL. */
  readonly crls: readonly Uint8Array[];
  /** Raw DER of each OCSPResponse among the revocation information (RFC 5940). */
  readonly ocsps: readonly Uint8Array[];
  readonly signer: SignerInfo;
  readonly anomalies: readonly CmsAnomaly[];
}

/** Adobe's revocation data can hold several CRLs of megabytes; beyond this it is an attack. */
const MAX_SIZE = 64 << 20;

/**
 * Reads a SignedData. Never throws on hostile input: fails with `cms.malformed`, `cms.too-large`,
 * `cms.not-signed-data`, `cms.no-signer`, `cms.several-signers` or `cms.duplicate-attribute`.
 */
export function parseSignedData(der: Uint8Array): Result<ParsedSignedData> {
  return reading(() => {
    if (der.length > MAX_SIZE) throw new Refusal('cms.too-large', 'The signature is too large.');
    const root = readFirst(der);
    const [type, wrapped] = sequenceOf(root, 'content info');
    if (oidOf(type, 'content type') !== contentTypes.signedData) {
      throw new Refusal('cms.not-signed-data', 'The structure is not signed data.');
    }
    const data = childrenOf(expectTag(wrapped, contextTag(0), 'signed data'))[0];
    const parsed = readSignedData(data, new Set<CmsAnomaly>());
    return {
      ...parsed,
      raw: root.raw,
      trailing: der.subarray(root.raw.length),
      anomalies: [...root.anomalies, ...parsed.anomalies],
    };
  });
}

/** Runs a reading; `der.malformed` becomes `cms.malformed`, other refusals keep their code. */
export function reading<T>(body: () => T): Result<T> {
  try {
    return { ok: true, value: body() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.failure.code === 'der.malformed'
      ? fail('cms.malformed', error.failure.message)
      : { ok: false, error: error.failure };
  }
}

function readSignedData(
  node: DerNode | undefined,
  anomalies: Set<CmsAnomaly>,
): Omit<ParsedSignedData, 'raw' | 'trailing'> {
  const parts = [...sequenceOf(node, 'signed data')];
  const version = smallIntegerOf(parts.shift(), 'version');
  const digestOids = setOf(parts.shift(), 'digest algorithms').map(
    (digest) => algorithmIdentifierOf(digest, 'digest algorithm').oid,
  );
  const [typeNode, contentNode] = sequenceOf(parts.shift(), 'encapsulated content');
  const contentType = oidOf(typeNode, 'content type');
  const content = contentNode === undefined ? null : contentOf(contentNode);
  const carried = takeSet(parts, 0);
  const certificates = carried.filter((certificate) => isCertificate(certificate, anomalies));
  const revocations = takeSet(parts, 1);
  const crls = revocations.filter((crl) => crl.tag === tags.sequence);
  const ocsps = revocations.flatMap(ocspIn);
  const signers = setOf(parts.shift(), 'signers');
  if (parts.length > 0) throw malformed('parts after the signers');
  if (signers.length === 0) throw new Refusal('cms.no-signer', 'Nobody signed this structure.');
  if (signers.length > 1) {
    // EN 319 142-1, 5.2: exactly one SignerInfo; a second one is a way to hide who is meant.
    throw new Refusal('cms.several-signers', 'More than one signer in one signature.');
  }
  const signer = readSigner(signers[0], anomalies);
  if (!digestOids.includes(signer.digestOid)) anomalies.add('cms.digest-not-listed');
  const keyed = signer.sid.type === 'key-id';
  if (signer.version !== (keyed ? 3 : 1)) anomalies.add('cms.version');
  const formats = { certificates: carried, revocations };
  if (version !== versionOf(contentType, signer.version, formats)) anomalies.add('cms.version');
  return {
    version,
    digestOids,
    contentType,
    content,
    certificates: certificates.map((certificate) => certificate.raw),
    crls: crls.map((crl) => crl.raw),
    ocsps,
    signer,
    anomalies: [...anomalies],
  };
}

/** The version that follows from what is inside (RFC 5652, 5.1). */
function versionOf(
  contentType: string,
  signerVersion: number,
  {
    certificates,
    revocations,
  }: Readonly<Record<'certificates' | 'revocations', readonly DerNode[]>>,
): number {
  const has = (nodes: readonly DerNode[], number: number): boolean =>
    nodes.some(({ tag }) => tag === contextTag(number));
  if (has(certificates, 3) || has(revocations, 1)) return 5;
  if (has(certificates, 2)) return 4;
  if (has(certificates, 1) || signerVersion === 3 || contentType !== contentTypes.data) return 3;
  return 1;
}

/** `[0] EXPLICIT OCTET STRING`; PKCS #7 allowed other types there, whose whole element is the content. */
function contentOf(node: DerNode): Uint8Array {
  const inner = childrenOf(expectTag(node, contextTag(0), 'content'))[0];
  if (inner === undefined) throw malformed('an empty content');
  const isOctets = (inner.tag & ~0x20) === tags.octetString;
  return isOctets ? octetsOf(inner, 'content') : inner.content;
}

function takeSet(parts: DerNode[], number: number): readonly DerNode[] {
  if (parts[0]?.tag !== contextTag(number)) return [];
  const node = parts.shift();
  return node === undefined ? [] : childrenOf(node);
}

/** OtherRevocationInfoFormat with id-ri-ocsp-response (RFC 5940, 2.1); others are left aside. */
function ocspIn(node: DerNode): readonly Uint8Array[] {
  if (node.tag !== contextTag(1)) return [];
  const [format, response] = childrenOf(node);
  const isOcsp = format?.tag === tags.oid && oidOf(format, 'format') === '1.3.6.1.5.5.7.16.2';
  return isOcsp && response !== undefined ? [response.raw] : [];
}

function isCertificate(node: DerNode, anomalies: Set<CmsAnomaly>): boolean {
  if (node.tag === tags.sequence) return true;
  anomalies.add('cms.other-certificates');
  return false;
}

function readSigner(node: DerNode | undefined, anomalies: Set<CmsAnomaly>): SignerInfo {
  const parts = [...sequenceOf(node, 'signer')];
  const version = smallIntegerOf(parts.shift(), 'signer version');
  const sid = signerIdOf(parts.shift());
  const digestOid = algorithmIdentifierOf(parts.shift(), 'digest algorithm').oid;
  const digestAlgorithm = hashOf(digestOid);
  const signedNode = parts[0]?.tag === contextTag(0) ? parts.shift() : undefined;
  const signatureAlgorithm = algorithmIdentifierOf(parts.shift(), 'signature algorithm');
  const signature = octetsOf(parts.shift(), 'signature');
  const unsignedNode = parts[0]?.tag === contextTag(1) ? parts.shift() : undefined;
  if (parts.length > 0) throw malformed('parts after the unsigned attributes');
  const signedAttributes =
    signedNode === undefined ? null : readSignedAttributes(signedNode.raw, anomalies);
  const unsignedAttributes = unsignedNode === undefined ? [] : attributesOf(unsignedNode);
  const scheme = schemeOf(signatureAlgorithm, digestAlgorithm);
  if (!isProtected(signedAttributes, digestOid, signatureAlgorithm.oid)) {
    anomalies.add('cms.digest-mismatch');
  }
  return {
    version,
    sid,
    digestOid,
    digestAlgorithm,
    signatureOid: signatureAlgorithm.oid,
    scheme: accepted(scheme, digestAlgorithm, signedAttributes !== null, anomalies),
    signature,
    signedAttributes,
    unsignedAttributes,
    timestamps: unsignedAttributes
      .filter((entry) => entry.oid === attributeOids.timestampToken)
      .flatMap((entry) => entry.values),
  };
}

/** RFC 6211: where the signed attributes repeat the algorithms, they must be the ones outside. */
function isProtected(
  attributes: SignedAttributes | null,
  digestOid: string,
  signatureOid: string,
): boolean {
  const values = attributes?.all.find(
    (entry) => entry.oid === attributeOids.algorithmProtection,
  )?.values;
  if (values === undefined) return true;
  const [digest, ...rest] = sequenceOf(values[0] && readFirst(values[0]), 'algorithm protection');
  const signature = rest.find((part) => part.tag === contextTag(1));
  if (signature === undefined) return false;
  // `[1] IMPLICIT AlgorithmIdentifier`: its first part is the identifier.
  return (
    algorithmIdentifierOf(digest, 'protected digest').oid === digestOid &&
    oidOf(childrenOf(signature)[0], 'protected signature') === signatureOid
  );
}

/** RFC 8419, 3.1 binds EdDSA to one digest where there are signed attributes; others get a remark. */
function accepted(
  scheme: SignatureScheme | null,
  digest: HashAlgorithm | null,
  hasAttributes: boolean,
  anomalies: Set<CmsAnomaly>,
): SignatureScheme | null {
  if (scheme === null || digest === null || digestFor(scheme) === digest) return scheme;
  if (scheme.type !== 'ed25519' && scheme.type !== 'ed448') {
    anomalies.add('cms.digest-mismatch');
    return scheme;
  }
  if (!hasAttributes) return scheme;
  anomalies.add('cms.eddsa-digest');
  return null;
}

function signerIdOf(node: DerNode | undefined): SignerId {
  if (node?.tag === contextTag(0, false)) return { type: 'key-id', keyId: node.content };
  const [issuer, serial] = sequenceOf(node, 'signer identifier');
  return {
    type: 'issuer-serial',
    issuer: expectTag(issuer, tags.sequence, 'issuer').raw,
    serial: expectTag(serial, tags.integer, 'serial number').content,
  };
}

function attributesOf(node: DerNode): SignerInfo['unsignedAttributes'] {
  return childrenOf(node).map((entry) => {
    const [type, values] = sequenceOf(entry, 'attribute');
    return {
      oid: oidOf(type, 'attribute type'),
      values: setOf(values, 'attribute values').map((value) => value.raw),
    };
  });
}
