/** Persons, seals and times have verdicts of their own: a good seal does not make a good person. */
import type {
  PartReport,
  SignatureKind,
  SignatureReport,
  SignatureRole,
  VerificationReport,
} from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import { nameOids } from '../cms/name.ts';

/** EN 319 412-5, 4.2.3: QcType of seals. */
const SEAL_TYPE = '0.4.0.1862.1.6.2';

/**
 * An organisation's certificate names it by its identifier and no person (EN 319 412-3, 4.2.1), or says
 * that it is for seals; and so is what the office calls its seal.
 */
export function roleOf(
  kind: SignatureKind,
  certificate: Certificate | null,
  seals: readonly Uint8Array[],
): SignatureRole {
  if (kind === 'timestamp') return 'time';
  if (certificate === null) return 'person';
  const { qcStatements, subject, der } = certificate;
  const has = (oid: string): boolean => subject.attributes.some((one) => one.oid === oid);
  const named = has(nameOids.surname) || has(nameOids.givenName);
  const isSeal =
    seals.some((seal) => equalBytes(seal, der)) ||
    qcStatements.some(({ types }) => types.includes(SEAL_TYPE)) ||
    (has(nameOids.organisationIdentifier) && !named);
  return isSeal ? 'seal' : 'person';
}

export function partsOf(
  signatures: readonly SignatureReport[],
): NonNullable<VerificationReport['parts']> {
  const part = (role: SignatureRole): PartReport | null => {
    const all = signatures.filter((one) => one.role === role);
    const worst =
      all.find(({ indication }) => indication === 'TOTAL-FAILED') ??
      all.find(({ indication }) => indication === 'INDETERMINATE') ??
      all[0];
    if (worst === undefined) return null;
    const { indication, subIndication } = worst;
    return { indication, subIndication, count: all.length };
  };
  return { person: part('person'), seal: part('seal'), time: part('time') };
}
