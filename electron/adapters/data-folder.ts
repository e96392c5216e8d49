/** One archive per machine, for all its users; the user's own folder where neither is allowed. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

function machineWide(): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Skranke');
    case 'darwin':
      return '/Library/Application Support/Skranke';
    default:
      return '/var/lib/skranke';
  }
}

function ownFolder(): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'), 'Skranke');
    case 'darwin':
      return join(homedir(), 'Library/Application Support/Skranke');
    default:
      return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'), 'skranke');
  }
}

/** There, or made, and writable. */
function usable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function holdsArchive(folder: string): boolean {
  return existsSync(join(folder, 'archive.db'));
}

/** `SKRANKE_HOME`, else what `chooseFolder` says of this machine. */
export function dataFolder(): string {
  const given = process.env['SKRANKE_HOME'];
  if (given !== undefined && given !== '') return given;
  return chooseFolder(machineWide(), ownFolder());
}

/**
 * The machine-wide folder where it may be written to, else the user's own, which `createArchive`
 * makes. An archive that is there decides before that: nobody is given a second, empty one. So does a
 * machine-wide folder that lets this user not in: the program then says that, in words.
 */
export function chooseFolder(shared: string, own: string): string {
  if (holdsArchive(shared)) return shared;
  if (holdsArchive(own)) return own;
  return existsSync(shared) || usable(shared) ? shared : own;
}
