/**
 * A signer begins alone at a resting kiosk by logging in, where the office allows it. Nothing is shown
 * of what waits before it is beyond doubt whose it is; signing itself asks for its own proof.
 */
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { FirstLogin, IdentityCheck } from '../../shared/job/job.ts';
import { fail, ok, type Json, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { SessionView } from '../../shared/rpc/views.ts';
import type { RestLoginView } from '../../shared/rpc/views-eid.ts';
import type { FinishedLogin } from '../eid/login/finish-login.ts';
import type { LoginProvider } from '../eid/login/provider.ts';
import type { Caller } from '../rpc/router.ts';
import { keeperAt, type Standing, type WaitingJob } from '../rpc/sessions.ts';
import { perform, sha256Hex, type Desk } from './desk.ts';
import { providerOf, providersShown } from './eid-settings.ts';
import { checkReady, kioskLease, leaseTime } from './hand-over.ts';
import type { Logins } from './logins.ts';
import type { Screen } from './screen.ts';
import { settingsOf } from './settings-store.ts';

/** Whoever keeps sending this machine to a provider without logging in waits, for the provider's sake. */
const tries = 'login-alone machine';

/** Nobody has looked at a document: the login is all there is. */
const identityCheck: IdentityCheck = { method: 'eid' };
const identityCheckHash = sha256Hex(canonicalJson(identityCheck as unknown as Json));

/** Whose counter it is, and which screen of theirs. */
type Counter = NonNullable<ReturnType<typeof keeperAt>>;

export function createLoginAlone(screen: Screen) {
  const { door, sessions, clock, run, view, throttle, log, jobChanged, cardSupport } = screen;

  function here({ standing }: Pick<Caller, 'standing'>): Result<{ desk: Desk; counter: Counter }> {
    const counter = keeperAt(standing);
    // A provider sends the browser back to this machine: another one would wait for ever.
    if (counter === null || counter.at?.kind === 'paired') return notAllowed();
    const desk = door.get();
    if (!desk.ok) return desk;
    if (settingsOf(desk.value.archive).get('counter').loginAlone !== true) return notAllowed();
    return ok({ desk: desk.value, counter });
  }

  /** The first of them that can begin now; the others follow in the same sitting. */
  function start(
    desk: Desk,
    client: string,
    counter: Counter,
    waiting: readonly WaitingJob[],
  ): Result<null> {
    let refused: Result<never> | null = null;
    for (const [at, { job, signer, login }] of waiting.entries()) {
      const begun = handOver(desk, counter.keeper, { job, signer, login });
      if (!begun.ok) {
        refused ??= begun;
        continue;
      }
      const next = waiting.slice(at + 1);
      const clerk = counter.keeper;
      sessions.set(client, { state: 'signer', job, signer, clerk, ...counter, next });
      jobChanged(job);
      return ok(null);
    }
    return refused ?? fail('waiting.nothing', 'Nothing waits for this person.');
  }

  function handOver(desk: Desk, keeper: string, { job, signer, login }: WaitingJob): Result<null> {
    const ready = checkReady(desk, job, signer, cardSupport);
    if (!ready.ok) return ready;
    if (!desk.archive.lease(kioskLease(job), leaseTime))
      return fail('job.at-kiosk', 'Somebody is signing at the kiosk.');
    const performed = perform(desk, job, `signer:${signer}`, [
      {
        ...{ type: 'hand-over', now: clock.now().toISOString(), signer, clerk: keeper },
        ...{ identityCheck, identityCheckHash, alone: 'login', login },
      },
    ]);
    if (performed.ok) return ok(null);
    desk.archive.releaseLease(kioskLease(job));
    return performed;
  }

  async function settle(
    asked: { readonly client: string; readonly standing: Standing; readonly counter: Counter },
    provider: LoginProvider,
    outcome: Result<FinishedLogin>,
  ): Promise<Result<null>> {
    if (!outcome.ok) return outcome;
    throttle.succeeded(tries);
    const { person, level } = outcome.value;
    const found = await run('login.find', { person, level }, { lane: 'door' });
    if (!found.ok) {
      log(`session login alone: ${found.error.code}`);
      return found;
    }
    const { client, standing, counter } = asked;
    const desk = door.get();
    if (!desk.ok) return desk;
    // The clerk has come back, or somebody else has begun here, while the provider was asked.
    if (sessions.standing(client) !== standing) return notAllowed();
    const waiting = found.value.map(({ job, signer, ...match }) => ({
      ...{ job, signer, login: { ...recorded(provider, outcome.value), ...match } },
    }));
    return start(desk.value, client, counter, waiting);
  }

  return {
    async beginLogin(
      logins: Logins,
      input: ParsedOf<'session.beginLogin'>,
      caller: Caller,
    ): Promise<Result<{ readonly go: string | null }>> {
      const resting = here(caller);
      if (!resting.ok) return resting;
      const { desk, counter } = resting.value;
      const eid = settingsOf(desk.archive).get('eid');
      const provider = providerOf(eid, input.provider);
      if (!provider.ok) return provider;
      const seconds = throttle.begin(tries);
      if (seconds > 0) return fail('waiting.wait', 'Too many logins were begun here.', { seconds });
      const { client, standing } = caller;
      const begun = await logins.begin({
        ...{ client, provider: provider.value, level: input.level ?? 3 },
        ...{ language: input.language, port: eid.port },
        settle: (outcome) => settle({ client, standing, counter }, provider.value, outcome),
      });
      // Nobody was sent anywhere.
      if (!begun.ok) throttle.undo(tries);
      return begun;
    },

    restLogin(logins: Logins, caller: Caller): Result<RestLoginView> {
      const resting = here(caller);
      if (!resting.ok) return resting;
      const providers = providersShown(settingsOf(resting.value.desk.archive).get('eid'));
      return ok({ ...logins.view(caller.client), providers });
    },

    nextJob({ client, standing }: Caller): Result<SessionView> {
      if (standing.state !== 'signer')
        return fail('rpc.forbidden', 'This session may not do that.');
      const { job, keeper, at, next = [] } = standing;
      if (keeper === undefined || next.length === 0)
        return fail('waiting.no-more', 'Nothing more waits for this signer.');
      const desk = door.get();
      if (!desk.ok) return desk;
      // Signed or declined there is nothing to hand back; what was left unsigned waits as before.
      const back = { type: 'hand-back', reason: 'stopped' } as const;
      const left = perform(desk.value, job, `signer:${standing.signer}`, [back]);
      if (!left.ok) return left;
      desk.value.archive.releaseLease(kioskLease(job));
      jobChanged(job);
      const counter = at === undefined ? { keeper } : { keeper, at };
      const begun = start(desk.value, client, counter, next);
      if (begun.ok) return ok(view(client));
      // They were asked and none can begin: they are not offered again.
      sessions.set(client, { ...standing, next: [] });
      return begun;
    },
  };
}

/** Without the token: it names the number, and says nothing of what will be signed. */
function recorded(
  { kind }: LoginProvider,
  login: FinishedLogin,
): Omit<FirstLogin, 'matchedBy' | 'nameMatch'> {
  const { person, idTokenSha256: id, issuer, acr, level, keysSha256 } = login;
  const { authenticatedAt, receivedAt } = login;
  return {
    ...{ id, provider: kind, issuer, acr, level, name: person.name, keysSha256 },
    ...(person.birthDate === null ? {} : { birthDate: person.birthDate }),
    ...{ authenticatedAt, receivedAt },
  };
}

function notAllowed(): ReturnType<typeof fail> {
  return fail('waiting.not-here', 'Nobody begins by logging in here.');
}
