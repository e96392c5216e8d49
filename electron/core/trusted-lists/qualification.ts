/**
 * Whether a signature, a seal or a timestamp is a qualified one (ETSI TS 119 615, 4.4 to 4.6; Regulation
 * (EU) 910/2014): told from the certificate's own statements *and* from the trusted lists, never from one
 * of them alone, at the time of issue and at the time of signing.
 */
import type { Qualification } from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import { qualifiersFor } from './criteria.ts';
import { inGoodStanding, stateAt } from './services.ts';
import type { ListedService, TrustedServices } from './services.ts';
import type { ServiceState } from './trusted-list.ts';

/** EN 319 412-5, 4. */
const statements = {
  compliance: '0.4.0.1862.1.1',
  device: '0.4.0.1862.1.4',
  type: '0.4.0.1862.1.6',
} as const;
const types: ReadonlyMap<string, Purpose> = new Map([
  ['0.4.0.1862.1.6.1', 'signature'],
  ['0.4.0.1862.1.6.2', 'seal'],
  ['0.4.0.1862.1.6.3', 'website'],
]);
/** EN 319 411-2 and TS 101 456: qualified certificate policies, from before there were statements. */
const QUALIFIED_POLICIES = ['0.4.0.1456.1.1', '0.4.0.1456.1.2'];
/** From then on a list says which of the three a service is for. */
const EIDAS = Date.UTC(2016, 6, 1);

type Purpose = 'signature' | 'seal' | 'website';
const forPurpose: Readonly<Record<Purpose, string>> = {
  signature: 'ForeSignatures',
  seal: 'ForeSeals',
  website: 'ForWebSiteAuthentication',
};

/** `chain`: from the certificate to the anchor. `at`: when it was signed, as far as is known. */
export function qualificationOf(
  chain: readonly Certificate[],
  at: Date,
  services: TrustedServices,
): Qualification {
  const [certificate] = chain;
  const listed = services.of(chain.length > 1 ? chain.slice(1) : chain);
  if (certificate === undefined) return nothing;
  const [first] = listed;
  const source = first === undefined ? {} : sourceOf(first);
  const issued = listed.map((one) => judge(certificate, one, certificate.notBefore));
  const signed = listed.map((one) => judge(certificate, one, at));
  const best = listed.flatMap((one, i) => {
    const [before, now] = [issued[i] ?? null, signed[i] ?? null];
    if (before === null || now === null || before.of !== now.of) return [];
    const level = before.open || now.open ? 'open' : now.device ? 'qualified' : 'advanced-qc';
    return [{ level, of: now.of, ...sourceOf(one) } as const];
  });
  const order = ['qualified', 'advanced-qc', 'open'] as const;
  for (const level of order) {
    const found = best.find((one) => one.level === level);
    if (found !== undefined) return found;
  }
  return { ...nothing, ...source };
}

/** EN 319 421: a qualified timestamp is one by a service that a list names as such. */
export function timestampQualification(
  chain: readonly Certificate[],
  at: Date,
  services: TrustedServices,
): Qualification {
  for (const one of services.of(chain)) {
    const state = stateAt(one.service, at);
    if (state?.type === 'TSA/QTST' && inGoodStanding(state))
      return { level: 'qualified', of: 'timestamp', ...sourceOf(one) };
  }
  return nothing;
}

const nothing: Qualification = { level: 'not-qualified', of: null };

function sourceOf({ list, service }: ListedService) {
  return { provider: service.provider, territory: list.territory };
}

interface Judged {
  readonly of: Purpose;
  readonly device: boolean;
  /** The list depends on something that cannot be told here. */
  readonly open: boolean;
}

/** What the certificate was by this service at a time; null where it was not a qualified one. */
function judge(certificate: Certificate, { service }: ListedService, at: Date): Judged | null {
  const state = stateAt(service, at);
  if (state?.type !== 'CA/QC' || !inGoodStanding(state)) return null;
  const { held, open } = qualifiersFor(state.qualifications, certificate);
  if (held.has('NotQualified')) return null;
  const qualified =
    held.has('QCStatement') ||
    certificate.qcStatements.some(({ oid }) => oid === statements.compliance) ||
    (certificate.policies?.some((policy) => QUALIFIED_POLICIES.includes(policy)) ?? false);
  if (!qualified) return null;
  const of = purposeOf(certificate, held);
  return isFor(state, of, at)
    ? { of, device: hasDevice(certificate, held), open: open.size > 0 }
    : null;
}

function purposeOf(certificate: Certificate, held: ReadonlySet<string>): Purpose {
  if (held.has('QCForESig')) return 'signature';
  if (held.has('QCForESeal') || held.has('QCForLegalPerson')) return 'seal';
  if (held.has('QCForWSA')) return 'website';
  const named = certificate.qcStatements
    .filter(({ oid }) => oid === statements.type)
    .flatMap((statement) => statement.types.flatMap((type) => types.get(type) ?? []));
  // EN 319 412-5, 4.2.3: without a type it is for signatures.
  return named[0] ?? 'signature';
}

function isFor({ purposes }: ServiceState, of: Purpose, at: Date): boolean {
  return at.getTime() < EIDAS || purposes.includes(forPurpose[of]);
}

function hasDevice(certificate: Certificate, held: ReadonlySet<string>): boolean {
  if (held.has('QCNoSSCD') || held.has('QCNoQSCD')) return false;
  return (
    ['QCWithSSCD', 'QCWithQSCD', 'QCQSCDManagedOnBehalf'].some((name) => held.has(name)) ||
    certificate.qcStatements.some(({ oid }) => oid === statements.device)
  );
}
