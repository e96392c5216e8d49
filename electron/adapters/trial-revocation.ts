/**
 * An OCSP responder (RFC 6960) and revocation lists (RFC 5280) of one's own: for the demonstration and
 * the tests. The answers are real; nobody trusts them who was not given the root.
 */
import { createHash } from 'node:crypto';
import { encodeSignatureAlgorithm } from '../core/cms/algorithms.ts';
import { readCertificateBody } from '../core/cms/certificate-body.ts';
import type { RawExtension } from '../core/cms/certificate-body.ts';
import { childrenOf, octetsOf, oidOf, readWhole, sequenceOf, tags } from '../core/cms/der.ts';
import {
  bitString,
  boolean,
  element,
  explicit,
  generalizedTime,
  integer,
  octetString,
  oid,
  sequence,
  time,
} from '../core/cms/der-writing.ts';
import type { SignatureScheme } from '../core/ports.ts';
import { nonceExtension, ocspOids } from '../core/trust/ocsp-request.ts';
import { schemesOf, signBytes } from './node-signing-key.ts';
import type { TrialCertificate } from './trial-pki.ts';

export interface TrialStatus {
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt?: Date;
  /** Number of a CRLReason. */
  readonly reason?: number;
}

export interface TrialAnswer extends TrialStatus {
  readonly thisUpdate: Date;
  /** Null leaves it out. */
  readonly nextUpdate: Date | null;
  readonly producedAt?: Date;
  readonly nonce?: Uint8Array;
  /** Certificates to send along; a delegated responder's own where absent. */
  readonly certificates?: readonly Uint8Array[];
  /** The responder is named by the hash of its key, else by its name. */
  readonly byKey?: boolean;
  readonly extensions?: readonly RawExtension[];
  readonly singleExtensions?: readonly RawExtension[];
}

/**
 * DER of a CertID. `issuer`: DER of the issuer's certificate; `serial`: contents of its INTEGER.
 */
export function certificateId(
  issuer: Uint8Array,
  serial: Uint8Array,
  hash: 'sha1' | 'sha256' = 'sha1',
): Uint8Array {
  const { subject, spki } = readCertificateBody(issuer);
  const digest = (bytes: Uint8Array): Uint8Array =>
    octetString(new Uint8Array(createHash(hash).update(bytes).digest()));
  return sequence(
    sequence(oid(hash === 'sha1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1')),
    digest(subject),
    digest(keyBits(spki)),
    element(tags.integer, serial),
  );
}

function keyBits(spki: Uint8Array): Uint8Array {
  return (childrenOf(readWhole(spki))[1]?.content ?? new Uint8Array(1)).subarray(1);
}

/** DER of a successful OCSPResponse about the certificate of `certId`, signed by `responder`. */
export function makeOcspResponse(
  certId: Uint8Array,
  responder: TrialCertificate,
  answer: TrialAnswer,
): Uint8Array {
  const body = readCertificateBody(responder.certificate);
  const sha1 = new Uint8Array(createHash('sha1').update(keyBits(body.spki)).digest());
  const extensions = [
    ...(answer.nonce === undefined ? [] : [nonceExtension(answer.nonce)]),
    ...(answer.extensions ?? []).map(encodeExtension),
  ];
  const tbs = sequence(
    answer.byKey === true ? explicit(2, octetString(sha1)) : explicit(1, body.subject),
    generalizedTime(answer.producedAt ?? answer.thisUpdate),
    sequence(
      sequence(
        certId,
        statusOf(answer),
        generalizedTime(answer.thisUpdate),
        ...(answer.nextUpdate === null ? [] : [explicit(0, generalizedTime(answer.nextUpdate))]),
        ...extensionList(1, (answer.singleExtensions ?? []).map(encodeExtension)),
      ),
    ),
    ...extensionList(1, extensions),
  );
  const certificates = answer.certificates ?? [responder.certificate];
  const basic = sequence(
    ...signed(tbs, responder),
    ...(certificates.length === 0 ? [] : [explicit(0, sequence(...certificates))]),
  );
  return sequence(
    element(tags.enumerated, Uint8Array.of(0)),
    explicit(0, sequence(oid(ocspOids.basic), octetString(basic))),
  );
}

/** DER of an OCSPResponse that only says why there is no answer (RFC 6960, 4.2.1). */
export function refuseOcsp(status: 1 | 2 | 3 | 5 | 6): Uint8Array {
  return sequence(element(tags.enumerated, Uint8Array.of(status)));
}

