/** A certificate's status by revocation lists (RFC 5280, 6.3.3). */
import { attempt } from '../../../shared/result.ts';
import type { Certificate } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import type { RevocationQuestion } from '../ports.ts';
import type { Crl, RevokedEntry } from './crl.ts';
import type { SignerProblem } from './crl-signer.ts';
import { ALL_REASONS, distributionPointsOf, pointKeys } from './distribution-points.ts';
import type { DistributionPoint } from './distribution-points.ts';
import { directoryKey } from './general-names.ts';
import { sameName } from './names.ts';
import { saysNothing, timeProblem } from './revocation-times.ts';

export type CrlProblem =
  | SignerProblem
  | 'crl.malformed'
  | 'crl.other-issuer'
  | 'crl.other-scope'
  | 'crl.unknown-extension'
  | 'crl.future'
  | 'crl.stale'
  | 'crl.after-expiry'
  | 'crl.delta-only'
  | 'crl.some-reasons';

export interface ListAnswer {
  /** Null: the lists settle nothing. */
  readonly status: 'good' | 'revoked' | null;
  readonly entry: RevokedEntry | null;
  readonly problems: readonly CrlProblem[];
  readonly used: readonly Crl[];
  readonly thisUpdate: Date | null;
  /** Until when all that was used is stood by; null where one does not say. */
  readonly validUntil: Date | null;
}

export interface ListQuestion extends RevocationQuestion {
  readonly now: Date;
}

/** `signer`: what is wrong with who signed a list, null where nothing is. Never throws on hostile lists. */
export async function statusByLists(
  question: ListQuestion,
  crls: readonly Crl[],
  signer: (crl: Crl) => Promise<SignerProblem | null>,
): Promise<ListAnswer> {
  const { certificate } = question;
  const problems = new Set<CrlProblem>();
  const used: Crl[] = [];
  let covered = 0;
  const answer = (status: ListAnswer['status'], entry: RevokedEntry | null): ListAnswer => ({
    status,
    entry,
    problems: [...problems],
    used,
    thisUpdate: latest(used.map(({ thisUpdate }) => thisUpdate)),
    validUntil: used.some(({ nextUpdate }) => nextUpdate === null)
      ? null
      : earliest(used.flatMap(({ nextUpdate }) => nextUpdate ?? [])),
  });
  const bases = crls.filter((crl) => crl.baseNumber === null);
  if (bases.length === 0 && crls.length > 0) problems.add('crl.delta-only');
  const named = attempt(() => distributionPointsOf(certificate));
  const points = [...(named.ok ? named.value : []), impliedPoint(certificate)];
  for (const point of points) {
    for (const crl of bases) {
      const reasons = point.reasons & (crl.issuingPoint?.reasons ?? ALL_REASONS);
      // RFC 5280, 6.3.3 (e): a list that adds no reason is not looked at.
      if ((reasons & ~covered) === 0) continue;
      const problem = scopeProblem(crl, point, certificate) ?? listProblem(crl, question);
      const unsigned = problem ?? (await signer(crl));
      if (unsigned !== null) {
        problems.add(unsigned);
        continue;
      }
      const delta = await deltaOf(crl, crls, question, signer);
      const entry = entryOf(certificate, crl, delta);
      if (entry === null && saysNothing(crl.thisUpdate, certificate.notAfter, crl.expiredSince)) {
        problems.add('crl.after-expiry');
        continue;
      }
      used.push(crl, ...(delta === null ? [] : [delta]));
      if (entry !== null) return answer('revoked', entry);
      covered |= reasons;
    }
    if (covered === ALL_REASONS) return answer('good', null);
  }
  if (covered !== 0) problems.add('crl.some-reasons');
  return answer(null, null);
}

/** RFC 5280, 6.3.3, at the end: lists of the certificate's own issuer, whether or not it names them. */
function impliedPoint(certificate: Certificate): DistributionPoint {
  const { der } = certificate.issuer;
  return {
    name: { type: 'full', names: [{ key: directoryKey(der), directory: der, url: null }] },
    reasons: ALL_REASONS,
    crlIssuer: null,
  };
}

/** RFC 5280, 6.3.3 (b). */
function scopeProblem(
  crl: Crl,
  point: DistributionPoint,
  certificate: Certificate,
): CrlProblem | null {
  const scope = crl.issuingPoint;
  if (point.crlIssuer !== null) {
    const key = directoryKey(crl.issuer.der);
    if (!point.crlIssuer.some((name) => name.key === key)) return 'crl.other-issuer';
    if (scope?.indirect !== true) return 'crl.other-scope';
  } else if (!sameName(crl.issuer, certificate.issuer)) return 'crl.other-issuer';
  if (scope === null) return null;
  const authority = certificate.basicConstraints?.ca === true;
  if (scope.onlyAttributes || (authority ? scope.onlyUsers : scope.onlyAuthorities))
    return 'crl.other-scope';
  if (scope.name === null) return null;
  const named = pointKeys(scope.name, [crl.issuer.der]);
  const issuers = point.crlIssuer?.flatMap(({ directory }) => directory ?? []);
  const wanted =
    point.name === null
      ? (point.crlIssuer ?? []).map(({ key }) => key)
      : pointKeys(point.name, issuers ?? [certificate.issuer.der]);
  return wanted.some((key) => named.includes(key)) ? null : 'crl.other-scope';
}

function listProblem(crl: Crl, question: ListQuestion): CrlProblem | null {
  // RFC 5280, 5.2 and 5.3: such a list must not be used for any certificate.
  if (crl.unknownCritical.length > 0) return 'crl.unknown-extension';
  const time = timeProblem(crl, question);
  return time === null ? null : `crl.${time}`;
}

/** The newest delta list that adds to `crl` (RFC 5280, 5.2.4 and 6.3.3 (c)), or null. */
async function deltaOf(
  crl: Crl,
  crls: readonly Crl[],
  question: ListQuestion,
  signer: (crl: Crl) => Promise<SignerProblem | null>,
): Promise<Crl | null> {
  const candidates = crls
    .filter((delta) => addsTo(delta, crl) && listProblem(delta, question) === null)
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  for (const delta of candidates) if ((await signer(delta)) === null) return delta;
  return null;
}

function addsTo(delta: Crl, crl: Crl): boolean {
  const { number } = crl;
  return (
    delta.baseNumber !== null &&
    number !== null &&
    delta.baseNumber <= number &&
    delta.number !== null &&
    delta.number > number &&
    sameName(delta.issuer, crl.issuer) &&
    sameBytes(delta.issuingPointDer, crl.issuingPointDer) &&
    sameBytes(delta.authorityKeyId, crl.authorityKeyId)
  );
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equalBytes(a, b);
}

/** RFC 5280, 6.3.3 (i) to (k): the delta list knows better; what it takes off the list is not revoked. */
function entryOf(certificate: Certificate, crl: Crl, delta: Crl | null): RevokedEntry | null {
  const issuer = directoryKey(certificate.issuer.der);
  const entry = delta?.find(certificate.serial, issuer) ?? crl.find(certificate.serial, issuer);
  return entry?.reason === 'removeFromCRL' ? null : entry;
}

function latest(dates: readonly Date[]): Date | null {
  return dates.reduce<Date | null>(
    (best, date) => (best === null || date > best ? date : best),
    null,
  );
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.reduce<Date | null>(
    (best, date) => (best === null || date < best ? date : best),
    null,
  );
}
