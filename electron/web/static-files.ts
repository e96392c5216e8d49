/** The renderer as a map of files listed at boot: no path of a request ever reaches the file system. */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';

export interface StaticFile {
  readonly type: string;
  readonly length: number;
  readonly immutable: boolean;
  open(): Readable;
}

/** Exported so that a test can hold it against what the build puts out. */
export const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
  pfb: 'application/octet-stream',
  bcmap: 'application/octet-stream',
  icc: 'application/octet-stream',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
  pdf: 'application/pdf',
};

/** Every servable file of `folder` under its URL path; `/` is `index.html`. Empty for a missing folder. */
export function listStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  if (!existsSync(folder)) return files;
  const walk = (relative: string) => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const name = `${relative}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      if (!entry.isFile()) continue;
      const extension = /\.([a-z0-9]+)$/.exec(name)?.[1] ?? '';
      const path = join(folder, name);
      // A build puts new files in their place: a program that runs goes on with those it began with.
      const kept =
        name === '/index.html' || name.startsWith('/assets/') ? readFileSync(path) : null;
      files.set(name, {
        type: contentTypes[extension] ?? 'application/octet-stream',
        length: kept?.length ?? statSync(path).size,
        // The build puts a hash of the content into the names of its assets.
        immutable: /^\/assets\/.*-[\w-]{8}\.[a-z0-9]+$/.test(name),
        open: () => (kept === null ? createReadStream(path) : Readable.from([kept])),
      });
    }
  };
  walk('');
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}
