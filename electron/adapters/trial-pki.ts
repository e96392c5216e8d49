/**
 * Makes X.509 certificates: the trial seal of an office that wants to try things out, the whole chain of
 * the demonstration, and the keys of the tests. Nothing here is ever trusted by itself.
 */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { encodeSignatureAlgorithm } from '../core/cms/algorithms.ts';
import type { RawExtension } from '../core/cms/certificate-body.ts';
import { readCertificateBody } from '../core/cms/certificate-body.ts';
import { trialMark } from '../core/cms/trial-mark.ts';
import {
  bitString,
  boolean,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  time,
} from '../core/cms/der-writing.ts';
import type { NameAttribute } from '../core/cms/name.ts';
import { encodeName, nameOids } from '../core/cms/name.ts';
import type { SignatureScheme, SigningKey } from '../core/ports.ts';
import { nodeSigningKey, schemesOf, signBytes } from './node-signing-key.ts';
import { encodeExtensions } from './trial-extensions.ts';
import type { ExtensionRequest } from './trial-extensions.ts';

export { toPkcs12 } from '../eid/key-file-writing.ts';

export type TrialKeyType =
  | 'rsa-2048'
  | 'rsa-3072'
  | 'rsa-4096'
  | 'rsa-pss-2048'
  | 'rsa-pss-3072'
  | 'p-256'
  | 'p-384'
  | 'p-521'
  | 'ed25519'
  | 'ed448';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A certificate with its private key and the certificates above it, nearest first, root included. */
export interface TrialCertificate {
  readonly certificate: Uint8Array;
  readonly key: KeyPair;
  readonly chain: readonly Uint8Array[];
}

export interface CertificateRequest extends ExtensionRequest {
  /** A common name, or the attributes, the most general first. */
  readonly subject: string | readonly NameAttribute[];
  readonly key: KeyPair;
  /** Absent for a self-signed certificate. */
  readonly issuer?: TrialCertificate;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Unsigned big-endian; 16 random octets where absent. */
  readonly serial?: Uint8Array;
  /** How the issuer signs; its preferred scheme where absent. */
  readonly scheme?: SignatureScheme;
  /** Further extensions as they are, e.g. ones nobody knows. */
  readonly extensions?: readonly RawExtension[];
}

/** A fresh key pair. */
export function makeKeyPair(type: TrialKeyType): KeyPair {
  switch (type) {
    case 'rsa-2048':
    case 'rsa-3072':
    case 'rsa-4096':
      return generateKeyPairSync('rsa', { modulusLength: Number(type.slice(4)) });
    case 'rsa-pss-2048':
    case 'rsa-pss-3072':
      return generateKeyPairSync('rsa-pss', { modulusLength: Number(type.slice(8)) });
    case 'p-256':
    case 'p-384':
    case 'p-521':
      return generateKeyPairSync('ec', { namedCurve: type.toUpperCase() });
    case 'ed25519':
      return generateKeyPairSync('ed25519');
    case 'ed448':
      return generateKeyPairSync('ed448');
  }
}

/**
 * Makes a certificate (RFC 5280, 4.1). Key identifiers are added by themselves: the subject's always,
 * the issuer's where there is one.
 */
export function makeCertificate(request: CertificateRequest): TrialCertificate {
  const { issuer } = request;
  const subject = nameOf(request.subject);
  const spki = spkiOf(request.key);
  const signer = issuer?.key ?? request.key;
  const scheme = request.scheme ?? schemesOf(signer.privateKey)[0];
  if (scheme === undefined) throw new RangeError('the issuer has a key that cannot sign');
  const algorithm = encodeSignatureAlgorithm(scheme);
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(request.serial ?? randomSerial()),
    algorithm,
    issuer === undefined ? subject : readCertificateBody(issuer.certificate).subject,
    sequence(time(request.notBefore), time(request.notAfter)),
    subject,
    spki,
    explicit(
      3,
      sequence(
        ...[
          ...encodeExtensions(request, keyId(spki), keyId(spkiOf(signer))),
          ...(request.extensions ?? []),
        ].map(encodeExtension),
      ),
    ),
  );
  const signature = signBytes(signer.privateKey, scheme, tbs);
  return {
    certificate: sequence(tbs, algorithm, bitString(signature)),
    key: request.key,
    chain: issuer === undefined ? [] : [issuer.certificate, ...issuer.chain],
  };
}

function nameOf(subject: string | readonly NameAttribute[]): Uint8Array {
  return encodeName(
    typeof subject === 'string' ? [{ oid: nameOids.commonName, value: subject }] : subject,
  );
}

