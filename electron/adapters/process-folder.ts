/**
 * Folders for what lies in the clear for a while, one per process: what another process of the same home
 * works with is not ours to sweep, and what a dead one left behind is gone at the next start.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** This process' own, readable to nobody else; made where it is missing. */
export function makeProcessFolder(staging: string): string {
  const folder = processFolder(staging);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

export function processFolder(staging: string): string {
  return join(staging, String(process.pid));
}

/** What processes that are no more left behind, and what an earlier one of our number did. */
export function sweepProcessFolders(staging: string): void {
  if (!existsSync(staging)) return;
  try {
    for (const name of readdirSync(staging))
      if (!isAlive(Number(name)) || Number(name) === process.pid)
        rmSync(join(staging, name), { recursive: true, force: true });
  } catch {
    // A home that cannot be written to says so when something is to be written.
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
