/** The watched folder's files: a share that may come and go, and that others write into. */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  opendirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, extname, isAbsolute, join, relative } from 'node:path';
import { fail, ok, Refusal, type Result } from '../../shared/result.ts';
import { syncFolder, writeRefusal } from '../adapters/whole-file.ts';

/** Where what was dealt with goes, inside the in folder. */
export const takenFolder = 'taken';
export const refusedFolder = 'refused';

/** Of a job file; a thousand fields are 120 kB. */
export const largestJobFile = 1024 * 1024;
/** Of the documents of one job together. */
export const largestJob = 1024 ** 3;
/** Names that are looked at in one round; the others come when these are gone. */
const mostNames = 5_000;

/** Safe on every file system, and the same in all of them. */
const jobName = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$/;
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

export function isJobName(name: string): boolean {
  return jobName.test(name) && !reserved.test(name);
}

/** A name and no path: nothing that leads out of the folder, on any system. */
export function isPlainFileName(name: string): boolean {
  if (name.length > 200 || /^\.|[. ]$/.test(name) || reserved.test(name)) return false;
  return ![...name].some((letter) => letter < ' ' || '/\\:*?"<>|\u007f'.includes(letter));
}

/**
 * Why a folder cannot be used; null where it can. `folder.not-chosen`, `folder.relative`, `folder.missing`,
 * `folder.read-only`, `folder.archive-own`.
 */
export function folderProblem(folder: string, home: string): string | null {
  if (folder === '') return 'folder.not-chosen';
  if (!isAbsolute(folder)) return 'folder.relative';
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return 'folder.missing';
  if (isWithin(folder, home) || isWithin(home, folder)) return 'folder.archive-own';
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
    return null;
  } catch {
    return 'folder.read-only';
  }
}

/** By where they really are: a link is no way round. */
export function isWithin(inner: string, outer: string): boolean {
  const way = relative(realpathSync(outer), realpathSync(inner));
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

/** By doing it: shares and Windows promise what they do not keep. */
export function writeProblem(folder: string): string | null {
  const probe = join(folder, `.skranke-${process.pid}-${Date.now()}.part`);
  try {
    writeFileSync(probe, 'x', { flag: 'wx', mode: 0o600 });
    rmSync(probe);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? 'file.disk-full'
      : 'folder.read-only';
  }
}

/** The job files that lie there, in the order of their names. */
export function jobFilesIn(folder: string): readonly string[] {
  const names: string[] = [];
  const open = opendirSync(folder);
  try {
    for (let entry = open.readSync(); entry !== null; entry = open.readSync()) {
      if (names.length >= mostNames) break;
      if (!entry.isDirectory() && isJobFileName(entry.name)) names.push(entry.name);
    }
  } finally {
    open.closeSync();
  }
  return names.sort();
}

function isJobFileName(name: string): boolean {
  return !name.startsWith('.') && extname(name).toLowerCase() === '.json';
}

/** What changes while a file is being written; null where there is none. */
export function traceOf(path: string): string | null {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status === undefined ? null : `${status.size} ${status.mtimeMs} ${status.ino}`;
}

/**
 * Opened without following a link, and only if it is a plain file: `folder.not-a-file`. What is thrown is
 * the file system's own answer, and passes.
 */
function openPlain(path: string): Result<number> {
  const notAFile = () => fail('folder.not-a-file', 'It is a link or no plain file.');
  if (!lstatSync(path).isFile()) return notAFile();
  // 0 on Windows, which has neither; there the look above has to do.
  const flags = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const fd = openSync(path, constants.O_RDONLY | flags);
  if (fstatSync(fd).isFile()) return ok(fd);
  closeSync(fd);
  return notAFile();
}

/** Fails with `folder.not-a-file`, `folder.too-large`. */
export function readSmallFile(path: string, most: number): Result<Uint8Array> {
  const fd = openPlain(path);
  if (!fd.ok) return fd;
  try {
    // One byte more than it may have: a file can grow while it is read.
    const bytes = new Uint8Array(Math.min(fstatSync(fd.value).size, most) + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read)
      read = readSync(fd.value, bytes, length, bytes.length - length, length);
    if (length > most) return tooLarge(most);
    return ok(bytes.subarray(0, length));
  } finally {
    closeSync(fd.value);
  }
}

function tooLarge(most: number): ReturnType<typeof fail> {
  return fail('folder.too-large', 'The file is larger than allowed.', { most });
}

/**
 * A copy that nobody else writes to, so that what is checked is what is stored. Fails with
 * `folder.not-a-file`, `folder.too-large`, `file.disk-full`.
 */
export function copyPlain(
  from: string,
  to: string,
  most: number,
  beat: () => void,
): Result<{ readonly sha256: string; readonly length: number }> {
  const source = openPlain(from);
  if (!source.ok) return source;
  const target = openSync(to, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    const window = new Uint8Array(1024 * 1024);
    let length = 0;
    for (;;) {
      beat();
      const read = readSync(source.value, window, 0, window.length, length);
      if (read === 0) return ok({ sha256: hash.digest('hex'), length });
      length += read;
      if (length > most) return tooLarge(most);
      const bytes = window.subarray(0, read);
      hash.update(bytes);
      for (let done = 0; done < read;) done += writeSync(target, bytes, done);
    }
  } catch (error) {
    throw writeRefusal(error);
  } finally {
    closeSync(target);
    closeSync(source.value);
  }
}

/**
 * Into a folder beside it, under its own name or, where that is taken, under the next free one. A link goes
 * as the link that it is. A file that is gone already was moved before a crash.
 */
export function moveInto(folder: string, sub: string, name: string, as = name): void {
  if (lstatSync(join(folder, name), { throwIfNoEntry: false }) === undefined) return;
  const target = subfolder(folder, sub);
  renameSync(join(folder, name), join(target, freeName(target, as)));
  syncFolder(target);
  syncFolder(folder);
}

/** Made where it is missing; a link in its place is not followed. */
export function subfolder(folder: string, sub: string): string {
  const path = join(folder, sub);
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) mkdirSync(path);
  else if (!status.isDirectory())
    throw new Refusal('folder.subfolder', 'A file stands where a folder is needed.');
  return path;
}

/** Whole or not at all, and as readable as the folder lets it be: somebody else's program waits for it. */
export function writeShared(path: string, text: string): void {
  const part = join(dirname(path), `.skranke-${process.pid}-${Date.now()}.part`);
  try {
    const fd = openSync(part, 'wx', 0o666);
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(part, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(part, { force: true });
    throw writeRefusal(error);
  }
}

/** Lets whoever may read a folder read what was put into it, too. */
export function shareAs(folder: string, sub: string): void {
  const { mode } = statSync(folder);
  const path = join(folder, sub);
  for (const name of readdirSync(path)) chmodSync(join(path, name), mode & 0o666);
  chmodSync(path, mode & 0o777);
}

export function freeName(folder: string, name: string): string {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${stem}-${number}${ending}`;
    if (!existsSync(join(folder, tried))) return tried;
  }
}
