/** What a screen shows of who is there, and the checks that every way to it shares. */
import { networkInterfaces } from 'node:os';
import { fail, ok, Refusal, type Result } from '../../shared/result.ts';
import type { OfficeEvent, OfficeSecret } from '../../shared/office-event.ts';
import type { SessionView, UserView } from '../../shared/rpc/views.ts';
import type { Clock, Random } from '../core/ports.ts';
import { visitor, type Sessions, type Standing } from '../rpc/sessions.ts';
import { createIdleLock } from './idle-lock.ts';
import type { RunWork } from './long-work.ts';
import type { OpenDesk } from './open-desk.ts';
import { note } from './office-log.ts';
import { settingsOf } from './settings-store.ts';
import { createThrottle, type Throttle } from './throttle.ts';
import { triesFile } from './tries-file.ts';
import { userView } from './viewers.ts';

export interface ScreenPorts {
  readonly door: OpenDesk;
  readonly sessions: Sessions;
  readonly run: RunWork;
  readonly clock: Clock;
  /** Milliseconds since the machine started. */
  readonly uptime: () => number;
  readonly random: Random;
  readonly host: SessionView['host'];
  readonly version: string;
  /** One command acts for itself: there is no screen that could stand open. */
  readonly locksItself: boolean;
  /** A job whose state another screen may show has changed. */
  readonly jobChanged: (job: string) => void;
  readonly log: (line: string) => void;
  /** Whether this installation can speak to card drivers at all. */
  readonly cardSupport: () => boolean;
}

export interface Screen extends ScreenPorts {
  view(client: string): SessionView;
  /** The user is at this client from now on. */
  enter(client: string, user: string): Result<SessionView>;
  /** One try at a secret: a growing delay between wrong ones, and a line in the log without values. */
  tried<T>(what: OfficeSecret, whose: string, body: () => Promise<Result<T>>): Promise<Result<T>>;
  /** For tries that last longer than a call. */
  readonly throttle: Throttle;
  checkPin(user: string, pin: string): Promise<Result<null>>;
  /** The last one out closes the archive. */
  lockIfEmpty(): void;
  /** Somebody is at this client's keyboard. */
  touch(client: string): void;
  lock(client: string): void;
  /** Puts out who may no longer be there, and locks the desk that nobody is at. */
  attend(client: string): void;
  attendAll(): void;
  /** Every desk of this user, not the kiosks they have handed over. */
  putOut(user: string): void;
}

const wrongSecrets = [
  'archive.wrong-passphrase',
  'archive.no-such-user',
  'archive.wrong-recovery-code',
  'session.wrong-pin',
  'key.wrong-passphrase',
  'pickup.wrong',
  'pairing.wrong',
];

