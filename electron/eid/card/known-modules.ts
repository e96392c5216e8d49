/**
 * Where the drivers of common cards lie when their makers' installers have put them there: tried by
 * themselves, before the paths an administrator adds. Sources: the makers' installation guides; OpenSC's
 * and Yubico's packages; the Net iD packages that Commfides and the health sector use.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

export interface KnownModule {
  readonly name: string;
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
    paths: {
      linux: onLinux('libiidp11.so', 'netid/libnetid.so'),
      darwin: ['/usr/local/lib/libiidp11.dylib', '/Library/PKCS11/libiidp11.dylib'],
      win32: [`${system32}\\iidp11.dll`, `${programs}\\Net iD\\iidp11.dll`],
    },
  },
  {
    name: 'SafeNet',
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
    paths: {
      linux: onLinux('libykcs11.so', 'libykcs11.so.2'),
      darwin: ['/usr/local/lib/libykcs11.dylib', '/opt/homebrew/lib/libykcs11.dylib'],
      win32: [`${programs}\\Yubico\\Yubico PIV Tool\\bin\\libykcs11.dll`],
    },
  },
  {
    name: 'OpenSC',
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
