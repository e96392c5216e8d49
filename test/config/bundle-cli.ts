/**
 * The command line as it is shipped: each command a bundle of its own beside one small starter, so
 * that a run reads a handful of files instead of a hundred and more, and strips no types. It lies as
 * deep below the root as its sources do: paths relative to a module stay true.
 */
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** What every bundle of ours for Node shares; the bench builds its other contenders with it, too. */
export const nodeBundle: BuildOptions = {
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
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
};

/**
 * Packages that compute tables as soon as they are loaded, while few runs need them (AES: encrypted
 * files only). Their functions are bound on the first call instead. A name that the package does not
 * have fails the build.
 */
const atFirstCall: Readonly<Record<string, readonly string[]>> = {
  '@noble/ciphers/aes.js': ['cbc'],
};

const lazyTables: Plugin = {
  name: 'lazy-tables',
  setup(bundler) {
    bundler.onResolve({ filter: /^@noble\/ciphers\/aes\.js$/ }, ({ path, namespace }) =>
      namespace === 'lazy-tables' ? undefined : { path, namespace: 'lazy-tables' },
    );
    bundler.onLoad({ filter: /.*/, namespace: 'lazy-tables' }, ({ path }) => ({
      resolveDir: root,
      // A module that is required instead of imported is evaluated where it is required.
      contents: [
        `let loaded; const load = () => (loaded ??= require('${path}'));`,
        ...(atFirstCall[path] ?? []).map(
          (name) => `export const ${name} = (...args) => load().${name}(...args);`,
        ),
      ].join('\n'),
    }));
  },
};

/** `commands/x.ts` is `x.js` beside the starter, and not part of it. */
const commandsBeside: Plugin = {
  name: 'commands-beside',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/commands\/[a-z-]+\.ts$/ }, ({ path }) => ({
      path: `./${basename(path, '.ts')}.js`,
      external: true,
    }));
  },
};

/** These compose the whole app, worker and all: they share their parts. */
const overTheDesk: readonly string[] = ['job', 'archive', 'serve', 'demo'];

/** As the starter lists them. */
function commandNames(): readonly string[] {
  const starter = readFileSync(join(root, 'electron/cli.ts'), 'utf8');
  return [...starter.matchAll(/import\('\.\/commands\/([a-z-]+)\.ts'\)/g)].flatMap(
    ([, name]) => name ?? [],
  );
}

/** Bundles `skranke.js` and all its commands into `folder`, which is emptied first. */
export async function bundleCli(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const into: BuildOptions = { ...nodeBundle, outdir: folder, chunkNames: 'part-[hash]' };
  const starter = join(folder, 'skranke.js');
  await build({
    ...into,
    entryPoints: { skranke: join(root, 'electron/cli.ts') },
    plugins: [commandsBeside],
  });
  chmodSync(starter, 0o755);
  const commands = commandNames();
  const alone = commands.filter((name) => !overTheDesk.includes(name));
  for (const names of [...alone.map((name) => [name]), overTheDesk])
    await build({
      ...into,
      entryPoints: {
        ...Object.fromEntries(
          names.map((name) => [name, join(root, `electron/commands/${name}.ts`)]),
        ),
        ...(names === overTheDesk ? { worker: join(root, 'electron/worker.ts') } : {}),
      },
      plugins: [lazyTables],
    });
}
