/** Every way from a locked screen to the desk, what each asks for, and what wrong tries cost. */
import { scryptSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { unlockWithPassphrase } from '../../electron/archive/keys.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { settingsOf } from '../../electron/desk/settings-store.ts';
import type { Archive } from '../../electron/archive/archive.ts';
import type { PinHash } from '../../electron/desk/pin.ts';
import { unwrap } from '../../shared/result.ts';
import { contract, type MethodName } from '../../shared/rpc/contract.ts';
import { samples } from '../rpc/samples.ts';
import { passphrase, pin, setUp, startDesk, type Client, type TestDesk } from '../support/desk.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-ways-'));
const home = join(folder, 'home');
const time = { clock: 0, uptime: 1e9 };
const start = () =>
  startDesk({
    ...{ home, uptime: () => time.uptime },
    clock: { now: () => new Date(Date.now() + time.clock) },
  });

let desk: TestDesk;
let clerk: Client;
let user = '';

beforeAll(async () => {
  desk = start();
  clerk = desk.visit();
  await setUp(clerk);
  user = (await clerk.call('session.state', {})).user?.id ?? '';
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  await desk.close();
  desk = start();
  clerk = desk.visit();
}

async function inside<T>(body: (archive: Archive) => T): Promise<T> {
  const key = unwrap(await unlockWithPassphrase(home, user, passphrase));
  const archive = unwrap(openArchive({ home, key, clock: systemClock, random: nodeRandom }));
  try {
    return body(archive);
  } finally {
    archive.close();
  }
}

const stored = () =>
  inside((archive): PinHash | undefined => settingsOf(archive).get('pins')[user]);

describe('from a locked screen', () => {
  /** What a visitor may call at all; whoever adds one to the contract decides here what it asks for. */
  const ways: Readonly<
    Record<string, 'a secret' | 'only where there is nothing yet' | 'no way in'>
  > = {
    'session.state': 'no way in',
    'session.setUp': 'only where there is nothing yet',
    'session.signIn': 'a secret',
    'session.resume': 'a secret',
    'session.recover': 'a secret',
    'session.pickUp': 'a secret',
    // An e-ID, at the provider; off unless the office has turned it on.
    'session.beginLogin': 'a secret',
    'session.login': 'a secret',
    'session.cancelLogin': 'no way in',
    'task.cancel': 'no way in',
    'office.look': 'no way in',
    'language.spoken': 'no way in',
  };

  it('there are these ways and no other', () => {
    const methods = (Object.keys(contract) as MethodName[]).filter((method) =>
      (contract[method].roles as readonly string[]).includes('visitor'),
    );
    expect(methods.sort()).toEqual(Object.keys(ways).sort());
  });

  it('none leads in without its secret, whatever was there before', async () => {
    for (const method of Object.keys(ways) as MethodName[]) {
      const stranger = desk.visit();
      const answer = await desk.app.router.call(stranger.id, method, samples[method]);
      if (ways[method] !== 'no way in') expect(answer.ok, method).toBe(false);
      expect(desk.app.sessions.standing(stranger.id).state, method).toBe('visitor');
    }
  });

  it('the archive opens by a passphrase or the recovery code, and keeps no other slot here', () => {
    const { slots } = JSON.parse(readFileSync(join(home, 'slots.json'), 'utf8')) as {
      slots: readonly { type: string }[];
    };
    expect(slots.map(({ type }) => type).sort()).toEqual(['passphrase', 'recovery']);
  });
});

describe('a PIN', () => {
  it('is kept behind Argon2id, with its parameters', async () => {
    expect(await stored()).toMatchObject({ cost: { memory: 32768, passes: 2, lanes: 1 } });
  });

  it('of an older archive is accepted, and kept as we do today from then on', async () => {
    const salt = Buffer.from(nodeRandom.bytes(16));
    const hash = scryptSync(pin, salt, 32, { N: 2 ** 15, maxmem: 64 * 1024 * 1024 });
    const old = { salt: salt.toString('base64'), hash: hash.toString('base64') };
    await inside((archive) => settingsOf(archive).put('pins', { [user]: old }, user));
    await clerk.call('session.lock', {});
    expect(await clerk.refusal('session.resume', { pin: '0000' })).toMatchObject({
      code: 'session.wrong-pin',
    });
    expect(await stored()).toEqual(old);
    await clerk.call('session.resume', { pin });
    expect(await stored()).toMatchObject({ cost: { memory: 32768 } });
    await clerk.call('session.lock', {});
    await clerk.call('session.resume', { pin });
  });
});

describe('wrong tries', () => {
  const wrong = { user: 'Kari Skrankevakt', passphrase: 'feil frase' };

  it('are not forgotten when the program starts anew, or the clock is set', async () => {
    await clerk.call('session.signOut', {});
    for (let tries = 0; tries < 3; tries++)
      expect(await clerk.refusal('session.signIn', wrong)).toMatchObject({
        code: 'archive.wrong-passphrase',
      });
    const waits = { code: 'session.wait', detail: { seconds: 5 } };
    await restart();
    expect(await clerk.refusal('session.signIn', { ...wrong, passphrase })).toMatchObject(waits);
    time.clock += 24 * 3600 * 1000;
    await restart();
    expect(await clerk.refusal('session.signIn', { ...wrong, passphrase })).toMatchObject(waits);
    time.clock = 0;
    time.uptime += 5_000;
    // The fourth wrong one costs twice as much: the count went on.
    expect(await clerk.refusal('session.signIn', wrong)).toMatchObject({
      code: 'archive.wrong-passphrase',
      detail: { seconds: 10 },
    });
    await restart();
    time.uptime += 10_000;
    await clerk.call('session.signIn', { ...wrong, passphrase });
  });

  it('say how many there were and nothing else to whoever reads the folder', async () => {
    await clerk.call('session.lock', {});
    await clerk.refusal('session.resume', { pin: '9876' });
    const kept = () => JSON.parse(readFileSync(join(home, 'tries.json'), 'utf8')) as object;
    // Whoever has no name here tries at nobody's.
    const nobody = { 'passphrase nobody': { count: 1, at: 1e9 } };
    expect(kept()).toEqual({ ...nobody, [`pin ${user}`]: { count: 1, at: time.uptime } });
    await clerk.call('session.resume', { pin });
    expect(kept()).toEqual(nobody);
  });
});

describe('a desk that nobody is at', () => {
  it('asks for the PIN again, and nothing is answered before', async () => {
    await clerk.call('settings.lock', { minutes: 15 });
    time.clock += 15 * 60_000;
    expect(await clerk.refusal('job.list', { limit: 5 })).toMatchObject({ code: 'rpc.forbidden' });
    expect(await clerk.call('session.state', {})).toMatchObject({ state: 'locked', user: null });
    await clerk.call('session.resume', { pin });
    await clerk.call('job.list', { limit: 5 });
  });
});
