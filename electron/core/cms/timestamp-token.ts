/** Timestamp tokens (RFC 3161, 2.4.2; RFC 5816): reading and checking, whoever made them. */
import { Refusal, fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Crypto, HashAlgorithm } from '../ports.ts';
import { algorithmIdentifierOf, hashOf } from './algorithms.ts';
import type { CertificateBody } from './certificate-body.ts';
import { readCertificateBody } from './certificate-body.ts';
import { readWhole, oidOf, octetsOf, sequenceOf, smallIntegerOf, tags, unsignedOf } from './der.ts';
import type { DerNode } from './der.ts';
import { equalBytes } from './der-writing.ts';
import { timeOf } from './der-time.ts';
import { extensionOids, keyPurposes } from './extension-names.ts';
import type { ParsedSignedData, SignerId } from './parsed-signed-data.ts';
import { parseSignedData, reading } from './parsed-signed-data.ts';
import type { CertificateReference } from './parsed-signed-attributes.ts';
import { contentTypes } from './signed-attributes.ts';

export interface TimestampToken {
  /** The token as it stands, without what follows it. */
  readonly der: Uint8Array;
  readonly signedData: ParsedSignedData;
  /** DER of TSTInfo: the content that is signed. */
  readonly info: Uint8Array;
  readonly genTime: Date;
  /** How far `genTime` may be off, in milliseconds; null where the token does not say. */
  readonly accuracy: number | null;
  readonly imprint: {
    /** Null for a hash we do not know. */
    readonly algorithm: HashAlgorithm | null;
    readonly algorithmOid: string;
    readonly digest: Uint8Array;
  };
  readonly policy: string;
  /** Unsigned big-endian. */
  readonly serial: Uint8Array;
  readonly nonce: Uint8Array | null;
  /** DER of the authority's certificate, where the token carries it. */
  readonly certificate: Uint8Array | null;
}

/**
 * Reads a TimeStampToken. Fails with `timestamp.invalid` (or a `cms.*` code of its SignedData); never
 * throws on hostile input. Zero padding after it, as in a PDF, is in `signedData.trailing`.
 */
export function parseTimestampToken(der: Uint8Array): Result<TimestampToken> {
  const signedData = parseSignedData(der);
  if (!signedData.ok) return signedData;
  const token = reading(() => readToken(signedData.value));
  return token.ok || token.error.code !== 'cms.malformed'
    ? token
    : fail('timestamp.invalid', token.error.message);
}

function readToken(signedData: ParsedSignedData): TimestampToken {
  const { content, contentType } = signedData;
  if (contentType !== contentTypes.timestampInfo || content === null) {
    throw new Refusal('timestamp.invalid', 'The signed content is not a timestamp.');
  }
  const parts = [...sequenceOf(readWhole(content), 'timestamp')];
  if (smallIntegerOf(parts.shift(), 'version') !== 1) {
    throw new Refusal('timestamp.invalid', 'The timestamp has an unknown version.');
  }
  const policy = oidOf(parts.shift(), 'policy');
  const [algorithmNode, digestNode] = sequenceOf(parts.shift(), 'imprint');
  const algorithmOid = algorithmIdentifierOf(algorithmNode, 'imprint algorithm').oid;
  const serial = unsignedOf(parts.shift(), 'serial number');
  const genTime = timeOf(parts.shift(), 'time');
  const accuracy = parts[0]?.tag === tags.sequence ? accuracyOf(parts.shift()) : null;
  if (parts[0]?.tag === tags.boolean) parts.shift();
  const nonce = parts[0]?.tag === tags.integer ? unsignedOf(parts.shift(), 'nonce') : null;
  return {
    der: signedData.raw,
    signedData,
    info: content,
    genTime,
    accuracy,
    imprint: {
      algorithm: hashOf(algorithmOid),
      algorithmOid,
      digest: octetsOf(digestNode, 'imprint'),
    },
    policy,
    serial,
    nonce,
    certificate: signerCertificate(signedData)?.der ?? null,
  };
}

/** Accuracy ::= SEQUENCE { seconds, millis [0], micros [1] }, all optional. */
function accuracyOf(node: DerNode | undefined): number {
  return sequenceOf(node, 'accuracy').reduce((sum, part) => {
    const value = part.content.reduce((number, byte) => number * 256 + byte, 0);
    return (
      sum + (part.tag === tags.integer ? value * 1000 : part.tag === 0x80 ? value : value / 1000)
    );
  }, 0);
}

function readable(der: Uint8Array): CertificateBody | null {
  const body = reading(() => readCertificateBody(der));
  return body.ok ? body.value : null;
}

/** The certificate among those of the structure that its signer identifier names, or null. */
export function signerCertificate(
  signedData: ParsedSignedData,
  others: readonly Uint8Array[] = [],
): CertificateBody | null {
  for (const der of [...signedData.certificates, ...others]) {
    const body = readable(der);
    if (body !== null && bodyMatchesSid(body, signedData.signer.sid)) return body;
  }
  return null;
}

