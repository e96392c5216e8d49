/**
 * The people of the office, as an administrator changes them. Where a passphrase is set, in the
 * worker; a way in comes before the row that promises it, and goes after the row that ends it.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { homeUnit, unitsOf } from '../../shared/job/visibility.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { UserView } from '../../shared/rpc/views.ts';
import type { User } from '../archive/archive.ts';
import {
  addPassphraseSlot,
  passphraseSlot,
  putPassphraseSlot,
  removePassphraseSlot,
} from '../archive/keys.ts';
import { newId, type Act, type Desk } from './desk.ts';
import { note } from './office-log.ts';
import { hashPin } from './pin.ts';
import { settingsOf } from './settings-store.ts';
import { unknownUnits } from './units.ts';
import { plainName } from './user-names.ts';
import { userView } from './viewers.ts';

export function listUsers(desk: Desk): Result<readonly UserView[]> {
  return ok(desk.archive.users().map(userView));
}

interface Key {
  /** The archive's. */
  readonly key: Uint8Array;
}

export async function addUser(
  desk: Desk,
  input: ParsedOf<'settings.addUser'> & Key,
  act: Act,
): Promise<Result<UserView>> {
  const name = input.name.trim();
  const free = checkName(desk, name, null);
  if (!free.ok) return free;
  const units = input.units ?? [homeUnit];
  if (unknownUnits(desk, units)) return fail('unit.unknown', 'There is no such unit.');
  const user: User = { id: newId(desk), name, roles: input.roles, active: true, units };
  const given = await giveWayIn(desk, user, input, act.actor);
  if (!given.ok) return given;
  desk.archive.putUser(user, act.actor);
  return ok(userView(user));
}

/** In the worker: a passphrase that somebody else has chosen, until its user chooses their own. */
export async function resetPassphrase(
  desk: Desk,
  input: ParsedOf<'settings.resetPassphrase'> & Key,
  act: Act,
): Promise<Result<null>> {
  const user = userOr(desk, input.user);
  if (!user.ok) return user;
  // An open desk is not enough to take its own user's way in over.
  if (input.user === act.actor)
    return fail('user.own-passphrase', 'One’s own passphrase is changed with the current one.');
  if (!user.value.active) return fail('user.inactive', 'The user is not active.');
  return giveWayIn(desk, user.value, input, act.actor);
}

async function giveWayIn(
  desk: Desk,
  user: User,
  input: Key & { readonly passphrase: string; readonly pin: string },
  actor: string,
): Promise<Result<null>> {
  const { home } = desk.archive;
  const holder = { user: user.id, name: user.name };
  const pin = await hashPin(input.pin, desk.random);
  const added = await addPassphraseSlot(home, input.key, holder, input.passphrase, desk.random);
  if (!added.ok) return added;
  const settings = settingsOf(desk.archive);
  settings.change('pins', (pins) => ({ ...pins, [user.id]: pin }), actor);
  settings.change('givenPassphrases', (given) => [...new Set([...given, user.id])], actor);
  note(desk, actor, { type: 'passphrase-changed', user: user.id });
  return ok(null);
}

export function editUser(
  desk: Desk,
  input: ParsedOf<'settings.editUser'>,
  actor: string,
): Result<UserView> {
  return alone(desk, () => edit(desk, input, actor));
}

function edit(desk: Desk, input: ParsedOf<'settings.editUser'>, actor: string): Result<UserView> {
  const found = userOr(desk, input.user);
  if (!found.ok) return found;
  const name = input.name.trim();
  const free = checkName(desk, name, input.user);
  if (!free.ok) return free;
  const units = [...new Set(input.units ?? unitsOf(found.value))];
  if (unknownUnits(desk, units)) return fail('unit.unknown', 'There is no such unit.');
  const user: User = { ...found.value, name, roles: [...new Set(input.roles)], units };
  if (isLastAdministrator(desk, found.value) && !user.roles.includes('admin'))
    return fail('user.last-administrator', 'Somebody has to be the administrator.');
  const { home } = desk.archive;
  if (user.active && name !== found.value.name) {
    const slot = passphraseSlot(home, user.id);
    if (!slot.ok) return slot;
    const named = slot.value === null ? null : putPassphraseSlot(home, { ...slot.value, name });
    if (named !== null && !named.ok) return named;
  }
  desk.archive.putUser(user, actor);
  return ok(userView(user));
}

export function deactivateUser(
  desk: Desk,
  input: ParsedOf<'settings.deactivateUser'>,
  actor: string,
): Result<UserView> {
  return alone(desk, () => deactivate(desk, input, actor));
}

function deactivate(
  desk: Desk,
  input: ParsedOf<'settings.deactivateUser'>,
  actor: string,
): Result<UserView> {
  const found = userOr(desk, input.user);
  if (!found.ok) return found;
  if (!found.value.active) return ok(userView(found.value));
  if (isLastAdministrator(desk, found.value))
    return fail('user.last-administrator', 'Somebody has to be the administrator.');
  const { home } = desk.archive;
  const slot = passphraseSlot(home, input.user);
  if (!slot.ok) return slot;
  const settings = settingsOf(desk.archive);
  const { value: parked } = slot;
  if (parked !== null)
    settings.change('parkedSlots', (slots) => ({ ...slots, [input.user]: parked }), actor);
  const user: User = { ...found.value, active: false };
  desk.archive.putUser(user, actor);
  const removed = slot.value === null ? null : removePassphraseSlot(home, input.user);
  return removed === null || removed.ok ? ok(userView(user)) : removed;
}

export function reactivateUser(
  desk: Desk,
  input: ParsedOf<'settings.reactivateUser'>,
  actor: string,
): Result<UserView> {
  const found = userOr(desk, input.user);
  if (!found.ok) return found;
  if (found.value.active) return ok(userView(found.value));
  const settings = settingsOf(desk.archive);
  const { [input.user]: slot } = settings.get('parkedSlots');
  if (slot !== undefined) {
    const put = putPassphraseSlot(desk.archive.home, { ...slot, name: found.value.name });
    if (!put.ok) return put;
  }
  const user: User = { ...found.value, active: true };
  desk.archive.putUser(user, actor);
  settings.change(
    'parkedSlots',
    (slots) => Object.fromEntries(Object.entries(slots).filter(([user]) => user !== input.user)),
    actor,
  );
  return ok(userView(user));
}

/** Two administrators at two screens must not each put the other out. */
function alone<T>(desk: Desk, body: () => Result<T>): Result<T> {
  const lease = 'users';
  if (!desk.archive.lease(lease, 10_000))
    return fail('archive.busy', 'Another program is changing the users.');
  try {
    return body();
  } finally {
    desk.archive.releaseLease(lease);
  }
}

function userOr(desk: Desk, id: string): Result<User> {
  const user = desk.archive.users().find((one) => one.id === id);
  return user === undefined ? fail('user.unknown', 'There is no such user.') : ok(user);
}

/** An attestation names a person: two of one name would be one to whoever reads it. */
function checkName(desk: Desk, name: string, but: string | null): Result<null> {
  const taken = desk.archive
    .users()
    .some((user) => user.id !== but && plainName(user.name) === plainName(name));
  return taken ? fail('user.name-taken', 'Another user has this name.') : ok(null);
}

function isLastAdministrator(desk: Desk, user: User): boolean {
  const administrators = desk.archive
    .users()
    .filter((one) => one.active && one.roles.includes('admin'));
  return administrators.length === 1 && administrators[0]?.id === user.id;
}
