/** The office's e-ID providers: secrets and keys go in, stay with whom they belong to, and never come out. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setUp, type Client, type TestDesk } from '../support/desk.ts';
import { aProvider, startEidDesk, type ProviderInput } from '../support/eid-desk.ts';
import {
  clientId,
  person,
  secret,
  startHostileProvider,
  type HostileProvider,
} from '../support/hostile-provider.ts';

let provider: HostileProvider;
let desk: TestDesk;
let admin: Client;
beforeAll(async () => {
  provider = await startHostileProvider();
  desk = startEidDesk();
  admin = desk.visit();
  await setUp(admin);
});
afterAll(async () => {
  await desk.close();
  await provider.close();
});
beforeEach(async () => {
  provider.is({});
  await put([]);
});

function put(providers: readonly ProviderInput[], more: { default?: string; port?: number } = {}) {
  return admin.call('settings.putEid', {
    ...{ providers: [...providers], default: more.default ?? null, port: more.port ?? 18_533 },
  });
}
const ours = (more: Partial<ProviderInput> = {}): ProviderInput =>
  aProvider({ issuer: provider.issuer, clientId, secret, ...more });
const withoutSecret = ({ secret: _, ...rest }: ProviderInput): ProviderInput => rest;

/** What the provider says to a login with what is kept: null where it is believed. */
async function tried(id = 'leverandor-1'): Promise<string | null> {
  const begun = await admin.try('settings.tryEid', { provider: id });
  if (!begun.ok) return begun.error.code;
  await desk.app.logins.answer(provider.logIn(begun.value.go ?? ''));
  return (await admin.call('settings.eidTrial', {})).failure?.code ?? null;
}

