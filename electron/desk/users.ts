/** A new user: the way in first, so that nobody stands in the list who cannot sign in. In the worker. */
import { ok, type Result } from '../../shared/result.ts';
import type { User } from '../archive/archive.ts';
import { addPassphraseSlot } from '../archive/keys.ts';
import type { UserView } from '../../shared/rpc/views.ts';
import { newId, type Act, type Desk } from './desk.ts';
import { hashPin } from './pin.ts';
import { settingsOf } from './settings-store.ts';

export async function addUser(
  desk: Desk,
  input: {
    readonly name: string;
    readonly roles: User['roles'];
    readonly passphrase: string;
    readonly pin: string;
    readonly key: Uint8Array;
  },
  _act: Act,
): Promise<Result<UserView>> {
  const user: User = { id: newId(desk), name: input.name, roles: input.roles, active: true };
  const { home } = desk.archive;
  const holder = { user: user.id, name: user.name };
  const added = await addPassphraseSlot(home, input.key, holder, input.passphrase, desk.random);
  if (!added.ok) return added;
  const settings = settingsOf(desk.archive);
  const pin = await hashPin(input.pin, desk.random);
  settings.put('pins', { ...settings.get('pins'), [user.id]: pin });
  desk.archive.putUser(user);
  return ok(user);
}
