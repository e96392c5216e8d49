/**
 * `Revocation` over HTTP(S): asks the OCSP responders a certificate names (RFC 6960, appendix A.1), then
 * fetches its revocation lists (RFC 5280, 4.2.1.13). What comes back is judged by the core.
 */
import { attempt } from '../../shared/result.ts';
import type {
  Clock,
  Crypto,
  Random,
  Revocation,
  RevocationAnswer,
  RevocationQuestion,
} from '../core/ports.ts';
import { parseCrl } from '../core/trust/crl.ts';
import { distributionPointsOf, freshestPointsOf } from '../core/trust/distribution-points.ts';
import type { DistributionPoint } from '../core/trust/distribution-points.ts';
import { encodeOcspRequest } from '../core/trust/ocsp-request.ts';
import { namesRevocationSource } from '../core/trust/revocation.ts';
import { revocationEvidence } from '../core/trust/revocation-evidence.ts';
import type { HeldEvidence } from '../core/trust/revocation-evidence.ts';
import { fetchBounded, isHttp } from './bounded-request.ts';
import type { BoundedRequest, Fetched, RequestProblem } from './bounded-request.ts';

export interface HttpRevocationOptions {
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly random: Random;
  /** For each address. */
  readonly timeoutMs?: number;
  /** For all addresses of one certificate together. */
  readonly budgetMs?: number;
}

/** An OCSP answer is some kilobytes. */
const MAX_ANSWER = 256 * 1024;
/** The lists of the largest public authorities have some tens of megabytes. */
const MAX_LIST = 32 * 1024 * 1024;
/** Addresses and lists of one certificate; honest ones name one or two. */
const MAX_ADDRESSES = 4;
const MAX_POINTS = 8;
/** How long an address that did not answer is left alone. */
const REST_MS = 30_000;
/** Responders of responders of responders: no further. */
const MAX_DEPTH = 3;
const MAX_CACHED = 512;
const MAX_LISTS = 16;

/**
 * Answers `good` or `revoked` with the DER it rests on, `unknown` where somebody answered and nothing can
 * be believed, `unreachable` where nobody answered, `not-checked` where no named source is one that can be
 * asked (LDAP), `no-source`. `problems` holds every failed attempt: the core's names, and `ocsp.` or `crl.`
 * before those of `bounded-request`. Answers are kept in memory until their next update. Never throws.
 */
