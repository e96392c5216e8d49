/** What can be said of the package without Electron: fuses, preload, policy, rights. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contentSecurityPolicy } from '../../shared/csp.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const shellSources = ['electron/main.ts', 'electron/preload.ts'].concat(
  readdirSync(join(root, 'electron/shell'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `electron/shell/${name}`),
);

describe('electron-builder.yml', () => {
  const config = parse(read('electron-builder.yml')) as Record<string, Record<string, unknown>>;
  it.each([
    ['runAsNode', false],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['enableCookieEncryption', true],
    ['grantFileProtocolExtraPrivileges', false],
  ])('sets the fuse %s to %s', (fuse, value) => {
    expect(config['electronFuses']?.[fuse]).toBe(value);
  });
  it('packages for the three systems', () => {
    const targets = (name: string) =>
      (config[name]?.['target'] as { target: string }[]).map(({ target }) => target);
    expect(targets('win')).toEqual(['nsis']);
    expect(targets('mac')).toEqual(['dmg']);
    expect(targets('linux')).toEqual(['AppImage', 'deb']);
  });
  it('offers an installation per machine and per user', () => {
    expect(config['nsis']).toMatchObject({
      oneClick: false,
      perMachine: false,
      allowElevation: true,
    });
  });
});

describe('the binding to card drivers', () => {
  const files = (parse(read('electron-builder.yml')) as { files: string[] }).files;
  it('is packaged beside the process that loads it, and compiled on each system before that', () => {
    expect(files).toContain('node_modules/pkcs11js/build/Release/pkcs11.node');
    const recipe = read('.github/workflows/release.yml');
    expect(recipe.indexOf('npm run native -- --required')).toBeGreaterThan(0);
    expect(recipe.indexOf('npm run native')).toBeLessThan(recipe.indexOf('electron-builder --'));
  });
  it('is loaded only where a crash takes nothing else down', () => {
    const sources = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' });
    const loading = sources
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => /\('pkcs11js'\)/.test(read(join('electron', name))));
    expect(loading).toEqual([join('eid', 'card', 'card-process.ts')]);
    const utility = read('electron/shell/card-process.ts');
    expect(utility).toContain('utilityProcess.fork');
  });
});

describe('the preload', () => {
  it('is one CommonJS file whose only import is electron', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [join(root, 'electron/preload.ts')],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'cjs',
      external: ['electron'],
    });
    expect(outputFiles).toHaveLength(1);
    const [output] = Object.values(metafile.outputs);
    expect(output?.imports.map(({ path }) => path)).toEqual(['electron']);
  });
  it('knows no method names', () => {
    const contract = read('shared/rpc/contract.ts') + read('shared/rpc/contract-settings.ts');
    const names = [...contract.matchAll(/^ {2}'([a-z]+\.[A-Za-z]+)'/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(20);
    const preload = read('electron/preload.ts');
    for (const name of names) expect(preload).not.toContain(name);
  });
});

describe('the windows', () => {
  it('are isolated, sandboxed and without Node', () => {
    const window = read('electron/shell/window.ts');
    expect(window).toContain('contextIsolation: true');
    expect(window).toContain('sandbox: true');
    expect(window).toContain('nodeIntegration: false');
    expect(window).toContain('webviewTag: false');
    for (const path of shellSources)
      expect(read(path)).not.toMatch(
        /nodeIntegration: true|webSecurity: false|sandbox: false|openExternal/,
      );
  });
  it('have one policy that starts from nothing', () => {
    expect(contentSecurityPolicy.startsWith("default-src 'none'")).toBe(true);
    expect(contentSecurityPolicy).not.toContain("'unsafe-inline'");
    expect(contentSecurityPolicy).not.toMatch(/https?:/);
  });
  it('have a page without inline scripts or styles', () => {
    const page = read('renderer/index.html');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  });
  it('boot in one short file', () => {
    expect(read('electron/main.ts').split('\n').length).toBeLessThan(80);
  });
});
