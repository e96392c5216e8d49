/** A file on disk as a `ByteSource`: positioned reads behind a small window, never the whole file. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ByteSource } from '../core/ports.ts';

const windowSize = 64 * 1024;
/** What a read far from the last one brings: an object's header, not its neighbourhood. */
const glanceSize = 4 * 1024;

export interface FileSource extends ByteSource {
  close(): void;
}

/** `file.not-found`, `file.unreadable`, `file.not-a-file`; the name is the caller's to tell. */
export function openFileSource(path: string): Result<FileSource> {
  let descriptor: number;
  try {
    // Without waiting: a pipe has no end to read from, and would never open.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT'
      ? fail('file.not-found', 'There is no such file.')
      : fail('file.unreadable', `The file cannot be read (${code ?? 'unknown'}).`);
  }
  const status = fstatSync(descriptor);
  if (!status.isFile()) {
    closeSync(descriptor);
    return fail('file.not-a-file', 'This is not a file.');
  }
  const length = status.size;
  let held: Uint8Array = new Uint8Array(0);
  let heldAt = 0;

  function fill(offset: number, into: Uint8Array): void {
    for (let done = 0; done < into.length;) {
      const read = readSync(descriptor, into, done, into.length - done, offset + done);
      if (read === 0) throw new RangeError('the file became shorter while it was read');
      done += read;
    }
  }
  function readExactly(offset: number, count: number): Uint8Array {
    // A plain allocation: a pooled Buffer's slice would keep 8 kB alive for a few bytes.
    const bytes = new Uint8Array(count);
    fill(offset, bytes);
    return bytes;
  }

  return ok({
    length,
    read(offset, count) {
      if (offset < 0 || count < 0 || offset + count > length)
        throw new RangeError('read past the end');
      if (count >= windowSize) return readExactly(offset, count);
      if (offset < heldAt || offset + count > heldAt + held.length) {
        const near = offset >= heldAt - windowSize && offset <= heldAt + held.length + windowSize;
        const around = near ? windowSize : glanceSize;
        // Half of it before the place asked for: a parser also looks backwards.
        heldAt = Math.max(0, offset - around / 2);
        held = readExactly(heldAt, Math.min(around * 2 + count, length - heldAt));
      }
      return held.subarray(offset - heldAt, offset - heldAt + count);
    },
    readInto: fill,
    close() {
      closeSync(descriptor);
    },
  });
}