function statusOf({ status, revokedAt = new Date(0), reason }: TrialStatus): Uint8Array {
  switch (status) {
    case 'good':
      return element(0x80);
    case 'revoked':
      return explicit(
        1,
        generalizedTime(revokedAt),
        ...(reason === undefined
          ? []
          : [explicit(0, element(tags.enumerated, Uint8Array.of(reason)))]),
      );
    case 'unknown':
      return element(0x82);
  }
}

/** The first CertID and the nonce of an OCSPRequest. Throws `Refusal` `der.malformed`. */
export function readOcspRequest(der: Uint8Array): {
  readonly certId: Uint8Array;
  readonly serial: Uint8Array;
  readonly nonce: Uint8Array | null;
} {
  const [tbs] = sequenceOf(readWhole(der), 'request');
  const parts = sequenceOf(tbs, 'request contents');
  const list = parts.find(({ tag }) => tag === tags.sequence);
  const [certId] = sequenceOf(sequenceOf(list, 'requests')[0], 'single request');
  const wrapped = parts.find(({ tag }) => tag === 0xa2);
  const extensions =
    wrapped === undefined ? [] : sequenceOf(childrenOf(wrapped)[0], 'request extensions');
  const nonce = extensions
    .map((extension) => sequenceOf(extension, 'extension'))
    .find(([type]) => oidOf(type, 'type') === ocspOids.nonce);
  return {
    certId: certId?.raw ?? new Uint8Array(),
    serial: sequenceOf(certId, 'identifier')[3]?.content ?? new Uint8Array(),
    nonce:
      nonce === undefined
        ? null
        : octetsOf(readWhole(octetsOf(nonce[nonce.length - 1], 'value')), 'nonce'),
  };
}

export interface TrialCrl {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  readonly revoked?: readonly {
    /** Contents of the INTEGER. */
    readonly serial: Uint8Array;
    readonly at: Date;
    readonly reason?: number;
    readonly extensions?: readonly RawExtension[];
  }[];
  /** cRLNumber; 1 where absent. */
  readonly number?: number;
  readonly extensions?: readonly RawExtension[];
  readonly scheme?: SignatureScheme;
}

/** DER of a CertificateList, signed by `issuer`. */
export function makeCrl(issuer: TrialCertificate, list: TrialCrl): Uint8Array {
  const { subject } = readCertificateBody(issuer.certificate);
  const scheme = list.scheme ?? schemesOf(issuer.key.privateKey)[0];
  if (scheme === undefined) throw new RangeError('the issuer has a key that cannot sign');
  const lines = (list.revoked ?? []).map(({ serial, at, reason, extensions = [] }) => {
    const all = [
      ...(reason === undefined
        ? []
        : [
            {
              oid: '2.5.29.21',
              critical: false,
              value: element(tags.enumerated, Uint8Array.of(reason)),
            },
          ]),
      ...extensions,
    ].map(encodeExtension);
    return sequence(
      element(tags.integer, serial),
      time(at),
      ...(all.length === 0 ? [] : [sequence(...all)]),
    );
  });
  const tbs = sequence(
    integer(1),
    encodeSignatureAlgorithm(scheme),
    subject,
    time(list.thisUpdate),
    ...(list.nextUpdate === null ? [] : [time(list.nextUpdate)]),
    ...(lines.length === 0 ? [] : [sequence(...lines)]),
    ...extensionList(0, [
      encodeExtension({ oid: '2.5.29.20', critical: false, value: integer(list.number ?? 1) }),
      ...(list.extensions ?? []).map(encodeExtension),
    ]),
  );
  return sequence(...signed(tbs, issuer, scheme));
}

/** Contents of a certificate's serial number. */
export function serialOf(certificate: Uint8Array): Uint8Array {
  return readCertificateBody(certificate).serial;
}

function signed(
  tbs: Uint8Array,
  signer: TrialCertificate,
  scheme: SignatureScheme | undefined = schemesOf(signer.key.privateKey)[0],
): readonly Uint8Array[] {
  if (scheme === undefined) throw new RangeError('a key that cannot sign');
  const signature = signBytes(signer.key.privateKey, scheme, tbs);
  return [tbs, encodeSignatureAlgorithm(scheme), bitString(signature)];
}

function extensionList(number: number, extensions: readonly Uint8Array[]): readonly Uint8Array[] {
  return extensions.length === 0 ? [] : [explicit(number, sequence(...extensions))];
}

function encodeExtension({ oid: name, critical, value }: RawExtension): Uint8Array {
  return sequence(oid(name), ...(critical ? [boolean(true)] : []), octetString(value));
}
