/** A signer who begins alone at a resting kiosk by logging in; and everybody else who logs in there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignerSpec } from '../../shared/job/job.ts';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { aProvider, testBrowser } from '../support/eid-desk.ts';
import { exportJob, kontroller } from '../support/exported-job.ts';
import { readEvidence } from '../support/forged-evidence.ts';
import {
  clientId,
  secret,
  startHostileProvider,
  type HostileProvider,
} from '../support/hostile-provider.ts';

const kari = { name: 'Kari Nordmann', pid: '12857910093', birthdate: '1979-05-12' };
const ola = { name: 'Ola Nordmann', pid: '13868010082', birthdate: '1980-06-13' };
const hege = { name: 'Hege Hansen', pid: '', birthdate: '1990-01-01' };
const passphrase = 'en lang nok frase';
const time = { ahead: 0 };
const target = mkdtempSync(join(tmpdir(), 'skranke-login-alone-'));
let provider: HostileProvider;
let desk: TestDesk;
let clerk: Client;
let kiosk: Client;
let keeper = '';

beforeAll(async () => {
  provider = await startHostileProvider();
  desk = startDesk({
    ...{ loginHost: testBrowser, eid: { loopback: true } },
    uptime: () => 1e9 + time.ahead,
  });
  clerk = desk.visit();
  await setUp(clerk);
  const other = await openJob({ name: 'En Annen', kind: 'simple' });
  const added = await clerk.call('settings.addUser', {
    ...{ name: 'Hege Hallvakt', roles: ['handler'], passphrase, pin: '5555' },
  });
  keeper = added.id;
  kiosk = desk.visit();
  await kiosk.call('session.signIn', { user: keeper, passphrase });
  await handOver(kiosk, other.job, other.signer);
  await kiosk.call('session.leave', { reason: 'stopped' });
  await clerk.call('job.cancel', { job: other.job, reason: 'x' });
});
afterAll(async () => {
  await desk.close();
  await provider.close();
  rmSync(target, { recursive: true, force: true });
});
// What one case left waiting is nobody's in the next.
beforeEach(async () => {
  time.ahead += 1_000_000;
  const { rows } = await clerk.call('job.list', { tab: 'waiting', limit: 50 });
  for (const { id } of rows) await clerk.call('job.cancel', { job: id, reason: 'x' });
});

async function openJob(signer: Partial<SignerSpec>, more: { deadline?: string } = {}) {
  const who = aSigner('Kari Nordmann', 0, { kind: 'authenticated', ...signer });
  const { job } = await makeDraft(clerk, [who], undefined, more);
  await clerk.call('job.open', { job });
  return { job, signer: who.id };
}

type Person = typeof kari;

const begin = (level?: 3 | 4) =>
  kiosk.try('session.beginLogin', { language: 'nb', ...(level === undefined ? {} : { level }) });

async function answer(address: string, { pid, ...who }: Person, acr: string): Promise<void> {
  provider.is({
    claims: ({ pid: _, ...good }) => ({ ...good, ...who, acr, ...(pid === '' ? {} : { pid }) }),
  });
  const back = provider.logIn(address);
  await desk.app.logins.answer(back);
  desk.app.logins.returned(back.searchParams.get('state') ?? '');
}

/** Null where it began; else why not. */
async function logIn(who: Person, { acr = 'høyt', level }: { acr?: string; level?: 3 | 4 } = {}) {
  const begun = await begin(level);
  if (!begun.ok) return begun.error;
  await answer(begun.value.go ?? '', who, acr);
  if ((await kiosk.call('session.state', {})).state === 'kiosk') return null;
  return (await kiosk.call('session.login', {})).failure;
}

const leave = () => kiosk.call('session.leave', { reason: 'stopped' });
const switched = (loginAlone: boolean) =>
  clerk.call('settings.counter', { twoClerks: false, pickUpCodes: false, loginAlone });

