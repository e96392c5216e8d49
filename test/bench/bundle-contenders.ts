/**
 * What the bench runs: the command line exactly as it is shipped, and its other contenders bundled by
 * the same settings, so that none of them pays for what the others are spared.
 */
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleCli } from '../config/bundle-cli.ts';
import { nodeBundle, plainBuiltins } from '../config/node-bundle.ts';
import { root } from '../support/cli.ts';

export interface Bundled {
  readonly skranke: string;
  readonly libpdf: string;
  readonly floor: string;
  /** CommonJS, for `--require`: it must not start the loader of modules in a process that is measured. */
  readonly peakMemory: string;
}

export async function bundleContenders(): Promise<Bundled> {
  const cli = join(root, 'dist/cli');
  const outdir = join(root, 'dist/bench');
  await bundleCli(cli);
  await build({
    ...nodeBundle,
    plugins: [plainBuiltins],
    outdir,
    entryPoints: {
      libpdf: join(import.meta.dirname, 'libpdf-sign.ts'),
      floor: join(import.meta.dirname, 'floor.ts'),
    },
  });
  const peakMemory = join(outdir, 'peak-memory.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'peak-memory.ts')],
    outfile: peakMemory,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  return {
    skranke: join(cli, 'skranke.js'),
    libpdf: join(outdir, 'libpdf.js'),
    floor: join(outdir, 'floor.js'),
    peakMemory,
  };
}
