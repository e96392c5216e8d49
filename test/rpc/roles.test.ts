/** Every method as everybody there can be, at one real router: what is refused is what the table says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contract, type MethodName } from '../../shared/rpc/contract.ts';
import type { Role } from '../../shared/rpc/contract-method.ts';
import { methods, plain, rolesTable, tableIn } from '../config/roles.ts';
import {
  aSigner,
  handOver,
  makeDraft,
  setUp,
  startDesk,
  type Client,
  type MadeJob,
  type TestDesk,
} from '../support/desk.ts';
import { samples } from './samples.ts';

const word = 'en lang nok frase';
let desk: TestDesk;
let admin: Client;
let mine: MadeJob;
let theirs: MadeJob;
let calls = 0;

async function person(name: string, roles: Exclude<Role, 'visitor' | 'screen' | 'signer'>[]) {
  const user = await admin.call('settings.addUser', {
    ...{ name, roles, passphrase: word, pin: '24680' },
  });
  return { user: user.id, enter: () => enter(user.id) };
}

async function enter(user: string): Promise<Client> {
  const client = desk.visit();
  await client.call('session.signIn', { user, passphrase: word });
  return client;
}

async function kiosk(user: string, made: MadeJob): Promise<Client> {
  const client = await enter(user);
  await handOver(client, made.job, made.signers[0]?.id ?? '');
  return client;
}

/** Who there can be, and as which role of the table they count. */
const everybody: readonly [string, Role | null][] = [
  ['a visitor', 'visitor'],
  ['a locked desk', 'visitor'],
  ['a deactivated user', 'visitor'],
  ['a kiosk at rest', 'screen'],
  ['the signer', 'signer'],
  ['the signer at a screen of its own', 'signer'],
  ['the signer of another job', 'signer'],
  ['handler', 'handler'],
  ['records', 'records'],
  ['admin', 'admin'],
  ['reader', 'reader'],
];
const clients = new Map<string, Client>();

beforeAll(async () => {
  desk = startDesk();
  admin = desk.visit();
  await setUp(admin);
  mine = await makeDraft(admin, [aSigner('Kari Nordmann')]);
  theirs = await makeDraft(admin, [aSigner('Ola Nordmann')]);
  for (const { job } of [mine, theirs]) await admin.call('job.open', { job });
  for (const role of ['handler', 'records', 'admin', 'reader'] as const)
    clients.set(role, await (await person(`Rolle ${role}`, [role])).enter());
  const clerk = await person('Siri Skranke', ['handler']);
  clients.set('the signer', await kiosk(clerk.user, mine));
  clients.set('the signer of another job', await kiosk(clerk.user, theirs));
  clients.set('a visitor', desk.visit());
  for (const name of ['a kiosk at rest', 'the signer at a screen of its own']) {
    const { id } = desk.visit();
    const screen = id.slice(0, 8);
    desk.app.sessions.set(id, { state: 'screen', screen, kind: 'window', by: clerk.user });
    clients.set(name, { ...desk.visit(), id });
  }
  const other = await makeDraft(admin, [aSigner('Per Nordmann')]);
  await admin.call('job.open', { job: other.job });
  const atScreen = clients.get('the signer at a screen of its own')?.id ?? '';
  desk.app.sessions.set(atScreen, {
    ...{ state: 'signer', job: other.job, signer: other.signers[0]?.id ?? '', clerk: clerk.user },
    at: { screen: atScreen.slice(0, 8), kind: 'window', by: clerk.user },
  });
  const locked = await clerk.enter();
  await locked.call('session.lock', {});
  clients.set('a locked desk', locked);
  const former = await person('Frode Ferdig', ['handler', 'admin', 'records', 'reader']);
  clients.set('a deactivated user', await former.enter());
  await admin.call('settings.deactivateUser', { user: former.user });
}, 300_000);
afterAll(async () => {
  await desk.close();
  console.log(`roles: ${calls} calls of ${methods.length} methods by ${everybody.length} people`);
});

/** Input that changes nothing of who stands where; what only some may add to a call is left out. */
function harmless(method: MethodName): unknown {
  const sample = samples[method] as Readonly<Record<string, unknown>>;
  switch (method) {
    case 'session.leave':
    case 'session.signOut':
    case 'session.lock':
      return { ...sample, strange: 1 };
    case 'export.save': {
      const { complete: _, ...rest } = sample;
      return rest;
    }
    default:
      return sample;
  }
}

it.each(everybody)(
  '%s may call what the table says of %s, and nothing else',
  async (name, role) => {
    const client = clients.get(name);
    expect(client).toBeDefined();
    for (const method of methods) {
      calls += 1;
      const answer = await desk.app.router.call(client?.id ?? '', method, harmless(method));
      const may = contract[method].roles.some((one) => one === role);
      const code = answer.ok ? 'ok' : answer.error.code;
      if (may) expect(code, method).not.toBe('rpc.forbidden');
      else expect(code, method).toBe('rpc.forbidden');
    }
  },
  120_000,
);

it('is the table that README.md shows', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  expect(tableIn(readme)).toBe(plain(rolesTable()));
});
