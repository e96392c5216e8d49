/** Certificate revocation lists (RFC 5280, 5) as readonly values: reading, not judging. */
import { Refusal, fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { algorithmIdentifierOf, schemeOf } from '../cms/algorithms.ts';
import { hex } from '../cms/certificate.ts';
import { extensionOf } from '../cms/certificate-body.ts';
import type { RawExtension } from '../cms/certificate-body.ts';
import {
  childrenOf,
  contextTag,
  expectTag,
  malformed,
  readWhole,
  sequenceOf,
  smallIntegerOf,
  tags,
  unsignedOf,
  wholeBitsOf,
} from '../cms/der.ts';
import type { DerNode } from '../cms/der.ts';
import { equalBytes } from '../cms/der-writing.ts';
import { timeOf } from '../cms/der-time.ts';
import { readName } from '../cms/name.ts';
import type { Name } from '../cms/name.ts';
import type { SignatureScheme } from '../ports.ts';
import { readDistributionPoints, readIssuingPoint } from './distribution-points.ts';
import type { DistributionPoint, IssuingDistributionPoint } from './distribution-points.ts';
import { directoryKey, generalNamesOf } from './general-names.ts';
import { reasonName } from './revocation-reason.ts';
import type { RevocationReason } from './revocation-reason.ts';

/** One line of a list. */
export interface RevokedEntry {
  readonly revokedAt: Date;
  /** Null where the list does not say. */
  readonly reason: RevocationReason | null;
}

export interface Crl {
  readonly der: Uint8Array;
  /** What the issuer signed, with `signature` over it by `scheme` (null: an algorithm we do not know). */
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  readonly scheme: SignatureScheme | null;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  /** RFC 5280, 5.1.2.5 demands it; null where it is missing all the same. */
  readonly nextUpdate: Date | null;
  readonly number: bigint | null;
  /** For a delta list the number of the complete list it adds to; null for a complete list. */
  readonly baseNumber: bigint | null;
  readonly authorityKeyId: Uint8Array | null;
  readonly issuingPoint: IssuingDistributionPoint | null;
  /** DER of the issuing distribution point: a delta list's must be the complete list's. */
  readonly issuingPointDer: Uint8Array | null;
  readonly freshest: readonly DistributionPoint[];
  /** ITU-T X.509, 9.5.2.8: lines of certificates that expired since then are still in the list. */
  readonly expiredSince: Date | null;
  /** Critical extensions nobody here understands, of the list or of a line: it must not be used. */
  readonly unknownCritical: readonly string[];
  readonly entries: number;
  /** The line of a certificate, or null. `issuer`: key of the certificate's issuer (`directoryKey`). */
  find(serial: string, issuer: string): RevokedEntry | null;
}

const oids = {
  reasonCode: '2.5.29.21',
  holdInstruction: '2.5.29.23',
  invalidityDate: '2.5.29.24',
  certificateIssuer: '2.5.29.29',
  number: '2.5.29.20',
  deltaIndicator: '2.5.29.27',
  issuingPoint: '2.5.29.28',
  authorityKeyId: '2.5.29.35',
  freshest: '2.5.29.46',
  expiredCerts: '2.5.29.60',
  issuerAltName: '2.5.29.18',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const;

const understood: ReadonlySet<string> = new Set(Object.values(oids));
/** The largest lists of public authorities are some tens of megabytes. */
const MAX_SIZE = 64 << 20;

/** Reads a list from DER. Fails with `crl.malformed`; never throws on hostile input. */
export function parseCrl(der: Uint8Array): Result<Crl> {
  try {
    return { ok: true, value: crlOf(der) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return fail('crl.malformed', error.failure.message);
  }
}

function crlOf(der: Uint8Array): Crl {
  if (der.length > MAX_SIZE) throw malformed('a revocation list of more than 64 megabytes');
  const whole = readWhole(der);
  const [tbs, algorithm, signature, more] = sequenceOf(whole, 'revocation list');
  if (more !== undefined) throw malformed('more than three parts in a revocation list');
  const parts = [...sequenceOf(tbs, 'revocation list contents')];
  const version = parts[0]?.tag === tags.integer ? smallIntegerOf(parts.shift(), 'version') : 0;
  if (version > 1) throw malformed('an unknown version of revocation list');
  const [inner, issuer, thisUpdate, ...rest] = parts;
  const signatureAlgorithm = algorithmIdentifierOf(algorithm, 'signature algorithm');
  // RFC 5280, 5.1.1.2: the algorithm inside the signed part must be the same one.
  if (!equalBytes(signatureAlgorithm.raw, expectTag(inner, tags.sequence, 'algorithm').raw))
    throw malformed('two different signature algorithms in a revocation list');
  const isTime = (node: DerNode | undefined): boolean =>
    node?.tag === tags.utcTime || node?.tag === tags.generalizedTime;
  const nextUpdate = isTime(rest[0]) ? timeOf(rest.shift(), 'next update') : null;
  const list = rest[0]?.tag === tags.sequence ? rest.shift() : undefined;
  const lines = list === undefined ? [] : childrenOf(list);
  const extra = rest[0]?.tag === contextTag(0) ? rest.shift() : undefined;
  const extensions =
    extra === undefined ? [] : sequenceOf(childrenOf(extra)[0], 'extensions').map(extensionOf);
  if (rest.length > 0) throw malformed('more parts than a revocation list has');
  if (new Set(extensions.map(({ oid }) => oid)).size !== extensions.length)
    throw malformed('an extension that occurs twice');
  const name = readName(expectTag(issuer, tags.sequence, 'issuer').raw);
  const unknown = new Set(unknownIn(extensions));
  const index = indexOf(lines, name, unknown);
  if (whole.anomalies.size > 0) throw malformed('BER where a revocation list must be DER');
  return {
    der,
    tbs: expectTag(tbs, tags.sequence, 'revocation list contents').raw,
    signature: wholeBitsOf(signature, 'signature'),
    scheme: schemeOf(signatureAlgorithm, null),
    issuer: name,
    thisUpdate: timeOf(thisUpdate, 'this update'),
    nextUpdate,
    ...extensionsOf(extensions),
    unknownCritical: [...unknown],
    entries: lines.length,
    find: (serial, by) => index.get(`${serial} ${by}`) ?? null,
  };
}

function unknownIn(extensions: readonly RawExtension[]): readonly string[] {
  return extensions
    .filter(({ oid, critical }) => critical && !understood.has(oid))
    .map(({ oid }) => oid);
}

function extensionsOf(extensions: readonly RawExtension[]) {
  const take = <T>(oid: string, read: (value: Uint8Array) => T): T | null => {
    const found = extensions.find((extension) => extension.oid === oid);
    return found === undefined ? null : read(found.value);
  };
  return {
    number: take(oids.number, numberOf),
    baseNumber: take(oids.deltaIndicator, numberOf),
    authorityKeyId: take(oids.authorityKeyId, authorityKeyIdOf),
    issuingPoint: take(oids.issuingPoint, readIssuingPoint),
    issuingPointDer: take(oids.issuingPoint, (value) => value),
    freshest: take(oids.freshest, readDistributionPoints) ?? [],
    expiredSince: take(oids.expiredCerts, (value) => timeOf(readWhole(value), 'expired since')),
  };
}

function numberOf(value: Uint8Array): bigint {
  const digits = unsignedOf(readWhole(value), 'list number');
  // RFC 5280, 5.2.3: at most 20 octets.
  if (digits.length > 20) throw malformed('a list number that is too long');
  return BigInt(`0x${hex(digits)}`);
}

function authorityKeyIdOf(value: Uint8Array): Uint8Array | null {
  const id = sequenceOf(readWhole(value), 'authority key identifier').find(
    ({ tag }) => tag === contextTag(0, false),
  );
  return id?.content ?? null;
}

/**
 * Lines by serial number and issuer. In an indirect list a line's certificate issuer holds for the
 * lines after it too (RFC 5280, 5.3.3).
 */
function indexOf(
  lines: readonly DerNode[],
  issuer: Name,
  unknown: Set<string>,
): ReadonlyMap<string, RevokedEntry> {
  const index = new Map<string, RevokedEntry>();
  let by = directoryKey(issuer.der);
  for (const line of lines) {
    const [serial, date, rest, more] = sequenceOf(line, 'line of a revocation list');
    if (more !== undefined) throw malformed('more parts than a line has');
    const extensions = rest === undefined ? [] : sequenceOf(rest, 'extensions').map(extensionOf);
    for (const oid of unknownIn(extensions)) unknown.add(oid);
    const value = (oid: string): Uint8Array | undefined =>
      extensions.find((extension) => extension.oid === oid)?.value;
    const other = value(oids.certificateIssuer);
    if (other !== undefined) {
      const [directory] = generalNamesOf(readWhole(other)).filter((name) => name.directory);
      if (directory === undefined) throw malformed('a certificate issuer without a name');
      by = directory.key;
    }
    const reason = value(oids.reasonCode);
    const key = `${hex(expectTag(serial, tags.integer, 'serial number').content)} ${by}`;
    // Two lines of one certificate: the first, which is the earlier one in every list we know.
    if (!index.has(key))
      index.set(key, {
        revokedAt: timeOf(date, 'revocation time'),
        reason: reason === undefined ? null : reasonName(smallIntegerOf(readWhole(reason), 'why')),
      });
  }
  return index;
}
