/** Who is at the screen: first start, sign in and out, lock and come back. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { SessionView } from '../../shared/rpc/views.ts';
import { passphraseHolders } from '../archive/keys.ts';
import type { Caller } from '../rpc/router.ts';
import { visitor } from '../rpc/sessions.ts';
import { createHandOver } from './hand-over.ts';
import { createLoginAlone } from './login-alone.ts';
import { note } from './office-log.ts';
import { createOwnAccess } from './own-access.ts';
import { createPairing } from './pairing.ts';
import { createPickUps } from './pick-ups.ts';
import { createProofs } from './proofs.ts';
import { createSealUnlock } from './seal-unlock.ts';
import { createScreen, type ScreenPorts } from './screen.ts';
import { createScreens, type ScreenPorts as KioskPorts } from './screens.ts';
import { settingsOf } from './settings-store.ts';
import { holderOf } from './user-names.ts';

export function createSessionDesk(
  ports: ScreenPorts & { readonly kiosks: KioskPorts & { readonly keyPin: () => string } },
) {
  const screen = createScreen(ports);
  const { door, sessions, run, view, enter, tried, lockIfEmpty } = screen;
  const handOver = createHandOver(screen);
  const screens = createScreens(screen, handOver, ports.kiosks);
  const pairing = createPairing(screen, screens, handOver, ports.kiosks);

  function left(client: string): void {
    const standing = sessions.standing(client);
    const desk = door.get();
    if (standing.state !== 'operator' || !desk.ok) return;
    note(desk.value, standing.user, { type: 'signed-out', user: standing.user });
  }

  return {
    view,
    attend: screen.attend,
    attendAll: screen.attendAll,
    putOut: screen.putOut,
    ...handOver,
    screens,
    pairing,
    ...createOwnAccess(screen),
    ...createSealUnlock(screen),
    ...createPickUps(screen),
    ...createLoginAlone(screen),
    ...createProofs(screen),

    async setUp(
      input: ParsedOf<'session.setUp'>,
      caller: Caller,
    ): Promise<Result<{ recoveryCode: string }>> {
      if (door.exists()) return fail('archive.exists', 'There is an archive here already.');
      const { organisation, organisationNumber, sector, passphrase, pin, language } = input;
      const name = input.name.trim();
      const made = await run('archive.create', { name, passphrase }, { lane: 'counter' });
      if (!made.ok) return made;
      const desk = door.open(made.value.key);
      if (!desk.ok) return desk;
      const settings = settingsOf(desk.value.archive);
      const { user } = made.value;
      const number = organisationNumber;
      settings.put('organisation', { name: organisation, number, sector }, user);
      settings.put('language', language, user);
      const hash = await run('pin.hash', { pin }, { lane: 'counter' });
      if (!hash.ok) return hash;
      settings.put('pins', { [user]: hash.value }, user);
      if (input.trialSeal) {
        const sealed = await run('settings.trialSeal', {}, { lane: 'counter', actor: user });
        if (!sealed.ok) return sealed;
      }
      door.refreshProfile();
      const entered = enter(caller.client, user);
      if (entered.ok) note(desk.value, user, { type: 'signed-in', user });
      return entered.ok ? ok({ recoveryCode: made.value.recoveryCode }) : entered;
    },

    async signIn(input: ParsedOf<'session.signIn'>, caller: Caller): Promise<Result<SessionView>> {
      if (!door.exists()) return fail('archive.none', 'There is no archive here yet.');
      const holders = passphraseHolders(door.home);
      if (!holders.ok) return holders;
      // However the name is written, it is the same user's tries.
      const whose = holderOf(holders.value, input.user)?.user ?? 'nobody';
      const opened = await tried('passphrase', whose, () =>
        run(
          'archive.unlock',
          { user: input.user, passphrase: input.passphrase },
          { lane: 'counter' },
        ),
      );
      if (!opened.ok) return opened;
      const desk = door.open(opened.value.key);
      if (!desk.ok) return desk;
      const { user } = opened.value;
      const entered = enter(caller.client, user);
      if (entered.ok) note(desk.value, user, { type: 'signed-in', user });
      else lockIfEmpty();
      return entered;
    },

    async resume(input: ParsedOf<'session.resume'>, caller: Caller): Promise<Result<SessionView>> {
      const { standing } = caller;
      const user = standing.state === 'visitor' ? standing.resume?.user : undefined;
      if (user === undefined)
        return fail('session.passphrase-needed', 'Sign in with the passphrase.');
      const checked = await screen.checkPin(user, input.pin);
      return checked.ok ? enter(caller.client, user) : checked;
    },

    signOut(caller: Caller): Result<null> {
      left(caller.client);
      sessions.set(caller.client, visitor);
      lockIfEmpty();
      return ok(null);
    },

    touch(caller: Caller): Result<null> {
      screen.touch(caller.client);
      return ok(null);
    },

    lock(caller: Caller): Result<null> {
      screen.lock(caller.client);
      return ok(null);
    },

    /** A client is gone for good. */
    closed(client: string): void {
      handOver.handBack(client, 'lost');
      left(client);
      sessions.close(client);
      lockIfEmpty();
    },
  };
}
