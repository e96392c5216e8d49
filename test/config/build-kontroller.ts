/**
 * `kontroller.html`: the verifier as one self-contained page. Script and style stand in it under a policy
 * that knows them by their hashes and allows no connection at all.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';

const project = join(import.meta.dirname, '../..');
const room = join(project, 'renderer/kontroller');
const pdfjs = join(project, 'node_modules/pdfjs-dist');

/** What pdf.js may ask for while it draws. Not its sandbox for scripts: no document's script runs. */
function parts(): Record<string, string> {
  const wanted = [
    ...['cmaps', 'standard_fonts', 'wasm'].flatMap((folder) =>
      readdirSync(join(pdfjs, folder)).map((name) => [folder, name] as const),
    ),
  ].filter(([, name]) => /\.(bcmap|pfb|ttf|wasm)$/.test(name) && !name.startsWith('quickjs'));
  return Object.fromEntries(
    wanted.map(([folder, name]) => [
      name,
      gzipSync(readFileSync(join(pdfjs, folder, name)), { level: 9 }).toString('base64'),
    ]),
  );
}

function inThePage(): Plugin {
  return {
    name: 'pdfjs-in-the-page',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source === 'virtual:pdfjs-parts') return '\0pdfjs-parts';
      if (source === './pdf-library.ts' && importer?.includes('/renderer/pdf/'))
        return join(room, 'pdf-library.ts');
      return null;
    },
    load: (id) =>
      id === '\0pdfjs-parts'
        ? `const parts = ${JSON.stringify(parts())};\nexport const partNamed = (name) => parts[name] ?? null;`
        : null,
  };
}

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Inside `<script>` and `<style>` nothing may look like their end. */
const script = (text: string) => text.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

export async function buildKontroller(outDir: string): Promise<void> {
  const built = await build({
    configFile: false,
    root: room,
    logLevel: 'warn',
    publicDir: false,
    plugins: [inThePage(), react()],
    build: {
      write: false,
      target: 'es2023',
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      cssCodeSplit: false,
      modulePreload: false,
      chunkSizeWarningLimit: 20_000,
      rollupOptions: {
        input: join(room, 'main.tsx'),
        output: { codeSplitting: false, format: 'es' },
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (first === undefined || !('output' in first)) throw new Error('nothing was built');
  const { output } = first;
  const chunks = output.filter((one) => one.type === 'chunk');
  const styles = output.filter((one) => one.type === 'asset' && one.fileName.endsWith('.css'));
  if (chunks.length !== 1 || styles.length !== 1)
    throw new Error(
      `the page is ${chunks.length} scripts and ${styles.length} styles, not one each`,
    );
  const code = script(chunks[0]!.code);
  const style = String((styles[0] as { source: string | Uint8Array }).source);
  const policy = [
    "default-src 'none'",
    `script-src ${sha256(code)} 'wasm-unsafe-eval'`,
    `style-src ${sha256(style)}`,
    'img-src data: blob:',
    'font-src data:',
    // Files that were dropped on the page; no address of a network fits this.
    'connect-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const icon = readFileSync(join(project, 'resources/icons/icon.svg')).toString('base64');
  // The hashes are of exactly what stands between the tags.
  const filled: Readonly<Record<string, string>> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    icon: `<link rel="icon" href="data:image/svg+xml;base64,${icon}" />`,
    style: `<style>${style}</style>`,
    script: `<script type="module">${code}</script>`,
  };
  const page = readFileSync(join(room, 'kontroller.html'), 'utf8').replace(
    /<!-- (policy|icon|style|script) -->/g,
    (_, name: string) => filled[name] ?? '',
  );
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'kontroller.html'), page);
}
