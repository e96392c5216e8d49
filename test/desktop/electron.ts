/** Starts the built program on real Electron with a data folder of its own; skips loudly without a runtime. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';

export const root = join(import.meta.dirname, '../..');

/** Path of the runtime, or null: `npm ci` brings only Electron's JavaScript. */
export function electronRuntime(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return null;
  const path = join(folder, 'dist', readFileSync(name, 'utf8').trim());
  return existsSync(path) ? path : null;
}

export interface Desktop {
  readonly application: ElectronApplication;
  readonly page: Page;
  readonly home: string;
}

/** Headless Linux needs these; they switch nothing off that the tests speak of. */
const flags = process.platform === 'linux' ? ['--disable-gpu', '--no-sandbox'] : [];

export async function launch(home: string): Promise<Desktop> {
  const executablePath = electronRuntime();
  if (executablePath === null) throw new Error('no runtime');
  const application = await _electron.launch({
    executablePath,
    args: [...flags, root],
    env: { ...process.env, SKRANKE_HOME: home } as Record<string, string>,
  });
  return { application, page: await application.firstWindow(), home };
}

let said = false;

export const test = base.extend<{ desktop: Desktop }>({
  desktop: async ({}, use, info) => {
    if (electronRuntime() === null) {
      if (!said)
        console.warn(
          '!!! Electron’s runtime is not here: what only Electron can prove is not proved.',
        );
      said = true;
      info.skip(true, 'no Electron runtime');
    }
    const home = mkdtempSync(join(tmpdir(), 'skranke-desktop-'));
    const desktop = await launch(join(home, 'data'));
    await use(desktop);
    await desktop.application.close();
    rmSync(home, { recursive: true, force: true });
  },
});
