/** The fixed address that providers send back to: it knows one state at a time and nothing else. */
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Logins } from '../../electron/desk/logins.ts';
import { createVisits } from '../../electron/desk/service-visits.ts';
import { createLoginReturn, type LoginReturn } from '../../electron/web/login-return.ts';
import { freePort } from '../support/oidc.ts';

const state = 'tilstand-1';
let port = 0;
let answered: string[] = [];
let ended: string[] = [];
let logout: string | null = null;
let door: LoginReturn;

const logins = {
  answer: (address: URL) => {
    answered.push(address.href);
    return Promise.resolve({ ok: true as const, value: { client: 'c', logout } });
  },
  isEnded: (one: string) => ended.includes(one),
} satisfies Pick<Logins, 'answer' | 'isEnded'>;

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

function ask(
  path: string,
  { method = 'GET', host = `127.0.0.1:${port}` }: { method?: string; host?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, path, method, agent: false, headers: { host } };
    const asked = request({ host: '127.0.0.1', ...options }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString()));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          body,
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

function show(one = state) {
  const login = { client: 'c', state: one, url: 'https://eid.example/', loopback: false };
  return door.show({
    ...login,
    redirectUri: `http://127.0.0.1:${port}/eid/callback`,
    loggedOutUri: `http://127.0.0.1:${port}/eid/logged-out`,
  });
}

const visits = createVisits({ host: null, changed: () => undefined });

beforeEach(async () => {
  port = await freePort();
  answered = [];
  ended = [];
  logout = null;
  door = createLoginReturn({
    logins: () => logins as unknown as Logins,
    visits: () => visits,
    home: (one) => `http://skranke.example/eid/back?state=${one}`,
    log: () => undefined,
  });
});
afterEach(() => {
  door.close();
});

describe('the way back from a provider', () => {
  it('is shut while nobody is away, and shut again when everybody is home', async () => {
    await expect(ask(`/eid/callback?state=${state}`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    expect((await show()).ok).toBe(true);
    expect((await ask(`/eid/callback?state=${state}&code=k`)).status).toBe(303);
    door.hide(state);
    await expect(ask('/eid/callback')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('takes the answer of a pending state, and sends the browser on at once', async () => {
    await show();
    const home = `http://skranke.example/eid/back?state=${state}`;
    expect(await ask(`/eid/callback?state=${state}&code=k`)).toEqual({
      ...{ status: 303, location: home, body: '' },
    });
    expect(answered).toEqual([`http://127.0.0.1:${port}/eid/callback?state=${state}&code=k`]);
    logout = 'https://eid.example/logout';
    expect((await ask(`/eid/callback?state=${state}&code=k`)).location).toBe(logout);
  });

  it.each([
    ['another path', '/'],
    ['another path with the state', `/eid/back?state=${state}`],
    ['a path below', `/eid/callback/x?state=${state}`],
    ['a path in other letters', `/EID/callback?state=${state}`],
    ['a state that nobody gave out', '/eid/callback?state=fremmed&code=k'],
    ['no state', '/eid/callback?code=k'],
    ['a logout of nobody', '/eid/logged-out?state=fremmed'],
    ['a file of ours', '/index.html'],
    ['a call', '/rpc/session.state'],
    ['an address with a host', `http://evil.example/eid/callback?state=fremmed`],
  ])('answers %s with nothing', async (_, path) => {
    await show();
    expect(await ask(path)).toEqual({ status: 404, location: undefined, body: '' });
    expect(answered).toEqual([]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('takes no %s', async (method) => {
    await show();
    expect((await ask(`/eid/callback?state=${state}&code=k`, { method })).status).toBe(404);
    expect(answered).toEqual([]);
  });

  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1'])(
    'takes nothing that asks for %s',
    async (host) => {
      await show();
      expect((await ask(`/eid/callback?state=${state}&code=k`, { host })).status).toBe(404);
      expect(answered).toEqual([]);
    },
  );

  it('sends who comes a second time, or too late, home without a word', async () => {
    await show();
    door.hide(state);
    ended = [state];
    const home = `http://skranke.example/eid/back?state=${state}`;
    expect(await ask(`/eid/callback?state=${state}&code=k`)).toMatchObject({ location: home });
    expect(await ask(`/eid/logged-out?state=${state}`)).toMatchObject({ location: home });
    expect(answered).toEqual([]);
  });

  it('says that its port is taken, by its own code', async () => {
    const other = createLoginReturn({
      logins: () => logins as unknown as Logins,
      visits: () => visits,
      ...{ home: () => '', log: () => undefined },
    });
    await show();
    const taken = await other.show({
      ...{ client: 'd', state: 'annen', url: '', loopback: false, loggedOutUri: '' },
      redirectUri: `http://127.0.0.1:${port}/eid/callback`,
    });
    expect(taken).toMatchObject({ error: { code: 'eid.port', detail: { port } } });
    other.close();
  });
});
