/**
 * Any bytes at all: `skranke verify --offline` on files of fifty megabytes that are made to cost too much.
 * A report or a code within ten seconds and 512 MB for each, and no pass.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeHostileFiles } from '../support/attacks/large-hostile-files.ts';
import { writeRoot } from '../support/attacks/write-variants.ts';
import { root } from '../support/cli.ts';

const LIMIT = { seconds: 10, megabytes: 512 };

interface Run {
  readonly answer: string;
  readonly seconds: number;
  readonly megabytes: number;
}

export async function showHostileFiles(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-hostile-'));
  const trust = writeRoot(folder);
  const path = join(folder, 'hostile.pdf');
  let met = true;
  for (const [what, make] of Object.entries(largeHostileFiles)) {
    const bytes = await make();
    writeFileSync(path, bytes);
    const { answer, seconds, megabytes } = await verify(path, trust);
    const good =
      /^(?:INDETERMINATE|TOTAL-FAILED|NO-SIGNATURE|pdf\.[\w-]+)$/.test(answer) &&
      seconds <= LIMIT.seconds &&
      megabytes <= LIMIT.megabytes;
    met &&= good;
    console.log(
      `${good ? ' ' : '✗'} ${what.padEnd(56)}${`${Math.round(bytes.length / 1e6)} MB`.padStart(6)}${seconds.toFixed(1).padStart(7)} s${String(megabytes).padStart(6)} MB  ${answer}`,
    );
  }
  rmSync(folder, { recursive: true });
  return met;
}

/** One run of the command, its peak of memory read from the kernel while it runs. */
function verify(path: string, trust: string): Promise<Run> {
  return new Promise((resolve) => {
    const started = performance.now();
    const args = ['electron/cli.ts', 'verify', '--offline', '--json', '--trust', trust, path];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    let out = '';
    let peak = 0;
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 25);
    const stop = setTimeout(() => child.kill('SIGKILL'), 6 * LIMIT.seconds * 1000);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      clearTimeout(stop);
      const seconds = (performance.now() - started) / 1000;
      resolve({
        answer: signal ?? answerIn(out, code),
        seconds,
        megabytes: Math.round(peak / 1024),
      });
    });
  });
}

/** Kilobytes; 0 for a process that has ended. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function answerIn(out: string, code: number | null): string {
  if (!out.startsWith('{')) return `exit ${code}`;
  const { indication, error } = JSON.parse(out) as {
    indication?: string;
    error?: { code: string };
  };
  return indication ?? error?.code ?? `exit ${code}`;
}
