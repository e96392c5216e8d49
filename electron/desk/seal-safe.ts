/**
 * Where the seal's key is while it is unlocked: in memory here and in the worker threads, as the
 * archive's key is, and for the next start in the operating system's secret store where there is one.
 * The archive, and so every backup, has at most the key file as it came, closed by its own passphrase.
 */
import { attempt } from '../../shared/result.ts';
import type { WorkThreads } from '../adapters/work-threads.ts';
import type { SecretStore } from '../archive/keys.ts';
import { sha256Hex, type Desk } from './desk.ts';
import { wipe, type HeldSealKey } from './held-seal-key.ts';
import { createKeptKeys, keptKeysPath } from './kept-keys.ts';
import { fromBase64, sealOf } from './seal.ts';
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

export function createSealSafe({ home, store, work }: SafePorts): SealSafe {
  const kept = createKeptKeys(keptKeysPath(home, 'seal'), store);
  let key: HeldSealKey | null = null;

  function use(next: HeldSealKey | null): void {
    if (next !== key) wipe(key);
    key = next;
    work.useSealKey(next);
  }
  return {
    held: () => key,
    hold(next) {
      use(next);
      kept.keep(next);
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
        return kept.keep(found);
      }
      const pkcs8 = kept.find(certificate);
      if (pkcs8 !== null) use({ certificate, pkcs8 });
    },
    lock: () => use(null),
  };
}
