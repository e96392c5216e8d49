/** Runs the actor in processes of its own, where wanted with disks of its own. */
import { spawnSync } from 'node:child_process';
import type { Scene } from './scene.ts';

const script = new URL('./actor.ts', import.meta.url).pathname;

/** A command line for one act. */
export function actor(
  action: string,
  scene: Pick<Scene, 'home' | 'key'>,
  argument = '',
): readonly string[] {
  const key = Buffer.from(scene.key).toString('hex');
  return [process.execPath, script, action, scene.home, key, argument];
}

/**
 * Runs commands after `mounts` in a mount namespace that goes with them. Null, and a line that says
 * so, where the system does not allow that.
 */
export function isolated(
  mounts: string,
  ...commands: readonly (readonly string[])[]
): string | null {
  const quoted = (words: readonly string[]) =>
    words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const steps = [mounts, ...commands.map(quoted)].join(' && ');
  if (spawnSync('unshare', ['-rm', 'sh', '-c', mounts]).status !== 0) {
    console.warn('SKIPPED: this system does not let a test mount a disk of its own');
    return null;
  }
  const run = spawnSync('unshare', ['-rm', 'sh', '-c', steps], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
  return run.stdout;
}

/** The JSON lines an actor wrote; a last one that was cut off is left out. */
export function lines(output: string): readonly unknown[] {
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}
