/**
 * The outer structure of an X.509 certificate: what signing needs of it, and the ground `parseCertificate`
 * builds on. Raw slices of the file, no interpretation of extensions.
 */
import type { AlgorithmIdentifier } from './algorithms.ts';
import { algorithmIdentifierOf } from './algorithms.ts';
import {
  childrenOf,
  contextTag,
  expectTag,
  malformed,
  octetsOf,
  oidOf,
  readWhole,
  sequenceOf,
  smallIntegerOf,
  tags,
  wholeBitsOf,
} from './der.ts';
import type { DerNode } from './der.ts';
import { equalBytes } from './der-writing.ts';
import { timeOf } from './der-time.ts';

export interface RawExtension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER inside the OCTET STRING. */
  readonly value: Uint8Array;
}

export interface CertificateBody {
  readonly der: Uint8Array;
  /** What the issuer signed. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Contents octets of the serial number's INTEGER, as they stand. */
  readonly serial: Uint8Array;
  /** DER of the Name. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly extensions: readonly RawExtension[];
}

/** A certificate larger than this is an attack; the largest real ones are some tens of kilobytes. */
const MAX_CERTIFICATE = 1 << 20;

/**
 * Reads the certificate structure (RFC 5280, 4.1). Throws a `Refusal` `der.malformed`.
 * BER is refused: the issuer signed DER, and two encodings of one certificate must not pass as two.
 */
export function readCertificateBody(der: Uint8Array): CertificateBody {
  if (der.length > MAX_CERTIFICATE) throw malformed('a certificate of more than a megabyte');
  const whole = readWhole(der);
  const [tbs, algorithm, signature, more] = sequenceOf(whole, 'certificate');
  if (more !== undefined) throw malformed('more than three parts in a certificate');
  const parts = [...sequenceOf(tbs, 'certificate contents')];
  const version = parts[0]?.tag === contextTag(0) ? versionOf(parts.shift()) : 1;
  const [serial, inner, issuer, validity, subject, spki, ...rest] = parts;
  const signatureAlgorithm = algorithmIdentifierOf(algorithm, 'signature algorithm');
  // RFC 5280, 4.1.1.2: the algorithm inside the signed part must be the same one.
  if (!equalBytes(signatureAlgorithm.raw, expectTag(inner, tags.sequence, 'algorithm').raw)) {
    throw malformed('two different signature algorithms in a certificate');
  }
  const [notBefore, notAfter] = sequenceOf(validity, 'validity');
  const body: CertificateBody = {
    der,
    tbs: expectTag(tbs, tags.sequence, 'certificate contents').raw,
    version,
    serial: expectTag(serial, tags.integer, 'serial number').content,
    issuer: expectTag(issuer, tags.sequence, 'issuer').raw,
    subject: expectTag(subject, tags.sequence, 'subject').raw,
    notBefore: timeOf(notBefore, 'start of validity'),
    notAfter: timeOf(notAfter, 'end of validity'),
    spki: expectTag(spki, tags.sequence, 'public key').raw,
    signatureAlgorithm,
    signature: wholeBitsOf(signature, 'signature'),
    extensions: rest
      .filter((part) => part.tag === contextTag(3))
      .flatMap((part) => sequenceOf(childrenOf(part)[0], 'extensions').map(extensionOf)),
  };
  const seen = new Set(body.extensions.map((extension) => extension.oid));
  // RFC 5280, 4.2: not more than one instance of a particular extension.
  if (seen.size !== body.extensions.length) throw malformed('an extension that occurs twice');
  if (whole.anomalies.size > 0) throw malformed('BER where a certificate must be DER');
  return body;
}

function versionOf(node: DerNode | undefined): 1 | 2 | 3 {
  const number = node === undefined ? 0 : smallIntegerOf(childrenOf(node)[0], 'version');
  if (number === 0) return 1;
  if (number === 1) return 2;
  if (number === 2) return 3;
  throw malformed('an unknown certificate version');
}

/** One Extension (RFC 5280, 4.1). Throws `Refusal` `der.malformed`. */
export function extensionOf(node: DerNode): RawExtension {
  const [identifier, ...rest] = sequenceOf(node, 'extension');
  const critical = rest[0]?.tag === tags.boolean ? (rest.shift()?.content[0] ?? 0) !== 0 : false;
  return {
    oid: oidOf(identifier, 'extension identifier'),
    critical,
    value: octetsOf(rest[0], 'extension value'),
  };
}
