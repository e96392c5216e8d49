/** Whether this installation has the binding to drivers: it is compiled, and may be missing. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export function hasCardSupport(): boolean {
  try {
    const { resolve } = createRequire(import.meta.url);
    const folder = dirname(resolve('pkcs11js/package.json'));
    return existsSync(join(folder, 'build/Release/pkcs11.node'));
  } catch {
    return false;
  }
}
