/**
 * Cryptographic constraints (EN 319 102-1, 5.2.8; ETSI TS 119 312): until when an algorithm is believed.
 * What a timestamp proves to be older than that end stays believed after it.
 */
import { algorithmEnds } from '../../../shared/algorithm-ends.ts';
import type { Certificate } from '../cms/certificate.ts';
import type { PublicKey } from '../cms/public-key.ts';
import { hashName } from '../cms/algorithms.ts';
import type { HashAlgorithm, SignatureScheme } from '../ports.ts';

/** First moment at which an algorithm is no longer relied on; what is not named here has no known end. */
export interface CryptoConstraints {
  readonly hashes: Readonly<Partial<Record<HashAlgorithm, Date>>>;
  /** RSA keys of fewer bits than `below`; the ends of all that fit hold. */
  readonly rsa: readonly { readonly below: number; readonly until: Date }[];
}

export const currentConstraints: CryptoConstraints = {
  hashes: Object.fromEntries(
    Object.entries(algorithmEnds.hashes).map(([hash, until]) => [hash, new Date(until)]),
  ),
  rsa: algorithmEnds.rsa.map(({ below, until }) => ({ below, until: new Date(until) })),
};

/** The end of an algorithm. */
export interface End {
  /** Null: never relied on, whatever is proven of its age. */
  readonly until: Date | null;
  /** The rest of an English sentence. */
  readonly problem: string;
}

/** What decides whether an end has come for something. */
export interface Strength {
  readonly constraints: CryptoConstraints;
  /** When somebody looks. */
  readonly now: Date;
  /** When a certificate is proven to have existed; `now` where nothing proves it to be older. */
  existed(certificate: Certificate): Date;
}

/** Nothing is proven of any age: everything is as old as `now`. */
export function strengthAt(now: Date, constraints: CryptoConstraints): Strength {
  return { constraints, now, existed: () => now };
}

/** Those ends that have come for something of the age that `existed` tells; it is asked only if it matters. */
export function overEnd(
  ends: readonly (End | null)[],
  { now }: Pick<Strength, 'now'>,
  existed: () => Date,
): End | null {
  const over = ({ until }: End): boolean => until === null || (now >= until && existed() >= until);
  return ends.find((end) => end !== null && over(end)) ?? null;
}

const BROKEN: ReadonlySet<HashAlgorithm> = new Set(['md5', 'sha1']);

export function hashEnd(hash: HashAlgorithm, { hashes }: CryptoConstraints): End | null {
  if (BROKEN.has(hash)) return { until: null, problem: `${hashName(hash)} is no longer safe` };
  return endAt(hashes[hash], hashName(hash));
}

/** Null where signatures by this scheme have no known end. */
export function schemeEnd(
  scheme: SignatureScheme | null,
  constraints: CryptoConstraints,
): End | null {
  if (scheme === null) return { until: null, problem: 'the signature algorithm is not known here' };
  switch (scheme.type) {
    case 'ed25519':
    case 'ed448':
      return null;
    case 'rsa-pkcs1':
    case 'rsa-pss':
    case 'ecdsa':
    case 'dsa':
      return hashEnd(scheme.hash, constraints);
  }
}

/** Null where signatures with this key have no known end. */
export function keyEnd(key: PublicKey, { rsa }: CryptoConstraints): End | null {
  const never = (problem: string): End => ({ until: null, problem });
  switch (key.type) {
    case 'rsa':
    case 'rsa-pss': {
      if (key.bits < 2048) return never(`a key of ${key.bits} bits is too short`);
      const ends = rsa.filter(({ below }) => key.bits < below).map(({ until }) => until);
      return endAt(earliestOf(ends), `an RSA key of ${key.bits} bits`);
    }
    case 'dsa':
      return key.bits < 2048 ? never(`a key of ${key.bits} bits is too short`) : null;
    case 'ec':
      if (key.curve === 'explicit') return never('the key spells out a curve of its own');
      return key.bits !== 0 && key.bits < 256
        ? never(`a key of ${key.bits} bits is too short`)
        : null;
    case 'ed25519':
    case 'ed448':
      return null;
    case 'unknown':
      return never('the kind of key is not known here');
  }
}

function endAt(until: Date | undefined, what: string): End | null {
  if (until === undefined) return null;
  const day = until.toISOString().slice(0, 10);
  return {
    until,
    problem: `${what} is not relied on from ${day} on, and no timestamp proves that it was used before`,
  };
}

function earliestOf(dates: readonly Date[]): Date | undefined {
  return dates.reduce<Date | undefined>(
    (first, date) => (first === undefined || date < first ? date : first),
    undefined,
  );
}

/** The standard's word for an end that has come (EN 319 102-1, 5.1.3). */
export function endIndication({
  until,
}: End): 'CRYPTO_CONSTRAINTS_FAILURE' | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE' {
  return until === null ? 'CRYPTO_CONSTRAINTS_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE';
}
