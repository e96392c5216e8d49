/**
 * Private keys in the operating system's secret store, beside the archive and never in it: one line for
 * each account of this machine, each for its own store. Backups leave the file out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { attempt } from '../../shared/result.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import type { SecretStore } from '../archive/keys.ts';
import type { HeldSealKey } from './held-seal-key.ts';
import { fromBase64, toBase64 } from './seal.ts';

export interface KeptKeys {
  /** The PKCS#8 of the key whose certificate has this hash; null where the store keeps another or none. */
  find(certificate: string): Uint8Array | null;
  /** In another one's place. Nothing where there is no store. */
  keep(key: HeldSealKey): void;
}

const kept = z.array(
  z.strictObject({ store: z.string(), certificate: z.string(), wrapped: z.string() }),
);

export function createKeptKeys(path: string, store: SecretStore | null): KeptKeys {
  return {
    find(certificate) {
      if (store === null) return null;
      const mine = read(path).find((one) => one.store === store.name);
      return mine?.certificate === certificate ? store.unwrap(fromBase64(mine.wrapped)) : null;
    },
    keep({ certificate, pkcs8 }) {
      if (store === null) return;
      const others = read(path).filter(
        (one) => one.store !== store.name && one.certificate === certificate,
      );
      const mine = { store: store.name, certificate, wrapped: toBase64(store.wrap(pkcs8)) };
      // A full disk costs one more passphrase at the next start, nothing else.
      attempt(() => writeWholeFile(path, JSON.stringify([...others, mine])));
    },
  };
}

export function keptKeysPath(home: string, name: 'seal' | 'posten'): string {
  return join(home, `${name}-keys.json`);
}

/** Damaged or missing: the passphrase is asked for. */
function read(path: string): z.output<typeof kept> {
  if (!existsSync(path)) return [];
  try {
    const parsed = kept.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
