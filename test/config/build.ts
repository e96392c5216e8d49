/**
 * `npm run build`: the renderer's bundle (both hosts show it), Electron's main, worker and preload, the
 * command line as package.json's `bin` names it, the client library of its `exports`, and the verifier as one page. In the project both also run from their
 * TypeScript as it stands. `--if-needed` skips what is newer than every source. Each build works in a
 * folder of its own and moves in when it is whole: two at once, or a program that runs, do no harm.
 */
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build as buildRenderer } from 'vite';
import { buildKontroller } from './build-kontroller.ts';
import { buildNative } from './build-native.ts';
import { bundleCli } from './bundle-cli.ts';
import { bundleLibrary } from './bundle-library.ts';
import { nodeBundle } from './node-bundle.ts';
import { freshFolder, putInPlace } from './put-in-place.ts';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const parts = ['renderer', 'electron', 'cli', 'kontroller', 'library'] as const;
/** Its time is when the sources of what lies beside it began to be read. */
const stamp = join(dist, 'built');

/** A folder's own time tells of what was removed from it. */
function newest(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function builtAt(): number {
  return statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function upToDate(): boolean {
  if (!parts.every((part) => existsSync(join(dist, part)))) return false;
  const built = builtAt();
  const sources = [
    ...['electron', 'renderer', 'shared', 'test/config'],
    ...['package.json', 'package-lock.json'],
  ];
  return sources.every((path) => newest(join(root, path)) < built);
}

/** A sandboxed preload must be one CommonJS file whose only import is `electron`. */
async function bundlePreload(outdir: string): Promise<void> {
  await bundle({
    entryPoints: [join(root, 'electron/preload.ts')],
    outfile: join(outdir, 'preload.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    external: ['electron'],
    logLevel: 'warning',
  });
}

async function bundleMain(outdir: string): Promise<void> {
  await bundle({
    ...nodeBundle,
    entryPoints: {
      main: join(root, 'electron/main.ts'),
      worker: join(root, 'electron/worker.ts'),
      'verify-worker': join(root, 'electron/archive/verify-worker.ts'),
      'card-process': join(root, 'electron/eid/card/card-process.ts'),
    },
    outdir,
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
}

async function build(): Promise<void> {
  const began = Date.now();
  const fresh = freshFolder(dist);
  try {
    await buildRenderer({
      configFile: join(import.meta.dirname, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: join(fresh, 'renderer') },
    });
    await bundlePreload(join(fresh, 'electron'));
    await bundleMain(join(fresh, 'electron'));
    await bundleCli(join(fresh, 'cli'));
    await bundleLibrary(join(fresh, 'library'));
    await buildKontroller(join(fresh, 'kontroller'));
    // Another build began later and is done: it knows newer sources than this one.
    if (builtAt() > began) return;
    rmSync(stamp, { force: true });
    for (const part of parts) putInPlace(join(fresh, part), join(dist, part));
    writeFileSync(stamp, '');
    utimesSync(stamp, began / 1000, began / 1000);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (!buildNative())
  console.log('Without a C++ compiler: smart cards are left out. See `npm run native`.');
if (!process.argv.includes('--if-needed') || !upToDate()) await build();
