/** What opens an archive computes for a good part of a second on purpose: it runs in the worker. */
import { ok, type Result } from '../../shared/result.ts';
import { createArchive } from '../archive/open-archive.ts';
import {
  addPassphraseSlot,
  createSlots,
  passphraseHolders,
  replaceRecoverySlot,
  unlockWithPassphrase,
} from '../archive/keys.ts';
import { makeRecoveryCode } from '../archive/recovery-code.ts';
import type { User } from '../archive/archive.ts';
import type { Clock, Random } from '../core/ports.ts';

export interface KeyPorts {
  readonly home: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** A new archive with its first user, who has every role: a small office gives one person all. */
export async function createHome(
  { home, clock, random }: KeyPorts,
  input: { readonly name: string; readonly passphrase: string },
): Promise<Result<{ key: Uint8Array; user: string; recoveryCode: string }>> {
  const key = random.bytes(32);
  const id = Buffer.from(random.bytes(16)).toString('hex');
  const recoveryCode = makeRecoveryCode(random);
  const slots = createSlots(home, key, random);
  if (!slots.ok) return slots;
  const holder = { user: id, name: input.name };
  const mine = await addPassphraseSlot(home, key, holder, input.passphrase, random);
  if (!mine.ok) return mine;
  const recovery = replaceRecoverySlot(home, key, recoveryCode, random);
  if (!recovery.ok) return recovery;
  const archive = createArchive({ home, key, clock, random });
  if (!archive.ok) return archive;
  const roles: User['roles'] = ['admin', 'handler', 'records', 'reader'];
  archive.value.putUser({ id, name: input.name, roles, active: true });
  archive.value.close();
  return ok({ key, user: id, recoveryCode });
}

/** `user` is an id, or the name as the sign-in screen shows it. */
export async function unlockHome(
  { home }: KeyPorts,
  input: { readonly user: string; readonly passphrase: string },
): Promise<Result<{ key: Uint8Array; user: string }>> {
  const key = await unlockWithPassphrase(home, input.user, input.passphrase);
  if (!key.ok) return key;
  const holders = passphraseHolders(home);
  if (!holders.ok) return holders;
  const plain = (name: string) => name.trim().normalize('NFC').toLowerCase();
  const holder =
    holders.value.find((one) => one.user === input.user) ??
    holders.value.find((one) => plain(one.name) === plain(input.user));
  return ok({ key: key.value, user: holder?.user ?? input.user });
}

export async function newRecoveryCode(
  ports: KeyPorts,
  input: { readonly user: string; readonly passphrase: string },
): Promise<Result<{ recoveryCode: string }>> {
  const opened = await unlockHome(ports, input);
  if (!opened.ok) return opened;
  const recoveryCode = makeRecoveryCode(ports.random);
  const { home, random } = ports;
  const replaced = replaceRecoverySlot(home, opened.value.key, recoveryCode, random);
  return replaced.ok ? ok({ recoveryCode }) : replaced;
}
