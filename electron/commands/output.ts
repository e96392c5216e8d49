/** Where a command may write: into a folder that is there, and never over something it reads. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Refusal } from '../../shared/result.ts';
import { writeRefusal } from '../adapters/whole-file.ts';

/**
 * Refuses `file.no-folder`, `file.not-a-file` for what is no file to be replaced (a folder, a device),
 * and `file.same` for an output that is an input, by whatever name.
 */
export function refuseReplacing(output: string, inputs: readonly string[]): void {
  if (!existsSync(dirname(resolve(output))))
    throw new Refusal('file.no-folder', 'The folder for the output does not exist.');
  if (statSync(output, { throwIfNoEntry: false })?.isFile() === false)
    throw new Refusal('file.not-a-file', 'The output is not a file.');
  if (inputs.some((input) => isSameFile(input, output)))
    throw new Refusal('file.same', 'The output would replace an input.');
}

/** By path, and by what the file system says: links have many names. */
function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  const identity = (path: string): string | null => {
    const status = statSync(path, { bigint: true, throwIfNoEntry: false });
    return status === undefined ? null : `${status.dev}:${status.ino}`;
  };
  const found = identity(one);
  return found !== null && found === identity(other);
}

/** Makes a folder for outputs. Refuses `file.read-only`, `file.no-folder`, `file.disk-full`. */
export function makeOutputFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new Refusal('file.no-folder', 'There is a file where the folder should be.');
    throw writeRefusal(error);
  }
}
