/** What checks an export without us, and says how: copied into every one (`resources/verifier`). */
import { readFileSync } from 'node:fs';
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
