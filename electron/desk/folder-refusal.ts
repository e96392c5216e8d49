/** What cannot become a job: moved out of the way, with the reason beside it for whoever sent it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../shared/result.ts';
import { moveInto, readSmallFile, refusedFolder, subfolder, writeShared } from './folder-files.ts';
import type { Intake } from './folder-intake.ts';

export interface RefusedFiles {
  /** The job file's name. */
  readonly file: string;
  /** What it is called from now on, without its ending. */
  readonly as: string;
  readonly documents: readonly string[];
  /** Hex SHA-256; empty where it could not be read. */
  readonly jobFile: string;
  /** Null where the reason stands there already, from before a crash. */
  readonly failure: Failure | null;
}

const largestError = 64 * 1024;

/** The reason first, the job file last: what was interrupted is gone on with, and keeps its reason. */
export function refuseFiles({ settings, beat, memory }: Intake, refused: RefusedFiles): void {
  const { file, as, documents, jobFile, failure } = refused;
  beat();
  const folder = subfolder(settings.in, refusedFolder);
  const stem = stemFor(folder, as, jobFile);
  const path = join(folder, `${stem}.error.json`);
  if (failure !== null && !existsSync(path)) {
    const { code, message, detail } = failure;
    const told = { code, message, ...(detail === undefined ? {} : { detail }), jobFile };
    writeShared(path, `${JSON.stringify(told, null, 2)}\n`);
  }
  for (const name of new Set(documents)) {
    beat();
    moveInto(settings.in, refusedFolder, name);
  }
  beat();
  moveInto(settings.in, refusedFolder, file, `${stem}.json`);
  memory.forget(file);
}

/** Whether the reason of this very file is written already, and the file has not followed yet. */
export function isBeingRefused(from: string, name: string, jobFile: string): boolean {
  const folder = subfolder(from, refusedFolder);
  return existsSync(join(folder, `${stemFor(folder, name, jobFile)}.error.json`));
}

/** Free, or begun for this very file. */
function stemFor(folder: string, as: string, jobFile: string): string {
  for (let number = 1; ; number += 1) {
    const stem = number === 1 ? as : `${as}-${number}`;
    if (existsSync(join(folder, `${stem}.json`))) continue;
    const path = join(folder, `${stem}.error.json`);
    if (!existsSync(path) || reasonIsOf(path, jobFile)) return stem;
  }
}

function reasonIsOf(path: string, jobFile: string): boolean {
  const bytes = readSmallFile(path, largestError);
  if (!bytes.ok || jobFile === '') return false;
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes.value)) as { jobFile?: unknown } | null;
    return value?.jobFile === jobFile;
  } catch {
    return false;
  }
}
