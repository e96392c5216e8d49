/** When a sealed job's newest timestamps stop proving anything, and when that is worth saying. Pure. */
import { algorithmEnds } from '../algorithm-ends.ts';
import type { AlgorithmEnds } from '../algorithm-ends.ts';

/** What the newest timestamps of a job's documents rest on. */
export interface StampFacts {
  /** ISO instant: the end of the first of their authorities' certificates to end. */
  readonly certificateEnd: string;
  /** Hashes in them, by the core's names. */
  readonly hashes: readonly string[];
  /** Bits of the shortest RSA key among their authorities'; null where there is none. */
  readonly rsaBits: number | null;
}

export interface StampEnd {
  /** ISO instant. */
  readonly until: string;
  readonly by: 'certificate' | 'algorithm';
}

/** Renewed this long before the end: an authority may be out of reach for weeks. */
export const renewalLead = 180 * 24 * 60 * 60 * 1000;

/** The end that comes first. */
export function stampEnd(facts: StampFacts, ends: AlgorithmEnds = algorithmEnds): StampEnd {
  const { certificateEnd, hashes, rsaBits } = facts;
  const algorithms = [
    ...hashes.flatMap((hash) => ends.hashes[hash] ?? []),
    ...ends.rsa.flatMap(({ below, until }) => (rsaBits !== null && rsaBits < below ? until : [])),
  ].sort();
  const [first] = algorithms;
  return first !== undefined && first < certificateEnd
    ? { until: first, by: 'algorithm' }
    : { until: certificateEnd, by: 'certificate' };
}

/** Of several documents the weakest counts. */
export function weakest(all: readonly StampFacts[]): StampFacts | null {
  const [certificateEnd] = all.map((facts) => facts.certificateEnd).sort();
  if (certificateEnd === undefined) return null;
  const bits = all.flatMap(({ rsaBits }) => rsaBits ?? []);
  return {
    certificateEnd,
    hashes: [...new Set(all.flatMap(({ hashes }) => hashes))].sort(),
    rsaBits: bits.length === 0 ? null : Math.min(...bits),
  };
}

/** Whether it is time; where nothing is known of the timestamps it is. */
export function renewalIsDue(facts: StampFacts | null, now: Date): boolean {
  return facts === null || Date.parse(stampEnd(facts).until) - renewalLead <= now.getTime();
}