export function httpRevocation(options: HttpRevocationOptions): Revocation {
  const { clock, crypto, random, timeoutMs = 4_000, budgetMs = 10_000 } = options;
  const answers = new Map<string, RevocationAnswer & { readonly validUntil: Date }>();
  const lists = new Map<string, { readonly der: Uint8Array; readonly until: Date }>();
  const resting = new Map<string, { readonly until: number; readonly problem: RequestProblem }>();

  const self: Revocation = {
    async check(question) {
      const { certificate, within = [], at } = question;
      if (!namesRevocationSource(certificate)) return { status: 'no-source' };
      if (within.length >= MAX_DEPTH) return { status: 'not-checked' };
      const key = keyOf(question);
      const known = answers.get(key);
      if (known !== undefined && known.validUntil >= clock.now() && known.validUntil >= at)
        return known;
      const answer = await ask(question);
      const { status, validUntil } = answer;
      if ((status === 'good' || status === 'revoked') && validUntil !== undefined)
        remember(answers, key, { ...answer, validUntil });
      return answer;
    },
  };

  async function ask(question: RevocationQuestion): Promise<RevocationAnswer> {
    const deadline = performance.now() + budgetMs;
    const problems: string[] = [];
    const byOcsp = await askResponders(question, problems, deadline);
    if (byOcsp?.status === 'good' || byOcsp?.status === 'revoked') return { ...byOcsp, problems };
    const byList = await fetchLists(question, problems, deadline);
    if (byList?.status === 'good' || byList?.status === 'revoked') return { ...byList, problems };
    if (byOcsp !== null || byList !== null) return { status: 'unknown', problems };
    const asked = problems.some((problem) => !problem.endsWith('.no-address'));
    return { status: asked ? 'unreachable' : 'not-checked', problems };
  }

  /** The first believable answer, else one that settles nothing; null where nobody answered. */
  async function askResponders(
    question: RevocationQuestion,
    problems: string[],
    deadline: number,
  ): Promise<RevocationAnswer | null> {
    const [issuer] = question.issuers;
    if (issuer === undefined) return null;
    let last: RevocationAnswer | null = null;
    for (const url of question.certificate.ocspUrls.slice(0, MAX_ADDRESSES)) {
      const nonce = random.bytes(16);
      const fetched = await request(url, deadline, {
        method: 'POST',
        body: encodeOcspRequest(question.certificate, issuer, crypto, { nonce }),
        headers: {
          'content-type': 'application/ocsp-request',
          accept: 'application/ocsp-response',
        },
        maxBytes: MAX_ANSWER,
      });
      if (!fetched.ok) {
        problems.push(`ocsp.${fetched.problem}`);
        continue;
      }
      const answer = await judge(question, [{ type: 'ocsp', der: fetched.bytes, nonce }]);
      problems.push(...(answer.problems ?? []));
      if (answer.status === 'good' || answer.status === 'revoked') return answer;
      // "Try later" and the like are no answer about the certificate.
      if (answer.problems?.includes('ocsp.refused') !== true) last = answer;
    }
    return last;
  }

  /** By one list for each point; where those settle nothing, by the ones at its other addresses too. */
  async function fetchLists(
    question: RevocationQuestion,
    problems: string[],
    deadline: number,
  ): Promise<RevocationAnswer | null> {
    const { certificate } = question;
    const points = pointsIn(() => distributionPointsOf(certificate)).map(addressesOf);
    if (points.some((urls) => urls.length === 0)) problems.push('crl.no-address');
    const held = new Map<string, HeldEvidence>();
    let answer: RevocationAnswer | null = null;
    for (let round = 0; round < MAX_ADDRESSES; round++) {
      const found = await fetchEach(points, problems, deadline);
      if (found.size === 0) break;
      const deltas = [
        ...pointsIn(() => freshestPointsOf(certificate)),
        ...[...found.values()].flatMap(({ der }) => freshestIn(der)),
      ].map(addressesOf);
      // A delta list that cannot be had takes nothing from the complete one.
      for (const [url, list] of [...found, ...(await fetchEach(deltas, [], deadline))])
        held.set(url, list);
      answer = await judge(question, [...held.values()]);
      if (answer.status === 'good' || answer.status === 'revoked') {
        for (const [url, { der }] of held)
          if (answer.evidence?.some((used) => used.der === der)) keepList(url, der);
        break;
      }
    }
    problems.push(...(answer?.problems ?? []));
    return answer;
  }

  /** For each point a list from the first of its addresses that has one, which are used up by it. */
  async function fetchEach(
    points: readonly string[][],
    problems: string[],
    deadline: number,
  ): Promise<Map<string, HeldEvidence>> {
    const found = new Map<string, HeldEvidence>();
    for (const urls of points) {
      for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
        const kept = lists.get(url);
        const fetched =
          kept !== undefined && kept.until >= clock.now()
            ? { ok: true as const, bytes: kept.der }
            : await request(url, deadline, { method: 'GET', maxBytes: MAX_LIST });
        if (fetched.ok) {
          found.set(url, { type: 'crl', der: fetched.bytes });
          break;
        }
        problems.push(`crl.${fetched.problem}`);
      }
    }
    return found;
  }

  /** Only a list that was believed is kept: whoever is on the way could put another in its place for long. */
  function keepList(url: string, der: Uint8Array): void {
    const parsed = parseCrl(der);
    const until = parsed.ok ? parsed.value.nextUpdate : null;
    if (until !== null) remember(lists, url, { der, until }, MAX_LISTS);
  }

  /** Leaves an address alone that has just failed, and keeps to the time there is. */
  async function request(
    url: string,
    deadline: number,
    what: Omit<BoundedRequest, 'timeoutMs'>,
  ): Promise<Fetched> {
    const now = performance.now();
    const rest = resting.get(url);
    if (rest !== undefined && rest.until > now) return { ok: false, problem: rest.problem };
    const fetched = await fetchBounded(url, {
      ...what,
      timeoutMs: Math.min(timeoutMs, deadline - now),
    });
    if (!fetched.ok && (fetched.problem === 'unreachable' || fetched.problem === 'too-slow'))
      remember(resting, url, { until: performance.now() + REST_MS, problem: fetched.problem });
    return fetched;
  }

  function judge(
    question: RevocationQuestion,
    held: readonly HeldEvidence[],
  ): Promise<RevocationAnswer> {
    return revocationEvidence({ held, now: clock.now(), others: self }, crypto).check(question);
  }

  function keyOf({ certificate, issuers }: RevocationQuestion): string {
    return [certificate, ...issuers.slice(0, 1)]
      .map(({ der }) => Buffer.from(crypto.hash('sha256')?.update(der).digest() ?? der))
      .map((digest) => digest.toString('hex'))
      .join(' ');
  }

  return self;
}

/** What a certificate names but nobody can read is asked of nobody. */
function pointsIn(read: () => readonly DistributionPoint[]): readonly DistributionPoint[] {
  const points = attempt(read);
  return points.ok ? points.value.slice(0, MAX_POINTS) : [];
}

function freshestIn(der: Uint8Array): readonly DistributionPoint[] {
  const parsed = parseCrl(der);
  return parsed.ok ? parsed.value.freshest.slice(0, MAX_POINTS) : [];
}

function addressesOf({ name }: DistributionPoint): string[] {
  const urls = name?.type === 'full' ? name.names.flatMap(({ url }) => url ?? []) : [];
  return urls.filter(isHttp).slice(0, MAX_ADDRESSES);
}

/** The oldest makes room. */
function remember<T>(cache: Map<string, T>, key: string, value: T, most = MAX_CACHED): void {
  const [oldest] = cache.keys();
  if (cache.size >= most && oldest !== undefined) cache.delete(oldest);
  cache.set(key, value);
}
