/** What checks an export without us, and says how: copied into every one (`resources/verifier`). */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = ['LES-MEG.txt', 'kontroller.mjs', 'kontroller.sh'] as const;
let read: readonly { readonly name: string; readonly bytes: Uint8Array }[] | null = null;

/** Read once per process. */
export function verifierFiles(): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  read ??= names.map((name) => {
    const url = new URL(`../../resources/verifier/${name}`, import.meta.url);
    return { name, bytes: new Uint8Array(readFileSync(fileURLToPath(url))) };
  });
  return read;
}

const pageName = 'kontroller.html';
let sha256: string | null = null;
/** The last export that became whole: the next one's page is the same file on the same disk. */
let finished: string | null = null;

/**
 * Puts the verifier's page into a folder (`npm run build` makes it; a program run from sources that were
 * never built has none). Several megabytes: where the file system can, all exports share one.
 */
export function putVerifierPage(
  folder: string,
): { readonly name: string; readonly sha256: string } | null {
  const built = fileURLToPath(new URL(`../../dist/kontroller/${pageName}`, import.meta.url));
  if (!existsSync(built)) return null;
  sha256 ??= createHash('sha256').update(readFileSync(built)).digest('hex');
  const target = join(folder, pageName);
  if (finished === null || !linked(join(finished, pageName), target)) copyFileSync(built, target);
  return { name: pageName, sha256 };
}

export function exportIsWhole(folder: string): void {
  finished = folder;
}

/** Never to the program's own file: what lies in an export may be written to. */
function linked(from: string, to: string): boolean {
  try {
    const bytes = readFileSync(from);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return false;
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}
