/** Runs of the command where something is not allowed: on a disk of its own, or as somebody else. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../support/cli.ts';
import type { CliRun } from '../support/cli.ts';

export interface OwnDiskRun extends CliRun {
  /** Names in the mounted folder before the run and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Mounts at `folder` in a namespace that goes with the run. Null, and a line that says so, where the
 * system does not allow that.
 *
 * @param mount options of `mount`, e.g. `-t tmpfs -o size=64k tmpfs`
 */
export function onOwnDisk(
  mount: string,
  folder: string,
  args: readonly string[],
): OwnDiskRun | null {
  const mounting = `mount ${mount} '${folder}'`;
  if (spawnSync('unshare', ['-rm', 'sh', '-c', mounting]).status !== 0) {
    console.warn('SKIPPED: this system does not let a test mount a disk of its own');
    return null;
  }
  const list = `ls -A '${folder}' >&3`;
  const script = `${mounting}; ${list}; echo / >&3; "$@"; code=$?; ${list}; exit $code`;
  const command = [process.execPath, join(root, 'electron/cli.ts'), ...args];
  const run = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', ...command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [before = [], after = []] = (run.output[3] ?? '')
    .split('/\n')
    .map((names) => names.split('\n').filter((name) => name !== ''));
  return {
    code: run.status,
    signal: run.signal,
    stdout: run.stdout,
    stderr: run.stderr,
    before,
    after,
  };
}

/**
 * A run as somebody who owns nothing, where the tests run as root, whom no folder is closed to. Null,
 * and a line that says so, where that one cannot even read the program.
 */
export function asNobody(args: readonly string[]): CliRun | null {
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const cli = (...own: readonly string[]) =>
    spawnSync(process.execPath, [join(root, 'electron/cli.ts'), ...own], {
      encoding: 'utf8',
      ...nobody,
    });
  if (cli('help').status !== 0) {
    console.warn('SKIPPED: others than root cannot read this checkout');
    return null;
  }
  const { status, signal, stdout, stderr } = cli(...args);
  return { code: status, signal, stdout, stderr };
}
