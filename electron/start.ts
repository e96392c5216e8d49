/**
 * `npm start`: opens the windows. Electron's runtime is not part of the package: it is downloaded on
 * first use. Where that cannot be done, the same app runs in a browser on this machine.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Long enough for a slow line, short enough for somebody who waits. */
const downloadLimit = 120_000;

function runtimePath(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  switch (process.platform) {
    case 'win32':
      return join(folder, 'dist/electron.exe');
    case 'darwin':
      return join(folder, 'dist/Electron.app/Contents/MacOS/Electron');
    default:
      return join(folder, 'dist/electron');
  }
}

function runtime(): string | null {
  const path = runtimePath();
  if (existsSync(path)) return path;
  if (process.env['SKRANKE_HOST'] === 'web') return null;
  console.log('Fetching Electron’s runtime …');
  const installer = join(
    dirname(createRequire(import.meta.url).resolve('electron/package.json')),
    'install.js',
  );
  spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: downloadLimit });
  return existsSync(path) ? path : null;
}

/** As it was built: from its sources the same program needs four times as long until it answers. */
function commandLine(): string {
  const built = join(root, 'dist/cli/skranke.js');
  return existsSync(built) ? built : join(root, 'electron/cli.ts');
}

const electron = runtime();
if (electron === null)
  console.log(
    'Electron’s runtime is not here and could not be fetched: Skranke runs in a browser instead.',
  );
const child =
  electron === null
    ? spawn(process.execPath, [commandLine(), 'serve', ...process.argv.slice(2)], {
        stdio: 'inherit',
      })
    : spawn(electron, [root, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 0));
