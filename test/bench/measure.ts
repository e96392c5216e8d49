/** Times whole processes in turn (A B C, B C A, …), so that a slow moment of the machine hits all alike. */
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

/**
 * One warm-up, then `runs` counted runs of each. Node's cache of compiled code is on for all of them:
 * the command line brings it along, and it would be unfair to deny it to the others. Throws with the
 * output of a run that fails.
 *
 * @param peakMemory script to require, which writes the peak
 */
export function measure(
  contenders: readonly Contender[],
  runs: number,
  peakMemory: string,
): readonly Measured[] {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-bench-'));
  const peakFile = join(folder, 'peak');
  const env = {
    ...process.env,
    PEAK_MEMORY_FILE: peakFile,
    NODE_COMPILE_CACHE: join(folder, 'code'),
  };
  const counted = contenders.map((contender) => ({
    contender,
    times: [] as number[],
    peaks: [] as number[],
  }));
  for (let run = 0; run <= runs; run++) {
    const first = run % counted.length;
    for (const { contender, times, peaks } of [
      ...counted.slice(first),
      ...counted.slice(0, first),
    ]) {
      rmSync(contender.output, { force: true });
      const start = process.hrtime.bigint();
      const result = spawnSync(process.execPath, ['--require', peakMemory, ...contender.args], {
        env,
        encoding: 'utf8',
      });
      const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
      if (result.status !== 0 || !existsSync(contender.output))
        throw new Error(`${contender.name} failed: ${result.stderr}${result.stdout}`);
      if (run === 0) continue;
      times.push(elapsed);
      peaks.push(Number(readFileSync(peakFile, 'utf8')));
    }
  }
  rmSync(folder, { recursive: true });
  return counted.map(({ contender, times, peaks }) => ({
    name: contender.name,
    milliseconds: median(times),
    peak: median(peaks),
  }));
}
