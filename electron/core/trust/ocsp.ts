/** OCSP responses (RFC 6960, 4.2) as readonly values: reading, not judging. */
import { Refusal, fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { algorithmIdentifierOf, hashOf, schemeOf } from '../cms/algorithms.ts';
import { hex } from '../cms/certificate.ts';
import { extensionOf } from '../cms/certificate-body.ts';
import type { RawExtension } from '../cms/certificate-body.ts';
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
} from '../cms/der.ts';
import type { DerNode } from '../cms/der.ts';
import { element, explicit, octetString, oid, sequence } from '../cms/der-writing.ts';
import { timeOf } from '../cms/der-time.ts';
import { readName } from '../cms/name.ts';
import type { Name } from '../cms/name.ts';
import type { HashAlgorithm, SignatureScheme } from '../ports.ts';
import { ocspOids } from './ocsp-request.ts';
import { reasonName } from './revocation-reason.ts';
import type { RevocationReason } from './revocation-reason.ts';

export interface SingleResponse {
  /** Null for a hash we do not know. */
  readonly hash: HashAlgorithm | null;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Lower-case hex of the INTEGER's contents octets. */
  readonly serial: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | null;
  readonly reason: RevocationReason | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  /** RFC 6960, 4.4.4: the responder remembers certificates that expired since then. */
  readonly archiveCutoff: Date | null;
  readonly unknownCritical: readonly string[];
}

