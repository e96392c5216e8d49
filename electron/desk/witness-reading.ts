/** Every file of the folder, parsed: heads before countersignatures, each office's in the log's order. */
import type { WitnessProblem } from '../../shared/witness.ts';
import { isHead, parseWitnessFile, type WitnessFile } from './witness-files.ts';
import { readWitnessFile } from './witness-folder.ts';

export interface ReadFile {
  readonly name: string;
  readonly file: WitnessFile;
}

export function readFiles(
  folder: string,
  names: readonly string[],
): { readonly files: readonly ReadFile[]; readonly unreadable: readonly WitnessProblem[] } {
  const files: ReadFile[] = [];
  const unreadable: WitnessProblem[] = [];
  for (const name of names) {
    const bytes = readWitnessFile(folder, name);
    const parsed = bytes.ok ? parseWitnessFile(bytes.value) : bytes;
    if (parsed.ok) files.push({ name, file: parsed.value });
    else unreadable.push({ file: name, code: parsed.error.code });
  }
  files.sort((a, b) => orderOf(a.file) - orderOf(b.file) || (a.name < b.name ? -1 : 1));
  return { files, unreadable };
}

/** What a log says at 7 comes before what it says at 8, whoever's it is. */
function orderOf(file: WitnessFile): number {
  return isHead(file) ? file.statement.seq : Number.MAX_SAFE_INTEGER;
}
