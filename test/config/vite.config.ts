import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const project = join(import.meta.dirname, '../..');
const outDir = join(project, 'dist/renderer');

/** The document to try with, for a clerk who has none at hand. */
const sample = 'sample/leieavtale.pdf';

/**
 * pdf.js fetches character maps, standard fonts, image decoders and colour profiles while it draws.
 * Without them it quietly draws other letters and other colours, so they ship with the window, and the
 * sample beside them.
 */
function shipped(): Plugin {
  let into = outDir;
  return {
    name: 'shipped',
    apply: 'build',
    configResolved(config) {
      into = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      await mkdir(join(into, 'pdfjs'), { recursive: true });
      for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        await cp(join(project, 'node_modules/pdfjs-dist', folder), join(into, 'pdfjs', folder), {
          recursive: true,
        });
      }
      await cp(join(project, 'resources', sample), join(into, sample));
    },
  };
}

export default defineConfig({
  root: join(project, 'renderer'),
  base: './',
  publicDir: false,
  plugins: [react(), shipped()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'chrome140',
    // The content security policy has no room for inlined data in styles, scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
