/** Certificate extensions (RFC 5280, 4.2; RFC 3739; EN 319 412-5), with pkijs' schemas. */
import { ObjectIdentifier } from 'asn1js';
import type { GeneralName } from 'pkijs';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  CRLDistributionPoints,
  CertificatePolicies,
  ExtKeyUsage,
  GeneralNames,
  InfoAccess,
  QCStatements,
} from 'pkijs';
import type { RawExtension } from './certificate-body.ts';
import { extensionOids, keyUsageNames } from './extension-names.ts';
import type { KeyUsage } from './extension-names.ts';
import { malformed, octetsOf, readWhole, expectTag, tags } from './der.ts';

export { extensionOids, keyPurposes, keyUsageNames } from './extension-names.ts';
export type { KeyUsage } from './extension-names.ts';

export interface CertificateExtensions {
  readonly basicConstraints: {
    readonly ca: boolean;
    /** Null for no limit. */
    readonly pathLength: number | null;
    readonly critical: boolean;
  } | null;
  readonly keyUsage: readonly KeyUsage[] | null;
  /** OIDs, and whether the extension is critical (RFC 3161, 2.3 demands it of a timestamp authority). */
  readonly extendedKeyUsage: {
    readonly purposes: readonly string[];
    readonly critical: boolean;
  } | null;
  readonly subjectKeyId: Uint8Array | null;
  readonly authorityKeyId: Uint8Array | null;
  readonly ocspUrls: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly crlUrls: readonly string[];
  /** Policy OIDs; null where the extension is missing. */
  readonly policies: readonly string[] | null;
  readonly qcStatements: readonly { readonly oid: string; readonly types: readonly string[] }[];
  readonly subjectAltNames: readonly {
    readonly type: 'email' | 'dns' | 'uri';
    readonly value: string;
  }[];
  readonly ocspNoCheck: boolean;
  /** Critical extensions nobody here understands: RFC 5280, 4.2 says such a certificate must be rejected. */
  readonly unknownCritical: readonly string[];
  /** Extensions whose contents can't be read; a critical one makes the certificate unusable too. */
  readonly unreadable: readonly string[];
}

const understood: ReadonlySet<string> = new Set(Object.values(extensionOids));

/** Reads what we use of a certificate's extensions; never throws on their contents. */
export function readExtensions(extensions: readonly RawExtension[]): CertificateExtensions {
  const unreadable: string[] = [];
  const take = <T>(oid: string, read: (value: Uint8Array, critical: boolean) => T): T | null => {
    const found = extensions.find((extension) => extension.oid === oid);
    if (found === undefined) return null;
    try {
      readWhole(found.value);
      return read(found.value, found.critical);
    } catch {
      // pkijs throws errors of many kinds on contents that do not match its schema.
      unreadable.push(oid);
      return null;
    }
  };
  const access = take(extensionOids.authorityInfoAccess, readAccess) ?? [];
  const accessUrls = (method: string): string[] =>
    access.filter((entry) => entry.method === method).map((entry) => entry.url);
  return {
    basicConstraints: take(extensionOids.basicConstraints, readBasicConstraints),
    keyUsage: take(extensionOids.keyUsage, readKeyUsage),
    extendedKeyUsage: take(extensionOids.extendedKeyUsage, (value, critical) => ({
      purposes: ExtKeyUsage.fromBER(owned(value)).keyPurposes,
      critical,
    })),
    subjectKeyId: take(extensionOids.subjectKeyId, (value) =>
      octetsOf(readWhole(value), 'subject key identifier'),
    ),
    authorityKeyId: take(extensionOids.authorityKeyId, readAuthorityKeyId),
    ocspUrls: accessUrls('1.3.6.1.5.5.7.48.1'),
    issuerUrls: accessUrls('1.3.6.1.5.5.7.48.2'),
    crlUrls: take(extensionOids.crlDistributionPoints, readCrlUrls) ?? [],
    policies: take(extensionOids.certificatePolicies, (value) =>
      CertificatePolicies.fromBER(owned(value)).certificatePolicies.map(
        (policy) => policy.policyIdentifier,
      ),
    ),
    qcStatements: take(extensionOids.qcStatements, readStatements) ?? [],
    subjectAltNames: take(extensionOids.subjectAltName, readAltNames) ?? [],
    ocspNoCheck: extensions.some((extension) => extension.oid === extensionOids.ocspNoCheck),
    unknownCritical: extensions
      .filter((extension) => extension.critical && !understood.has(extension.oid))
      .map((extension) => extension.oid),
    unreadable,
  };
}

