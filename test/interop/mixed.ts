/**
 * A mixed set, good and bad, under all three validators: the matrix of their verdicts against ours. Where we
 * refuse and another accepts it is explained here by what that validator does not look at; where we accept
 * what another refuses, or where there is no explanation, it fails.
 */
import { basename, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { attackRows } from '../support/attacks/attack.ts';
import { answerTo } from '../support/attacks/attacks.ts';
import { writeAttacks, writeBenign, writeRoot } from '../support/attacks/write-variants.ts';
import type { Rows } from './tools.ts';

type Validator = (args: readonly string[]) => Rows;
type Check = (good: boolean, what: string) => void;

interface MixedFile {
  readonly path: string;
  readonly name: string;
  readonly row: string;
  readonly passes: boolean;
}

/** Attacks of one row and target that are taken into the set. */
const each = 2;

/**
 * What others do with these files, by row of the attack table, as it was seen. DSS judges each signature over
 * its own revision and tells what came later beside the indication. A row that is not here has no excuse.
 */
const beyond: Readonly<Record<'pyHanko' | 'DSS', Readonly<Record<string, string>>>> = {
  pyHanko: {
    wrapping: 'accepts a file in which the signature dictionary stands twice',
  },
  DSS: {
    forgery: 'finds the signature all the same where an update makes its byte range unreadable',
    saving: 'tells what came after the signed revision beside the indication',
    wrapping: 'accepts a file in which the signature dictionary stands twice',
    shadow: 'tells changed content beside the indication',
    sneaky: 'tells annotations beside the indication',
    actions: 'tells changed objects beside the indication',
    'validation-data': 'passes over what stands in the place of a timestamp token',
    exhaustion: 'reads a file in spite of references that go in circles',
  },
};

export async function checkMixed(
  validators: { readonly pyhanko: Validator | null; readonly dss: Validator | null },
  folder: string,
  check: Check,
): Promise<void> {
  const { files, root } = await mixedSet(join(folder, 'mixed'));
  const rows = {
    pyHanko: validators.pyhanko?.([root, ...files.map(({ path }) => path)]) ?? null,
    DSS: validators.dss?.([root, ...files.map(({ path }) => path)]) ?? null,
  };
  const counts = new Map<string, number>();
  const explained = new Map<string, readonly string[]>();
  for (const file of files) {
    const verdicts = [file.passes ? 'passed' : 'refused'];
    for (const who of ['pyHanko', 'DSS'] as const) {
      const all = rows[who];
      if (all === null) continue;
      const theirs = accepts(
        who,
        all.filter(([name]) => name === basename(file.path)),
      );
      verdicts.push(theirs ? 'passed' : 'refused');
      if (theirs === file.passes) continue;
      const why = file.passes ? undefined : beyond[who][file.row];
      check(why !== undefined, `${who}: ${file.row}: ${file.name}: ours ${String(file.passes)}`);
      const key = `${who}, ${file.row}: ${why ?? 'NOT EXPLAINED'}`;
      explained.set(key, [...(explained.get(key) ?? []), file.name]);
    }
    const key = `${file.row.padEnd(18)} ${verdicts.map((one) => one.padEnd(8)).join(' ')}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  console.log(`\nA mixed set of ${files.length} files      ours     pyHanko  DSS`);
  for (const [key, count] of counts) console.log(`${key} ${count}`);
  for (const [key, names] of explained)
    console.log(`  ${names.length} × ${key} (${[...new Set(names)].join('; ')})`);
  console.log('');
}

async function mixedSet(folder: string): Promise<{ files: readonly MixedFile[]; root: string }> {
  const taken = new Map<string, number>();
  const files: MixedFile[] = [];
  const take = async (path: string, row: string, name: string, group: string): Promise<void> => {
    const count = taken.get(group) ?? 0;
    if (count >= each) return;
    taken.set(group, count + 1);
    const answer = await answerTo(new Uint8Array(readFileSync(path)));
    const passes = answer.ok && answer.value.indication === 'TOTAL-PASSED';
    files.push({ path, name, row, passes });
  };
  for (const { path, row, name, target } of await writeAttacks(folder))
    if (row in attackRows && row !== 'containers')
      await take(path, row, name, `attack ${row} ${target}`);
  for (const { path, row, name, beyondPyhanko } of await writeBenign(folder))
    if (beyondPyhanko === undefined) await take(path, `benign`, name, `benign ${row}`);
  return { files, root: writeRoot(folder) };
}

/** Every signature is accepted. What DSS finds of later changes stands beside its indication. */
function accepts(who: 'pyHanko' | 'DSS', rows: Rows): boolean {
  if (rows.length === 0) return false;
  return rows.every((row) =>
    who === 'pyHanko'
      ? row[2] === 'valid'
      : ['TOTAL_PASSED', 'PASSED'].includes(row[2] ?? '') && row[5] === 'intact',
  );
}
