/** The screen goes over to a signer and comes back. */
import { canonicalJson } from '../../shared/canonical-json.ts';
import { attempt, fail, ok, type Json, type Result } from '../../shared/result.ts';
import type { HandBackReason, IdentityCheck } from '../../shared/job/job.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { SessionView } from '../../shared/rpc/views.ts';
import type { Caller } from '../rpc/router.ts';
import type { ScreenAt, Standing } from '../rpc/sessions.ts';
import { perform, sha256Hex, type Desk } from './desk.ts';
import { given } from './jobs.ts';
import { checkOwnKeys } from './own-key.ts';
import type { Screen } from './screen.ts';
import { checkSeal } from './seal.ts';
import { settingsOf } from './settings-store.ts';
import { withSecond } from './second-clerk.ts';

/** Renewed by a timer at a third of this: so long a dead program's kiosk blocks its job. */
export const leaseTime = 30_000;

export function createHandOver(screen: Screen) {
  const { door, sessions, clock, enter, checkPin, jobChanged, cardSupport } = screen;

  /**
   * The signer is no longer at this client: recorded, and nothing of theirs is left behind. `by`: the
   * clerk, where it is not the one whose PIN would do.
   */
  function handBack(client: string, reason: HandBackReason, by?: string): void {
    const standing = sessions.standing(client);
    const desk = door.get();
    if (standing.state !== 'signer' || !desk.ok) return;
    const clerk = by ?? keeperOf(standing);
    const actor = reason === 'clerk' ? clerk : `signer:${standing.signer}`;
    // First of all: a disk that is full must not leave the signer's document on the screen. What
    // cannot be recorded now, `tendKiosks` records later.
    const user = keeperOf(standing);
    sessions.set(
      client,
      standing.at === undefined
        ? { state: 'visitor', resume: { user, from: 'kiosk' } }
        : { state: 'screen', ...standing.at },
    );
    attempt(() => perform(desk.value, standing.job, actor, [{ type: 'hand-back', reason }]));
    attempt(() => desk.value.archive.releaseLease(kioskLease(standing.job)));
    jobChanged(standing.job);
  }

  return {
    handBack,

    /** `find`: the kiosk that was named; the clerk's own client where none is. */
    async handOver(
      input: ParsedOf<'session.handOver'>,
      caller: Caller,
      find: FindScreen,
    ): Promise<Result<null>> {
      const desk = door.get();
      if (!desk.ok) return desk;
      if (caller.standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const clerk = caller.standing.user;
      const ready = checkReady(desk.value, input.job, input.signer, cardSupport);
      if (!ready.ok) return ready;
      const wanted = findScreen(desk.value, input, find);
      if (!wanted.ok) return wanted;
      const signing = desk.value.archive
        .job(input.job)
        ?.signers.find(({ id }) => id === input.signer);
      const checked = await withSecond(
        desk.value,
        checkPin,
        { clerk, kind: signing?.kind, second: input.second },
        given(input.identityCheck) as IdentityCheck,
      );
      if (!checked.ok) return checked;
      // Locked, or put out, while the other clerk typed.
      if (sessions.standing(caller.client) !== caller.standing)
        return fail('rpc.forbidden', 'This session may not do that.');
      const identityCheck = checked.value;
      const identityCheckHash = sha256Hex(canonicalJson(identityCheck as unknown as Json));
      const { job, signer, certificate } = input;
      const now = clock.now().toISOString();
      // Somebody else may have been called there meanwhile.
      const target = findScreen(desk.value, input, find);
      if (!target.ok) return target;
      if (!desk.value.archive.lease(kioskLease(job), leaseTime))
        return fail('job.at-kiosk', 'Somebody is signing at the kiosk.');
      const command = { type: 'hand-over', now, signer, identityCheck, identityCheckHash } as const;
      const compared = certificate === undefined ? {} : { certificate };
      const performed = perform(desk.value, job, clerk, [{ ...command, ...compared }]);
      if (!performed.ok) {
        desk.value.archive.releaseLease(kioskLease(job));
        return performed;
      }
      const held = { state: 'signer', job, signer, clerk } as const;
      if (target.value === null) sessions.set(caller.client, held);
      else sessions.set(target.value.client, { ...held, at: target.value.at });
      jobChanged(job);
      return ok(null);
    },

    /** To a signer of the direct flow: the service's own e-ID says who it is. */
    handOverToService(
      { job, signer }: ParsedOf<'posten.handOver'>,
      { client, standing }: Caller,
    ): Result<null> {
      const desk = door.get();
      if (!desk.ok) return desk;
      if (standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const found = desk.value.archive.job(job);
      if (found?.state !== 'at-service' || found.remote?.links[signer] === undefined)
        return fail('posten.no-link', 'The service gave no link for this signer.');
      if (!desk.value.archive.lease(kioskLease(job), leaseTime))
        return fail('job.at-kiosk', 'Somebody is signing at the kiosk.');
      sessions.set(client, { state: 'signer', job, signer, clerk: standing.user });
      jobChanged(job);
      return ok(null);
    },

    async takeBack(
      input: ParsedOf<'session.takeBack'>,
      caller: Caller,
    ): Promise<Result<SessionView>> {
      if (caller.standing.state !== 'signer')
        return fail('rpc.forbidden', 'This session may not do that.');
      const user = keeperOf(caller.standing);
      const checked = await checkPin(user, input.pin);
      if (!checked.ok) return checked;
      handBack(caller.client, 'clerk');
      // A screen that is a kiosk alone becomes no desk by a PIN.
      return caller.standing.at === undefined
        ? enter(caller.client, user)
        : ok(screen.view(caller.client));
    },

    leave(input: ParsedOf<'session.leave'>, caller: Caller): Result<null> {
      handBack(caller.client, input.reason);
      return ok(null);
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
        jobChanged(job);
      }
    },
  };
}

type FindScreen = (id: string) => Result<{ readonly client: string; readonly at: ScreenAt }>;

/** Where the signer is called to: null for the clerk's own screen. */
function findScreen(
  desk: Desk,
  { job, signer, screen }: ParsedOf<'session.handOver'>,
  find: FindScreen,
): ReturnType<FindScreen> | Result<null> {
  if (screen === undefined) return ok(null);
  const found = find(screen);
  if (!found.ok || found.value.at.kind === 'window') return found;
  const kind = desk.archive.job(job)?.signers.find(({ id }) => id === signer)?.kind;
  // A provider sends the browser back to this machine, and the card reader stands here, too.
  return kind === 'simple'
    ? found
    : fail('screen.simple-only', 'A machine of its own takes drawn and typed signatures.');
}

/** Whose PIN takes the machine back: it need not be the clerk who answers for the signer. */
function keeperOf(standing: Extract<Standing, { state: 'signer' }>): string {
  return standing.keeper ?? standing.clerk;
}

export function kioskLease(job: string): string {
  return `kiosk:${job}`;
}

/** DOMAIN: what a signature needs is checked before the signer sits down. */
export function checkReady(
  desk: Desk,
  id: string,
  signer: string,
  cardSupport: () => boolean,
): Result<null> {
  const status = desk.archive.job(id)?.signers.find((one) => one.id === signer);
  if (status === undefined) return fail('signer.unknown', 'The job has no such signer.');
  switch (status.kind) {
    case 'simple':
      return checkSeal(desk);
    case 'authenticated':
      return settingsOf(desk.archive).get('eid').providers.length === 0
        ? fail('eid.none', 'No e-ID is set up here.')
        : checkSeal(desk);
    case 'advanced':
      return checkOwnKeys(desk, cardSupport());
  }
}
