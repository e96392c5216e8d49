/** What weighs against a signature, and which of several things decides (EN 319 102-1, 5.1.3). */
import type { SubIndication } from '../../../shared/report.ts';
import { endIndication } from '../trust/strength.ts';
import type { End } from '../trust/strength.ts';

export interface Objection {
  readonly indication: 'TOTAL-FAILED' | 'INDETERMINATE';
  readonly subIndication: SubIndication;
  /** The rest of an English sentence that says what is wrong. */
  readonly problem: string;
  /** It weighs only against what is not proven to be older than this. */
  readonly until?: Date;
}

export function failed(subIndication: SubIndication, problem: string): Objection {
  return { indication: 'TOTAL-FAILED', subIndication, problem };
}

export function unsure(subIndication: SubIndication, problem: string): Objection {
  return { indication: 'INDETERMINATE', subIndication, problem };
}

/** Against what rests on an algorithm that has an end, be it still to come. */
export function weakness(end: End | null): Objection[] {
  if (end === null) return [];
  const objection = unsure(endIndication(end), end.problem);
  return [end.until === null ? objection : { ...objection, until: end.until }];
}

/** What is left of objections against something that existed at `existed`. */
export function standing(objections: readonly Objection[], existed: Date): readonly Objection[] {
  return objections.filter(({ until }) => until === undefined || existed >= until);
}

/** The first TOTAL-FAILED, else the first objection; null where there is none. */
export function gravest(objections: readonly (Objection | null)[]): Objection | null {
  const real = objections.filter((objection) => objection !== null);
  return real.find(({ indication }) => indication === 'TOTAL-FAILED') ?? real[0] ?? null;
}
