/** A kiosk that is a machine of its own, over real TLS: paired once, a kiosk and nothing else, gone at once. */
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPairedHost, kioskMethods, screenCookie } from '../../electron/web/paired-host.ts';
import { contract } from '../../shared/rpc/contract.ts';
import { kiosks } from '../../shared/rpc/contract-method.ts';
import { encode } from '../../shared/rpc/codec.ts';
import { methods } from '../config/roles.ts';
import { samples } from '../rpc/samples.ts';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import {
  aSigner,
  drawnMark,
  identityCheck,
  makeDraft,
  readAndConfirm,
  setUp,
  startDesk,
  until,
  type Client,
  type MadeJob,
  type TestDesk,
} from '../support/desk.ts';
import { freePort } from '../support/oidc.ts';
import { makeKiosk, type KioskAddress, type PairedKiosk } from '../support/paired-kiosk.ts';

const address = '127.0.0.1';
let desk: TestDesk;
let clerk: Client;
let at: KioskAddress;
let up = 0;
/** What the limits of how often take for the time. */
let later = 0;

const html = {
  type: 'text/html; charset=utf-8',
  length: 4,
  immutable: false,
  open: () => Readable.from([Buffer.from('page')]),
};

beforeAll(async () => {
  desk = startDesk({
    uptime: () => up + performance.now(),
    screenNetwork: createPairedHost({
      app: () => desk.app,
      files: new Map([['/', html]]),
      log: () => undefined,
      now: () => later + performance.now(),
    }),
  });
  clerk = desk.visit();
  await setUp(clerk);
  const port = await freePort();
  const off = await clerk.call('settings.screens', {});
  expect(off).toMatchObject({ on: false, state: 'off', url: null, paired: [] });
  await expect(openTcp(port)).rejects.toThrow();
  const view = await clerk.call('settings.putScreens', { on: true, address, port });
  expect(view).toMatchObject({ on: true, state: 'listening' });
  const { bytes } = await clerk.call('settings.screenAuthority', {});
  at = { address, port, ca: Buffer.from(bytes).toString('utf8') };
});
afterAll(() => desk.close());

