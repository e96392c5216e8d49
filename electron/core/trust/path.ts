/**
 * Certification paths (RFC 5280, 6.1): building finds candidates, validation decides. The end of a
 * path is a given anchor; an anchor may be the signer's certificate itself.
 */
import type { RevocationStatus, SubIndication } from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import type { Crypto, Revocation } from '../ports.ts';
import { MAX_CERTIFICATES } from './certificates.ts';
import { sameName } from './names.ts';
import { strengthOf, tooWeak, validateChain } from './chain.ts';
import type { PathFailure, PathPolicies } from './chain.ts';
import { purposeProblem } from './purpose.ts';
import type { Purpose } from './purpose.ts';
import { revocationOf } from './revocation.ts';
import { keyEnd, overEnd } from './strength.ts';
import type { Strength } from './strength.ts';

export interface PathRequest {
  readonly certificate: Certificate;
  /** Certificates that may stand between: from the CMS, the DSS, anywhere. Not trusted by being here. */
  readonly pool: readonly Certificate[];
  /** Trust anchors. */
  readonly anchors: readonly Certificate[];
  /** The time at which the path must hold. */
  readonly at: Date;
  readonly purpose: Purpose;
  /** Inputs of RFC 5280, 6.1.1 (c) to (g); everything is accepted where they are left out. */
  readonly policies?: PathPolicies;
  /** As in `ChainRules`. The key of `certificate` itself was used at `at`. */
  readonly strength?: Strength | 'any';
  /** Certificates whose revocation is being asked while this path is validated. */
  readonly within?: readonly Certificate[];
}

export interface PathPorts {
  readonly crypto: Crypto;
  /** Absent: nothing can be asked. */
  readonly revocation?: Revocation;
}

export interface PathResult {
  /** Chain, dates, constraints, purpose: everything but revocation. */
  readonly valid: boolean;
  readonly subIndication: SubIndication | null;
  /** What is wrong, as the rest of a sentence in English; null when valid. */
  readonly problem: string | null;
  /** From the end certificate to the anchor; only the end certificate where there is no chain. */
  readonly chain: readonly Certificate[];
  readonly revocation: RevocationStatus;
  readonly revokedAt: Date | null;
  /** Where the certificate that `revocation` speaks of stands in the chain: 0 is the end. */
  readonly revokedDepth: number;
  /** Why an answer about it was not used (`ocsp.stale`), or null. */
  readonly revocationProblem: string | null;
  /** `revocation` is what was known then: nobody could be asked since. */
  readonly revocationAsOf: Date | null;
}

/** Longer than any real chain; hostile pools could otherwise ask for endless work. */
const MAX_LENGTH = 12;
const MAX_CANDIDATES = 64;

/**
 * Builds paths from `certificate` to an anchor and validates them until one holds. `valid` with
 * `revocation` `not-checked` or `unknown` is for the caller to weigh: a source is named that was not
 * asked. Never throws on hostile certificates.
 */
export async function validatePath(request: PathRequest, ports: PathPorts): Promise<PathResult> {
  const { certificate } = request;
  let best: { readonly chain: readonly Certificate[]; readonly failure: PathFailure } | null = null;
  let candidates = 0;
  for (const chain of candidateChains(request)) {
    if (++candidates > MAX_CANDIDATES) break;
    const failure = await validateChain(chain, request, ports.crypto);
    if (failure === null) return settle(chain, request, ports);
    if (best === null || failure.depth < best.failure.depth) best = { chain, failure };
  }
  if (best !== null) return rejected(best.chain, best.failure.subIndication, best.failure.problem);
  return rejected(
    [certificate],
    'NO_CERTIFICATE_CHAIN_FOUND',
    'no chain leads to a trusted issuer',
  );
}

function rejected(
  chain: readonly Certificate[],
  subIndication: SubIndication,
  problem: string,
): PathResult {
  return {
    valid: false,
    subIndication,
    problem,
    chain,
    revocation: 'not-checked',
    revokedAt: null,
    revokedDepth: 0,
    revocationProblem: null,
    revocationAsOf: null,
  };
}

async function settle(
  chain: readonly Certificate[],
  request: PathRequest,
  ports: PathPorts,
): Promise<PathResult> {
  const purpose = purposeProblem(request.certificate, request.purpose);
  if (purpose !== null) return rejected(chain, 'CHAIN_CONSTRAINTS_FAILURE', purpose);
  const strength = strengthOf(request);
  if (strength !== 'any') {
    const { key, commonName } = request.certificate;
    const over = overEnd([keyEnd(key, strength.constraints)], strength, () => request.at);
    if (over !== null) {
      const { subIndication, problem } = tooWeak(over, commonName);
      return rejected(chain, subIndication, problem);
    }
  }
  const known = await revocationOf(chain, request, ports.revocation);
  return {
    valid: true,
    subIndication: null,
    problem: null,
    chain,
    revocation: known.status,
    revokedAt: known.revokedAt,
    revokedDepth: known.depth,
    revocationProblem: known.problem,
    revocationAsOf: known.asOf,
  };
}

/**
 * Every chain of names from the end certificate to an anchor, likeliest first: depth first, no
 * certificate twice. Signatures are not looked at here.
 */
function* candidateChains(request: PathRequest): Generator<readonly Certificate[]> {
  const { certificate, anchors } = request;
  const direct = anchors.find((anchor) => equalBytes(anchor.der, certificate.der));
  if (direct !== undefined) yield [certificate];
  const pool = request.pool.slice(0, MAX_CERTIFICATES);
  // Work is bounded by steps as well: a pool of one name can be arranged in a great many ways.
  let steps = 0;
  function* extend(chain: readonly Certificate[]): Generator<readonly Certificate[]> {
    const last = chain[chain.length - 1];
    if (last === undefined || chain.length >= MAX_LENGTH || ++steps > 4 * MAX_CANDIDATES) return;
    for (const anchor of issuersAmong(anchors, last)) yield [...chain, anchor];
    for (const issuer of issuersAmong(pool, last)) {
      const used = (other: Certificate): boolean => equalBytes(other.der, issuer.der);
      if (!chain.some(used) && !anchors.some(used)) yield* extend([...chain, issuer]);
    }
  }
  yield* extend([certificate]);
}

/** Certificates whose subject is this issuer; those whose key identifier fits come first. */
function issuersAmong(
  certificates: readonly Certificate[],
  child: Certificate,
): readonly Certificate[] {
  const named = certificates.filter(
    (other) => other !== child && sameName(other.subject, child.issuer),
  );
  const fits = (other: Certificate): boolean =>
    child.authorityKeyId !== null &&
    other.subjectKeyId !== null &&
    equalBytes(child.authorityKeyId, other.subjectKeyId);
  return [...named.filter(fits), ...named.filter((other) => !fits(other))];
}
