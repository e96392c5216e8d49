/**
 * The person is away at the provider and does not come back: the job waits for as long as a login may
 * take, then the kiosk rests and nothing has happened. The clock of the timers is the test's own.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { InputOf, MethodName, OutputOf } from '../../../shared/rpc/contract.ts';
import type { Result } from '../../../shared/result.ts';
import {
  aSigner,
  handOver,
  makeDraft,
  passphrase,
  pin,
  setUp,
  type Client,
  type TestDesk,
} from '../../support/desk.ts';
import { aProvider, startEidDesk } from '../../support/eid-desk.ts';
import {
  clientId,
  secret,
  startHostileProvider,
  type HostileProvider,
} from '../../support/hostile-provider.ts';

const minute = 60_000;
let provider: HostileProvider;
let desk: TestDesk;
let clerk: Client;
/** A page that can go away: what `visit` opens stays. */
let kiosk = '';
let goAway: () => void;
let job = '';
let signer = '';

async function call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const answer = (await desk.app.router.call(kiosk, method, input)) as Result<OutputOf<M>>;
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

const listen = () => desk.app.events.listen(kiosk, () => undefined);
const atKiosk = async () => (await clerk.call('job.get', { job })).job;

beforeAll(async () => {
  provider = await startHostileProvider();
  desk = startEidDesk();
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.putEid', {
    providers: [aProvider({ issuer: provider.issuer, clientId, secret })],
    ...{ default: null, port: 18_533 },
  });
  await clerk.call('settings.counter', {
    ...{ twoClerks: false, pickUpCodes: false, loginAlone: true },
  });
  const who = aSigner('Kari Nordmann', 0, { kind: 'authenticated', nationalId: '12857910093' });
  job = (await makeDraft(clerk, [who])).job;
  signer = who.id;
  await clerk.call('job.open', { job });
  kiosk = desk.app.sessions.open();
  goAway = listen();
  await call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
});
afterAll(async () => {
  await desk.close();
  await provider.close();
});
beforeEach(async () => {
  if ((await call('session.state', {})).state === 'locked') await call('session.resume', { pin });
  await handOver({ call } as Client, job, signer);
  const view = await call('signing.view', {});
  await call('signing.confirm', {
    shown: view.documents.map(({ document, revision, sha256 }) => ({ document, revision, sha256 })),
    textSha256: view.confirmation.sha256,
    ...{ pagesShown: {}, override: 'Lest på papir' },
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('keeps the job for whoever is away at the provider, and lets it wait again after five minutes', async () => {
  await call('signing.beginLogin', {});
  expect(desk.app.logins.awayFor(kiosk)).toBe(5 * minute);
  goAway();
  vi.advanceTimersByTime(5 * minute - 1);
  expect(desk.app.logins.awayFor(kiosk)).toBe(1);
  expect(await atKiosk()).toMatchObject({ atKiosk: { signer } });
  vi.advanceTimersByTime(1);
  expect(desk.app.logins.awayFor(kiosk)).toBe(0);
  expect(desk.app.logins.view(kiosk)).toMatchObject({ failure: { code: 'eid.time-out' } });
  // A page that is on its way back still has its grace.
  expect(await atKiosk()).toMatchObject({ atKiosk: { signer } });
  vi.advanceTimersByTime(minute);
  expect(await atKiosk()).toMatchObject({ state: 'open', atKiosk: null });
  const { events } = await clerk.call('job.get', { job });
  expect(events.at(-1)?.event).toMatchObject({ type: 'handed-back', reason: 'lost' });
  expect(events.some(({ event }) => event.type === 'proof-given')).toBe(false);
  goAway = listen();
  expect(await call('session.state', {})).toMatchObject({ state: 'locked', users: [] });
});

it('lets nobody stay who has not gone to a provider', async () => {
  goAway();
  vi.advanceTimersByTime(30_000);
  expect(await atKiosk()).toMatchObject({ atKiosk: null });
  goAway = listen();
});

it('gives a browser that is sent home the time to be drawn, and no more', async () => {
  provider.is({});
  const begun = await call('signing.beginLogin', {});
  goAway();
  const back = provider.logIn(begun.go ?? '');
  await desk.app.logins.answer(back);
  desk.app.logins.returned(back.searchParams.get('state') ?? '');
  expect(desk.app.logins.awayFor(kiosk)).toBe(10_000);
  vi.advanceTimersByTime(10_000);
  expect(desk.app.logins.awayFor(kiosk)).toBe(0);
  vi.advanceTimersByTime(2 * minute);
  expect(await atKiosk()).toMatchObject({ atKiosk: null });
  goAway = listen();
});

it('ends a login with which somebody would have begun, and the counter rests', async () => {
  await call('session.leave', { reason: 'stopped' });
  await call('session.beginLogin', { language: 'nb' });
  expect(await call('session.login', {})).toMatchObject({ state: 'pending' });
  vi.advanceTimersByTime(5 * minute);
  expect(await call('session.login', {})).toMatchObject({
    ...{ state: 'failed', failure: { code: 'eid.time-out' } },
  });
  expect(await call('session.state', {})).toMatchObject({ state: 'locked', loginAlone: true });
});

it('leaves the door open for a logout under way when the signer has gone meanwhile', async () => {
  provider.is({});
  const begun = await call('signing.beginLogin', {});
  const back = provider.logIn(begun.go ?? '');
  expect(await desk.app.logins.answer(back)).toMatchObject({ ok: true });
  const state = back.searchParams.get('state') ?? '';
  await call('session.leave', { reason: 'stopped' });
  expect(desk.app.logins.view(kiosk).state).toBe('none');
  expect(desk.app.logins.isEnded(state)).toBe(true);
  expect(desk.app.logins.awayFor(kiosk)).toBe(minute);
  vi.advanceTimersByTime(minute);
  expect(desk.app.logins.awayFor(kiosk)).toBe(0);
});
