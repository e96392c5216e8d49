/**
 * A hundred thousand mutants over every reader, by seed: no crash, no hang, no wrong pass. Each reader's
 * mutants run in processes of their own with a limited heap; one that takes over ten seconds, or whose
 * process grows beyond 512 MB, has failed.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/cli.ts';
import { subjects } from '../support/mutations/mutants.ts';

const LIMIT = { milliseconds: 10_000, kilobytes: 512 * 1024 };
/** Mutants of one process: memory that is not given back does not add up over all of them. */
const BATCH = 2_000;
const WORKERS = 2;

interface Told {
  readonly seed: number;
  readonly outcome?: 'refused' | 'read' | 'same' | 'wrong' | 'crash';
  readonly problem?: string | null;
  readonly milliseconds?: number;
  readonly peak?: number;
}

interface Batch {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

interface Tally {
  readonly outcomes: Map<string, number>;
  slowest: number;
  peak: number;
}

export async function showMutations(total = 100_000): Promise<boolean> {
  const folder = join(root, 'out/mutations');
  mkdirSync(folder, { recursive: true });
  const shares = subjects.reduce((sum, { share }) => sum + share, 0);
  const batches = subjects.flatMap(({ name, share }): Batch[] => {
    const count = Math.ceil((share * total) / shares);
    return Array.from({ length: Math.ceil(count / BATCH) }, (_, index) => ({
      name,
      from: index * BATCH,
      to: Math.min(count, (index + 1) * BATCH),
    }));
  });
  const tallies = new Map<string, Tally>();
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
      await runBatch(batch, folder, tallies, failures);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: WORKERS }, work));
  print(tallies, failures, performance.now() - started);
  return failures.length === 0;
}

/** Runs the batch to its end; a mutant that hangs or kills its process is counted and passed over. */
async function runBatch(
  batch: Batch,
  folder: string,
  tallies: Map<string, Tally>,
  failures: string[],
): Promise<void> {
  const tally = tallies.get(batch.name) ?? { outcomes: new Map(), slowest: 0, peak: 0 };
  tallies.set(batch.name, tally);
  let { from } = batch;
  while (from < batch.to) {
    const stopped = await runProcess({ ...batch, from }, folder, tally, failures);
    if (stopped === null) return;
    failures.push(`${batch.name} ${stopped.seed}: ${stopped.why}`);
    count(tally, 'lost');
    from = stopped.seed + 1;
  }
}

/** Null where it came to its end, else the seed it stopped at. */
function runProcess(
  { name, from, to }: Batch,
  folder: string,
  tally: Tally,
  failures: string[],
): Promise<{ readonly seed: number; readonly why: string } | null> {
  return new Promise((resolve) => {
    const child: ChildProcess = fork(
      join(root, 'test/shows/mutations-worker.ts'),
      [name, String(from), String(to), folder],
      { execArgv: ['--max-old-space-size=256'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
    );
    let seed = from;
    let answered = true;
    let why = '';
    child.stderr?.on('data', (data: Buffer) => (why = `${why}${data.toString()}`.slice(-2000)));
    // The first one waits for the samples to be made.
    let timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.on('message', (told: Told) => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill('SIGKILL'), LIMIT.milliseconds);
      seed = told.seed;
      answered = told.outcome !== undefined;
      if (told.outcome === undefined) return;
      count(tally, told.outcome);
      tally.slowest = Math.max(tally.slowest, told.milliseconds ?? 0);
      const peak = told.peak ?? 0;
      if (peak > LIMIT.kilobytes && tally.peak <= LIMIT.kilobytes)
        failures.push(`${name} ${seed}: its process grew to ${Math.round(peak / 1024)} MB`);
      tally.peak = Math.max(tally.peak, peak);
      if (told.outcome === 'crash' || told.outcome === 'wrong')
        failures.push(`${name} ${seed}: ${told.outcome} ${told.problem ?? ''}`);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(null);
      else
        resolve({
          seed: answered ? to : seed,
          why: signal === 'SIGKILL' ? 'hangs' : `ends its process: ${why}`,
        });
    });
  });
}

function count({ outcomes }: Tally, outcome: string): void {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

const columns = ['refused', 'read', 'same', 'wrong', 'crash', 'lost'] as const;

function print(
  tallies: ReadonlyMap<string, Tally>,
  failures: readonly string[],
  milliseconds: number,
): void {
  const row = (name: string, cells: readonly (string | number)[]): void =>
    console.log(`${name.padEnd(20)}${cells.map((cell) => String(cell).padStart(10)).join('')}`);
  row('reader', ['mutants', ...columns, 'slowest', 'peak']);
  let all = 0;
  for (const [name, { outcomes, slowest, peak }] of tallies) {
    const mutants = [...outcomes.values()].reduce((sum, one) => sum + one, 0);
    all += mutants;
    row(name, [
      mutants,
      ...columns.map((column) => outcomes.get(column) ?? 0),
      `${Math.round(slowest)} ms`,
      `${Math.round(peak / 1024)} MB`,
    ]);
  }
  for (const failure of failures) console.log(`✗ ${failure}`);
  console.log(
    `${all} mutants in ${Math.round(milliseconds / 1000)} s, ${failures.length} failures`,
  );
}
