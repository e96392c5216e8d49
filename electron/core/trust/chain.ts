/** Validation of one chain of certificates (RFC 5280, 6.1.3 to 6.1.5), from the anchor down. */
import type { SubIndication } from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import type { Crypto } from '../ports.ts';
import { workingKey } from './inherited-key.ts';
import { createNameConstraints } from './name-constraints.ts';
import { sameName } from './names.ts';
import { createPolicies } from './policies.ts';
import type { PathPolicies } from './policies.ts';
import {
  currentConstraints,
  endIndication,
  keyEnd,
  overEnd,
  schemeEnd,
  strengthAt,
} from './strength.ts';
import type { End, Strength } from './strength.ts';

export type { PathPolicies } from './policies.ts';

export interface PathFailure {
  readonly subIndication: SubIndication;
  /** The rest of a sentence in English. */
  readonly problem: string;
  /** How many certificates stand between the failing one and the end: the nearest failure says most. */
  readonly depth: number;
}

export interface ChainRules {
  readonly at: Date;
  readonly policies?: PathPolicies;
  /** `any` leaves EN 319 102-1's cryptographic constraints aside: for conformance tests of RFC 5280. */
  readonly strength?: Strength | 'any';
}

/** The rules' own, else what holds today, with everything as old as the time of the path. */
export function strengthOf({
  at,
  strength,
}: Pick<ChainRules, 'at' | 'strength'>): Strength | 'any' {
  return strength ?? strengthAt(at, currentConstraints);
}

/**
 * Validates `chain` (end certificate first, anchor last); null when it holds. The anchor is a name and
 * a key (RFC 5280, 6.1.1 (d)): its own dates and constraints are not looked at, unless it is the end
 * certificate itself, which must be valid at the time like any signer's.
 */
export async function validateChain(
  chain: readonly Certificate[],
  rules: ChainRules,
  crypto: Crypto,
): Promise<PathFailure | null> {
  const anchor = chain[chain.length - 1];
  if (anchor === undefined) throw new Error('a chain without an anchor');
  if (chain.length === 1)
    return failureAt(0, datesProblem(anchor, rules.at) ?? criticalProblem(anchor));
  const names = createNameConstraints();
  const policies = createPolicies(chain.length - 1, rules.policies);
  let pathLength = Infinity;
  let issuer = anchor;
  let key = anchor.spki;
  for (let depth = chain.length - 2; depth >= 0; depth--) {
    const certificate = chain[depth];
    if (certificate === undefined) break;
    const last = depth === 0;
    const problem =
      (await signatureProblem(certificate, { key, owner: issuer }, rules, crypto)) ??
      datesProblem(certificate, rules.at) ??
      (sameName(certificate.issuer, issuer.subject)
        ? null
        : broken('a certificate names another issuer')) ??
      // RFC 5280, 6.1.3 (b): a self-issued certificate in between is not held to them.
      (certificate.selfIssued && !last ? null : constraint(names.problem(certificate))) ??
      constraint(policies.enter(certificate, last)) ??
      criticalProblem(certificate);
    if (problem !== null) return failureAt(depth, problem);
    if (last) break;
    const authority = authorityProblem(certificate, pathLength);
    if (authority !== null) return failureAt(depth, authority);
    if (!certificate.selfIssued) pathLength--;
    pathLength = Math.min(pathLength, certificate.basicConstraints?.pathLength ?? Infinity);
    const unreadable = constraint(names.add(certificate) ?? policies.leave(certificate));
    if (unreadable !== null) return failureAt(depth, unreadable);
    key = workingKey(certificate, key);
    issuer = certificate;
  }
  return failureAt(0, constraint(policies.finish()));
}

type Problem = Omit<PathFailure, 'depth'>;

function failureAt(depth: number, problem: Problem | null): PathFailure | null {
  return problem === null ? null : { ...problem, depth };
}

function broken(problem: string): Problem {
  return { subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE', problem };
}

/** Said of a certificate whose own signature or key has come to its end. */
export function tooWeak(end: End, name: string): Problem {
  return { subIndication: endIndication(end), problem: `${end.problem} ("${name}")` };
}

function constraint(problem: string | null): Problem | null {
  return problem === null ? null : { subIndication: 'CHAIN_CONSTRAINTS_FAILURE', problem };
}

/** RFC 5280, 6.1.3 (a) (1). */
async function signatureProblem(
  certificate: Certificate,
  issuer: { readonly key: Uint8Array; readonly owner: Certificate },
  rules: ChainRules,
  crypto: Crypto,
): Promise<Problem | null> {
  const { scheme, commonName } = certificate;
  const strength = strengthOf(rules);
  if (strength !== 'any') {
    const { constraints } = strength;
    const ends = [schemeEnd(scheme, constraints), keyEnd(issuer.owner.key, constraints)];
    const over = overEnd(ends, strength, () => strength.existed(certificate));
    if (over !== null) return tooWeak(over, commonName);
  }
  if (scheme === null)
    return broken(
      `the signature algorithm on the certificate of "${commonName}" is not known here`,
    );
  switch (await crypto.verify(scheme, issuer.key, certificate.tbs, certificate.signature)) {
    case 'valid':
      return null;
    case 'invalid':
      // Another chain may have the right key: nothing is said of the end certificate itself.
      return {
        subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
        problem: `the certificate of "${commonName}" was not signed by the issuer it names`,
      };
    case 'unsupported':
      return broken(`the signature on the certificate of "${commonName}" cannot be checked here`);
  }
}

/** RFC 5280, 6.1.3 (a) (2). */
function datesProblem(certificate: Certificate, at: Date): Problem | null {
  const who = certificate.commonName;
  if (at < certificate.notBefore)
    return {
      subIndication: 'NOT_YET_VALID',
      problem: `the certificate of "${who}" was not valid yet`,
    };
  if (at > certificate.notAfter)
    return { subIndication: 'EXPIRED', problem: `the certificate of "${who}" had expired` };
  return null;
}

/** RFC 5280, 4.2: what must be understood and is not. */
function criticalProblem(certificate: Certificate): Problem | null {
  const [unknown] = certificate.unknownCritical;
  if (unknown !== undefined)
    return constraint(
      `the certificate of "${certificate.commonName}" demands something unknown (${unknown})`,
    );
  const unreadable = certificate.extensions.find(
    ({ oid, critical }) => critical && certificate.unreadable.includes(oid),
  );
  return unreadable === undefined
    ? null
    : constraint(`a part of the certificate of "${certificate.commonName}" cannot be read`);
}

/** RFC 5280, 6.1.4 (k) to (n): whether this certificate may issue others, this far down. */
function authorityProblem(certificate: Certificate, pathLength: number): Problem | null {
  const { basicConstraints, keyUsage, commonName, version, selfIssued } = certificate;
  if (version !== 3 || basicConstraints?.ca !== true)
    return constraint(`"${commonName}" may not issue certificates`);
  if (keyUsage !== null && !keyUsage.includes('keyCertSign'))
    return constraint(`the key of "${commonName}" may not sign certificates`);
  if (!selfIssued && pathLength <= 0)
    return constraint(`"${commonName}" stands too deep in the chain`);
  return null;
}
