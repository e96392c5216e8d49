/**
 * `npm start`: opens the windows. Electron's runtime is not part of the package: it is downloaded on
 * first use. Where that cannot be done, the same app runs in a browser on this machine.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
/** Long enough for a slow line, short enough for somebody who waits. */
const downloadLimit = 120_000;

function electronBinary(): string | null {
  const folder = dirname(require.resolve('electron/package.json'));
  const name =
    process.platform === 'win32'
      ? 'electron.exe'
      : process.platform === 'darwin'
        ? 'Electron.app/Contents/MacOS/Electron'
        : 'electron';
  const binary = join(folder, 'dist', name);
  if (existsSync(binary)) return binary;
  if (process.env['SKRANKE_HOST'] === 'web') return null;
  console.log('Fetching Electron’s runtime …');
  spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: downloadLimit,
  });
  return existsSync(binary) ? binary : null;
}

const binary = join(folder, 'dist', name);
  if (existsSync(binary)) return binary;
  if (process.env['SKRANKE_HOST'] === 'web') return null;
  console.log('Fetching Electron’s runtime …');
  spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: downloadLimit,
  });
  return existsSync(binary) ? binary : null;
}

const built = spawnSync(process.execPath, [join(root, 'test/config/build.ts'), '--if-needed'], {
  stdio: 'inherit',
  cwd: root,
});
if (built.status !== 0) process.exit(built.status ?? 1);

const binary = electronBinary();
if (binary !== null) {
  const child = spawn(binary, [root, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 0));
} else {
  console.log(
    'Electron’s runtime is not here and could not be fetched: Skranke opens in your browser instead.',
  );
  const child = spawn(
    process.execPath,
    [join(root, 'electron/cli.ts'), 'serve', '--open', ...process.argv.slice(2)],
    { stdio: 'inherit', cwd: root },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 0));
}
