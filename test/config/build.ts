/**
 * `npm run build`: the renderer's bundle (both hosts show it) and Electron's main, worker and preload.
 * The command line and the web host run from their TypeScript as it stands. `--if-needed` skips what
 * is newer than every source.
 */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build as buildRenderer } from 'vite';

const root = join(import.meta.dirname, '../..');
const stamp = join(root, 'dist/built');

function newest(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function upToDate(): boolean {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const sources = ['electron', 'renderer', 'shared', 'package-lock.json', 'test/config'];
  return sources.every((path) => newest(join(root, path)) < built);
}

/** A sandboxed preload must be one CommonJS file whose only import is `electron`. */
async function bundlePreload(): Promise<void> {
  await bundle({
    entryPoints: [join(root, 'electron/preload.ts')],
    outfile: join(root, 'dist/electron/preload.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    external: ['electron'],
    logLevel: 'warning',
  });
}

async function bundleMain(): Promise<void> {
  await bundle({
    entryPoints: {
      main: join(root, 'electron/main.ts'),
      worker: join(root, 'electron/worker.ts'),
    },
    outdir: join(root, 'dist/electron'),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // The binding finds its prebuilt file beside itself; the fonts are read as files.
    external: ['electron', 'better-sqlite3', '@fontsource/*', 'pdfjs-dist/*', '@napi-rs/canvas'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}

if (process.argv.includes('--if-needed') && upToDate()) process.exit(0);
await buildRenderer({
  configFile: join(import.meta.dirname, 'vite.config.ts'),
  logLevel: 'warn',
});
if (existsSync(join(root, 'electron/main.ts'))) {
  await bundlePreload();
  await bundleMain();
}
writeFileSync(stamp, '');
