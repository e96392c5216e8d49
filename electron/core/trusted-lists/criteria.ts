/**
 * Qualifications of a service (ETSI TS 119 612, 5.5.9.2): for which of its certificates something holds
 * that the certificate itself does not say, or says wrongly.
 */
import { attributeOf, childElement, childElements, textOf } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import type { Certificate } from '../cms/certificate.ts';
import { lastPart } from './names.ts';

export const QUALIFICATIONS =
  'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#';

export interface Criteria {
  readonly assert: 'all' | 'atLeastOne' | 'none';
  /** Each a set of bits that have to be as said. */
  readonly keyUsages: readonly ReadonlyMap<string, boolean>[];
  /** Each a set of policies that have to be there. */
  readonly policySets: readonly (readonly string[])[];
  readonly lists: readonly Criteria[];
  /** Criteria of a kind that is not known here: nobody can say whether they hold. */
  readonly unknown: boolean;
}

export interface Qualification {
  /** Last parts of their addresses: `QCWithQSCD`, `NotQualified`, `QCForESeal`, ... */
  readonly qualifiers: readonly string[];
  readonly criteria: Criteria;
}

export function readQualifications(element: XmlElement): readonly Qualification[] {
  return childElements(element, QUALIFICATIONS, 'QualificationElement').flatMap((one) => {
    const list = childElement(one, QUALIFICATIONS, 'CriteriaList');
    const qualifiers = childElement(one, QUALIFICATIONS, 'Qualifiers');
    if (list === null || qualifiers === null) return [];
    return [
      {
        qualifiers: childElements(qualifiers, QUALIFICATIONS, 'Qualifier').map((each) =>
          lastPart(attributeOf(each, 'uri') ?? ''),
        ),
        criteria: readCriteria(list),
      },
    ];
  });
}

function readCriteria(list: XmlElement): Criteria {
  const assert = attributeOf(list, 'assert');
  const known = ['KeyUsage', 'PolicySet', 'CriteriaList', 'Description'];
  return {
    assert: assert === 'atLeastOne' || assert === 'none' ? assert : 'all',
    keyUsages: childElements(list, QUALIFICATIONS, 'KeyUsage').map(
      (usage) =>
        new Map(
          childElements(usage, QUALIFICATIONS, 'KeyUsageBit').map((bit) => [
            attributeOf(bit, 'name') ?? '',
            ['true', '1'].includes(textOf(bit).trim()),
          ]),
        ),
    ),
    policySets: childElements(list, QUALIFICATIONS, 'PolicySet').map((set) =>
      childElements(set, QUALIFICATIONS, 'PolicyIdentifier').map((policy) =>
        textOf(childElements(policy)[0] ?? policy)
          .trim()
          .replace(/^urn:oid:/i, ''),
      ),
    ),
    lists: childElements(list, QUALIFICATIONS, 'CriteriaList').map(readCriteria),
    unknown: childElements(list).some(
      ({ namespace, local }) => namespace !== QUALIFICATIONS || !known.includes(local),
    ),
  };
}

/** Whether the criteria hold for a certificate; null where that cannot be told. */
export function criteriaHold(criteria: Criteria, certificate: Certificate): boolean | null {
  const answers: readonly (boolean | null)[] = [
    ...criteria.keyUsages.map((bits) =>
      [...bits].every(
        ([name, wanted]) =>
          (certificate.keyUsage?.some((usage) => usage === name) ?? false) === wanted,
      ),
    ),
    ...criteria.policySets.map((policies) =>
      policies.every((policy) => certificate.policies?.includes(policy) ?? false),
    ),
    ...criteria.lists.map((list) => criteriaHold(list, certificate)),
    ...(criteria.unknown ? [null] : []),
  ];
  switch (criteria.assert) {
    case 'all':
      if (answers.includes(false)) return false;
      return answers.includes(null) ? null : true;
    case 'atLeastOne':
      if (answers.includes(true)) return true;
      return answers.includes(null) ? null : false;
    case 'none':
      if (answers.includes(true)) return false;
      return answers.includes(null) ? null : true;
  }
}

/** The qualifiers that hold for a certificate, and those of which nobody can say. */
export function qualifiersFor(
  qualifications: readonly Qualification[],
  certificate: Certificate,
): { readonly held: ReadonlySet<string>; readonly open: ReadonlySet<string> } {
  const held = new Set<string>();
  const open = new Set<string>();
  for (const { qualifiers, criteria } of qualifications) {
    const holds = criteriaHold(criteria, certificate);
    if (holds === false) continue;
    for (const qualifier of qualifiers) (holds === null ? open : held).add(qualifier);
  }
  return { held, open };
}
