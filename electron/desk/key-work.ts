/** What opens an archive computes for a good part of a second on purpose: it runs in the worker. */
import { fail, ok, type Result } from '../../shared/result.ts';
import { createArchive, openArchive } from '../archive/open-archive.ts';
import {
  addPassphraseSlot,
  createSlots,
  passphraseHolders,
  replaceRecoverySlot,
  unlockWithPassphrase,
  unlockWithRecoveryCode,
} from '../archive/keys.ts';
import { makeRecoveryCode } from '../archive/recovery-code.ts';
import type { User } from '../archive/archive.ts';
import type { Clock, Random } from '../core/ports.ts';
import { note } from './office-log.ts';
import { hashPin } from './pin.ts';
import { settingsOf } from './settings-store.ts';
import { holderOf } from './user-names.ts';

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
  archive.value.putUser({ id, name: input.name, roles, active: true }, id);
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
  const holder = holderOf(holders.value, input.user);
  return ok({ key: key.value, user: holder?.user ?? input.user });
}

/** The old one is asked for: an open desk is not enough to take somebody's way in over. */
export async function changePassphrase(
  ports: KeyPorts,
  input: { readonly user: string; readonly current: string; readonly next: string },
): Promise<Result<null>> {
  const { user, current, next } = input;
  const opened = await unlockHome(ports, { user, passphrase: current });
  if (!opened.ok) return opened;
  const { home, random } = ports;
  const holders = passphraseHolders(home);
  if (!holders.ok) return holders;
  const name = holders.value.find((one) => one.user === user)?.name ?? '';
  const put = await addPassphraseSlot(home, opened.value.key, { user, name }, next, random);
  return put.ok ? ok(null) : put;
}

/**
 * A forgotten passphrase: the printed code opens the archive and gives one of its active users a new
 * way in. Nothing is changed unless all of it fits.
 */
export async function recoverAccess(
  { home, clock, random }: KeyPorts,
  input: {
    readonly recoveryCode: string;
    readonly user: string;
    readonly passphrase: string;
    readonly pin: string;
  },
): Promise<Result<{ key: Uint8Array; user: string }>> {
  const opened = unlockWithRecoveryCode(home, input.recoveryCode);
  if (!opened.ok) return opened;
  const key = opened.value;
  const pin = await hashPin(input.pin, random);
  const archive = openArchive({ home, key, clock, random });
  if (!archive.ok) return archive;
  try {
    const users = archive.value.users().map(({ id, ...rest }) => ({ ...rest, user: id }));
    const found = holderOf(users, input.user);
    if (found === undefined) return fail('archive.no-such-user', 'Nobody here has that name.');
    if (!found.active) return fail('session.refused', 'The user is not active.');
    const { user, name } = found;
    const put = await addPassphraseSlot(home, key, { user, name }, input.passphrase, random);
    if (!put.ok) return put;
    const settings = settingsOf(archive.value);
    settings.change('pins', (pins) => ({ ...pins, [user]: pin }), user);
    settings.change('givenPassphrases', (given) => given.filter((one) => one !== user), user);
    note({ archive: archive.value }, user, { type: 'access-recovered', user });
    return ok({ key, user });
  } finally {
    archive.value.close();
  }
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
