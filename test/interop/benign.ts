/** The benign set under pyHanko: what its rules cover it must accept, as we do. */
import { basename, join } from 'node:path';
import { writeBenign, writeRoot } from '../support/attacks/write-variants.ts';
import type { Rows } from './tools.ts';

/** Checks one signature after another, and says what is left out and why. */
export async function checkBenign(
  python: (args: readonly string[]) => Rows,
  folder: string,
  check: (good: boolean, what: string) => void,
): Promise<void> {
  const files = join(folder, 'benign');
  const benign = await writeBenign(files);
  const covered = benign.filter(({ beyondPyhanko }) => beyondPyhanko === undefined);
  const rows = python([writeRoot(files), ...covered.map(({ path }) => path)]);
  for (const { row, name, path } of covered) {
    const mine = rows.filter(([file]) => file === basename(path));
    const good = mine.length > 0 && mine.every(([, , verdict]) => verdict === 'valid');
    check(good, `pyHanko, benign: ${row}: ${name}: ${JSON.stringify(mine)}`);
  }
  console.log(`pyHanko on the benign set: ${covered.length} of ${benign.length} revisions`);
  for (const { row, name, beyondPyhanko } of benign)
    if (beyondPyhanko !== undefined) console.log(`  left out: ${row}: ${name}: ${beyondPyhanko}`);
}
