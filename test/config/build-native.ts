/**
 * `npm run native`: compiles the binding to PKCS#11 drivers (`pkcs11js` ships its source only). The
 * Node-API is the same in Node and Electron, so one build serves both. Where there is no compiler the
 * program runs all the same and says `card.no-support`; with `--required` the run then fails.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'node_modules/pkcs11js');
export const nativeBinding = join(source, 'build/Release/pkcs11.node');

/**
 * PKCS #11 2.40, 5.6 (C_Login): with a PIN pad on the reader the PIN is NULL_PTR. The binding always
 * hands over a pointer; strict drivers then look for a PIN where there is none.
 */
const login = {
  file: 'src/pkcs11.cpp',
  before:
    'C_Login(sessionHandle, (CK_USER_TYPE)userType, (CK_UTF8CHAR_PTR)pin, (CK_ULONG)pinLength)',
  after:
    'C_Login(sessionHandle, (CK_USER_TYPE)userType, pinLength == 0 ? NULL_PTR : (CK_UTF8CHAR_PTR)pin, (CK_ULONG)pinLength)',
};

function patchedSource(folder: string): void {
  cpSync(source, folder, { recursive: true });
  const file = join(folder, login.file);
  const text = readFileSync(file, 'utf8');
  if (text.split(login.before).length !== 2)
    throw new Error(`${login.file} is another one than was reviewed`);
  writeFileSync(
    file,
    text.replace(login.before, () => login.after),
  );
}

function run(command: string, args: readonly string[], cwd: string): boolean {
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** MSVC is found by node-gyp, which comes with the packager. */
function withNodeGyp(folder: string): boolean {
  const gyp = join(root, 'node_modules/node-gyp/bin/node-gyp.js');
  return existsSync(gyp) && run(process.execPath, [gyp, 'rebuild'], folder);
}

function withCompiler(folder: string): boolean {
  const mac = process.platform === 'darwin';
  mkdirSync(join(folder, 'build/Release'), { recursive: true });
  return run(
    mac ? 'clang++' : 'g++',
    [
      ...['-std=c++17', '-O2', '-fPIC', '-DNAPI_DISABLE_CPP_EXCEPTIONS'],
      ...['-I', join(root, 'node_modules/node-api-headers/include'), '-I', 'includes'],
      // The packages for macOS are made for both processors on one machine.
      ...(mac
        ? ['-bundle', '-undefined', 'dynamic_lookup', '-arch', 'x86_64', '-arch', 'arm64']
        : ['-shared']),
      ...['src/dl.cpp', 'src/common.cpp', 'src/main.cpp', '-o', 'build/Release/pkcs11.node'],
    ],
    folder,
  );
}

/** Builds it where it is missing; false where it cannot be built. */
export function buildNative(): boolean {
  if (existsSync(nativeBinding)) return true;
  if (!existsSync(source)) return false;
  const folder = mkdtempSync(join(tmpdir(), 'skranke-native-'));
  try {
    patchedSource(folder);
    const built = process.platform === 'win32' ? withNodeGyp(folder) : withCompiler(folder);
    const made = join(folder, 'build/Release/pkcs11.node');
    if (!built || !existsSync(made)) return false;
    mkdirSync(dirname(nativeBinding), { recursive: true });
    // Whole or not at all, also where two builds run at once.
    const beside = `${nativeBinding}.${process.pid}`;
    cpSync(made, beside);
    renameSync(beside, nativeBinding);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main && !buildNative()) {
  console.error('No C++ compiler: smart cards are not supported until `npm run native` succeeds.');
  if (process.argv.includes('--required')) process.exitCode = 1;
}
