/** Copies a file so that it appears whole under its name, or not at all. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { makeFolder, syncFile } from './layout.ts';

/** The caller makes the folder's names durable when all are there. */
export function copyWhole(from: string, to: string): void {
  const folder = dirname(to);
  if (!existsSync(folder)) makeFolder(folder);
  const part = `${to}.part`;
  copyFileSync(from, part);
  syncFile(part);
  renameSync(part, to);
}

/** True where `to` is there with the size of `from`: the archive's files never change. */
export function isCopied(from: string, to: string): boolean {
  const copy = statSync(to, { throwIfNoEntry: false });
  return copy !== undefined && copy.size === statSync(from).size;
}

/** Hex SHA-256 of a file. */
export function hashFile(file: string): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const fd = openSync(file, 'r');
  try {
    for (;;) {
      const count = readSync(fd, buffer, 0, buffer.length, null);
      if (count === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, count));
    }
  } finally {
    closeSync(fd);
  }
}
