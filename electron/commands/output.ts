/** Where a command may write: into a folder that is there, and never over something it reads. */
import { mkdirSync, statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Refusal, attempt } from '../../shared/result.ts';
import { writeRefusal } from '../adapters/whole-file.ts';

/**
 * Refuses `file.no-folder`, `file.not-a-file` for what is no file to be replaced (a folder, a device),
 * and `file.same` for an output that is an input, by whatever name.
 */
export function refuseReplacing(output: string, inputs: readonly string[]): void {
  if (statusOf(dirname(resolve(output))) === undefined)
    throw new Refusal('file.no-folder', 'The folder for the output does not exist.');
  if (statusOf(output)?.isFile() === false)
    throw new Refusal('file.not-a-file', 'The output is not a file.');
  if (inputs.some((input) => isSameFile(input, output)))
    throw new Refusal('file.same', 'The output would replace an input.');
}

function statusOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    throw writeRefusal(error);
  }
}

/** By path, and by what the file system says: links have many names. */
function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  const identity = (path: string): string | null => {
    // What cannot be looked at is told where it is opened.
    const status = attempt(() => statusOf(path));
    return status.ok && status.value !== undefined
      ? `${status.value.dev}:${status.value.ino}`
      : null;
  };
  const found = identity(one);
  return found !== null && found === identity(other);
}

/** Makes a folder for outputs. Refuses `file.read-only`, `file.no-folder`, `file.disk-full`. */
export function makeOutputFolder(path: string): void {
  const status = statusOf(path);
  if (status?.isDirectory() === true) return;
  if (status !== undefined)
    throw new Refusal('file.no-folder', 'There is a file where the folder should be.');
  // One by one: `recursive` tells a disk that may not be written to as a folder that is not there.
  makeOutputFolder(dirname(resolve(path)));
  try {
    mkdirSync(path);
  } catch (error) {
    throw writeRefusal(error);
  }
}
