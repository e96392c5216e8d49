/**
 * Codes with which a signer begins alone at a resting kiosk, where the office allows it. Eight digits,
 * shown once; what is kept is a slow hash in the job's encrypted log, and it is good for one beginning.
 */
import { timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { IdentityCheck, PickUp } from '../../shared/job/job.ts';
import { fail, ok, type Json, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { SessionView } from '../../shared/rpc/views.ts';
import type { PickUpView } from '../../shared/rpc/views-access.ts';
import type { Caller } from '../rpc/router.ts';
import { keeperAt } from '../rpc/sessions.ts';
import { jobOr, perform, sha256Hex, type Desk } from './desk.ts';
import { eightDigits } from './eight-digits.ts';
import { checkReady, kioskLease, leaseTime } from './hand-over.ts';
import { given } from './jobs.ts';
import type { Screen } from './screen.ts';
import { withSecond } from './second-clerk.ts';
import { settingsOf } from './settings-store.ts';
import { newSalt, slowHash, usualSlowness, type SlowHash } from './slow-hash.ts';

interface Waiting {
  readonly job: string;
  readonly pickUp: PickUp;
}

/** Those that still hold. */
function waiting(desk: Desk): readonly Waiting[] {
  const now = desk.clock.now().toISOString();
  return desk.archive.pickUps().flatMap((id) => {
    const job = desk.archive.job(id);
    const found = job?.state === 'open' ? job.pickUps : [];
    return found.filter(({ expires }) => expires > now).map((pickUp) => ({ job: id, pickUp }));
  });
}

/** In the worker: the code behind each salt in use, which is one as long as some code waits. */
export async function hashPickUp(
  _: unknown,
  { code, salts }: { readonly code: string; readonly salts: readonly string[] },
): Promise<Result<readonly SlowHash[]>> {
  const hashes: SlowHash[] = [];
  for (const salt of salts)
    hashes.push(await slowHash(code, Buffer.from(salt, 'base64'), usualSlowness));
  return ok(hashes);
}

export function createPickUps(screen: Screen) {
  const { door, sessions, clock, run, view, checkPin, tried, jobChanged, cardSupport } = screen;

  /** Which codes wait under this one: none, or one. */
  async function find(desk: Desk, code: string): Promise<Result<Waiting | null>> {
    const all = waiting(desk);
    const salts = [...new Set(all.map(({ pickUp }) => pickUp.hash?.salt ?? ''))];
    const hashes = await run('pickup.hash', { code, salts }, { lane: 'door' });
    if (!hashes.ok) return hashes;
    const isIt = ({ hash }: PickUp) =>
      hashes.value.some((one) => one.salt === hash?.salt && isSame(one.hash, hash.hash));
    // Looked up anew: it may have been used while this one was computed.
    return ok(waiting(desk).find(({ pickUp }) => isIt(pickUp)) ?? null);
  }

  /** A code that nobody else has now, and its hash. */
  async function newCode(desk: Desk): Promise<Result<{ code: string; hash: SlowHash }>> {
    const salt =
      waiting(desk)[0]?.pickUp.hash?.salt ?? Buffer.from(newSalt(desk.random)).toString('base64');
    for (;;) {
      const code = eightDigits(desk.random);
      const taken = await find(desk, code);
      if (!taken.ok) return taken;
      if (taken.value !== null) continue;
      const hashes = await run('pickup.hash', { code, salts: [salt] }, { lane: 'door' });
      if (!hashes.ok) return hashes;
      const [hash] = hashes.value;
      if (hash !== undefined) return ok({ code, hash });
    }
  }

  return {
    async makePickUp(input: ParsedOf<'pickup.make'>, caller: Caller): Promise<Result<PickUpView>> {
      const desk = door.get();
      if (!desk.ok) return desk;
      if (caller.standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      if (!settingsOf(desk.value.archive).get('counter').pickUpCodes) return notAllowed();
      const clerk = caller.standing.user;
      const { job: id, signer, minutes, second } = input;
      const job = jobOr(desk.value, id);
      if (!job.ok) return job;
      const ready = checkReady(desk.value, id, signer, cardSupport);
      if (!ready.ok) return ready;
      const kind = job.value.signers.find((one) => one.id === signer)?.kind;
      const check = given(input.identityCheck) as IdentityCheck;
      const checked = await withSecond(desk.value, checkPin, { clerk, kind, second }, check);
      if (!checked.ok) return checked;
      const made = await newCode(desk.value);
      if (!made.ok) return made;
      const now = clock.now();
      const expires = new Date(now.getTime() + minutes * 60_000).toISOString();
      const performed = perform(desk.value, id, clerk, [
        {
          ...{ type: 'make-pick-up', signer, expires, now: now.toISOString() },
          identityCheck: checked.value,
          identityCheckHash: sha256Hex(canonicalJson(checked.value as unknown as Json)),
          hash: made.value.hash,
        },
      ]);
      if (!performed.ok) return performed;
      jobChanged(id);
      return ok({ code: made.value.code, expires });
    },

    withdrawPickUp(input: ParsedOf<'pickup.withdraw'>, caller: Caller): Result<null> {
      const desk = door.get();
      if (!desk.ok) return desk;
      if (caller.standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const { job, signer } = input;
      const withdraw = { type: 'withdraw-pick-up', signer } as const;
      const done = perform(desk.value, job, caller.standing.user, [withdraw]);
      if (!done.ok) return done;
      jobChanged(job);
      return ok(null);
    },

    async pickUp(input: ParsedOf<'session.pickUp'>, caller: Caller): Promise<Result<SessionView>> {
      const { standing, client } = caller;
      // A desk that has locked itself is no kiosk: nobody handed it over.
      const counter = keeperAt(standing);
      if (counter === null) return notAllowed();
      const desk = door.get();
      if (!desk.ok) return desk;
      if (!settingsOf(desk.value.archive).get('counter').pickUpCodes) return notAllowed();
      const found = await tried('pick-up-code', 'machine', async () => {
        const one = await find(desk.value, input.code);
        if (!one.ok) return one;
        return one.value === null
          ? fail('pickup.wrong', 'No code like that waits here.')
          : ok(one.value);
      });
      if (!found.ok) return found;
      const { job, pickUp } = found.value;
      const ready = checkReady(desk.value, job, pickUp.signer, cardSupport);
      if (!ready.ok) return ready;
      // Somebody else may have begun here while the code was computed.
      if (sessions.standing(client) !== standing) return notAllowed();
      if (!desk.value.archive.lease(kioskLease(job), leaseTime))
        return fail('job.at-kiosk', 'Somebody is signing at the kiosk.');
      const { signer, clerk, identityCheck, identityCheckHash } = pickUp;
      const performed = perform(desk.value, job, `signer:${signer}`, [
        {
          ...{ type: 'hand-over', now: clock.now().toISOString(), signer, clerk },
          ...{ identityCheck, identityCheckHash, alone: 'pick-up-code' },
        },
      ]);
      if (!performed.ok) {
        desk.value.archive.releaseLease(kioskLease(job));
        return performed;
      }
      sessions.set(client, { state: 'signer', job, signer, clerk, ...counter });
      jobChanged(job);
      return ok(view(client));
    },
  };
}

function notAllowed(): ReturnType<typeof fail> {
  return fail('pickup.not-here', 'Nobody begins with a code here.');
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'base64'), Buffer.from(other, 'base64')];
  return a.length === b.length && timingSafeEqual(a, b);
}
