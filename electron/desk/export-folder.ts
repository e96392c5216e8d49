/**
 * One job as a folder that appears whole or not at all: signed PDFs, evidence, metadata, what checks
 * them without us, checksums.
 * No name in it says anything about people.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, unwrap, type Json, type Result } from '../../shared/result.ts';
import type { Job } from '../../shared/job/job.ts';
import {
  createWholeFile,
  syncFolder,
  writeRefusal,
  writeWholeFile,
} from '../adapters/whole-file.ts';
import type { Hash } from '../core/ports.ts';
import { packageFile, proofFile } from './cover-files.ts';
import { createCoverSeal, type CoverSeal } from './cover-seal.ts';
import { evidenceFile } from './evidence-file.ts';
import { metadataFile } from './metadata-file.ts';
import { exportIsWhole, putVerifierPage, verifierFiles } from './verifier-files.ts';
import type { Act, Desk } from './desk.ts';

export interface ExportedFile {
  readonly name: string;
  readonly sha256: string;
}

export interface JobFolder {
  readonly name: string;
  readonly files: readonly ExportedFile[];
}

const partPrefix = '.part-';
const metadataName = 'metadata.json';
const checksumsName = 'checksums.sha256';

/** What an interrupted export of ours left behind. */
export function sweepParts(target: string): void {
  for (const name of readdirSync(target))
    if (name.startsWith(partPrefix)) rmSync(join(target, name), { recursive: true, force: true });
}

export interface FolderOptions {
  /** ID tokens whole: `evidence-file.ts`. */
  readonly complete: boolean;
  /** One for a whole export; made anew where absent. */
  readonly seal?: CoverSeal;
  /** What the folder is called, where it is another name than ours. */
  readonly name?: string;
}

export async function writeJobFolder(
  desk: Desk,
  job: Job,
  target: string,
  act: Act,
  options: FolderOptions = { complete: false },
): Promise<JobFolder> {
  const stem = options.name ?? `${job.createdAt.slice(0, 10)}-${job.id.slice(0, 12)}`;
  const done = finishedBefore(target, stem, job, options);
  if (done !== null) return done;
  const part = join(target, `${partPrefix}${stem}-${process.pid}`);
  rmSync(part, { recursive: true, force: true });
  try {
    mkdirSync(part, { mode: 0o700 });
    const files = await writeFiles(desk, job, part, act, options);
    syncFolder(part);
    const name = freeName(target, stem);
    renameSync(part, join(target, name));
    syncFolder(target);
    exportIsWhole(join(target, name));
    return { name, files };
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw writeRefusal(error);
  }
}

async function writeFiles(
  desk: Desk,
  job: Job,
  folder: string,
  act: Act,
  { complete, seal = createCoverSeal(desk) }: FolderOptions,
): Promise<readonly ExportedFile[]> {
  const files: ExportedFile[] = [];
  const keep = (name: string, bytes: Uint8Array | string) => {
    writeWholeFile(join(folder, name), bytes);
    files.push({ name, sha256: createHash('sha256').update(bytes).digest('hex') });
  };
  for (const [index, document] of job.documents.entries()) {
    act.progress({ step: 'export', done: index, total: job.documents.length });
    const name = `document-${index + 1}.pdf`;
    files.push({ name, sha256: copyDocument(desk, document.id, join(folder, name)) });
  }
  const signed = [...files];
  // A proof of its own beside ours: what the service sealed, and each signer's evidence from there.
  for (const [index, { document, kind }] of (job.remote?.results ?? []).entries()) {
    const name = kind === 'pades' ? 'posten.pdf' : `posten-${index}.xml`;
    files.push({ name, sha256: copyDocument(desk, document, join(folder, name)) });
  }
  const names = signed.map(({ name }) => name);
  const evidence = Buffer.from(jsonText(evidenceFile(desk, job, { complete, files: names })));
  keep('evidence.json', evidence);
  const input = { documents: signed, evidence, seal };
  const proof = await proofFile(desk, job, input);
  keep(proof.name, proof.bytes);
  if (mayBePacked(job)) {
    const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
    const whole = await packageFile(desk, job, { ...input, proof: proof.bytes, read });
    keep(whole.name, whole.bytes);
  }
  keep(metadataName, jsonText(metadataFile(desk, job, signed, complete)));
  for (const { name, bytes } of verifierFiles()) keep(name, bytes);
  const page = putVerifierPage(folder);
  if (page !== null) files.push(page);
  const checksums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
  writeWholeFile(join(folder, checksumsName), checksums);
  return files;
}

/** The package is put together in memory; what is larger than this goes out as single files alone. */
const mostPacked = 256 * 1024 * 1024;

function mayBePacked(job: Job): boolean {
  return job.revisions.reduce((sum, { length }) => sum + length, 0) <= mostPacked;
}

function jsonText(content: Json): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The newest revision, hashed on the way and held against what the archive says of it. */
function copyDocument(desk: Desk, document: string, path: string): string {
  const source = unwrap(desk.archive.source(document));
  try {
    const hash = desk.crypto.hash('sha256') as Hash;
    const file = createWholeFile(path);
    file.copy(source, hash);
    const sha256 = Buffer.from(hash.digest()).toString('hex');
    if (sha256 !== source.revision.sha256) {
      file.abandon();
      return unwrap(fail('archive.damaged', 'The archive is damaged', { place: document }));
    }
    file.commit();
    return sha256;
  } finally {
    source.close();
  }
}

/** A folder that became whole just before the program died: it counts, and is not written again. */
function finishedBefore(
  target: string,
  stem: string,
  job: Job,
  { complete }: FolderOptions,
): JobFolder | null {
  return exportedAs(
    target,
    stem,
    (one) => one.complete === complete && one.job === job.id && one.version === job.version,
  );
}

export interface FoundFolder {
  readonly job: string;
  readonly version: number;
  readonly complete: boolean;
  readonly files: readonly ExportedFile[];
}

/** A whole folder of that name, or of one that was free, which is the one that is looked for. */
export function exportedAs(
  target: string,
  stem: string,
  isIt: (folder: FoundFolder) => boolean,
): JobFolder | null {
  for (const name of readdirSync(target)) {
    if (name !== stem && !name.startsWith(`${stem}-`)) continue;
    const read = readFolder(join(target, name));
    if (read.ok && isIt(read.value)) return { name, files: read.value.files };
  }
  return null;
}

function readFolder(folder: string): Result<FoundFolder> {
  try {
    const metadata = JSON.parse(readFileSync(join(folder, metadataName), 'utf8')) as {
      complete?: boolean;
      job?: { id?: string; version?: number };
    };
    const lines = readFileSync(join(folder, checksumsName), 'utf8').trim().split('\n');
    const files = lines.map((line) => ({ sha256: line.slice(0, 64), name: line.slice(66) }));
    return ok({
      job: metadata.job?.id ?? '',
      version: metadata.job?.version ?? -1,
      complete: metadata.complete === true,
      files,
    });
  } catch {
    // Somebody else's folder with such a name.
    return fail('export.foreign', 'This folder is not an export.');
  }
}

function freeName(target: string, stem: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!existsSync(join(target, name))) return name;
  }
}
