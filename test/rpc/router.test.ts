import { describe, expect, it } from 'vitest';
import { Refusal, fail, ok } from '../../shared/result.ts';
import { contract, type MethodName } from '../../shared/rpc/contract.ts';
import { roles, type Role } from '../../shared/rpc/contract-method.ts';
import { createRouter, type Handlers } from '../../electron/rpc/router.ts';
import type { Standing } from '../../electron/rpc/sessions.ts';
import { samples } from './samples.ts';

const methods = Object.keys(contract) as MethodName[];

function standingOf(role: Role): Standing {
  switch (role) {
    case 'visitor':
      return { state: 'visitor', resume: null };
    case 'screen':
      return { state: 'screen', screen: 'screen', kind: 'window', by: 'user' };
    case 'signer':
      return { state: 'signer', job: 'job', signer: 'signer', clerk: 'clerk' };
    default:
      return { state: 'operator', user: 'user', roles: [role], units: ['office'] };
  }
}

function routerWith(handler: (input: unknown) => unknown, lines: string[] = []) {
  const handlers = Object.fromEntries(methods.map((method) => [method, handler]));
  return createRouter({
    handlers: handlers as unknown as Handlers,
    standing: (client) => standingOf(client as Role),
    authorize: () => ok(null),
    refused: () => undefined,
    log: (line) => lines.push(line),
  });
}

const ownSession = /^session\.(state|signOut|touch|lock|changePassphrase|changePin)$/;

/** DOMAIN's table, written out a second time: who may do what, in groups of methods. */
const permitted: Readonly<Record<Role, readonly RegExp[]>> = {
  visitor: [
    /^session\.(state|setUp|signIn|resume|recover|pickUp|beginLogin|login|cancelLogin)$/,
    /^(office\.look|language\.spoken|task\.cancel)$/,
  ],
  screen: [
    /^session\.(state|pickUp|beginLogin|login|cancelLogin)$/,
    /^screen\.report$/,
    /^(office\.look|language\.spoken|task\.cancel)$/,
  ],
  signer: [
    /^screen\.report$/,
    /^session\.(state|takeBack|leave|nextJob)$/,
    /^(signing|card)\./,
    /^posten\.(visit|visitState|endVisit)$/,
    /^(office\.look|language\.spoken|task\.cancel)$/,
  ],
  handler: [
    ownSession,
    /^session\.handOver$/,
    /^office\.(people|look)$/,
    /^pickup\./,
    /^posten\.(?!visit|endVisit)/,
    /^(document|fields|job(?!\.looks)|template|bulk|person|group|sealing|export|verify|task|card)\./,
    /^settings\.(get|checklist|eid|posten|folder|mail|officeFiles|screens|identityRules|confirmations)$/,
    /^language\.(spoken|list)$/,
    /^archive\.(verify|stats)$/,
    /^seal\./,
    /^screen\.(list|open|close|takeBack)$/,
  ],
  records: [
    ownSession,
    /^office\.(people|look)$/,
    /^job\.(get|list|audience|looks|receipt|proof)$/,
    /^template\.list$/,
    /^posten\.(state|clear|listen|adopt)$/,
    /^(sealing|export|verify|task)\./,
    /^settings\.(get|checklist|eid|posten|folder|mail|officeFiles|screens|identityRules|confirmations)$/,
    /^language\.(spoken|list)$/,
    /^archive\./,
    /^seal\.state$/,
  ],
  reader: [
    ownSession,
    /^office\.(people|look)$/,
    /^job\.(get|list)$/,
    /^template\.list$/,
    /^posten\.(state|listen)$/,
    /^export\.save$/,
    /^(verify|task)\./,
    /^settings\.(get|checklist|eid|posten|folder|mail|officeFiles|screens|identityRules|confirmations)$/,
    /^language\.(spoken|list)$/,
    /^archive\.stats$/,
    /^seal\.state$/,
  ],
  admin: [
    ownSession,
    /^office\.(people|look)$/,
    /^card\./,
    /^seal\./,
    /^posten\.(state|unlock)$/,
    /^(settings|language)\./,
    /^screen\.(pair|accept|refuse|unpair)$/,
    /^archive\./,
    /^(office\.look|language\.spoken|task\.cancel)$/,
  ],
};

describe('the router', () => {
  const table = roles.flatMap((role) => methods.map((method) => [role, method] as const));

  it.each(table)('lets a %s call %s or not, as the table says', async (role, method) => {
    const router = routerWith(() => ok(null));
    const answer = await router.call(role, method, samples[method]);
    const may = permitted[role].some((pattern) => pattern.test(method));
    expect(answer.ok ? 'ok' : answer.error.code).toBe(may ? 'ok' : 'rpc.forbidden');
  });

  it('knows its own methods only', async () => {
    const router = routerWith(() => ok(null));
    for (const name of ['job.nothing', 'constructor', '__proto__', 'toString', ''])
      expect(await router.call('handler', name, {})).toMatchObject({
        error: { code: 'rpc.unknown' },
      });
  });

  it('tells a caller who may not call nothing about the input', async () => {
    const router = routerWith(() => ok(null));
    expect(await router.call('reader', 'job.create', { rubbish: 1 })).toMatchObject({
      error: { code: 'rpc.forbidden' },
    });
  });

  it.each(methods.filter((method) => Object.keys(samples[method]).length > 0))(
    'refuses extra keys and missing ones for %s',
    async (method) => {
      const role = contract[method].roles[0] as Role;
      const router = routerWith(() => ok(null));
      const extra = { ...samples[method], unheardOf: 1 };
      expect(await router.call(role, method, extra)).toMatchObject({
        error: { code: 'rpc.invalid' },
      });
      expect(await router.call(role, method, null)).toMatchObject({
        error: { code: 'rpc.invalid' },
      });
    },
  );

  it('names what is wrong by its path, and neither answers nor logs a value', async () => {
    const lines: string[] = [];
    const router = routerWith(() => ok(null), lines);
    const secret = 'Kari-hemmelighet-1980';
    const answer = await router.call('visitor', 'session.setUp', {
      ...samples['session.setUp'],
      ...{ pin: secret, organisationNumber: secret },
    });
    expect(answer).toMatchObject({
      error: { detail: { issues: [{ path: 'organisationNumber' }, { path: 'pin' }] } },
    });
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(lines.join()).not.toContain(secret);
  });

  it('answers what went wrong inside with a reference alone', async () => {
    const lines: string[] = [];
    const router = routerWith(() => {
      throw new Error('Kari Nordmann 010180');
    }, lines);
    const answer = await router.call('handler', 'job.get', samples['job.get']);
    expect(answer).toMatchObject({ error: { code: 'internal' } });
    const reference = answer.ok ? '' : String(answer.error.detail?.['reference']);
    expect(reference).toMatch(/^[0-9a-f]{8}$/);
    expect(JSON.stringify(answer)).not.toContain('Kari');
    expect(lines.join()).toContain(reference);
    expect(lines.join()).not.toContain('Kari');
  });

  it('passes failures on as they are, thrown or returned', async () => {
    const thrown = routerWith(() => {
      throw new Refusal('job.state', 'x', { state: 'open' });
    });
    const returned = routerWith(() => fail('job.state', 'x', { state: 'open' }));
    for (const router of [thrown, returned])
      expect(await router.call('handler', 'job.get', samples['job.get'])).toEqual({
        ok: false,
        error: { code: 'job.state', message: 'x', detail: { state: 'open' } },
      });
  });
});
