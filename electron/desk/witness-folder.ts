/** The folders of the exchange: a drive or a share that may come and go, and that others write into. */
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { writeDurably } from '../archive/layout.ts';
import type { WitnessFile } from './witness-files.ts';

/** A countersignature with two certificate chains is 30 kB. */
const largest = 256 * 1024;
/** Of one office, and of all: whoever fills the folder must not fill the day. */
const mostOfOne = 500;
const most = 2_000;

const name =
  /^skranke-(?:head|countersignature)-(\d{9})-(\d{12})-[0-9a-f]{8}(?:-by-\d{9}-[0-9a-f]{8})?\.json$/;

export function witnessFileName(file: WitnessFile): string {
  const place = (office: string, seq: number, archive: string) =>
    `${office}-${String(seq).padStart(12, '0')}-${archive.slice(0, 8)}`;
  const { office, archive } = file.statement;
  if (!('of' in file.statement))
    return `skranke-head-${place(office.number, file.statement.seq, archive)}.json`;
  const { of } = file.statement;
  const by = `${office.number}-${archive.slice(0, 8)}`;
  return `skranke-countersignature-${place(of.number, of.seq, of.archive)}-by-${by}.json`;
}

/** `witness.folder-missing`, or `witness.folder-read-only` where it has to be written; null where it is well. */
export function folderProblem(folder: string, use: 'read' | 'write'): string | null {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    return 'witness.folder-missing';
  try {
    accessSync(folder, use === 'write' ? constants.R_OK | constants.W_OK : constants.R_OK);
    return null;
  } catch {
    return use === 'write' ? 'witness.folder-read-only' : 'witness.folder-missing';
  }
}

/** Whole or not at all; a drive that was pulled out is a folder that is missing. */
export function writeWitnessFile(folder: string, file: WitnessFile): Result<string> {
  const problem = folderProblem(folder, 'write');
  if (problem !== null) return refusedFolder(problem);
  const called = witnessFileName(file);
  try {
    writeDurably(join(folder, called), Buffer.from(`${JSON.stringify(file, null, 2)}\n`));
    return ok(called);
  } catch {
    return refusedFolder(folderProblem(folder, 'write') ?? 'witness.folder-read-only');
  }
}

function refusedFolder(code: string): Result<never> {
  return fail(code, 'The folder of the exchange cannot be used.');
}

export interface FoundFiles {
  /** The newest of each office first. */
  readonly names: readonly string[];
  /** Names that are none of this exchange: not even opened. */
  readonly foreign: number;
  /** More than are read at once. */
  readonly left: number;
}

export function findFiles(folder: string): Result<FoundFiles> {
  const listed = namesIn(folder);
  if (listed === null) return refusedFolder('witness.folder-missing');
  const ours = listed.filter((each) => name.test(each));
  const bySeq = (each: string) => name.exec(each)?.[2] ?? '';
  ours.sort((a, b) => (bySeq(a) < bySeq(b) ? 1 : -1));
  const counts = new Map<string, number>();
  const names: string[] = [];
  for (const each of ours) {
    const office = name.exec(each)?.[1] ?? '';
    const count = (counts.get(office) ?? 0) + 1;
    counts.set(office, count);
    if (count <= mostOfOne && names.length < most) names.push(each);
  }
  return ok({
    names,
    foreign: listed.length - ours.length,
    left: ours.length - names.length,
  });
}

function namesIn(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}

/** Fails with `witness.file-too-large`, `witness.file-unreadable`. A link or a pipe is not followed. */
export function readWitnessFile(folder: string, called: string): Result<Uint8Array> {
  const path = join(folder, called);
  try {
    if (!lstatSync(path).isFile()) return unreadable();
    const fd = openSync(path, 'r');
    try {
      const { size } = fstatSync(fd);
      if (size > largest) return fail('witness.file-too-large', 'The file is too large.');
      const bytes = new Uint8Array(size);
      const length = readSync(fd, bytes, 0, size, 0);
      return ok(bytes.subarray(0, length));
    } finally {
      closeSync(fd);
    }
  } catch {
    return unreadable();
  }
}

function unreadable(): Result<never> {
  return fail('witness.file-unreadable', 'The file cannot be read.');
}
