/** Times whole processes in turn (A B C A B C …), so that a slow moment of the machine hits all alike. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Contender {
  readonly name: string;
  /** Arguments to node. */
  readonly args: readonly string[];
  /** Removed before each run. */
  readonly output: string;
}

export interface Measured {
  readonly name: string;
  /** Median wall time of a whole process, milliseconds. */
  readonly milliseconds: number;
  /** Median of the peak resident memory, bytes. */
  readonly peak: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** One warm-up, then `runs` counted runs of each. Throws with the output of a run that fails. */
export function measure(contenders: readonly Contender[], runs: number): readonly Measured[] {
  const hook = join(import.meta.dirname, 'peak-memory.ts');
  const folder = mkdtempSync(join(tmpdir(), 'skranke-bench-'));
  const peakFile = join(folder, 'peak');
  const times = contenders.map(() => [] as number[]);
  const peaks = contenders.map(() => [] as number[]);
  for (let run = 0; run <= runs; run++)
    contenders.forEach((contender, index) => {
      rmSync(contender.output, { force: true });
      const start = process.hrtime.bigint();
      const result = spawnSync(process.execPath, ['--import', hook, ...contender.args], {
        env: { ...process.env, PEAK_MEMORY_FILE: peakFile },
        encoding: 'utf8',
      });
      const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
      if (result.status !== 0 || !existsSync(contender.output))
        throw new Error(`${contender.name} failed: ${result.stderr}${result.stdout}`);
      if (run === 0) return;
      times[index]?.push(elapsed);
      peaks[index]?.push(Number(readFileSync(peakFile, 'utf8')));
    });
  rmSync(folder, { recursive: true });
  return contenders.map((contender, index) => ({
    name: contender.name,
    milliseconds: median(times[index] ?? []),
    peak: median(peaks[index] ?? []),
  }));
}
