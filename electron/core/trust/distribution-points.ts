/**
 * Where revocation lists are found and what they are about: CRL distribution points, freshest CRL, and
 * the issuing distribution point (RFC 5280, 4.2.1.13, 4.2.1.15 and 5.2.5).
 */
import type { Certificate } from '../cms/certificate.ts';
import { childrenOf, contextTag, readWhole, sequenceOf, tags } from '../cms/der.ts';
import type { DerNode } from '../cms/der.ts';
import { element } from '../cms/der-writing.ts';
import { extensionOids } from '../cms/extension-names.ts';
import { generalNamesOf, relativeKey } from './general-names.ts';
import type { GeneralName } from './general-names.ts';
import { relativeNames } from './names.ts';

/** Bits of ReasonFlags; bit 0 is unused (RFC 5280, 4.2.1.13). */
export const ALL_REASONS = 0b1_1111_1110;

/** DistributionPointName: whole names, or what is to be added to the issuer's. */
export type PointName =
  | { readonly type: 'full'; readonly names: readonly GeneralName[] }
  | { readonly type: 'relative'; readonly part: string };

export interface DistributionPoint {
  readonly name: PointName | null;
  /** A bit for each reason the list must be asked about; all where the point does not say. */
  readonly reasons: number;
  /** Who issues the list, where that is not the certificate's issuer. */
  readonly crlIssuer: readonly GeneralName[] | null;
}

export interface IssuingDistributionPoint {
  readonly name: PointName | null;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly onlyAttributes: boolean;
  /** Null: all reasons. */
  readonly reasons: number | null;
  readonly indirect: boolean;
}

/** Reads a CRLDistributionPoints. Throws `Refusal` `der.malformed`. */
export function readDistributionPoints(value: Uint8Array): readonly DistributionPoint[] {
  return sequenceOf(readWhole(value), 'distribution points').map((point) => {
    const parts = sequenceOf(point, 'distribution point');
    const reasons = partOf(parts, contextTag(1, false));
    const issuer = partOf(parts, contextTag(2));
    return {
      name: pointNameOf(partOf(parts, contextTag(0))),
      reasons: reasons === undefined ? ALL_REASONS : flagsOf(reasons),
      crlIssuer: issuer === undefined ? null : generalNamesOf(issuer),
    };
  });
}

/** The distribution points a certificate names; none where it has none. Throws `Refusal` `der.malformed`. */
export function distributionPointsOf(certificate: Certificate): readonly DistributionPoint[] {
  return pointsIn(certificate, extensionOids.crlDistributionPoints);
}

/** Where a certificate says delta lists are found (RFC 5280, 4.2.1.15). Throws `Refusal` `der.malformed`. */
export function freshestPointsOf(certificate: Certificate): readonly DistributionPoint[] {
  return pointsIn(certificate, '2.5.29.46');
}

function pointsIn({ extensions }: Certificate, oid: string): readonly DistributionPoint[] {
  const extension = extensions.find((entry) => entry.oid === oid);
  return extension === undefined ? [] : readDistributionPoints(extension.value);
}

/** Reads an IssuingDistributionPoint. Throws `Refusal` `der.malformed`. */
export function readIssuingPoint(value: Uint8Array): IssuingDistributionPoint {
  const parts = sequenceOf(readWhole(value), 'issuing distribution point');
  const flag = (number: number): boolean =>
    (partOf(parts, contextTag(number, false))?.content[0] ?? 0) !== 0;
  const reasons = partOf(parts, contextTag(3, false));
  return {
    name: pointNameOf(partOf(parts, contextTag(0))),
    onlyUsers: flag(1),
    onlyAuthorities: flag(2),
    reasons: reasons === undefined ? null : flagsOf(reasons),
    indirect: flag(4),
    onlyAttributes: flag(5),
  };
}

/** Keys of a point's names; a relative name is added to each of the issuers' names. */
export function pointKeys(name: PointName, issuers: readonly Uint8Array[]): readonly string[] {
  return name.type === 'full'
    ? name.names.map(({ key }) => key)
    : issuers.map((issuer) => relativeKey([...relativeNames(issuer), name.part]));
}

function partOf(parts: readonly DerNode[], tag: number): DerNode | undefined {
  return parts.find((part) => part.tag === tag);
}

function pointNameOf(node: DerNode | undefined): PointName | null {
  if (node === undefined) return null;
  const [choice] = childrenOf(node);
  if (choice?.tag === contextTag(0)) return { type: 'full', names: generalNamesOf(choice) };
  if (choice?.tag !== contextTag(1)) return null;
  // A RelativeDistinguishedName under a context tag: a SET, read as the one part of a Name.
  const part = element(tags.sequence, element(tags.set, choice.content));
  return { type: 'relative', part: relativeNames(part)[0] ?? '' };
}

/** ReasonFlags as bits of a number: bit 1 is keyCompromise, and so on. */
function flagsOf(node: DerNode): number {
  let flags = 0;
  for (let bit = 0; bit <= 8; bit++)
    if (((node.content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0) flags |= 1 << bit;
  return flags & ALL_REASONS;
}
