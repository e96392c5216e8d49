/** Who is at the screen: first start, sign in and out, hand over to a signer and back again. */
import { networkInterfaces } from 'node:os';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { fail, ok, type Json, type Result } from '../../shared/result.ts';
import type { HandBackReason, IdentityCheck } from '../../shared/job/job.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { SessionView, UserView } from '../../shared/rpc/views.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { Caller } from '../rpc/router.ts';
import { visitor, type Sessions } from '../rpc/sessions.ts';
import { perform, sha256Hex, type Desk } from './desk.ts';
import { given } from './jobs.ts';
import type { RunWork } from './long-work.ts';
import type { OpenDesk } from './open-desk.ts';
import { createThrottle, hashPin, isPin } from './pin.ts';
import { checkSeal } from './seal.ts';
import { settingsOf } from './settings-store.ts';

export interface SessionPorts {
  readonly door: OpenDesk;
  readonly sessions: Sessions;
  readonly run: RunWork;
  readonly clock: Clock;
  readonly random: Random;
  readonly host: SessionView['host'];
  readonly version: string;
  /** A job whose state another screen may show has changed. */
  readonly jobChanged: (job: string) => void;
}

export function createSessionDesk(ports: SessionPorts) {
  const { door, sessions, run, clock, random } = ports;
  const throttle = createThrottle(clock);

  function view(client: string): SessionView {
    const standing = sessions.standing(client);
    const profile = door.profile();
    const user = standing.state === 'operator' ? userView(standing.user) : null;
    const resume = standing.state === 'visitor' ? standing.resume : null;
    return {
      state: !door.exists()
        ? 'setup'
        : { operator: 'desk' as const, signer: 'kiosk' as const, visitor: 'locked' as const }[
            standing.state
          ],
      user,
      organisation: profile.organisation,
      // The kiosk shows no other person's name.
      users: standing.state === 'visitor' && resume === null ? profile.users : [],
      resumeUser: profile.users.find((one) => one.id === resume) ?? null,
      language: profile.language,
      online: Object.values(networkInterfaces()).some((addresses) =>
        addresses?.some((address) => !address.internal),
      ),
      version: ports.version,
      trialSeal: profile.trialSeal,
      idleSeconds: profile.idleSeconds,
      host: ports.host,
    };
  }

  function userView(id: string): UserView | null {
    const desk = door.get();
    return desk.ok ? (desk.value.archive.users().find((user) => user.id === id) ?? null) : null;
  }

  function enter(client: string, user: string): Result<SessionView> {
    const known = userView(user);
    if (known === null || !known.active) return fail('session.refused', 'The user is not active.');
    sessions.set(client, { state: 'operator', user, roles: known.roles });
    return ok(view(client));
  }

  /** The last one out closes the archive. */
  function lockIfEmpty(): void {
    const anybody = sessions.clients().some((client) => {
      const standing = sessions.standing(client);
      return standing.state !== 'visitor' || standing.resume !== null;
    });
    if (!anybody) door.leave();
  }

  async function checkPin(user: string, pin: string): Promise<Result<null>> {
    const desk = door.get();
    if (!desk.ok) return desk;
    const seconds = throttle.wait(`pin:${user}`);
    if (seconds > 0) return fail('session.wait', 'Too many wrong tries.', { seconds });
    const stored = settingsOf(desk.value.archive).get('pins')[user];
    if (stored !== undefined && (await isPin(pin, stored))) {
      throttle.succeeded(`pin:${user}`);
      return ok(null);
    }
    throttle.failed(`pin:${user}`);
    return fail('session.wrong-pin', 'The PIN is wrong.', {
      seconds: throttle.wait(`pin:${user}`),
    });
  }

  /** The signer is no longer at this client: recorded, and nothing of theirs is left behind. */
  function handBack(client: string, reason: HandBackReason): void {
    const standing = sessions.standing(client);
    const desk = door.get();
    if (standing.state !== 'signer' || !desk.ok) return;
    const actor = reason === 'clerk' ? standing.clerk : `signer:${standing.signer}`;
    perform(desk.value, standing.job, actor, [{ type: 'hand-back', reason }]);
    desk.value.archive.releaseLease(kioskLease(standing.job));
    sessions.set(client, { state: 'visitor', resume: standing.clerk });
    ports.jobChanged(standing.job);
  }

  return {
    view,
    handBack,

    async setUp(
      input: ParsedOf<'session.setUp'>,
      caller: Caller,
    ): Promise<Result<{ recoveryCode: string }>> {
      if (door.exists()) return fail('archive.exists', 'There is an archive here already.');
      const { organisation, organisationNumber, sector, name, passphrase, pin, language } = input;
      const made = await run('archive.create', { name, passphrase }, { lane: 'counter' });
      if (!made.ok) return made;
      const desk = door.open(made.value.key);
      if (!desk.ok) return desk;
      const settings = settingsOf(desk.value.archive);
      settings.put('organisation', { name: organisation, number: organisationNumber, sector });
      settings.put('language', language);
      settings.put('pins', { [made.value.user]: await hashPin(pin, random) });
      if (input.trialSeal) {
        const sealed = await run('settings.trialSeal', {}, { lane: 'counter' });
        if (!sealed.ok) return sealed;
      }
      door.refreshProfile();
      const entered = enter(caller.client, made.value.user);
      return entered.ok ? ok({ recoveryCode: made.value.recoveryCode }) : entered;
    },

    async signIn(input: ParsedOf<'session.signIn'>, caller: Caller): Promise<Result<SessionView>> {
      if (!door.exists()) return fail('archive.none', 'There is no archive here yet.');
      const seconds = throttle.wait(`user:${input.user}`);
      if (seconds > 0) return fail('session.wait', 'Too many wrong tries.', { seconds });
      const opened = await run(
        'archive.unlock',
        { user: input.user, passphrase: input.passphrase },
        { lane: 'counter' },
      );
      if (!opened.ok) {
        throttle.failed(`user:${input.user}`);
        return opened;
      }
      throttle.succeeded(`user:${input.user}`);
      const desk = door.open(opened.value.key);
      if (!desk.ok) return desk;
      const entered = enter(caller.client, opened.value.user);
      if (!entered.ok) lockIfEmpty();
      return entered;
    },

    signOut(caller: Caller): Result<null> {
      sessions.set(caller.client, visitor);
      lockIfEmpty();
      return ok(null);
    },

    handOver(input: ParsedOf<'session.handOver'>, caller: Caller): Result<null> {
      const desk = door.get();
      if (!desk.ok) return desk;
      if (caller.standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const clerk = caller.standing.user;
      const ready = checkReady(desk.value, input.job, input.signer);
      if (!ready.ok) return ready;
      const identityCheck = given(input.identityCheck) as IdentityCheck;
      const identityCheckHash = sha256Hex(canonicalJson(identityCheck as unknown as Json));
      const { job, signer } = input;
      const now = clock.now().toISOString();
      if (!desk.value.archive.lease(kioskLease(job), leaseTime))
        return fail('job.at-kiosk', 'Somebody is signing at the kiosk.');
      const command = { type: 'hand-over', now, signer, identityCheck, identityCheckHash } as const;
      const performed = perform(desk.value, job, clerk, [command]);
      if (!performed.ok) {
        desk.value.archive.releaseLease(kioskLease(job));
        return performed;
      }
      sessions.set(caller.client, { state: 'signer', job, signer, clerk });
      ports.jobChanged(job);
      return ok(null);
    },

    async takeBack(
      input: ParsedOf<'session.takeBack'>,
      caller: Caller,
    ): Promise<Result<SessionView>> {
      if (caller.standing.state !== 'signer')
        return fail('rpc.forbidden', 'This session may not do that.');
      const { clerk } = caller.standing;
      const checked = await checkPin(clerk, input.pin);
      if (!checked.ok) return checked;
      handBack(caller.client, 'clerk');
      return enter(caller.client, clerk);
    },

    async resume(input: ParsedOf<'session.resume'>, caller: Caller): Promise<Result<SessionView>> {
      const user = caller.standing.state === 'visitor' ? caller.standing.resume : null;
      if (user === null) return fail('session.passphrase-needed', 'Sign in with the passphrase.');
      const checked = await checkPin(user, input.pin);
      return checked.ok ? enter(caller.client, user) : checked;
    },

    leave(input: ParsedOf<'session.leave'>, caller: Caller): Result<null> {
      handBack(caller.client, input.reason);
      return ok(null);
    },

    /** A client is gone for good. */
    closed(client: string): void {
      handBack(client, 'lost');
      sessions.close(client);
      lockIfEmpty();
    },

    /** Keeps what is at our kiosks ours, and frees what a process that is no more left behind. */
    tendKiosks(): void {
      const desk = door.get();
      if (!desk.ok) return;
      const { archive } = desk.value;
      const ours = new Set<string>();
      for (const client of sessions.clients()) {
        const standing = sessions.standing(client);
        if (standing.state !== 'signer') continue;
        ours.add(standing.job);
        archive.lease(kioskLease(standing.job), leaseTime);
      }
      for (const job of archive.jobsWhere({ state: 'open', atKiosk: true })) {
        if (ours.has(job) || !archive.lease(kioskLease(job), leaseTime)) continue;
        perform(desk.value, job, 'system', [{ type: 'hand-back', reason: 'lost' }]);
        archive.releaseLease(kioskLease(job));
        ports.jobChanged(job);
      }
    },
  };
}

/** Renewed by a timer at a third of this: so long a dead program's kiosk blocks its job. */
export const leaseTime = 30_000;

function kioskLease(job: string): string {
  return `kiosk:${job}`;
}

/** DOMAIN: what a signature needs is checked before the signer sits down. */
function checkReady(desk: Desk, id: string, signer: string): Result<null> {
  const status = desk.archive.job(id)?.signers.find((one) => one.id === signer);
  if (status === undefined) return fail('signer.unknown', 'The job has no such signer.');
  switch (status.kind) {
    case 'simple':
      return checkSeal(desk);
    case 'authenticated':
      return fail('eid.none', 'No e-ID is set up here.');
    case 'advanced':
      return fail('card.none', 'No card reader is set up here.');
  }
}
