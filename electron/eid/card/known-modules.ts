/**
 * Where the drivers of common cards may lie: tried by themselves, before anybody has to know a path. A
 * path that is wrong costs nothing, because only files that are there are loaded. `source` says what each
 * stands on; nobody has tried them with the makers' own installers. Where one is missing or wrong, an
 * administrator adds the path in the settings.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * - `package`: where the Linux distributions' packages put it; on other systems as its project's installer
 * - `in-use`: as guides and other programs that look for this driver have it
 * - `assumed`: from the file's name and usual folders alone; nobody was found who uses these paths
 */
export type PathSource = 'package' | 'in-use' | 'assumed';

export interface KnownModule {
  readonly name: string;
  readonly source: PathSource;
  readonly paths: Readonly<Record<'linux' | 'darwin' | 'win32', readonly string[]>>;
}

const linuxFolders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/lib'];
const onLinux = (...files: readonly string[]) =>
  files.flatMap((file) => linuxFolders.map((folder) => `${folder}/${file}`));
const system32 = 'C:\\Windows\\System32';
const programs = 'C:\\Program Files';

export const knownModules: readonly KnownModule[] = [
  {
    name: 'Buypass',
    source: 'assumed',
    paths: {
      linux: ['/opt/Buypass/lib/libBuypassPKCS11.so', ...onLinux('libBuypassPKCS11.so')],
      darwin: ['/usr/local/lib/libBuypassPKCS11.dylib'],
      win32: [
        `${programs}\\Buypass\\Buypass Access\\BuypassPKCS11.dll`,
        `${system32}\\BuypassPKCS11.dll`,
      ],
    },
  },
  {
    name: 'Net iD',
    source: 'in-use',
    paths: {
      linux: onLinux('libiidp11.so', 'netid/libnetid.so'),
      darwin: ['/usr/local/lib/libiidp11.dylib', '/Library/PKCS11/libiidp11.dylib'],
      win32: [`${system32}\\iidp11.dll`, `${programs}\\Net iD\\iidp11.dll`],
    },
  },
  {
    name: 'SafeNet',
    source: 'in-use',
    paths: {
      linux: onLinux('libeToken.so', 'libIDPrimePKCS11.so'),
      darwin: [
        '/usr/local/lib/libeTPkcs11.dylib',
        '/Library/Frameworks/eToken.framework/Versions/Current/libeToken.dylib',
      ],
      win32: [
        `${system32}\\eTPKCS11.dll`,
        `${programs}\\SafeNet\\Authentication\\SAC\\x64\\IDPrimePKCS1164.dll`,
      ],
    },
  },
  {
    name: 'YubiKey',
    source: 'package',
    paths: {
      linux: onLinux('libykcs11.so', 'libykcs11.so.2'),
      darwin: ['/usr/local/lib/libykcs11.dylib', '/opt/homebrew/lib/libykcs11.dylib'],
      win32: [`${programs}\\Yubico\\Yubico PIV Tool\\bin\\libykcs11.dll`],
    },
  },
  {
    name: 'OpenSC',
    source: 'package',
    paths: {
      linux: onLinux('opensc-pkcs11.so', 'pkcs11/opensc-pkcs11.so'),
      darwin: ['/Library/OpenSC/lib/opensc-pkcs11.so', '/usr/local/lib/opensc-pkcs11.so'],
      win32: [
        `${programs}\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll`,
        `${system32}\\opensc-pkcs11.dll`,
      ],
    },
  },
  {
    name: 'p11-kit',
    source: 'package',
    paths: {
      linux: onLinux('p11-kit-proxy.so'),
      darwin: ['/usr/local/lib/p11-kit-proxy.dylib', '/opt/homebrew/lib/p11-kit-proxy.dylib'],
      win32: [],
    },
  },
];

export interface FoundModule {
  readonly name: string;
  readonly path: string;
}

/** Those that are here, each once, however many names lead to it. */
export function modulesHere(
  platform: NodeJS.Platform = process.platform,
  exists: (path: string) => boolean = existsSync,
): readonly FoundModule[] {
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return [];
  return knownModules.flatMap(({ name, paths }) => {
    const path = paths[platform].find(exists);
    return path === undefined ? [] : [{ name, path }];
  });
}

/** What an administrator added, named after its file, then the known ones that are not the same file. */
export function modulesToAsk(added: readonly string[], known: boolean): readonly FoundModule[] {
  const own = added.map((path) => ({ name: basename(path), path }));
  const all = known ? [...own, ...modulesHere()] : own;
  const seen = new Set<string>();
  return all.filter(({ path }) => {
    const real = existsSync(path) ? realpathSync(path) : path;
    if (seen.has(real)) return false;
    seen.add(real);
    return true;
  });
}
