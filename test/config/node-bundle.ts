/** How we bundle for Node, and what keeps a start short. */
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** What every bundle of ours for Node shares; the bench builds its other contenders with it, too. */
export const nodeBundle = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  // The binding finds its prebuilt file beside itself; the fonts are read as files.
  external: [
    ...['electron', 'better-sqlite3', 'pkcs11js', '@fontsource/*', 'pdfjs-dist/*'],
    '@napi-rs/canvas',
  ],
  // Names are kept: whoever reports a crash should be able to say where it was.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
} satisfies BuildOptions;

/** Not the ones behind getters: reading those is what costs. Who imports one of them fails the build. */
function plainExports(builtin: string): readonly string[] {
  const properties = Object.getOwnPropertyDescriptors(process.getBuiltinModule(builtin));
  return Object.entries(properties).flatMap(([name, { value }]) =>
    value === undefined || name === 'default' ? [] : name,
  );
}

/**
 * Node's own modules by `getBuiltinModule`: an `import` of `node:fs` reads every one of its exports, and
 * some of them load streams, promises and workers on the way. It also spares packages that are
 * CommonJS a `require`, which a module does not have.
 */
export const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup(bundler) {
    bundler.onResolve({ filter: /^(?:node:)?[a-z_/]+$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' || !isBuiltin(path)
        ? undefined
        : { path, namespace: kind === 'require-call' ? 'required-builtin' : 'imported-builtin' },
    );
    const get = (path: string): string => `process.getBuiltinModule('${path}')`;
    bundler.onLoad({ filter: /.*/, namespace: 'required-builtin' }, ({ path }) => ({
      contents: `module.exports = ${get(path)};`,
    }));
    bundler.onLoad({ filter: /.*/, namespace: 'imported-builtin' }, ({ path }) => ({
      contents: `const builtin = ${get(path)}; export default builtin; export const { ${plainExports(path).join(', ')} } = builtin;`,
    }));
  },
};

/**
 * Packages that compute tables as soon as they are loaded, while few runs need them: AES, which only
 * encrypted files do. Each is loaded at the first call of one of its functions. A function that is
 * imported somewhere and missing here fails the build.
 */
const calledSeldom: Readonly<Record<string, readonly string[]>> = {
  '@noble/ciphers/aes.js': ['cbc'],
};

export const atFirstCall: Plugin = {
  name: 'at-first-call',
  setup(bundler) {
    const namespace = 'at-first-call';
    bundler.onResolve({ filter: /^@noble\/ciphers\/aes\.js$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace } : undefined,
    );
    bundler.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      resolveDir: root,
      // A module that is required instead of imported is evaluated where it is required.
      contents: [
        `let loaded; const load = () => (loaded ??= require('${path}'));`,
        ...(calledSeldom[path] ?? []).map(
          (name) => `export const ${name} = (...args) => load().${name}(...args);`,
        ),
      ].join('\n'),
    }));
  },
};