async function handedOver(job: string) {
  const { events } = await clerk.call('job.get', { job });
  return events.flatMap(({ event }) => (event.type === 'handed-over' ? [event] : []));
}

describe('a login at a resting kiosk', () => {
  it('is off until the office turns it on and has a provider', async () => {
    expect(await begin()).toMatchObject({ error: { code: 'waiting.not-here' } });
    expect(await kiosk.refusal('session.login', {})).toMatchObject({ code: 'waiting.not-here' });
    await switched(true);
    expect(await kiosk.call('session.state', {})).toMatchObject({ loginAlone: false });
    expect(await begin()).toMatchObject({ error: { code: 'eid.none' } });
    await clerk.call('settings.putEid', {
      providers: [aProvider({ issuer: provider.issuer, clientId, secret })],
      ...{ default: null, port: 18_533 },
    });
    expect(await kiosk.call('session.state', {})).toMatchObject({ loginAlone: true, users: [] });
    expect(await kiosk.call('session.login', {})).toEqual({
      ...{ state: 'none', failure: null },
      providers: [{ id: 'leverandor-1', kind: 'generic', label: 'Prøve-ID' }],
    });
  });

  it('begins nowhere else', async () => {
    const input = { language: 'nb' } as const;
    const stranger = desk.visit();
    expect(await stranger.refusal('session.beginLogin', input)).toMatchObject({
      code: 'waiting.not-here',
    });
    const locked = desk.visit();
    await locked.call('session.signIn', { user: keeper, passphrase });
    expect(await locked.refusal('session.beginLogin', input)).toMatchObject({
      code: 'rpc.forbidden',
    });
    await locked.call('session.lock', {});
    expect(await locked.refusal('session.beginLogin', input)).toMatchObject({
      code: 'waiting.not-here',
    });
  });

  it('finds the job by the number, records how, and the keeper’s PIN takes the kiosk back', async () => {
    const { job, signer } = await openJob({ nationalId: kari.pid });
    expect(await logIn(kari)).toBeNull();
    expect(await kiosk.call('signing.view', {})).toMatchObject({ signer: { id: signer } });
    const [event] = await handedOver(job);
    expect(event).toMatchObject({
      ...{ alone: 'login', clerk: keeper, identityCheck: { method: 'eid' } },
      login: {
        ...{ provider: 'generic', issuer: provider.issuer, acr: 'høyt', level: 4 },
        ...{ name: kari.name, birthDate: kari.birthdate, matchedBy: 'national-id' },
      },
    });
    expect(event?.login?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(event)).not.toContain(kari.pid);
    expect(await kiosk.refusal('session.takeBack', { pin })).toMatchObject({
      code: 'session.wrong-pin',
    });
    await kiosk.call('session.takeBack', { pin: '5555' });
    await kiosk.call('session.lock', {});
    // A desk that has locked itself is no kiosk.
    expect(await begin()).toMatchObject({ error: { code: 'waiting.not-here' } });
    await kiosk.call('session.resume', { pin: '5555' });
    await handOver(kiosk, job, signer);
    await leave();
  });

  it('shows who has nothing waiting nothing, and says so by its own code', async () => {
    await openJob({ nationalId: kari.pid });
    await openJob({ name: hege.name, birthDate: hege.birthdate });
    const failure = await logIn(ola);
    expect(failure).toEqual({ code: 'waiting.nothing', message: expect.any(String) as string });
    const seen = JSON.stringify([
      await kiosk.call('session.state', {}),
      await kiosk.call('session.login', {}),
      kiosk.events,
    ]);
    expect(seen).not.toMatch(/Nordmann|Hege Hansen|Leieavtale/);
    await kiosk.call('session.cancelLogin', {});
    expect(await kiosk.call('session.login', {})).toMatchObject({ state: 'none', failure: null });
  });

  it('finds by name and birth date where exactly one is meant', async () => {
    const one = await openJob({ name: hege.name, birthDate: hege.birthdate });
    expect(await logIn(hege)).toBeNull();
    expect((await handedOver(one.job))[0]?.login?.matchedBy).toBe('name-and-birth-date');
    await leave();
    await openJob({ name: hege.name, birthDate: hege.birthdate });
    expect(await logIn(hege)).toMatchObject({ code: 'waiting.unclear' });
  });

  it('leaves it to the clerk where somebody else of that name and birth date waits', async () => {
    await openJob({ name: kari.name, birthDate: kari.birthdate });
    // 12857910174 is another number of the same day.
    await openJob({ name: kari.name, nationalId: '12857910174' });
    expect(await logIn(kari)).toMatchObject({ code: 'waiting.unclear' });
  });

  it('leaves it to the clerk where the name alone is known, or is spelled otherwise', async () => {
    await openJob({ name: hege.name });
    expect(await logIn(hege)).toMatchObject({ code: 'waiting.unclear' });
    expect(await logIn({ ...hege, name: 'Hege Anne Hansen' })).toMatchObject({
      code: 'waiting.unclear',
    });
    expect(await logIn(ola)).toMatchObject({ code: 'waiting.nothing' });
  });

  it('is not enough for a simple signature', async () => {
    await openJob({ kind: 'simple', nationalId: kari.pid });
    expect(await logIn(kari)).toMatchObject({ code: 'waiting.needs-clerk' });
  });

  it('must be of the level that what waits demands', async () => {
    await openJob({ nationalId: kari.pid, level: 4 });
    expect(await logIn(kari, { acr: 'betydelig' })).toMatchObject({
      ...{ code: 'eid.level-too-low', detail: { given: 3, wanted: 4 } },
    });
    expect(await logIn(kari, { acr: 'betydelig', level: 4 })).toMatchObject({
      code: 'eid.level-too-low',
    });
    expect(await logIn(kari, { level: 4 })).toBeNull();
    await leave();
  });

  it('begins nothing that is past its time, signed elsewhere now, or not ready here', async () => {
    const { job, signer } = await openJob({ nationalId: kari.pid });
    await handOver(clerk, job, signer);
    expect(await logIn(kari)).toMatchObject({ code: 'waiting.nothing' });
    await clerk.call('session.takeBack', { pin });
    await clerk.call('settings.cards', { use: false, known: false, modules: [], keyFiles: false });
    await clerk.call('job.cancel', { job, reason: 'x' });
    await openJob({ nationalId: ola.pid, name: ola.name, kind: 'advanced' });
    expect((await logIn(ola))?.code).toBe('card.none');
    expect((await kiosk.call('session.state', {})).state).toBe('locked');
  });

  it('of the provider’s that fails is refused by its own code, and begins nothing', async () => {
    const { job } = await openJob({ nationalId: kari.pid });
    const begun = await begin();
    if (!begun.ok) throw new Error(begun.error.code);
    provider.is({ claims: (good) => ({ ...good, nonce: 'en annen' }) });
    await desk.app.logins.answer(provider.logIn(begun.value.go ?? ''));
    expect(await kiosk.call('session.login', {})).toMatchObject({
      ...{ state: 'failed', failure: { code: 'eid.nonce' } },
    });
    expect(await handedOver(job)).toEqual([]);
  });

  it('that is answered after the clerk has come back begins nothing', async () => {
    const { job, signer } = await openJob({ nationalId: kari.pid });
    const begun = await begin();
    if (!begun.ok) throw new Error(begun.error.code);
    await kiosk.call('session.resume', { pin: '5555' });
    await answer(begun.value.go ?? '', kari, 'høyt');
    expect((await kiosk.call('session.state', {})).state).toBe('desk');
    expect(await handedOver(job)).toEqual([]);
    await handOver(kiosk, job, signer);
    await leave();
  });

  it('makes whoever keeps going to the provider for nothing wait, by the machine’s uptime', async () => {
    await openJob({ nationalId: kari.pid });
    expect(await logIn(ola)).toMatchObject({ code: 'waiting.nothing' });
    for (let tries = 0; tries < 3; tries += 1) {
      expect((await begin()).ok).toBe(true);
      await kiosk.call('session.cancelLogin', {});
    }
    expect(await begin()).toMatchObject({
      error: { code: 'waiting.wait', detail: { seconds: 5 } },
    });
    time.ahead += 5000;
    // Whoever has logged in is no nuisance, whatever waits for them.
    expect(await logIn(ola)).toMatchObject({ code: 'waiting.nothing' });
    for (let tries = 0; tries < 4; tries += 1)
      expect(await logIn(ola)).toMatchObject({ code: 'waiting.nothing' });
  });
});

