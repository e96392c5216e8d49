/** Where LibreOffice is on this machine, when it is. */
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** `chosen`: the path that an administrator has set, or empty. Null where there is none. */
export function findOffice(chosen: string): string | null {
  if (chosen !== '') return isProgram(chosen) ? chosen : null;
  return [...onPath(), ...usualPlaces()].find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    if (!isAbsolute(path) || !statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `.com` on Windows: the one that waits and speaks to whoever started it. */
const names =
  process.platform === 'win32' ? ['soffice.com', 'soffice.exe'] : ['soffice', 'libreoffice'];

function onPath(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

function usualPlaces(): readonly string[] {
  switch (process.platform) {
    case 'win32':
      return ['ProgramFiles', 'ProgramW6432', 'ProgramFiles(x86)']
        .map((name) => process.env[name])
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => names.map((name) => join(folder, 'LibreOffice', 'program', name)));
    case 'darwin':
      return ['/Applications/LibreOffice.app/Contents/MacOS/soffice'];
    default:
      // The packages of the project itself: one folder a version, the newest first.
      return [
        ...foldersIn('/opt', /^libreoffice/).map((name) => join('/opt', name, 'program/soffice')),
        '/usr/lib/libreoffice/program/soffice',
      ];
  }
}

function foldersIn(folder: string, wanted: RegExp): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => wanted.test(name))
      .sort()
      .reverse();
  } catch {
    return [];
  }
}
