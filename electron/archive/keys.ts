/**
 * Who can open the archive. One random archive key, wrapped in a slot for each way in: a user's
 * passphrase, the recovery code, the operating system's store. Changing a way in never touches what
 * the key encrypts. The passphrase functions compute for a good part of a second: a host calls them
 * from its worker.
 */
import { hkdfSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { argon2id } from 'hash-wasm';
import { Refusal, type Result } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';
import { openBox, sealBox } from './box.ts';
import { layoutOf, makeFolder } from './layout.ts';
import { readRecoveryCode } from './recovery-code.ts';
import { attemptGuarded, attemptGuardedAsync, damaged } from './refusals.ts';
import {
  isKeyOf,
  newSlots,
  type PassphraseCost,
  type PassphraseSlot,
  readSlots,
  type Slot,
  type Slots,
  writeSlots,
} from './slots.ts';

/** RFC 9106 recommends 64 MiB and three passes where memory is short; about 0.3 s on an office PC. */
export const usualCost: PassphraseCost = { memory: 64 * 1024, passes: 3, lanes: 1 };

/** The operating system's secret store, as the window has it. Opaque bytes in, opaque bytes out. */
export interface SecretStore {
  /** Which machine and user account: a slot is only for the store that made it. */
  readonly name: string;
  wrap(secret: Uint8Array): Uint8Array;
  /** Null where the store does not know the bytes (another machine, another account). */
  unwrap(wrapped: Uint8Array): Uint8Array | null;
}

export interface PassphraseHolder {
  readonly user: string;
  /** What the user types or picks at the sign-in screen. */
  readonly name: string;
}

/** Writes `slots.json` for a new archive, without a way in yet. `archive.home-not-empty` over one. */
export function createSlots(home: string, key: Uint8Array, random: Random): Result<void> {
  return attemptGuarded(() => {
    if (existsSync(layoutOf(home).archive))
      throw new Refusal('archive.home-not-empty', 'There is an archive in this folder already');
    makeFolder(home);
    writeSlots(home, newSlots(key, random));
  });
}

/** Who has a passphrase here; readable while the archive is locked. */
export function passphraseHolders(home: string): Result<readonly PassphraseHolder[]> {
  return attemptGuarded(() =>
    readSlots(home).slots.flatMap((slot) =>
      slot.type === 'passphrase' ? [{ user: slot.user, name: slot.name }] : [],
    ),
  );
}

/** Adds a user's passphrase, or replaces the one the user had. `archive.passphrase-empty`. */
export async function addPassphraseSlot(
  home: string,
  key: Uint8Array,
  holder: PassphraseHolder,
  passphrase: string,
  random: Random,
  cost: PassphraseCost = usualCost,
): Promise<Result<void>> {
  return attemptGuardedAsync(async () => {
    if (passphrase === '') throw new Refusal('archive.passphrase-empty', 'The passphrase is empty');
    const salt = random.bytes(16);
    const wrapping = await stretch(passphrase, salt, cost);
    // Read after the long computation: somebody may have changed the slots meanwhile.
    const slots = slotsFor(home, key);
    const { user, name } = holder;
    const wrapped = hex(sealBox(wrapping, key, context(slots, `passphrase ${user}`), random));
    const others = slots.slots.filter((slot) => !isOf(user)(slot));
    const slot: Slot = { type: 'passphrase', user, name, cost, salt: hex(salt), wrapped };
    writeSlots(home, { ...slots, slots: [...others, slot] });
  });
}

/** A user's way in as it stands in `slots.json`; null for none. */
export function passphraseSlot(home: string, user: string): Result<PassphraseSlot | null> {
  return attemptGuarded(() => readSlots(home).slots.find(isOf(user)) ?? null);
}

/** Takes a user's way in away. The last way in stays: `archive.last-slot`. */
export function removePassphraseSlot(home: string, user: string): Result<void> {
  return attemptGuarded(() => {
    const slots = readSlots(home);
    const left = slots.slots.filter((slot) => !isOf(user)(slot));
    if (left.length === slots.slots.length) throw noSuchUser();
    if (left.length === 0)
      throw new Refusal('archive.last-slot', 'Nobody could open the archive after that');
    writeSlots(home, { ...slots, slots: left });
  });
}

/** Gives a user the way in back that was taken away, or another name to sign in with. */
export function putPassphraseSlot(home: string, slot: PassphraseSlot): Result<void> {
  return attemptGuarded(() => {
    const slots = readSlots(home);
    const others = slots.slots.filter((one) => !isOf(slot.user)(one));
    writeSlots(home, { ...slots, slots: [...others, slot] });
  });
}

function isOf(user: string) {
  return (slot: Slot): slot is PassphraseSlot => slot.type === 'passphrase' && slot.user === user;
}

/** Sets the recovery code; an older one stops working here and in the next backup. */
export function replaceRecoverySlot(
  home: string,
  key: Uint8Array,
  code: string,
  random: Random,
): Result<void> {
  return attemptGuarded(() => {
    const clean = readRecoveryCode(code);
    if (clean === null) throw mistyped();
    const slots = slotsFor(home, key);
    const salt = random.bytes(16);
    const wrapping = recoveryKey(clean, salt);
    const wrapped = hex(sealBox(wrapping, key, context(slots, 'recovery'), random));
    const others = slots.slots.filter((slot) => slot.type !== 'recovery');
    const slot: Slot = { type: 'recovery', salt: hex(salt), wrapped };
    writeSlots(home, { ...slots, slots: [...others, slot] });
  });
}

/** Lets the window open the archive by itself on this machine. */
export function addStoreSlot(home: string, key: Uint8Array, store: SecretStore): Result<void> {
  return attemptGuarded(() => {
    const slots = slotsFor(home, key);
    const others = slots.slots.filter((slot) => slot.type !== 'store' || slot.name !== store.name);
    const slot: Slot = { type: 'store', name: store.name, wrapped: hex(store.wrap(key)) };
    writeSlots(home, { ...slots, slots: [...others, slot] });
  });
}

/** The archive key for a user's passphrase; `user` is an id or a name as the sign-in screen shows it. */
export async function unlockWithPassphrase(
  home: string,
  user: string,
  passphrase: string,
): Promise<Result<Uint8Array>> {
  return attemptGuardedAsync(async () => {
    const slots = readSlots(home);
    const wanted = user.trim().normalize('NFC').toLowerCase();
    const all = slots.slots.filter((slot) => slot.type === 'passphrase');
    const slot =
      all.find((one) => one.user === user) ??
      all.find((one) => one.name.trim().normalize('NFC').toLowerCase() === wanted);
    if (slot === undefined) throw noSuchUser();
    const wrapping = await stretch(passphrase, bytes(slot.salt), slot.cost);
    const key = openBox(wrapping, bytes(slot.wrapped), context(slots, `passphrase ${slot.user}`));
    if (key === null) throw new Refusal('archive.wrong-passphrase', 'The passphrase is wrong');
    return proved(slots, key);
  });
}

/** The archive key for the recovery code, as typed by a person. */
export function unlockWithRecoveryCode(home: string, code: string): Result<Uint8Array> {
  return attemptGuarded(() => {
    const clean = readRecoveryCode(code);
    if (clean === null) throw mistyped();
    const slots = readSlots(home);
    const slot = slots.slots.find((one) => one.type === 'recovery');
    const key =
      slot === undefined
        ? null
        : openBox(
            recoveryKey(clean, bytes(slot.salt)),
            bytes(slot.wrapped),
            context(slots, 'recovery'),
          );
    if (key === null)
      throw new Refusal('archive.wrong-recovery-code', 'This is not the code of this archive');
    return proved(slots, key);
  });
}

/** The archive key out of the operating system's store. `archive.no-store-slot` where it has none. */
export function unlockWithStore(
  home: string,
  store: Pick<SecretStore, 'name' | 'unwrap'>,
): Result<Uint8Array> {
  return attemptGuarded(() => {
    const slots = readSlots(home);
    const slot = slots.slots.find((one) => one.type === 'store' && one.name === store.name);
    const key = slot === undefined ? null : store.unwrap(bytes(slot.wrapped));
    if (key === null)
      throw new Refusal('archive.no-store-slot', 'This machine does not know the archive');
    return proved(slots, key);
  });
}

async function stretch(
  passphrase: string,
  salt: Uint8Array,
  { memory, passes, lanes }: PassphraseCost,
): Promise<Uint8Array> {
  // A slot from a damaged file must not ask for all the memory there is.
  if (!(memory >= 8 && memory <= 1024 * 1024 && passes >= 1 && passes <= 64 && lanes <= 16))
    throw damaged('slots.json');
  return argon2id({
    password: passphrase.normalize('NFKC'),
    salt,
    parallelism: lanes,
    iterations: passes,
    memorySize: memory,
    hashLength: 32,
    outputType: 'binary',
  });
}

/** 130 random bits need no stretching. */
function recoveryKey(code: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', code, salt, 'skranke recovery', 32));
}

function context(slots: Slots, what: string): string {
  return `slot ${slots.archive} ${what}`;
}

function slotsFor(home: string, key: Uint8Array): Slots {
  const slots = readSlots(home);
  if (!isKeyOf(slots, key))
    throw new Refusal('archive.wrong-key', 'This key does not open this archive');
  return slots;
}

function proved(slots: Slots, key: Uint8Array): Uint8Array {
  if (!isKeyOf(slots, key)) throw damaged('slots.json');
  return new Uint8Array(key);
}

function noSuchUser(): Refusal {
  return new Refusal('archive.no-such-user', 'Nobody here has that name');
}

function mistyped(): Refusal {
  return new Refusal('archive.mistyped-recovery-code', 'The recovery code has a slip in it');
}

function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex');
}

function bytes(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value, 'hex'));
}
