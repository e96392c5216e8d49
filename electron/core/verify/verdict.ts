/** What weighs against a signature, and which of several things decides (EN 319 102-1, 5.1.3). */
import type { SubIndication } from '../../../shared/report.ts';

export interface Objection {
  readonly indication: 'TOTAL-FAILED' | 'INDETERMINATE';
  readonly subIndication: SubIndication;
  /** The rest of an English sentence that says what is wrong. */
  readonly problem: string;
}

export function failed(subIndication: SubIndication, problem: string): Objection {
  return { indication: 'TOTAL-FAILED', subIndication, problem };
}

export function unsure(subIndication: SubIndication, problem: string): Objection {
  return { indication: 'INDETERMINATE', subIndication, problem };
}

/** The first TOTAL-FAILED, else the first objection; null where there is none. */
export function gravest(objections: readonly (Objection | null)[]): Objection | null {
  const real = objections.filter((objection) => objection !== null);
  return real.find(({ indication }) => indication === 'TOTAL-FAILED') ?? real[0] ?? null;
}