export function createScreen(ports: ScreenPorts): Screen {
  const { door, sessions, run, clock, log } = ports;
  const throttle = createThrottle({ uptime: ports.uptime, store: triesFile(door.home) });
  const idle = createIdleLock(clock, sessions);
  const unsaid: OfficeEvent[] = [];

  function known(id: string): UserView | null {
    const desk = door.get();
    const found = desk.ok ? desk.value.archive.users().find((user) => user.id === id) : undefined;
    return found === undefined ? null : userView(found);
  }

  function view(client: string): SessionView {
    const standing = sessions.standing(client);
    const profile = door.profile();
    const desk = door.get();
    const user = standing.state === 'operator' ? known(standing.user) : null;
    const resume = standing.state === 'visitor' ? standing.resume : null;
    const counter = desk.ok
      ? settingsOf(desk.value.archive).get('counter')
      : { pickUpCodes: false, twoClerks: false, loginAlone: false };
    const resting = resume?.from === 'kiosk' || standing.state === 'screen';
    const resumeUser = profile.users.find((one) => one.id === resume?.user);
    return {
      state: !door.exists()
        ? 'setup'
        : ({ operator: 'desk', signer: 'kiosk', visitor: 'locked', screen: 'screen' } as const)[
            standing.state
          ],
      screen:
        standing.state === 'screen'
          ? standing.kind
          : standing.state === 'signer'
            ? (standing.at?.kind ?? null)
            : null,
      user,
      organisation: profile.organisation,
      // The kiosk shows no other person's name.
      users: standing.state === 'visitor' && resume?.from !== 'kiosk' ? profile.users : [],
      resumeUser:
        resume === null || resumeUser === undefined ? null : { ...resumeUser, from: resume.from },
      language: profile.language,
      online: Object.values(networkInterfaces()).some((addresses) =>
        addresses?.some((address) => !address.internal),
      ),
      version: ports.version,
      trialSeal: profile.trialSeal,
      idleSeconds: profile.idleSeconds,
      lockMinutes: profile.lockMinutes,
      pickUpCodes: (user !== null || resting) && counter.pickUpCodes,
      loginAlone:
        resting &&
        counter.loginAlone === true &&
        // A provider sends the browser back to this machine.
        !(standing.state === 'screen' && standing.kind === 'paired') &&
        desk.ok &&
        settingsOf(desk.value.archive).get('eid').providers.length > 0,
      moreWaiting: standing.state === 'signer' ? (standing.next?.length ?? 0) : 0,
      twoClerks: user !== null && counter.twoClerks,
      passphraseGiven:
        user !== null &&
        desk.ok &&
        settingsOf(desk.value.archive).get('givenPassphrases').includes(user.id),
      host: ports.host,
    };
  }

  function enter(client: string, user: string): Result<SessionView> {
    const found = known(user);
    if (found === null || !found.active) return fail('session.refused', 'The user is not active.');
    const { roles, units } = found;
    sessions.set(client, { state: 'operator', user, roles, units });
    sayAll();
    return ok(view(client));
  }

  async function tried<T>(
    what: OfficeSecret,
    whose: string,
    body: () => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const key = `${what} ${whose}`;
    const seconds = throttle.begin(key);
    if (seconds > 0) {
      log(`session ${what} too soon: ${seconds} s left`);
      return fail('session.wait', 'Too many wrong tries.', { seconds });
    }
    const result = await body();
    if (result.ok) {
      throttle.succeeded(key);
      return result;
    }
    const { code, message } = result.error;
    if (!wrongSecrets.includes(code)) {
      throttle.undo(key);
      return result;
    }
    const wait = throttle.wait(key);
    if (wait > 0) lockedOut(what, whose, throttle.tries(key));
    log(`session ${what} wrong: try ${throttle.tries(key)}, next in ${wait} s`);
    return fail(code, message, { ...result.error.detail, seconds: wait });
  }

  /** While the archive is locked nothing can be written: it is said when it has been opened. */
  function lockedOut(what: OfficeSecret, whose: string, tries: number): void {
    const user = known(whose)?.id ?? (/^[0-9a-f]{32}$/.test(whose) ? whose : null);
    unsaid.push({ type: 'locked-out', user, what, tries });
    if (unsaid.length > 100) unsaid.shift();
    sayAll();
  }
  function sayAll(): void {
    const desk = door.get();
    if (desk.ok) for (const event of unsaid.splice(0)) note(desk.value, 'system', event);
  }

  function lockIfEmpty(): void {
    const anybody = sessions.clients().some((client) => {
      const standing = sessions.standing(client);
      if (standing.state === 'screen') return false;
      return standing.state !== 'visitor' || standing.resume !== null;
    });
    if (!anybody) door.leave();
  }

  function lock(client: string): void {
    const standing = sessions.standing(client);
    if (standing.state !== 'operator') return;
    sessions.set(client, { state: 'visitor', resume: { user: standing.user, from: 'desk' } });
  }

  /** As the archive knows this user now: another screen or program may have changed it. */
  function standingNow(standing: Standing): Standing {
    switch (standing.state) {
      case 'operator': {
        const found = known(standing.user);
        if (found === null || !found.active) return visitor;
        return isSame(found.roles, standing.roles) && isSame(found.units, standing.units)
          ? standing
          : { ...standing, roles: found.roles, units: found.units };
      }
      case 'visitor': {
        const { resume } = standing;
        return resume === null || known(resume.user)?.active === true ? standing : visitor;
      }
      case 'screen':
      case 'signer':
        // Whoever handed the screen over: the signer in front of it may finish.
        return standing;
    }
  }

  function attend(client: string): void {
    const standing = sessions.standing(client);
    if (standing.state === 'signer' || standing.state === 'screen') return;
    if (standing.state === 'visitor' && standing.resume === null) return;
    try {
      const now = standingNow(standing);
      if (now !== standing) {
        sessions.set(client, now);
        if (now.state === 'visitor') {
          log('session put out');
          lockIfEmpty();
        }
      }
    } catch (error) {
      // The archive does not answer: then it answers nothing else either.
      if (!(error instanceof Refusal)) throw error;
    }
    if (!ports.locksItself) return;
    if (idle.isOver(client, door.profile().lockMinutes * 60_000)) {
      lock(client);
      log('session locked');
    }
  }

  return {
    ...ports,
    throttle,
    view,
    enter,
    tried,
    lockIfEmpty,
    lock,
    attend,
    touch: (client) => idle.touch(client),
    attendAll() {
      for (const client of sessions.clients()) attend(client);
    },
    putOut(user) {
      for (const client of sessions.clients()) {
        const standing = sessions.standing(client);
        const whose = standing.state === 'operator' ? standing.user : null;
        if (whose === user) sessions.set(client, visitor);
      }
    },
    checkPin: (user, pin) =>
      tried('pin', user, async () => {
        const desk = door.get();
        if (!desk.ok) return desk;
        const stored = settingsOf(desk.value.archive).get('pins')[user];
        if (stored === undefined) return fail('session.wrong-pin', 'The PIN is wrong.');
        const checked = await run('pin.check', { pin, stored }, { lane: 'door' });
        if (!checked.ok) return checked;
        const { right, better } = checked.value;
        if (!right) return fail('session.wrong-pin', 'The PIN is wrong.');
        if (better !== null)
          settingsOf(desk.value.archive).change(
            'pins',
            (pins) => ({ ...pins, [user]: better }),
            user,
          );
        return ok(null);
      }),
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
