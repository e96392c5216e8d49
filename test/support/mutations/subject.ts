/** A reader that is shown what it was not made for. */
import { Refusal } from '../../../shared/result.ts';

/**
 * - `refused`: with a typed code, or in a report that is not green
 * - `read`: it answered, and nothing was to be believed
 * - `same`: it passed, and rests on the very bytes that were signed
 * - `wrong`: it passed and must not have
 */
export type Outcome = 'refused' | 'read' | 'same' | 'wrong';

export interface Subject {
  readonly name: string;
  /** Of a hundred thousand mutants, how many are for this reader. */
  readonly share: number;
  /** What it reads rightly. */
  samples(): Promise<readonly Uint8Array[]>;
  /** Throws for a bug only. */
  judge(mutant: Uint8Array, sample: Uint8Array): Outcome | Promise<Outcome>;
}

/** A refusal is an answer; everything else that is thrown is a bug. */
export async function answered(body: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
