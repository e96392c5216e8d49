/**
 * The archive's door: it starts locked, opens with the first who signs in and closes with the last
 * who leaves. The key lives in memory only, here and in the worker threads.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { attempt, fail, ok, Refusal, type Result } from '../../shared/result.ts';
import { openArchive } from '../archive/open-archive.ts';
import {
  addStoreSlot,
  passphraseHolders,
  unlockWithStore,
  type SecretStore,
} from '../archive/keys.ts';
import { isArchive } from '../archive/layout.ts';
import type { WorkThreads } from '../adapters/work-threads.ts';
import type { Desk } from './desk.ts';
import type { HeldSealKey } from './held-seal-key.ts';
import { createSealSafe } from './seal-safe.ts';
import { settingsOf } from './settings-store.ts';
import { emptyProfile, profileOf, readProfile, writeProfile, type Profile } from './profile.ts';

export interface OpenDesk {
  readonly home: string;
  /**
   * Whether there is an archive in the home at all; throws `archive.read-only` for a home that may
   * have one but lets nobody look.
   */
  exists(): boolean;
  /** The desk while it is open; refuses `archive.locked`. */
  get(): Result<Desk>;
  /** The archive's key while it is open: for backups and for a new user's way in. */
  key(): Result<Uint8Array>;
  open(key: Uint8Array): Result<Desk>;
  /** The seal can sign from now on, here and in the worker threads. */
  holdSealKey(key: HeldSealKey): void;
  /** At start: opens it where the operating system keeps the key for us. */
  openWithStore(): void;
  /** The last user has signed out. */
  leave(): void;
  lock(): void;
  profile(): Profile;
  /** To be called when settings or users may have changed; whether they have since the last time. */
  refreshProfile(): boolean;
}

export interface OpenDeskPorts extends Omit<Desk, 'archive' | 'sealKey'> {
  readonly home: string;
  readonly work: Pick<WorkThreads, 'useKey' | 'useSealKey'>;
  /**
   * The operating system's secret store, where the window has one: the archive is then open as long
   * as the program runs, so that seals and backups go on; people still sign in.
   */
  readonly store: SecretStore | null;
  readonly onOpen: (desk: Desk, key: Uint8Array) => void;
  readonly onLock: () => void;
}

export function createOpenDesk(ports: OpenDeskPorts): OpenDesk {
  const { home, work, store, onOpen, onLock, ...rest } = ports;
  const safe = createSealSafe({ home, store, work });
  let desk: Desk | null = null;
  let openKey: Uint8Array | null = null;
  let profile = emptyProfile;
  let seen = '';
  const self: OpenDesk = {
    home,
    exists() {
      if (isArchive(home)) return true;
      if (existsSync(home) && !isOpenTo(home))
        throw new Refusal('archive.read-only', 'The data folder cannot be written to');
      return false;
    },
    get: () => (desk === null ? locked() : ok(desk)),
    key: () => (openKey === null ? locked() : ok(openKey)),
    open(key) {
      if (desk !== null) return ok(desk);
      const opened = openArchive({ home, key, clock: rest.clock, random: rest.random });
      if (!opened.ok) return opened;
      desk = { ...rest, archive: opened.value, sealKey: safe.held };
      openKey = key;
      work.useKey(key);
      safe.open(desk);
      self.refreshProfile();
      onOpen(desk, key);
      // Made for the first time, or after the archive came from another machine.
      if (store !== null && !unlockWithStore(home, store).ok) addStoreSlot(home, key, store);
      return ok(desk);
    },
    holdSealKey: (key) => safe.hold(key),
    openWithStore() {
      if (store === null || !isArchive(home)) return;
      const key = unlockWithStore(home, store);
      if (key.ok) self.open(key.value);
    },
    leave() {
      if (store === null) self.lock();
    },
    lock() {
      if (desk === null) return;
      onLock();
      work.useKey(null);
      safe.lock();
      desk.archive.close();
      desk = null;
      openKey = null;
    },
    // While it is locked another program may create, restore or change it.
    profile: () => (desk === null ? lockedProfile(home) : profile),
    refreshProfile() {
      if (desk === null) return false;
      const next = profileOf(desk);
      const now = JSON.stringify([settingsOf(desk.archive).all(), desk.archive.users()]);
      const changed = now !== seen;
      seen = now;
      profile = next;
      // The locked screen does without it: a full disk must not keep anybody out.
      if (JSON.stringify(next) !== JSON.stringify(readProfile(home)))
        attempt(() => writeProfile(home, next));
      return changed;
    },
  };
  return self;
}

/** Nobody gets a second, empty archive because the first one is not for their account. */
function isOpenTo(home: string): boolean {
  try {
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** After a restore there is no profile yet, but the key slots know who may sign in. */
function lockedProfile(home: string): Profile {
  if (!isArchive(home)) return emptyProfile;
  const stored = readProfile(home);
  if (stored.users.length > 0) return stored;
  const holders = passphraseHolders(home);
  const users = holders.ok ? holders.value.map(({ user: id, name }) => ({ id, name })) : [];
  return { ...stored, users };
}

function locked() {
  return fail('archive.locked', 'Nobody has signed in.');
}
