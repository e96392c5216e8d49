/** An X.509 certificate (RFC 5280) as a readonly value. */
import type { Result } from '../../../shared/result.ts';
import { Refusal, fail } from '../../../shared/result.ts';
import type { SignatureScheme } from '../ports.ts';
import { schemeOf } from './algorithms.ts';
import type { CertificateBody, RawExtension } from './certificate-body.ts';
import { readCertificateBody } from './certificate-body.ts';
import type { CertificateExtensions } from './certificate-extensions.ts';
import { readExtensions } from './certificate-extensions.ts';
import { equalBytes } from './der-writing.ts';
import type { Name } from './name.ts';
import { commonName, readName } from './name.ts';
import type { SignerId } from './parsed-signed-data.ts';
import type { PublicKey } from './public-key.ts';
import { readPublicKey } from './public-key.ts';
import { trialMark } from './trial-mark.ts';

export interface Certificate extends CertificateExtensions {
  readonly der: Uint8Array;
  /** What the issuer signed, with `signature` over it by `scheme` (null: an algorithm we do not know). */
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  readonly scheme: SignatureScheme | null;
  readonly signatureOid: string;
  readonly version: 1 | 2 | 3;
  /** Lower-case hex of the INTEGER's contents octets, as they stand. */
  readonly serial: string;
  readonly subject: Name;
  readonly issuer: Name;
  /** What a person calls the subject. */
  readonly commonName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of SubjectPublicKeyInfo, as `Crypto.verify` takes it. */
  readonly spki: Uint8Array;
  readonly key: PublicKey;
  /** Subject and issuer are the same name; says nothing of who signed it. */
  readonly selfIssued: boolean;
  readonly extensions: readonly RawExtension[];
  /** Self-made to try things out: says so in its subject (`prøvesegl`) and is shown so everywhere. */
  readonly trial: boolean;
}

/**
 * Reads a certificate from DER. Fails with `certificate.malformed`; never throws on hostile input.
 * Does not judge: an unknown critical extension, a weak key, an unknown algorithm are in the value.
 */
export function parseCertificate(der: Uint8Array): Result<Certificate> {
  try {
    return { ok: true, value: certificateOf(readCertificateBody(der)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return fail('certificate.malformed', error.failure.message);
  }
}

function certificateOf(body: CertificateBody): Certificate {
  const subject = readName(body.subject);
  return {
    ...readExtensions(body.extensions),
    der: body.der,
    tbs: body.tbs,
    signature: body.signature,
    scheme: schemeOf(body.signatureAlgorithm, null),
    signatureOid: body.signatureAlgorithm.oid,
    version: body.version,
    serial: hex(body.serial),
    subject,
    issuer: readName(body.issuer),
    commonName: commonName(subject),
    notBefore: body.notBefore,
    notAfter: body.notAfter,
    spki: body.spki,
    key: readPublicKey(body.spki),
    selfIssued: equalBytes(body.subject, body.issuer),
    extensions: body.extensions,
    trial: isTrialName(subject),
  };
}

function isTrialName(subject: Name): boolean {
  return subject.attributes.some((attribute) => attribute.value.toUpperCase().includes(trialMark));
}

/** Whether `sid` names this certificate (RFC 5652, 5.3). */
export function matchesSid(certificate: Certificate, sid: SignerId): boolean {
  if (sid.type === 'key-id') {
    return certificate.subjectKeyId !== null && equalBytes(certificate.subjectKeyId, sid.keyId);
  }
  return equalBytes(certificate.issuer.der, sid.issuer) && certificate.serial === hex(sid.serial);
}

/** Lower-case hex. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