function readBasicConstraints(
  value: Uint8Array,
  critical: boolean,
): NonNullable<CertificateExtensions['basicConstraints']> {
  const { cA, pathLenConstraint } = BasicConstraints.fromBER(owned(value));
  if (pathLenConstraint === undefined) return { ca: cA, pathLength: null, critical };
  if (typeof pathLenConstraint !== 'number' || pathLenConstraint < 0) {
    throw malformed('a path length that cannot be');
  }
  return { ca: cA, pathLength: pathLenConstraint, critical };
}

function readKeyUsage(value: Uint8Array): readonly KeyUsage[] {
  const bytes = expectTag(readWhole(value), tags.bitString, 'key usage').content.subarray(1);
  return keyUsageNames.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function readAuthorityKeyId(value: Uint8Array): Uint8Array | null {
  const { keyIdentifier } = AuthorityKeyIdentifier.fromBER(owned(value));
  return keyIdentifier === undefined ? null : new Uint8Array(keyIdentifier.valueBlock.valueHexView);
}

function readAccess(value: Uint8Array): readonly { method: string; url: string }[] {
  return InfoAccess.fromBER(owned(value)).accessDescriptions.flatMap(
    ({ accessMethod, accessLocation }) =>
      urlsOf([accessLocation]).map((url) => ({ method: accessMethod, url })),
  );
}

function readCrlUrls(value: Uint8Array): readonly string[] {
  return CRLDistributionPoints.fromBER(owned(value)).distributionPoints.flatMap(
    ({ distributionPoint }) => (Array.isArray(distributionPoint) ? urlsOf(distributionPoint) : []),
  );
}

/** EN 319 412-5: the statement, and for QcType (0.4.0.1862.1.6) which types. */
function readStatements(value: Uint8Array): CertificateExtensions['qcStatements'] {
  return QCStatements.fromBER(owned(value)).values.map(({ id, type }) => ({
    oid: id,
    types: oidsIn(type),
  }));
}

function oidsIn(info: unknown): readonly string[] {
  if (typeof info !== 'object' || info === null || !('valueBlock' in info)) return [];
  const { valueBlock } = info;
  if (typeof valueBlock !== 'object' || valueBlock === null || !('value' in valueBlock)) return [];
  const parts: unknown = valueBlock.value;
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part: unknown) =>
    part instanceof ObjectIdentifier ? [part.valueBlock.toString()] : [],
  );
}

const altNameTypes = new Map([
  [1, 'email'],
  [2, 'dns'],
  [6, 'uri'],
] as const);

function readAltNames(value: Uint8Array): CertificateExtensions['subjectAltNames'] {
  return GeneralNames.fromBER(owned(value)).names.flatMap(({ type, value: name }) => {
    const known = altNameTypes.get(type as 1 | 2 | 6);
    return known === undefined || typeof name !== 'string' ? [] : [{ type: known, value: name }];
  });
}

function urlsOf(names: readonly GeneralName[]): string[] {
  return names.flatMap(({ type, value }) =>
    type === 6 && typeof value === 'string' ? [value] : [],
  );
}

/** The schemas' types ask for bytes that no other thread shares: a copy of an extension is small. */
function owned(value: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(value);
}
