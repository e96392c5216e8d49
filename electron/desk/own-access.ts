/** One's own way in: another passphrase, another PIN, and the printed code when it is forgotten. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { SessionView } from '../../shared/rpc/views.ts';
import type { Caller } from '../rpc/router.ts';
import { note } from './office-log.ts';
import type { Screen } from './screen.ts';
import { settingsOf } from './settings-store.ts';

export function createOwnAccess(screen: Screen) {
  const { door, run, tried, enter } = screen;

  return {
    async changePassphrase(
      input: ParsedOf<'session.changePassphrase'>,
      caller: Caller,
    ): Promise<Result<null>> {
      if (caller.standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const { user } = caller.standing;
      const changed = await tried('passphrase', user, () =>
        run('archive.changePassphrase', { user, ...input }, { lane: 'counter' }),
      );
      if (!changed.ok) return changed;
      const desk = door.get();
      if (desk.ok) {
        note(desk.value, user, { type: 'passphrase-changed', user });
        settingsOf(desk.value.archive).change(
          'givenPassphrases',
          (given) => given.filter((one) => one !== user),
          user,
        );
      }
      return ok(null);
    },

    async changePin(input: ParsedOf<'session.changePin'>, caller: Caller): Promise<Result<null>> {
      if (caller.standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const { user } = caller.standing;
      const { passphrase } = input;
      const known = await tried('passphrase', user, () =>
        run('archive.unlock', { user, passphrase }, { lane: 'counter' }),
      );
      if (!known.ok) return known;
      const hash = await run('pin.hash', { pin: input.pin }, { lane: 'door' });
      if (!hash.ok) return hash;
      const desk = door.get();
      if (!desk.ok) return desk;
      settingsOf(desk.value.archive).change(
        'pins',
        (pins) => ({ ...pins, [user]: hash.value }),
        user,
      );
      note(desk.value, user, { type: 'pin-changed', user });
      return ok(null);
    },

    async recover(
      input: ParsedOf<'session.recover'>,
      caller: Caller,
    ): Promise<Result<SessionView>> {
      if (!door.exists()) return fail('archive.none', 'There is no archive here yet.');
      const opened = await tried('recovery-code', 'anybody', () =>
        run('archive.recover', input, { lane: 'counter' }),
      );
      if (!opened.ok) return opened;
      const desk = door.open(opened.value.key);
      if (!desk.ok) return desk;
      return enter(caller.client, opened.value.user);
    },
  };
}