export interface OcspResponse {
  /** The whole OCSPResponse, as it is kept in a document. */
  readonly der: Uint8Array;
  /** ResponseData: what is signed, with `signature` over it by `scheme` (null: an algorithm we do not know). */
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  readonly scheme: SignatureScheme | null;
  readonly responder:
    | { readonly type: 'name'; readonly name: Name }
    | { readonly type: 'key'; readonly hash: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly nonce: Uint8Array | null;
  /** DER of the certificates that came with it. */
  readonly certificates: readonly Uint8Array[];
  readonly unknownCritical: readonly string[];
}

/** OCSPResponseStatus (RFC 6960, 4.2.1). */
const refusals = new Map([
  [1, 'malformedRequest'],
  [2, 'internalError'],
  [3, 'tryLater'],
  [5, 'sigRequired'],
  [6, 'unauthorized'],
]);

const understood: ReadonlySet<string> = new Set(Object.values(ocspOids));
/** An answer is some kilobytes; with a chain of large keys, some tens. */
const MAX_SIZE = 1 << 20;

/**
 * Reads an OCSPResponse. Fails with `ocsp.malformed`, or with `ocsp.refused` where the responder gave
 * no answer (`detail.status` says why); never throws on hostile input.
 */
export function parseOcspResponse(der: Uint8Array): Result<OcspResponse> {
  try {
    return { ok: true, value: responseOf(der) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.failure.code === 'ocsp.refused') return { ok: false, error: error.failure };
    return fail('ocsp.malformed', error.failure.message);
  }
}

/** A BasicOCSPResponse (as CAdES keeps it) as the OCSPResponse it came out of. */
export function wrapBasicResponse(basic: Uint8Array): Uint8Array {
  const bytes = sequence(oid(ocspOids.basic), octetString(basic));
  return sequence(element(tags.enumerated, Uint8Array.of(0)), explicit(0, bytes));
}

function responseOf(der: Uint8Array): OcspResponse {
  if (der.length > MAX_SIZE) throw malformed('an OCSP response of more than a megabyte');
  const whole = readWhole(der);
  const [statusNode, bytes] = sequenceOf(whole, 'OCSP response');
  const status = smallIntegerOf(statusNode, 'response status');
  if (status !== 0)
    throw new Refusal('ocsp.refused', 'The responder gave no answer.', {
      status: refusals.get(status) ?? String(status),
    });
  const [type, response] = sequenceOf(
    childrenOf(expectTag(bytes, contextTag(0), 'response bytes'))[0],
    'response bytes',
  );
  if (oidOf(type, 'response type') !== ocspOids.basic) throw malformed('another type of response');
  const basic = readWhole(octetsOf(response, 'response'));
  const [tbs, algorithm, signature, certificates, more] = sequenceOf(basic, 'basic response');
  if (more !== undefined) throw malformed('more parts than a response has');
  const read = {
    der,
    tbs: expectTag(tbs, tags.sequence, 'response data').raw,
    signature: wholeBitsOf(signature, 'signature'),
    scheme: schemeOf(algorithmIdentifierOf(algorithm, 'signature algorithm'), null),
    ...dataOf(tbs),
    certificates:
      certificates === undefined
        ? []
        : sequenceOf(
            childrenOf(expectTag(certificates, contextTag(0), 'certificates'))[0],
            'certificates',
          ).map(({ raw }) => raw),
  };
  if (whole.anomalies.size + basic.anomalies.size > 0)
    throw malformed('BER where a response must be DER');
  return read;
}

function dataOf(node: DerNode | undefined) {
  const parts = [...sequenceOf(node, 'response data')];
  const version = parts[0]?.tag === contextTag(0) ? parts.shift() : undefined;
  if (version !== undefined && smallIntegerOf(childrenOf(version)[0], 'version') !== 0)
    throw malformed('an unknown version of response');
  const responder = responderOf(parts.shift());
  const producedAt = generalizedOf(parts.shift(), 'produced at');
  const responses = sequenceOf(parts.shift(), 'responses').map(singleOf);
  const extensions = extensionsOf(parts.shift());
  if (parts.length > 0) throw malformed('more parts than response data has');
  const nonce = extensions.find((extension) => extension.oid === ocspOids.nonce);
  return {
    responder,
    producedAt,
    responses,
    nonce: nonce === undefined ? null : nonceOf(nonce.value),
    unknownCritical: unknownIn(extensions),
  };
}

function responderOf(node: DerNode | undefined): OcspResponse['responder'] {
  const inner = node === undefined ? undefined : childrenOf(node)[0];
  if (node?.tag === contextTag(1))
    return { type: 'name', name: readName(expectTag(inner, tags.sequence, 'responder').raw) };
  if (node?.tag === contextTag(2)) return { type: 'key', hash: octetsOf(inner, 'responder') };
  throw malformed('a responder without name and key');
}

function singleOf(node: DerNode): SingleResponse {
  const [certId, status, thisUpdate, ...rest] = sequenceOf(node, 'single response');
  const [algorithm, name, key, serial] = sequenceOf(certId, 'certificate identifier');
  const next = rest[0]?.tag === contextTag(0) ? rest.shift() : undefined;
  const extensions = extensionsOf(rest.shift());
  if (rest.length > 0) throw malformed('more parts than a single response has');
  const cutoff = extensions.find((extension) => extension.oid === ocspOids.archiveCutoff);
  return {
    hash: hashOf(algorithmIdentifierOf(algorithm, 'identifier hash').oid),
    issuerNameHash: octetsOf(name, 'issuer name hash'),
    issuerKeyHash: octetsOf(key, 'issuer key hash'),
    serial: hex(expectTag(serial, tags.integer, 'serial number').content),
    ...statusOf(status),
    thisUpdate: generalizedOf(thisUpdate, 'this update'),
    nextUpdate: next === undefined ? null : generalizedOf(childrenOf(next)[0], 'next update'),
    archiveCutoff:
      cutoff === undefined ? null : generalizedOf(readWhole(cutoff.value), 'archive cutoff'),
    unknownCritical: unknownIn(extensions),
  };
}

function statusOf(
  node: DerNode | undefined,
): Pick<SingleResponse, 'status' | 'revokedAt' | 'reason'> {
  switch (node?.tag) {
    case contextTag(0, false):
      return { status: 'good', revokedAt: null, reason: null };
    case contextTag(2, false):
      return { status: 'unknown', revokedAt: null, reason: null };
    case contextTag(1): {
      const [time, reason] = node === undefined ? [] : childrenOf(node);
      return {
        status: 'revoked',
        revokedAt: generalizedOf(time, 'revocation time'),
        reason:
          reason === undefined ? null : reasonName(smallIntegerOf(childrenOf(reason)[0], 'reason')),
      };
    }
    default:
      throw malformed('a status that is none');
  }
}

/** RFC 6960, 4.2.2.1: GeneralizedTime only. */
function generalizedOf(node: DerNode | undefined, what: string): Date {
  return timeOf(expectTag(node, tags.generalizedTime, what), what);
}

/** `[1] EXPLICIT Extensions`, if there. */
function extensionsOf(node: DerNode | undefined): readonly RawExtension[] {
  if (node === undefined) return [];
  const list = childrenOf(expectTag(node, contextTag(1), 'extensions'))[0];
  const extensions = sequenceOf(list, 'extensions').map(extensionOf);
  if (new Set(extensions.map((extension) => extension.oid)).size !== extensions.length)
    throw malformed('an extension that occurs twice');
  return extensions;
}

function unknownIn(extensions: readonly RawExtension[]): readonly string[] {
  return extensions
    .filter((extension) => extension.critical && !understood.has(extension.oid))
    .map((extension) => extension.oid);
}

/** RFC 6960 left the inner type open and old responders put the bytes there as they are. */
function nonceOf(value: Uint8Array): Uint8Array {
  try {
    return octetsOf(readWhole(value), 'nonce');
  } catch (error) {
    if (error instanceof Refusal) return value;
    throw error;
  }
}