function bodyMatchesSid(body: CertificateBody, sid: SignerId): boolean {
  if (sid.type === 'issuer-serial') {
    return equalBytes(body.issuer, sid.issuer) && equalBytes(body.serial, sid.serial);
  }
  const extension = body.extensions.find((entry) => entry.oid === extensionOids.subjectKeyId);
  if (extension === undefined) return false;
  const keyId = reading(() => octetsOf(readWhole(extension.value), 'subject key identifier'));
  return keyId.ok && equalBytes(keyId.value, sid.keyId);
}

/**
 * Checks a token against the digest it should be for, by its imprint's algorithm: signature, message
 * digest, content type, reference to the authority's certificate, and that this certificate is for
 * timestamping alone (RFC 3161, 2.3). Trust and revocation are the path validation's matter.
 * `certificates`: further DER to look for the authority's in.
 * Fails with `timestamp.wrong-imprint`, `timestamp.invalid` or `timestamp.unsupported`.
 */
export async function verifyTimestampToken(
  token: TimestampToken,
  digest: Uint8Array,
  crypto: Crypto,
  certificates: readonly Uint8Array[] = [],
): Promise<Result<{ readonly certificate: Uint8Array }>> {
  if (!equalBytes(token.imprint.digest, digest)) {
    return fail('timestamp.wrong-imprint', 'The timestamp is for something else.');
  }
  const { signer } = token.signedData;
  const body = signerCertificate(token.signedData, certificates);
  if (body === null) return fail('timestamp.invalid', 'The authority’s certificate is missing.');
  const refusal = checkStructure(token, body, crypto);
  if (refusal !== null) return refusal;
  if (signer.scheme === null || signer.signedAttributes === null) {
    return fail('timestamp.unsupported', 'The timestamp is signed with an unknown algorithm.');
  }
  const answer = await crypto.verify(
    signer.scheme,
    body.spki,
    signer.signedAttributes.der,
    signer.signature,
  );
  if (answer === 'valid') return ok({ certificate: body.der });
  return answer === 'unsupported'
    ? fail('timestamp.unsupported', 'The timestamp is signed with an unknown algorithm.')
    : fail('timestamp.invalid', 'The timestamp’s signature is wrong.');
}

function checkStructure(
  token: TimestampToken,
  body: CertificateBody,
  crypto: Crypto,
): Result<never> | null {
  const { signedAttributes, digestAlgorithm } = token.signedData.signer;
  if (signedAttributes === null) return fail('timestamp.invalid', 'Nothing binds the content.');
  if (signedAttributes.contentType !== contentTypes.timestampInfo) {
    return fail('timestamp.invalid', 'The signed content type is another one.');
  }
  const hash = digestAlgorithm === null ? null : crypto.hash(digestAlgorithm);
  if (hash === null) return fail('timestamp.unsupported', 'The timestamp uses an unknown hash.');
  const digest = hash.update(token.info).digest();
  if (
    signedAttributes.messageDigest === null ||
    !equalBytes(signedAttributes.messageDigest, digest)
  ) {
    return fail('timestamp.invalid', 'The timestamp was changed after it was signed.');
  }
  const [reference] = signedAttributes.signingCertificate ?? [];
  if (reference === undefined || !refersTo(reference, body, crypto)) {
    // RFC 3161, 2.4.2: the certificate identifier must be there and must be the signer's.
    return fail('timestamp.invalid', 'The timestamp does not name its authority’s certificate.');
  }
  return isForTimestamping(body)
    ? null
    : fail('timestamp.invalid', 'The certificate is not one for timestamps.');
}

/** Whether a signing-certificate reference is of this certificate (RFC 5035, 4). */
export function refersTo(
  reference: CertificateReference,
  body: Pick<CertificateBody, 'der' | 'issuer' | 'serial'>,
  crypto: Pick<Crypto, 'hash'>,
): boolean {
  const hash = reference.hash === null ? null : crypto.hash(reference.hash);
  if (hash === null) return false;
  const { issuerSerial } = reference;
  return (
    equalBytes(reference.certHash, hash.update(body.der).digest()) &&
    (issuerSerial === null ||
      (equalBytes(issuerSerial.issuer, body.issuer) &&
        equalBytes(issuerSerial.serial, body.serial)))
  );
}

/** RFC 3161, 2.3: one purpose, timestamping, in a critical extension. */
export function isForTimestamping(body: Pick<CertificateBody, 'extensions'>): boolean {
  const extension = body.extensions.find((entry) => entry.oid === extensionOids.extendedKeyUsage);
  if (extension === undefined || !extension.critical) return false;
  const purposes = reading(() =>
    sequenceOf(readWhole(extension.value), 'purposes').map((node) => oidOf(node, 'purpose')),
  );
  return (
    purposes.ok && purposes.value.length === 1 && purposes.value[0] === keyPurposes.timeStamping
  );
}
