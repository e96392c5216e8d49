/** Every hostile answer is refused by its own name, nothing is signed, and the job is unharmed. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnMark, until, type Client, type TestDesk } from '../../support/desk.ts';
import { aProvider, sitAtKiosk, startEidDesk } from '../../support/eid-desk.ts';
import {
  clientId,
  hmacToken,
  jws,
  person,
  rsa,
  secret,
  startHostileProvider,
  unsignedToken,
  type HostileProvider,
  type Hostility,
} from '../../support/hostile-provider.ts';

const now = () => Math.floor(Date.now() / 1000);
const claims = (change: Record<string, unknown>): Hostility => ({
  claims: (good) => ({ ...good, ...change }),
});
const without = (name: string): Hostility => ({
  claims: (good) => Object.fromEntries(Object.entries(good).filter(([one]) => one !== name)),
});
const at = (path: string, answer: NonNullable<Hostility['answer']>): Hostility => ({
  answer: (asked, response) => asked === path && answer(asked, response),
});
const redirect = (change: Record<string, string>): Hostility => ({
  redirect: (query) => {
    for (const [name, value] of Object.entries(change)) query.set(name, value);
  },
});
const html = at('/token', (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Velkommen</h1>');
  return true;
});

/** Code by code; `begin`: refused before anybody is sent anywhere. */
type Case = readonly [string, string, Hostility, 'begin'?];
const cases: readonly Case[] = [
  ['is out of order', 'eid.unreachable', at('/token', (_, r) => !!r.writeHead(502).end())],
  ['hangs up', 'eid.unreachable', at('/token', (_, r) => !!r.destroy())],
  ['answers with a web page', 'eid.not-json', html],
  [
    'answers without end',
    'eid.too-large',
    at(
      '/token',
      (_, r) =>
        !!r.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(3e5)}"`),
    ),
  ],
  [
    'sends the question on to another host',
    'eid.redirected',
    at('/token', (_, r) => !!r.writeHead(307, { location: 'https://evil.example/' }).end()),
  ],
  [
    'calls itself by another name',
    'eid.discovery-issuer',
    { discovery: (document) => ({ ...document, issuer: 'https://evil.example' }) },
    'begin',
  ],
  [
    'names another host for its tokens',
    'eid.other-host',
    { discovery: (document) => ({ ...document, token_endpoint: 'https://evil.example/token' }) },
    'begin',
  ],
  [
    'describes itself with a web page',
    'eid.not-json',
    at('/.well-known/openid-configuration', (_, r) => !!r.writeHead(200).end('<p>')),
    'begin',
  ],
  [
    'does not know the program',
    'eid.client',
    at(
      '/token',
      (_, r) =>
        !!r
          .writeHead(401, { 'content-type': 'application/json' })
          .end('{"error":"invalid_client"}'),
    ),
  ],
  [
    'gives no ID token',
    'eid.token',
    at(
      '/token',
      (_, r) =>
        !!r
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"access_token":"a","token_type":"Bearer"}'),
    ),
  ],
  ['keeps its keys to itself', 'eid.keys', at('/jwks', (_, r) => !!jsonNull(r))],
  ['signs as another issuer', 'eid.token-issuer', claims({ iss: 'https://evil.example' })],
  ['signs for another audience', 'eid.audience', claims({ aud: 'noen-andre' })],
  ['signs a token of another client', 'eid.audience', claims({ aud: 'andre', azp: 'andre' })],
  ['signs for another party', 'eid.authorized-party', claims({ azp: 'noen-andre' })],
  ['signs for others as well', 'eid.authorized-party', claims({ aud: [clientId, 'andre'] })],
  ['answers another nonce', 'eid.nonce', claims({ nonce: 'en annen' })],
  ['answers no nonce', 'eid.nonce-missing', without('nonce')],
  ['does not sign', 'eid.unsigned', { token: (_, body) => unsignedToken(body) }],
  [
    'signs with a key it does not publish',
    'eid.unknown-key',
    { header: (h) => ({ ...h, kid: 'k9' }) },
  ],
  [
    'is forged with the name of its key',
    'eid.signature',
    { token: (_, body) => jws({ alg: 'RS256', kid: 'k1' }, body, rsa().privateKey) },
  ],
  [
    'lets its claims be changed',
    'eid.signature',
    {
      token: (good, body) =>
        good.replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...body, acr: 'høyt', x: 1 })).toString('base64url')}.`,
        ),
    },
  ],
  ['gives an expired token', 'eid.expired', claims({ exp: now() - 3600 })],
  ['issues in the future', 'eid.from-the-future', claims({ iat: now() + 3600, exp: now() + 7200 })],
  ['is valid later', 'eid.from-the-future', claims({ nbf: now() + 3600 })],
  ['issued long ago', 'eid.not-fresh', claims({ iat: now() - 3600 })],
  ['takes an earlier session', 'eid.not-fresh', claims({ auth_time: now() - 3600 })],
  ['does not say when', 'eid.not-fresh', without('auth_time')],
  ['mixes answers up', 'eid.hash', claims({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })],
  ['mixes codes up', 'eid.hash', claims({ c_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })],
  ['names no level', 'eid.acr-missing', without('acr')],
  ['names an unknown level', 'eid.acr-unknown', claims({ acr: 'skyhøyt' })],
  ['reaches only a lower level', 'eid.level-too-low', claims({ acr: 'betydelig' })],
  ['logs in another person', 'eid.other-person', claims({ pid: '13068012345' })],
  ['is mixed up with another provider', 'eid.mix-up', redirect({ iss: 'https://evil.example' })],
  ['leaves its name out of the answer', 'eid.mix-up', { redirect: (query) => query.delete('iss') }],
  [
    'says that the person cancelled',
    'eid.cancelled',
    { redirect: (query) => (query.delete('code'), query.set('error', 'access_denied')) },
  ],
  [
    'refuses',
    'eid.refused',
    { redirect: (query) => (query.delete('code'), query.set('error', 'server_error')) },
  ],
  ['answers without a code', 'eid.answer', { redirect: (query) => query.delete('code') }],
  ['contradicts itself', 'eid.answer', { redirect: (query) => query.append('code', 'to') }],
  ['is given a code it never gave', 'eid.code-used', redirect({ code: 'gjettet' })],
];

function jsonNull(response: ServerResponse) {
  return response.writeHead(200, { 'content-type': 'application/json' }).end('null');
}

let provider: HostileProvider;
let desk: TestDesk;
let kiosk: Client;
let sitting: Awaited<ReturnType<typeof sitAtKiosk>>;

beforeAll(async () => {
  provider = await startHostileProvider();
  desk = startEidDesk();
  kiosk = desk.visit();
  const settings = aProvider({ issuer: provider.issuer, clientId, secret });
  sitting = await sitAtKiosk(kiosk, settings, { level: 4 });
});
afterAll(async () => {
  await desk.close();
  await provider.close();
});

/** One whole try; the code it ends with, or null. */
async function logIn(hostility: Hostility): Promise<string | null> {
  provider.is(hostility);
  const begun = await kiosk.try('signing.beginLogin', {});
  if (!begun.ok) return begun.error.code;
  const answer = provider.logIn(begun.value.go ?? '');
  await desk.app.logins.answer(answer);
  desk.app.logins.returned(answer.searchParams.get('state') ?? '');
  const { state, failure } = await kiosk.call('signing.login', {});
  return state === 'given' ? null : (failure?.code ?? state);
}

async function nothingIsSigned(): Promise<void> {
  const { shown } = sitting;
  const refused = await kiosk.refusal('signing.sign', { shown, mark: drawnMark });
  expect(refused.code).toBe('proof.none');
  const view = await kiosk.call('signing.view', {});
  expect(view.documents.map(({ revision }) => revision)).toEqual(shown.map((one) => one.revision));
}

describe('a provider that', () => {
  for (const [what, code, hostility, begin] of cases)
    it(`${what} is refused: ${code}`, async () => {
      expect(await logIn(hostility)).toBe(code);
      await nothingIsSigned();
      if (begin === 'begin') expect((await kiosk.call('signing.login', {})).state).toBe('none');
    });

  it('has its public key used as a secret is refused: eid.algorithm', async () => {
    const pem = provider.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(await logIn({ token: (_, body) => hmacToken(body, pem) })).toBe('eid.algorithm');
    await nothingIsSigned();
  });
});

describe('a provider that is too slow', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['never answers', () => true],
    ['never ends its answer', (_: string, r: ServerResponse) => r.writeHead(200, json).write('{')],
  ])('and %s is refused: eid.slow', async (_, answer) => {
    const other = startEidDesk({ patience: 100 });
    const client = other.visit();
    await sitAtKiosk(client, aProvider({ issuer: provider.issuer, clientId, secret }));
    provider.is({ answer });
    expect((await client.refusal('signing.beginLogin', {})).code).toBe('eid.slow');
    await other.close();
  });

  it('or is not there at all is refused: eid.unreachable', async () => {
    const gone = await startHostileProvider();
    await gone.close();
    const other = startEidDesk();
    const client = other.visit();
    await sitAtKiosk(client, aProvider({ issuer: gone.issuer }));
    expect((await client.refusal('signing.beginLogin', {})).code).toBe('eid.unreachable');
    await other.close();
  });

  it('or takes all the time there is leaves the job as it was: eid.time-out', async () => {
    const other = startEidDesk({ limit: 50 });
    const client = other.visit();
    await sitAtKiosk(client, aProvider({ issuer: provider.issuer, clientId, secret }));
    provider.is({});
    await client.call('signing.beginLogin', {});
    const failure = await until(async () => (await client.call('signing.login', {})).failure);
    expect(failure.code).toBe('eid.time-out');
    await other.close();
  });
});

describe('an answer that', () => {
  it('has been here before is nobody’s, with the same state or with a fresh one', async () => {
    provider.is(claims({ acr: 'betydelig' }));
    const first = await kiosk.call('signing.beginLogin', {});
    const answer = provider.logIn(first.go ?? '');
    await desk.app.logins.answer(answer);
    const again = await desk.app.logins.answer(answer);
    expect(again.ok ? null : again.error.code).toBe('eid.state-used');

    const second = await kiosk.call('signing.beginLogin', {});
    const moved = provider.logIn(second.go ?? '');
    moved.searchParams.set('code', answer.searchParams.get('code') ?? '');
    await desk.app.logins.answer(moved);
    expect((await kiosk.call('signing.login', {})).failure?.code).toBe('eid.code-used');
    await nothingIsSigned();
  });

  it('belongs to a state that nobody gave out changes nothing', async () => {
    provider.is({});
    const begun = await kiosk.call('signing.beginLogin', {});
    const foreign = provider.logIn(begun.go ?? '');
    foreign.searchParams.set('state', 'fremmed');
    const answered = await desk.app.logins.answer(foreign);
    expect(answered.ok ? null : answered.error.code).toBe('eid.state');
    expect((await kiosk.call('signing.login', {})).state).toBe('pending');
    await kiosk.call('signing.cancelLogin', {});
    await nothingIsSigned();
  });
});

describe('after all that', () => {
  it.each([
    ['ES256', 'k2'],
    ['EdDSA', 'k3'],
    ['PS256', 'k4'],
  ])('a token signed with %s by a key of the provider counts', async (alg, kid) => {
    // The person stays unproved: the next login takes this one's place.
    expect(
      await logIn({ header: () => ({ alg, kid }), claims: (c) => without('at_hash').claims!(c) }),
    ).toBeNull();
  });

  it('the same signer logs in and signs; every refusal stands in the log, no number does', async () => {
    expect(await logIn({})).toBeNull();
    const { shown, job } = sitting;
    await kiosk.call('signing.sign', { shown, mark: drawnMark });
    await kiosk.call('session.leave', { reason: 'done' });
    await kiosk.call('session.resume', { pin: '4711' });
    const { events } = await kiosk.call('job.get', { job });
    const refused = events.flatMap(({ event }) =>
      event.type === 'proof-refused' ? [event.code] : [],
    );
    const expected = cases
      .filter(([, code, , begin]) => begin === undefined && code !== 'eid.cancelled')
      .map(([, code]) => code);
    expect(refused).toEqual(expect.arrayContaining(expected));
    const low = events.find(
      ({ event }) => event.type === 'proof-refused' && event.code === 'eid.level-too-low',
    );
    expect(low?.event).toMatchObject({ detail: { given: 3, wanted: 4 } });
    expect(events.filter(({ event }) => event.type === 'proof-given')).toHaveLength(4);
    expect(JSON.stringify(events)).not.toContain(person.pid);
  });
});
