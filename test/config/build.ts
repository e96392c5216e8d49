/**
 * `npm run build`: the renderer's bundle (both hosts show it), Electron's main, worker and preload, and
 * the command line as package.json's `bin` names it. In the project both also run from their
 * TypeScript as it stands. `--if-needed` skips what is newer than every source.
 */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build as buildRenderer } from 'vite';
import { bundleCli } from './bundle-cli.ts';
import { nodeBundle } from './node-bundle.ts';

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
    ...nodeBundle,
    entryPoints: {
      main: join(root, 'electron/main.ts'),
      worker: join(root, 'electron/worker.ts'),
    },
    outdir: join(root, 'dist/electron'),
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
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
await bundleCli(join(root, 'dist/cli'));
writeFileSync(stamp, '');