function openTcp(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp(port, address, () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}

async function pairOne(name = 'Nettbrettet'): Promise<PairedKiosk> {
  const kiosk = makeKiosk(at);
  const { code } = await clerk.call('screen.pair', { name });
  const offered = await kiosk.send('POST', '/pair', { body: JSON.stringify({ code }) });
  const { compare } = (JSON.parse(offered.body) as { value: { compare: string } }).value;
  const { pairing } = await clerk.call('settings.screens', {});
  expect(pairing?.asking?.compare).toBe(compare);
  await clerk.call('screen.accept', { pairing: pairing?.asking?.pairing ?? '' });
  const done = await kiosk.send('POST', '/pair/wait', { body: '{}' });
  expect(JSON.parse(done.body)).toEqual({ ok: true, value: { state: 'accepted' } });
  return kiosk;
}

async function idOf(name: string): Promise<string> {
  const { paired } = await clerk.call('settings.screens', {});
  return paired.find((one) => one.name === name)?.id ?? '';
}

async function callUp(
  kiosk: PairedKiosk,
  name: string,
): Promise<{ made: MadeJob; stop: () => void; heard: string[] }> {
  const made = await makeDraft(clerk, [aSigner('Kari Nordmann')]);
  await clerk.call('job.open', { job: made.job });
  const heard: string[] = [];
  const stop = await kiosk.listen((data) => heard.push(data));
  await kiosk.call('screen.report', { step: null, help: false });
  const signer = made.signers[0]?.id ?? '';
  const screen = await idOf(name);
  await clerk.call('session.handOver', { job: made.job, signer, identityCheck, screen });
  return { made, stop, heard };
}

/** As the browser's side of `readAndConfirm` wants it. */
const asClient = (kiosk: PairedKiosk) => kiosk as unknown as Client;

/** Every method of the contract: what is not a kiosk's is forbidden, and no handler hears of it. */
async function triesEverything(kiosk: PairedKiosk): Promise<number> {
  let refused = 0;
  for (const method of methods) {
    if (kioskMethods.has(method)) continue;
    const answer = await kiosk.send('POST', `/rpc/${method}`, { body: encode(samples[method]) });
    expect(answer.status, method).toBe(403);
    expect(JSON.parse(answer.body), method).toMatchObject({ error: { code: 'rpc.forbidden' } });
    refused += 1;
  }
  return refused;
}

it('knows kiosk methods alone, and each of them is one by the contract', () => {
  for (const method of methods) {
    const roles: readonly string[] = contract[method].roles;
    expect(kioskMethods.has(method), method).toBe(kiosks.some((kiosk) => roles.includes(kiosk)));
  }
  for (const never of ['session.signIn', 'session.setUp', 'session.recover', 'session.resume'])
    expect(kioskMethods.has(never), never).toBe(false);
});

it('a stranger gets the page, and nothing behind it', async () => {
  const kiosk = makeKiosk(at);
  expect((await kiosk.send('GET', '/')).status).toBe(200);
  for (const path of ['/events', '/document/0f8fad5b-d9cb-469f-a165-70867728950e/0', '/upload'])
    expect((await kiosk.send('GET', path)).status, path).toBe(401);
  expect((await kiosk.send('PUT', '/upload', { body: 'x' })).status).toBe(405);
  let limited = 0;
  for (const method of methods) {
    const answer = await kiosk.send('POST', `/rpc/${method}`, { body: encode(samples[method]) });
    if (answer.status === 429) {
      limited += 1;
      later += 60_000;
      continue;
    }
    expect(answer.status, method).toBe(401);
    expect(answer.body).not.toMatch(/Kari|Eksempel|123456785/);
  }
  // Whoever asks too often is told to wait, and may come again.
  expect(limited).toBeGreaterThan(0);
});

it('is not fooled by another name, another site, or a page that posts from elsewhere', async () => {
  const kiosk = await pairOne('Navn');
  const state = (headers: Record<string, string>) =>
    kiosk.send('POST', '/rpc/session.state', { body: '{}', headers });
  expect((await state({})).status).toBe(200);
  expect((await state({ host: `skranke.example:${at.port}` })).status).toBe(403);
  expect((await state({ origin: 'https://example.org' })).status).toBe(403);
  expect((await state({ origin: 'null' })).status).toBe(403);
  expect((await state({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await state({ 'content-type': 'text/plain' })).status).toBe(415);
  const large = 'x'.repeat(3 * 1024 * 1024);
  const refused = await kiosk
    .send('POST', '/rpc/session.state', { body: JSON.stringify(large) })
    .then(({ status }) => status)
    .catch(() => 413);
  expect(refused).toBe(413);
});

it('a wrong code waits longer each time, a right one is good once, and No is no', async () => {
  const kiosk = makeKiosk(at);
  const offer = async (code: string) => {
    const { body } = await kiosk.send('POST', '/pair', { body: JSON.stringify({ code }) });
    return JSON.parse(body) as { ok: boolean; error?: { code: string } };
  };
  expect(await offer('00000000')).toMatchObject({ error: { code: 'pairing.none' } });
  const { code } = await clerk.call('screen.pair', { name: 'Feil' });
  const wrong = code === '11111111' ? '22222222' : '11111111';
  for (let tries = 0; tries < 3; tries += 1)
    expect(await offer(wrong)).toMatchObject({ error: { code: 'pairing.wrong' } });
  expect(await offer(code)).toMatchObject({ error: { code: 'session.wait' } });
  up += 60_000;
  expect(await offer(code)).toMatchObject({ ok: true });
  expect(await offer(code)).toMatchObject({ error: { code: 'pairing.none' } });
  const { pairing } = await clerk.call('settings.screens', {});
  await clerk.call('screen.refuse', { pairing: pairing?.asking?.pairing ?? '' });
  const { body } = await kiosk.send('POST', '/pair/wait', { body: '{}' });
  expect(JSON.parse(body)).toEqual({ ok: true, value: { state: 'refused' } });
  expect(kiosk.cookies.has(screenCookie)).toBe(false);
  // And a code that nobody typed in time is none.
  const late = await clerk.call('screen.pair', { name: 'Sent' });
  up += 11 * 60_000;
  expect(await offer(late.code)).toMatchObject({ error: { code: 'pairing.none' } });
});

it('a paired kiosk: kiosk methods alone, before, during and after; unpaired it is nobody at once', async () => {
  const kiosk = await pairOne();
  const cookie = kiosk.cookies.get(screenCookie) ?? '';
  const { headers } = await kiosk.send('GET', '/');
  expect(String(headers['set-cookie'])).toMatch(
    /^__Host-skranke-screen=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=/,
  );
  expect(await kiosk.call('session.state', {})).toMatchObject({
    state: 'screen',
    screen: 'paired',
    users: [],
  });
  const before = await triesEverything(kiosk);
  const { made, stop, heard } = await callUp(kiosk, 'Nettbrettet');
  await until(() => heard.join('').includes('session.changed'));
  const during = await triesEverything(kiosk);
  const view = await kiosk.call('signing.view', {});
  const [document] = view.documents;
  const own = await kiosk.send(
    'GET',
    `/document/${document?.document ?? ''}/${document?.revision ?? 0}`,
    {
      headers: { range: 'bytes=0-7' },
    },
  );
  expect([own.status, own.body.slice(0, 5)]).toEqual([206, '%PDF-']);
  const shown = await readAndConfirm(asClient(kiosk));
  await kiosk.call('signing.sign', { shown, mark: drawnMark });
  await kiosk.call('session.leave', { reason: 'done' });
  const after = await triesEverything(kiosk);
  expect([before, during, after]).toEqual([before, before, before]);
  expect(before).toBeGreaterThan(80);
  const gone = await kiosk.send('GET', `/document/${document?.document ?? ''}/0`);
  expect(gone.status).toBe(403);
  stop();

  // Unpaired while somebody is there: lost, nothing confirmed, and the cookie opens nothing.
  const second = await callUp(kiosk, 'Nettbrettet');
  await clerk.call('screen.unpair', { screen: await idOf('Nettbrettet') });
  const { job, events } = await clerk.call('job.get', { job: second.made.job });
  expect(job).toMatchObject({ state: 'open', atKiosk: null });
  expect(events.at(-1)?.event).toMatchObject({ type: 'handed-back', reason: 'lost' });
  await until(() => second.heard.join('').includes('session.changed'));
  expect(kiosk.cookies.get(screenCookie)).toBe(cookie);
  expect(await kiosk.try('session.state', {})).toMatchObject({
    error: { code: 'screen.not-paired' },
  });
  second.stop();
  expect((await clerk.call('job.get', { job: made.job })).job.signers[0]?.state).toBe('SIGNED');
});

it('an answer that is lost is given again: the signature is made once, and kept', async () => {
  const kiosk = await pairOne('Uten nett');
  const { made, stop } = await callUp(kiosk, 'Uten nett');
  const proxy = await startCuttingProxy(at);
  const through = async (method: string, input: unknown) => {
    const { body } = await kiosk.send('POST', `/rpc/${method}`, {
      ...{ body: encode(input), port: proxy.port },
    });
    return JSON.parse(body) as { ok: boolean; value: { signedAt: string } };
  };
  const lose = async (method: string, input: unknown) => {
    proxy.mode = 'deaf';
    const lost = through(method, input).catch(() => 'lost');
    const job = () => clerk.call('job.get', { job: made.job });
    return { lost, job };
  };
  // Cut while it reads; then delayed; then its confirmation, then its signature is answered into the void.
  const reading = through('signing.view', {}).catch(() => 'cut');
  proxy.cut();
  expect(['cut', 'object']).toContain(typeof (await reading) === 'string' ? 'cut' : 'object');
  proxy.late = 40;
  expect((await through('signing.view', {})).ok).toBe(true);
  proxy.late = 0;
  const shown = await readAndConfirm(asClient(kiosk));
  const signing = await lose('signing.sign', { shown, mark: drawnMark });
  // The first is under way, or done: both hear the same.
  const twin = kiosk.call('signing.sign', { shown, mark: drawnMark });
  const { signedAt } = await twin;
  await until(async () => (await signing.job()).job.signers[0]?.state === 'SIGNED');
  proxy.cut();
  expect(await signing.lost).toBe('lost');
  proxy.mode = 'through';
  const again = await through('signing.sign', { shown, mark: drawnMark });
  expect(again.ok).toBe(true);
  expect(Math.abs(Date.parse(again.value.signedAt) - Date.parse(signedAt))).toBeLessThan(60_000);
  const { events } = await signing.job();
  expect(events.filter(({ event }) => event.type === 'signed')).toHaveLength(1);
  stop();
  await proxy.close();
});

it('a kiosk that falls silent is handed back as lost; one that comes back in time goes on', async () => {
  const kiosk = await pairOne('Stille');
  const { made, stop } = await callUp(kiosk, 'Stille');
  up += 40_000;
  stop();
  desk.app.tendScreens();
  expect((await clerk.call('job.get', { job: made.job })).job).toMatchObject({ state: 'open' });
  expect(await kiosk.call('session.state', {})).toMatchObject({ state: 'kiosk' });
  const back = await kiosk.listen(() => undefined);
  await kiosk.call('screen.report', { step: 'read', help: false });
  await readAndConfirm(asClient(kiosk));
  back();
  up += 61_000;
  desk.app.tendScreens();
  const { job, events } = await clerk.call('job.get', { job: made.job });
  expect(job).toMatchObject({ state: 'open', atKiosk: null });
  expect(events.at(-1)?.event).toMatchObject({ type: 'handed-back', reason: 'lost' });
  expect(await kiosk.call('session.state', {})).toMatchObject({ state: 'screen' });
});

it('speaks TLS 1.2 and 1.3 with its own key, and no older', async () => {
  const say = (maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', ca = at.ca) =>
    new Promise<string>((resolve) => {
      const socket = connectTls(
        { host: address, port: at.port, ca, maxVersion, minVersion: maxVersion },
        () => {
          resolve(socket.getProtocol() ?? '');
          socket.destroy();
        },
      );
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'refused'));
    });
  expect(await say('TLSv1.2')).toBe('TLSv1.2');
  expect(await say('TLSv1.3')).toBe('TLSv1.3');
  expect(await say('TLSv1.1')).not.toBe('TLSv1.1');
  // Without the authority it is a stranger.
  expect(await say('TLSv1.3', '')).toMatch(/CERT|SELF_SIGNED|UNABLE/);
});

it('turned off nothing listens, and the key is the same when it is turned on again', async () => {
  const before = await clerk.call('settings.screens', {});
  await clerk.call('settings.putScreens', { on: false, address, port: at.port });
  await expect(openTcp(at.port)).rejects.toThrow();
  const after = await clerk.call('settings.putScreens', { on: true, address, port: at.port });
  expect(after).toMatchObject({ keyPin: before.keyPin, fingerprint: before.fingerprint });
  await openTcp(at.port);
  const refused = await clerk.refusal('settings.putScreens', {
    ...{ on: true, address: '203.0.113.9', port: at.port },
  });
  expect(refused.code).toBe('screens.address-gone');
});
