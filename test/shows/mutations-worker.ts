/**
 * One reader's mutants in a process of its own: `SUBJECT FROM TO FOLDER`. Says each seed before it begins,
 * so that whoever started it knows which one hangs; what fails is left in the folder.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeMutants, subjects } from '../support/mutations/mutants.ts';

const [name = '', from = '0', to = '0', folder = ''] = process.argv.slice(2);
const subject = subjects.find((one) => one.name === name);
if (subject === undefined || process.send === undefined) throw new Error('not by hand');
const say = process.send.bind(process);
const samples = await subject.samples();
let started = performance.now();
const before = (seed: number): void => {
  started = performance.now();
  say({ seed });
};
for await (const judged of judgeMutants(subject, samples, [Number(from), Number(to)], before)) {
  const { seed, outcome, problem, mutant } = judged;
  const milliseconds = performance.now() - started;
  const bad = outcome === 'crash' || outcome === 'wrong';
  if (bad) writeFileSync(join(folder, `${name.replace(/\W+/g, '-')}-${seed}.bin`), mutant);
  say({ seed, outcome, problem, milliseconds, peak: process.resourceUsage().maxRSS });
}
// What was said last is still on its way: a process that ends now would take it along.
await new Promise((resolve) => process.send?.({ seed: Number(to) - 1 }, resolve));
process.disconnect();