describe('one sitting', () => {
  async function sign(): Promise<void> {
    const shown = await readAndConfirm(kiosk);
    const begun = await kiosk.call('signing.beginLogin', {});
    await answer(begun.go ?? '', kari, 'høyt');
    await kiosk.call('signing.sign', { shown, mark: drawnMark });
  }

  it('goes through all that waits, the most urgent first, each with a login of its own', async () => {
    const later = await openJob({ nationalId: kari.pid });
    const first = await openJob({ nationalId: kari.pid }, { deadline: '2199-01-01T12:00:00Z' });
    expect(await logIn(kari)).toBeNull();
    expect(await kiosk.call('session.state', {})).toMatchObject({ moreWaiting: 1 });
    expect((await handedOver(first.job)).length).toBe(1);
    await sign();
    expect(await kiosk.call('session.nextJob', {})).toMatchObject({
      ...{ state: 'kiosk', moreWaiting: 0 },
    });
    expect(await kiosk.call('signing.view', {})).toMatchObject({ signer: { id: later.signer } });
    expect((await handedOver(later.job))[0]?.login?.id).toBe(
      (await handedOver(first.job))[0]?.login?.id,
    );
    // The login that began it proves nothing of what is signed.
    const shown = await readAndConfirm(kiosk);
    expect(await kiosk.refusal('signing.sign', { shown, mark: drawnMark })).toMatchObject({
      code: 'proof.none',
    });
    await sign();
    expect(await kiosk.refusal('session.nextJob', {})).toMatchObject({ code: 'waiting.no-more' });
    await kiosk.call('session.leave', { reason: 'done' });
    expect(await kiosk.refusal('session.nextJob', {})).toMatchObject({ code: 'rpc.forbidden' });
  });

  it('lets what was left unsigned wait again', async () => {
    const one = await openJob({ nationalId: kari.pid }, { deadline: '2199-01-01T12:00:00Z' });
    const two = await openJob({ nationalId: kari.pid });
    expect(await logIn(kari)).toBeNull();
    await clerk.call('job.cancel', { job: two.job, reason: 'x' });
    expect(await kiosk.refusal('session.nextJob', {})).toMatchObject({ code: 'job.state' });
    expect(await kiosk.call('session.state', {})).toMatchObject({ moreWaiting: 0 });
    await leave();
    const { job } = await clerk.call('job.get', { job: one.job });
    expect(job).toMatchObject({ state: 'open', atKiosk: null });
  });

  it('leaves evidence that others check, which says that nobody had checked before', async () => {
    const { job, signer } = await openJob({ nationalId: kari.pid });
    expect(await logIn(kari)).toBeNull();
    await sign();
    await kiosk.call('session.leave', { reason: 'done' });
    expect(await clerk.refusal('job.attest', { job, signer })).toMatchObject({
      code: 'attest.nobody-there',
    });
    const folder = await exportJob(clerk, job, target);
    expect(kontroller(folder).wrong).toEqual([]);
    const [check] = readEvidence(folder).identityChecks;
    expect(check).toMatchObject({ clerk: null, alone: 'login', login: { name: kari.name } });
  });
});
