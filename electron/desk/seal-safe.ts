/**
 * Where the seal's key is while it is unlocked: in memory here and in the worker threads, as the
 * archive's key is, and for the next start in the operating system's secret store where there is one.
 * The archive, and so every backup, has at most the key file as it came, closed by its own passphrase.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { attempt } from '../../shared/result.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import type { WorkThreads } from '../adapters/work-threads.ts';
import type { SecretStore } from '../archive/keys.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { wipe, type HeldSealKey } from './held-seal-key.ts';
import { fromBase64, sealOf, toBase64 } from './seal.ts';
import { settingsOf } from './settings-store.ts';

export interface SealSafe {
  held(): HeldSealKey | null;
  /** From now until it is locked; with a store until another seal takes its place. */
  hold(key: HeldSealKey): void;
  /** The archive has been opened: what the store keeps for it is at hand again. */
  open(desk: Pick<Desk, 'archive'>): void;
  /** Overwrites it, here and in the threads. What the store keeps stays. */
  lock(): void;
}

interface SafePorts {
  readonly home: string;
  readonly store: SecretStore | null;
  readonly work: Pick<WorkThreads, 'useSealKey'>;
}

/** One line for each account of this machine, each for its own store. Backups leave the file out. */
const kept = z.array(
  z.strictObject({ store: z.string(), certificate: z.string(), wrapped: z.string() }),
);

export function createSealSafe({ home, store, work }: SafePorts): SealSafe {
  let key: HeldSealKey | null = null;

  function use(next: HeldSealKey | null): void {
    if (next !== key) wipe(key);
    key = next;
    work.useSealKey(next);
  }
  function keepInStore({ certificate, pkcs8 }: HeldSealKey): void {
    if (store === null) return;
    const others = readKept(home).filter(
      (one) => one.store !== store.name && one.certificate === certificate,
    );
    const mine = { store: store.name, certificate, wrapped: toBase64(store.wrap(pkcs8)) };
    // A full disk costs one more passphrase at the next start, nothing else.
    attempt(() => writeWholeFile(pathIn(home), JSON.stringify([...others, mine])));
  }
  return {
    held: () => key,
    hold(next) {
      use(next);
      keepInStore(next);
    },
    open(desk) {
      const seal = sealOf(desk);
      if (seal === null || (seal.trial && seal.key !== undefined)) return;
      const certificate = sha256Hex(fromBase64(seal.certificate));
      if (seal.key !== undefined) {
        // An archive of an older program has the key itself: it comes out of there for good.
        const { key: stored, ...rest } = seal;
        const found = { certificate, pkcs8: fromBase64(stored) };
        attempt(() => settingsOf(desk.archive).put('seal', rest, 'system'));
        use(found);
        return keepInStore(found);
      }
      if (store === null) return;
      const mine = readKept(home).find((one) => one.store === store.name);
      if (mine?.certificate !== certificate) return;
      const pkcs8 = store.unwrap(fromBase64(mine.wrapped));
      if (pkcs8 !== null) use({ certificate, pkcs8 });
    },
    lock: () => use(null),
  };
}

function pathIn(home: string): string {
  return join(home, 'seal-keys.json');
}

/** Damaged or missing: the passphrase is asked for. */
function readKept(home: string): z.output<typeof kept> {
  if (!existsSync(pathIn(home))) return [];
  try {
    const parsed = kept.safeParse(JSON.parse(readFileSync(pathIn(home), 'utf8')));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
