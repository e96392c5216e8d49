/**
 * The attack table and the benign table as files: each attack on each kind of our signed files refused
 * with the indication it must have, and still valid to `pdfsig` where it leaves the signature whole; no
 * benign revision refused. `skranke verify --offline` judges them.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerificationReport } from '../../shared/report.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { attackRows, missed } from '../support/attacks/attack.ts';
import { writeAttacks, writeBenign, writeRoot } from '../support/attacks/write-variants.ts';
import type { WrittenAttack } from '../support/attacks/write-variants.ts';
import { benignRows } from '../support/benign/revision.ts';
import { cliLines, root } from '../support/cli.ts';
import { pdfsig } from '../support/other-readers.ts';

type Answer = Result<VerificationReport>;

/** What the command says of each file, in their order, offline. */
async function verifyAll(paths: readonly string[], trust: string): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for await (const { value } of cliLines(['verify', '--offline', '--trust', trust, ...paths])) {
    const error = value['error'] as Failure | undefined;
    answers.push(
      error === undefined
        ? { ok: true, value: value as unknown as VerificationReport }
        : { ok: false, error },
    );
  }
  return answers;
}

const line = (...cells: readonly (string | number)[]): void =>
  console.log(
    `${String(cells[0]).padEnd(50)}${cells
      .slice(1)
      .map((cell) => String(cell).padStart(10))
      .join('')}`,
  );

interface Count {
  variants: Set<string>;
  files: number;
  refused: number;
  whole: number;
  pdfsigValid: number;
}

export async function showAttackTable(): Promise<boolean> {
  const folder = join(root, 'out/attacks');
  spawnSync('rm', ['-rf', folder]);
  const attacks = await writeAttacks(folder);
  const benign = await writeBenign(folder);
  const trust = writeRoot(folder);
  const told = await verifyAll(
    [...attacks, ...benign].map(({ path }) => path),
    trust,
  );
  const answers = new Map([...attacks, ...benign].map(({ path }, index) => [path, told[index]]));
  const misses: string[] = [];
  const counts = new Map<string, Count>();
  for (const attack of attacks) {
    const answer = answers.get(attack.path);
    if (answer === undefined) throw new Error(`no answer about ${attack.path}`);
    const count = counted(counts, attack);
    const miss = missed(attack.must, answer);
    if (miss === null) count.refused += 1;
    else misses.push(`${attack.path} (${attack.name}, ${attack.target}): ${miss}`);
    if (!attack.leavesSignatureWhole) continue;
    count.whole += 1;
    if (pdfsig(new Uint8Array(readFileSync(attack.path)))[0]?.valid === true)
      count.pdfsigValid += 1;
    else misses.push(`${attack.path} (${attack.name}, ${attack.target}): damage, says pdfsig`);
  }
  line('attacks', 'variants', 'files', 'refused', 'whole', 'pdfsig');
  for (const [row, title] of Object.entries(attackRows)) {
    const { variants, files, refused, whole, pdfsigValid } = counts.get(row) as Count;
    line(title, variants.size, files, refused, whole, pdfsigValid);
  }
  const sum = (of: (count: Count) => number): number =>
    [...counts.values()].reduce((total, count) => total + of(count), 0);
  const variants = sum((count) => count.variants.size);
  line(
    'all',
    variants,
    sum((one) => one.files),
    sum((one) => one.refused),
    sum((one) => one.whole),
    sum((one) => one.pdfsigValid),
  );
  console.log('');
  line('benign revisions', 'variants', 'passed');
  for (const [row, title] of Object.entries(benignRows)) {
    const mine = benign.filter((one) => one.row === row);
    const passed = mine.filter(({ path }) => {
      const answer = answers.get(path);
      const good = answer?.ok === true && answer.value.indication === 'TOTAL-PASSED';
      if (!good) misses.push(`${path}: a false alarm: ${JSON.stringify(answer).slice(0, 400)}`);
      return good;
    });
    line(title, mine.length, passed.length);
  }
  line('all', benign.length);
  console.log(`\nthe files are in ${folder}`);
  for (const miss of misses) console.log(`✗ ${miss}`);
  return misses.length === 0 && variants >= 60 && benign.length >= 30;
}

function counted(counts: Map<string, Count>, { row, name }: WrittenAttack): Count {
  const count = counts.get(row) ?? {
    ...{ variants: new Set<string>(), files: 0, refused: 0 },
    ...{ whole: 0, pdfsigValid: 0 },
  };
  counts.set(row, count);
  count.variants.add(name);
  count.files += 1;
  return count;
}