describe('the providers', () => {
  it('come out without secrets and keys', async () => {
    const view = await put([
      ours(),
      ours({ id: 'leverandor-2', authentication: 'private-key', key: 'new' }),
    ]);
    expect(view).toMatchObject({
      ...{ default: 'leverandor-1', port: 18_533 },
      redirectUri: 'http://127.0.0.1:18533/eid/callback',
      loggedOutUri: 'http://127.0.0.1:18533/eid/logged-out',
    });
    const [first, second] = view.providers;
    expect(first).toMatchObject({ hasSecret: true, publicKey: null });
    expect(second?.hasSecret).toBe(false);
    const key = JSON.parse(second?.publicKey ?? '{}') as Record<string, string>;
    expect(createPublicKey({ key, format: 'jwk' }).asymmetricKeyType).toBe('rsa');
    for (const hidden of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(hidden);
    const shown = JSON.stringify([view, await admin.call('settings.eid', {})]);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain('PRIVATE');
  });

  it('keep a secret that is not typed again', async () => {
    await put([ours()]);
    const kept = await put([withoutSecret(ours({ label: 'Et annet navn' }))]);
    expect(kept.providers[0]).toMatchObject({ label: 'Et annet navn', hasSecret: true });
  });

  it.each([
    ['another issuer', { issuer: 'https://evil.example' }],
    ['another client', { clientId: 'en-annen' }],
    ['another provider', { id: 'leverandor-2' }],
  ])('tell it to nobody who is written in its place: %s', async (_, change) => {
    await put([ours()]);
    const moved = await put([withoutSecret(ours(change))]);
    expect(moved.providers[0]?.hasSecret).toBe(false);
    // And it does not come back with the right one.
    expect((await put([withoutSecret(ours())])).providers[0]?.hasSecret).toBe(false);
  });

  it('forget a secret that is not used any more', async () => {
    await put([ours()]);
    expect((await put([ours({ authentication: 'none' })])).providers[0]?.hasSecret).toBe(false);
    expect((await put([withoutSecret(ours())])).providers[0]?.hasSecret).toBe(false);
  });

  it('keep a key, make a new one, or take one in PEM', async () => {
    const signing = { authentication: 'private-key' } as const;
    const publicKey = async (key: string) =>
      (await put([ours({ ...signing, key })])).providers[0]?.publicKey;
    const first = await publicKey('new');
    expect(await publicKey('keep')).toBe(first);
    const second = await publicKey('new');
    expect(second).not.toBe(first);
    const { privateKey, publicKey: pub } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(JSON.parse((await publicKey(pem)) ?? '{}')).toMatchObject({
      n: pub.export({ format: 'jwk' }).n,
    });
    const before = await admin.call('settings.eid', {});
    expect(
      await admin.refusal('settings.putEid', {
        providers: [ours({ ...signing, key: 'ikke en nøkkel i det hele tatt' })],
        ...{ default: null, port: 18_533 },
      }),
    ).toMatchObject({ code: 'eid.key' });
    expect(await admin.call('settings.eid', {})).toEqual(before);
    expect((await put([ours({ key: 'keep' })])).providers[0]?.publicKey).toBeNull();
  });

  it('are each there once, and the office’s own choice is one of them', async () => {
    expect(
      await admin.refusal('settings.putEid', {
        ...{ providers: [ours(), ours()], default: null, port: 18_533 },
      }),
    ).toMatchObject({ code: 'eid.provider-unknown' });
    const two = [ours(), ours({ id: 'leverandor-2' })];
    expect((await put(two, { default: 'leverandor-2' })).default).toBe('leverandor-2');
    expect((await put(two, { default: 'ukjent-leverandor' })).default).toBe('leverandor-1');
    expect((await put([])).default).toBeNull();
    expect(await tried()).toBe('eid.none');
    await put(two);
    expect(await tried('ukjent-leverandor')).toBe('eid.provider-unknown');
  });

  it('are the administrator’s alone to change, and the log says who did', async () => {
    const word = 'en lang nok frase';
    const user = await admin.call('settings.addUser', {
      ...{ name: 'Ola Saksbehandler', roles: ['handler'], passphrase: word, pin: '5555' },
    });
    const handler = desk.visit();
    await handler.call('session.signIn', { user: user.id, passphrase: word });
    const input = { providers: [], default: null, port: 18_533 };
    for (const refused of [
      await handler.refusal('settings.putEid', input),
      await handler.refusal('settings.tryEid', { provider: 'leverandor-1' }),
      await handler.refusal('settings.checkEid', { provider: 'leverandor-1' }),
    ])
      expect(refused).toMatchObject({ code: 'rpc.forbidden' });
    expect(await handler.call('settings.eid', {})).toMatchObject({ providers: [] });
    await put([ours()]);
    const { rows } = await admin.call('archive.officeLog', { limit: 20 });
    const changed = rows.find(({ event }) => event.type === 'setting-changed');
    expect(changed).toMatchObject({ actorName: 'Kari Skrankevakt' });
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('a trial login', () => {
  it('shows who logged in, with the number masked, and signs nothing', async () => {
    await put([ours()]);
    expect(await admin.call('settings.eidTrial', {})).toMatchObject({ found: null });
    expect(await tried()).toBeNull();
    const trial = await admin.call('settings.eidTrial', {});
    expect(trial).toMatchObject({
      state: 'given',
      found: {
        ...{ name: person.name, birthDate: person.birthdate, maskedId: '128579*****' },
        ...{ level: 4, acr: 'høyt' },
      },
    });
    expect(JSON.stringify(trial)).not.toContain(person.pid);
    expect(admin.events).toContainEqual({ type: 'settings.changed' });
    expect(await admin.call('archive.stats', {})).toMatchObject({ documents: 0 });
  });

  it('says what is wrong by its own code, and forgets what the last one found', async () => {
    await put([ours()]);
    await tried();
    provider.is({ claims: (good) => ({ ...good, aud: 'noen-andre' }) });
    expect(await tried()).toBe('eid.audience');
    expect(await admin.call('settings.eidTrial', {})).toMatchObject({
      ...{ state: 'failed', found: null },
    });
  });
});