function spkiOf(key: KeyPair): Uint8Array {
  return new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' }));
}

/** RFC 7093, 2, method 1: leftmost 160 bits of SHA-256, here over the whole SubjectPublicKeyInfo. */
function keyId(spki: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(spki).digest().subarray(0, 20));
}

function randomSerial(): Uint8Array {
  const serial = new Uint8Array(randomBytes(16));
  // Positive, and of a fixed length (RFC 5280, 4.1.2.2).
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

function encodeExtension(extension: RawExtension): Uint8Array {
  return sequence(
    oid(extension.oid),
    ...(extension.critical ? [boolean(true)] : []),
    octetString(extension.value),
  );
}

/** A trial certificate as a signing key. The root is left out: whoever verifies must have it already. */
export function signingKeyOf(trial: TrialCertificate): SigningKey {
  return nodeSigningKey({
    privateKey: trial.key.privateKey,
    certificate: trial.certificate,
    chain: trial.chain.slice(0, -1),
  });
}

const YEAR = 365 * 24 * 60 * 60 * 1000;

/**
 * The self-made seal that lets an office try everything before its enterprise certificate arrives. Its
 * subject says that it proves nothing; `Certificate.trial` and every report repeat it.
 */
export function makeTrialSeal(input: {
  readonly organisation: string;
  /** Nine digits, without spaces. */
  readonly organisationNumber: string;
  readonly now: Date;
  readonly keyType?: TrialKeyType;
}): TrialCertificate {
  return makeCertificate({
    subject: [
      { oid: nameOids.country, value: 'NO' },
      { oid: nameOids.organisation, value: input.organisation },
      { oid: nameOids.organisationalUnit, value: 'Prøvesegl - beviser ingenting' },
      // EN 319 412-1, 5.1.4: national trade register, as real enterprise certificates carry it.
      { oid: nameOids.organisationIdentifier, value: `NTRNO-${input.organisationNumber}` },
      { oid: nameOids.commonName, value: `${input.organisation} (${trialMark})` },
    ],
    key: makeKeyPair(input.keyType ?? 'p-256'),
    // An hour of slack: another machine's clock may be a little behind.
    notBefore: new Date(input.now.getTime() - 60 * 60 * 1000),
    notAfter: new Date(input.now.getTime() + 2 * YEAR),
    keyUsage: ['digitalSignature', 'nonRepudiation'],
  });
}

/** What the demonstration and most tests need: root, intermediate, and a maker of leaves under it. */
export interface TrialAuthority {
  readonly root: TrialCertificate;
  readonly intermediate: TrialCertificate;
  /** A signer's certificate; `subject` as in `CertificateRequest`. */
  issue(
    subject: CertificateRequest['subject'],
    keyType?: TrialKeyType,
    changes?: Partial<CertificateRequest>,
  ): TrialCertificate;
  /** A timestamp authority's certificate: its one purpose is critical (RFC 3161, 2.3). */
  issueTimestamper(subject?: string, keyType?: TrialKeyType): TrialCertificate;
}

export function makeTrialAuthority(input: {
  readonly name: string;
  readonly now: Date;
  readonly keyType?: TrialKeyType;
}): TrialAuthority {
  const keyType = input.keyType ?? 'p-256';
  const notBefore = new Date(input.now.getTime() - 24 * 60 * 60 * 1000);
  const until = (years: number): Date => new Date(input.now.getTime() + years * YEAR);
  const root = makeCertificate({
    subject: `${input.name} Root CA`,
    key: makeKeyPair(keyType),
    notBefore,
    notAfter: until(20),
    ca: {},
    keyUsage: ['keyCertSign', 'cRLSign'],
  });
  const intermediate = makeCertificate({
    subject: `${input.name} Issuing CA`,
    key: makeKeyPair(keyType),
    issuer: root,
    notBefore,
    notAfter: until(10),
    ca: { pathLength: 0 },
    keyUsage: ['keyCertSign', 'cRLSign'],
  });
  return {
    root,
    intermediate,
    issue: (subject, type = 'p-256', changes = {}) =>
      makeCertificate({
        subject,
        key: makeKeyPair(type),
        issuer: intermediate,
        notBefore,
        notAfter: until(3),
        keyUsage: ['digitalSignature', 'nonRepudiation'],
        ...changes,
      }),
    issueTimestamper: (subject = `${input.name} Time`, type = 'p-256') =>
      makeCertificate({
        subject,
        key: makeKeyPair(type),
        issuer: intermediate,
        notBefore,
        notAfter: until(5),
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
      }),
  };
}
