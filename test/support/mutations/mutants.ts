/** Every reader that is shown mutants, and one run over a range of them. */
import { certificateReaders } from './certificates.ts';
import { containerReaders } from './containers.ts';
import { createDice, mutate } from './mutate.ts';
import { signedFiles } from './signed-files.ts';
import { trustedListReaders } from './trusted-lists.ts';
import type { Outcome, Subject } from './subject.ts';
import { answered } from './subject.ts';

export const subjects: readonly Subject[] = [
  ...signedFiles,
  ...certificateReaders,
  ...containerReaders,
  ...trustedListReaders,
];

export interface Judged {
  readonly seed: number;
  readonly outcome: Outcome | 'crash';
  /** What was thrown, where it was no refusal. */
  readonly problem: string | null;
  readonly mutant: Uint8Array;
}

/** The mutants of the seeds from `from` up to, not including, `to`. `before`: told of each seed. */
export async function* judgeMutants(
  { judge }: Subject,
  samples: readonly Uint8Array[],
  [from, to]: readonly [number, number],
  before: (seed: number) => void = () => undefined,
): AsyncGenerator<Judged> {
  for (let seed = from; seed < to; seed++) {
    before(seed);
    const dice = createDice(seed);
    const sample = samples[dice(samples.length)];
    if (sample === undefined) throw new Error('a reader without samples');
    const mutant = mutate(sample, dice);
    try {
      const outcome = await answered(() => judge(mutant, sample));
      yield { seed, outcome, problem: null, mutant };
    } catch (error) {
      const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
      yield { seed, outcome: 'crash', problem, mutant };
    }
  }
}
