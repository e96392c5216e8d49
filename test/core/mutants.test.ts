import { expect, test } from 'vitest';
import { judgeMutants, subjects } from '../support/mutations/mutants.ts';

/** A hundred thousand: `npm run shows -- mutations`. */
const MUTANTS = 40;

test.each(subjects)(
  '$name: changed at random, it is read or refused, and never wrongly passed',
  async (subject) => {
    const samples = await subject.samples();
    for (const sample of samples)
      expect(await subject.judge(sample, sample), 'the sample itself').not.toMatch(/refused|wrong/);
    for await (const { seed, outcome, problem } of judgeMutants(subject, samples, [0, MUTANTS]))
      expect(['refused', 'read', 'same'], `seed ${seed}: ${problem}`).toContain(outcome);
  },
);
