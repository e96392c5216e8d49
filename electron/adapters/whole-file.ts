/**
 * Output that appears whole or not at all: temporary file beside the target, fsync, rename, fsync of
 * the folder. A crash leaves the target as it was, and at worst a `.part` file that nothing reads.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fdatasync,
  fsyncSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '../../shared/result.ts';
import type { ByteSource } from '../core/ports.ts';

const copyWindow = 1024 * 1024;
/** Copied bytes after which the disk is set to work on them. */
const flushEvery = 16 * copyWindow;

export interface WholeFile {
  write(bytes: Uint8Array): void;
  /** Copies a source through, feeding `hash` on the way: one pass over the bytes serves both. */
  copy(source: ByteSource, hash?: { update(bytes: Uint8Array): unknown }): void;
  /** Makes the file appear under its name, durably. */
  commit(): void;
  /** Removes what was written; the target is untouched. */
  abandon(): void;
}

/** The refusal that a failed write deserves: a full disk and a closed folder are not bugs. */
export function writeRefusal(error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Refusal('file.disk-full', 'The disk is full; nothing was written.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Refusal('file.read-only', 'This folder cannot be written to.');
    case 'EISDIR':
      return new Refusal('file.not-a-file', 'The output is a folder.');
    case 'ENOENT':
    case 'ENOTDIR':
      return new Refusal('file.no-folder', 'The folder for the output does not exist.');
    default:
      return error;
  }
}

/** Refuses with `file.disk-full`, `file.read-only`, `file.no-folder`, `file.not-a-file` by throwing a `Refusal`. */
export function createWholeFile(path: string): WholeFile {
  const temporary = join(dirname(path), `.skranke-${randomBytes(8).toString('hex')}.part`);
  let descriptor: number;
  try {
    descriptor = openSync(temporary, 'wx', 0o600);
  } catch (error) {
    throw writeRefusal(error);
  }
  let open = true;

  function guarded<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      abandon();
      throw writeRefusal(error);
    }
  }
  function write(bytes: Uint8Array): void {
    guarded(() => {
      for (let done = 0; done < bytes.length;)
        done += writeSync(descriptor, bytes, done, bytes.length - done);
    });
  }
  function abandon(): void {
    if (!open) return;
    open = false;
    closeSync(descriptor);
    unlinkSync(temporary);
  }

  return {
    write,
    copy(source, hash) {
      guarded(() => {
        const window = new Uint8Array(Math.min(copyWindow, source.length));
        for (let offset = 0; offset < source.length; offset += copyWindow) {
          const count = Math.min(copyWindow, source.length - offset);
          let bytes = window.subarray(0, count);
          if (source.readInto !== undefined) source.readInto(offset, bytes);
          else bytes = source.read(offset, count) as Uint8Array<ArrayBuffer>;
          hash?.update(bytes);
          write(bytes);
          if ((offset + copyWindow) % flushEvery === 0) startFlush(temporary);
        }
        startFlush(temporary);
      });
    },
    commit() {
      guarded(() => {
        fsyncSync(descriptor);
        renameSync(temporary, path);
      });
      open = false;
      closeSync(descriptor);
      syncFolder(dirname(path));
    },
    abandon,
  };
}

/**
 * Lets the disk begin in the background while the program hashes on and signs; `commit` still waits
 * for all of it. Over a descriptor of its own, which lives until the disk has answered.
 */
function startFlush(path: string): void {
  // There a second handle would stand in the way of the rename.
  if (process.platform === 'win32') return;
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r+');
  } catch {
    return;
  }
  fdatasync(descriptor, () => closeSync(descriptor));
}

/** Makes a rename in `folder` durable; Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A whole small file at once. */
export function writeWholeFile(path: string, bytes: Uint8Array | string): void {
  const file = createWholeFile(path);
  file.write(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
  file.commit();
}
