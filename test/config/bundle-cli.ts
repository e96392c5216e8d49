/**
 * The command line as it is shipped: each command one file beside one small starter, so that a run
 * reads two files instead of a hundred and more, and strips no types. It lies as deep below the root as
 * its sources do: paths relative to a module stay true.
 */
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { atFirstCall, nodeBundle, plainBuiltins } from './node-bundle.ts';

const root = join(import.meta.dirname, '../..');

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
  const into = { ...nodeBundle, outdir: folder, metafile: true } satisfies BuildOptions;
  await build({
    ...into,
    entryPoints: { skranke: join(root, 'electron/cli.ts') },
    plugins: [commandsBeside, plainBuiltins],
  });
  chmodSync(join(folder, 'skranke.js'), 0o755);
  const sourceOf = (name: string): string => join(root, `electron/commands/${name}.ts`);
  const plugins = [atFirstCall, plainBuiltins];
  await build({
    ...into,
    entryPoints: {
      ...Object.fromEntries(overTheDesk.map((name) => [name, sourceOf(name)])),
      worker: join(root, 'electron/worker.ts'),
      'verify-worker': join(root, 'electron/archive/verify-worker.ts'),
      'card-process': join(root, 'electron/eid/card/card-process.ts'),
    },
    chunkNames: 'desk-[hash]',
    plugins,
  });
  for (const name of commandNames().filter((name) => !overTheDesk.includes(name))) {
    const { metafile } = await build({
      ...into,
      entryPoints: { [name]: sourceOf(name) },
      chunkNames: `${name}-[hash]`,
      plugins,
    });
    await joinParts(join(folder, `${name}.js`), metafile);
  }
}

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

/**
 * Splitting puts what a command shares with the parts it loads later into files of their own, and
 * every file costs at each start. Here they are joined to the command again, and leave behind a file
 * that passes their exports on from it: nothing exists twice.
 */
async function joinParts(entry: string, { outputs }: Metafile): Promise<void> {
  const outputOf = (file: string) =>
    Object.entries(outputs).find(([path]) => join(process.cwd(), path) === file)?.[1];
  const parts = new Set<string>();
  const gather = (file: string): void => {
    for (const { path, kind } of outputOf(file)?.imports ?? []) {
      const part = join(process.cwd(), path);
      if (kind !== 'import-statement' || outputOf(part) === undefined || parts.has(part)) continue;
      parts.add(part);
      gather(part);
    }
  };
  gather(entry);
  const named = [...parts].map((file, number) => ({
    file,
    names: (outputOf(file)?.exports ?? []).map((name) => ({ name, as: `part${number}_${name}` })),
  }));
  const list = (names: readonly { readonly name: string; readonly as: string }[]): string =>
    names.map(({ name, as }) => `${name} as ${as}`).join(', ');
  const own = outputOf(entry)?.exports.join(', ') ?? '';
  const folder = join(entry, '..');
  const beside = (file: string): string => `./${relative(folder, file)}`;
  await build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifyWhitespace: true,
    outfile: entry,
    allowOverwrite: true,
    stdin: {
      resolveDir: folder,
      contents: [
        `export { ${own} } from '${beside(entry)}';`,
        ...named.map(({ file, names }) => `export { ${list(names)} } from '${beside(file)}';`),
      ].join('\n'),
    },
    plugins: [keepLater],
  });
  for (const { file, names } of named)
    writeFileSync(
      file,
      `export { ${names.map(({ name, as }) => `${as} as ${name}`).join(', ')} } from '${beside(entry)}';\n`,
    );
}

/** What is loaded later stays a file, and so do the packages that stay outside. */
const keepLater: Plugin = {
  name: 'keep-later',
  setup(bundler) {
    bundler.onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === 'dynamic-import' || !path.startsWith('.') ? { path, external: true } : undefined,
    );
  },
};
