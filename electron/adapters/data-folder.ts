/** One archive per machine, for all its users; the user's own folder where neither is allowed. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

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

function usable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** `SKRANKE_HOME`, else the machine-wide folder where it may be written to, else the user's own. */
export function dataFolder(): string {
  const given = process.env['SKRANKE_HOME'];
  if (given !== undefined && given !== '') return given;
  const shared = machineWide();
  if (usable(shared)) return shared;
  const own = ownFolder();
  mkdirSync(dirname(own), { recursive: true });
  return own;
}
