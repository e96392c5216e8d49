/** Runs the `skranke` command as a process of its own, as a person or a script would. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
const cli = join(root, 'electron/cli.ts');

export interface CliRun {
  readonly code: number | null;
  /** Set when a signal ended it. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: number;
  /** Another build of the command than the one that runs from its sources. */
  readonly program?: string;
}

export function runCli(args: readonly string[], options: CliOptions = {}): CliRun {
  const result = spawnSync(process.execPath, [options.program ?? cli, ...args], {
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
    env: { ...process.env, ...options.env },
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
  });
  return {
    code: result.status,
    signal: result.signal,
    stdout: result.stdout,
    stderr: result.stderr,
  };
}

/** As `runCli`, without blocking this process: what the command asks may answer from here. */
export function spawnCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [options.program ?? cli, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString('utf8')));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString('utf8')));
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Each line of a `--json` run as it comes, with the milliseconds since the line before. */
export async function* cliLines(
  args: readonly string[],
): AsyncGenerator<{ readonly value: Record<string, unknown>; readonly milliseconds: number }> {
  const child = spawn(process.execPath, [cli, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let rest = '';
  let last = performance.now();
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    rest += chunk.toString('utf8');
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const now = performance.now();
      yield {
        value: JSON.parse(line) as Record<string, unknown>,
        milliseconds: (now - last) / lines.length,
      };
      last = now;
    }
  }
}
