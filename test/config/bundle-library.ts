/** The client library as one file for other programs: `import { createPostenClient } from 'skranke/posten'`. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from './node-bundle.ts';

const root = join(import.meta.dirname, '../..');

export async function bundleLibrary(outdir: string): Promise<void> {
  await build({
    ...nodeBundle,
    splitting: false,
    entryPoints: { posten: join(root, 'electron/library.ts') },
    outdir,
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
}
