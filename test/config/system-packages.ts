/**
 * The tools of other makers that check our work (and the browser that the journeys run in). Debian's
 * packages where we are root and they are missing; otherwise says exactly what to install.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface SystemPackage {
  readonly command: string;
  readonly debian: string;
  /** Where a command alone does not tell one package from another: what it puts there on Debian. */
  readonly file?: string;
}

const officeLibraries: Readonly<Record<string, string>> = {
  writer: 'sw',
  calc: 'sc',
  impress: 'sd',
};

export const forDemo: readonly SystemPackage[] = [
  { command: 'pdfsig', debian: 'poppler-utils' },
  { command: 'qpdf', debian: 'qpdf' },
  { command: 'openssl', debian: 'openssl' },
];
export const forTests: readonly SystemPackage[] = [
  ...forDemo,
  { command: 'chromium', debian: 'chromium' },
  { command: 'strace', debian: 'strace' },
  { command: 'git', debian: 'git' },
  { command: 'xmlsec1', debian: 'xmlsec1' },
  { command: 'zip', debian: 'zip' },
  { command: 'unzip', debian: 'unzip' },
  // Office files become PDF by LibreOffice: letters, sheets and slides, without its windows.
  ...['writer', 'calc', 'impress'].map((part) => ({
    command: 'soffice',
    debian: `libreoffice-${part}-nogui`,
    file: `/usr/lib/libreoffice/program/lib${officeLibraries[part]}lo.so`,
  })),
  // Smart cards: the binding to drivers is compiled, and a token in software stands in for a card.
  { command: 'g++', debian: 'g++' },
  { command: 'softhsm2-util', debian: 'softhsm2' },
];

function isThere({ command, file }: SystemPackage): boolean {
  return (
    present(command) &&
    (file === undefined || !existsSync('/etc/debian_version') || existsSync(file))
  );
}

function present(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Installs what is missing, or answers the names of what a person must install. */
export function ensureSystemPackages(packages: readonly SystemPackage[]): readonly string[] {
  const missing = packages.filter((one) => !isThere(one));
  if (missing.length === 0) return [];
  const names = [...new Set(missing.map(({ debian }) => debian))];
  if (process.getuid?.() === 0 && present('apt-get')) {
    console.log(`Installing ${names.join(', ')} …`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] as const, env: environment };
    spawnSync('apt-get', ['update'], { ...quiet, stdio: ['ignore', 'ignore', 'inherit'] });
    try {
      execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...names], {
        ...quiet,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    } catch {
      // Said below: whatever is still missing is named.
    }
  }
  return [...new Set(packages.filter((one) => !isThere(one)).map(({ debian }) => debian))];
}
