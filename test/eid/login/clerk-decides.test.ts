/** A login that leaves a doubt: nothing is signed before the clerk has compared and put their name to it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnMark, pin, type Client, type TestDesk } from '../../support/desk.ts';
import { aProvider, handJobOver, sitAtKiosk, startEidDesk } from '../../support/eid-desk.ts';
import {
  clientId,
  person,
  secret,
  startHostileProvider,
  type HostileProvider,
} from '../../support/hostile-provider.ts';

let provider: HostileProvider;
let desk: TestDesk;
let kiosk: Client;
let sitting: Awaited<ReturnType<typeof sitAtKiosk>>;
/** The job says who by name alone: no number, no birth date. */
const unknown = { nationalId: undefined } as unknown as { nationalId: string };

beforeAll(async () => {
  provider = await startHostileProvider();
  desk = startEidDesk();
  kiosk = desk.visit();
  const settings = aProvider({ issuer: provider.issuer, clientId, secret });
  sitting = await sitAtKiosk(kiosk, settings, unknown);
});
afterAll(async () => {
  await desk.close();
  await provider.close();
});

async function logIn(claims: Record<string, unknown> = {}): Promise<string> {
  provider.is({ claims: (good) => ({ ...good, ...claims }) });
  const begun = await kiosk.call('signing.beginLogin', {});
  await desk.app.logins.answer(provider.logIn(begun.go ?? ''));
  expect((await kiosk.call('signing.login', {})).state).toBe('given');
  return (await kiosk.call('signing.view', {})).proof?.given.id ?? '';
}
const sign = () => kiosk.try('signing.sign', { shown: sitting.shown, mark: drawnMark });

it('signs nothing until the clerk has said so, and a wrong PIN says nothing', async () => {
  const proof = await logIn();
  expect(await kiosk.call('signing.view', {})).toMatchObject({
    proof: { accepted: null, given: { matchedBy: 'nothing', nameMatch: 'same' } },
  });
  expect(await sign()).toMatchObject({ error: { code: 'proof.undecided' } });
  expect(await kiosk.refusal('signing.acceptProof', { proof, pin: '0000' })).toMatchObject({
    code: 'session.wrong-pin',
  });
  expect(await sign()).toMatchObject({ error: { code: 'proof.undecided' } });
});

it('counts for the login the clerk looked at, and for no later one', async () => {
  const first = await logIn({ name: 'Kari Anne Nordmann' });
  await kiosk.call('signing.acceptProof', { proof: first, pin });
  const second = await logIn({ name: 'Noen Andre' });
  expect(second).not.toBe(first);
  expect(await sign()).toMatchObject({ error: { code: 'proof.undecided' } });
  expect(await kiosk.refusal('signing.acceptProof', { proof: first, pin })).toMatchObject({
    code: 'proof.unknown',
  });
});

it('is recorded with the clerk’s name, in the log and in what is signed', async () => {
  const proof = await logIn();
  await kiosk.call('signing.acceptProof', { proof, pin });
  expect((await sign()).ok).toBe(true);
  await kiosk.call('session.leave', { reason: 'done' });
  await kiosk.call('session.resume', { pin });
  const { events } = await kiosk.call('job.get', { job: sitting.job });
  const accepted = events.filter(({ event }) => event.type === 'proof-accepted').at(-1);
  expect(accepted).toMatchObject({
    ...{ actorName: 'Kari Skrankevakt', event: { signer: sitting.signer, proof } },
  });
  const signed = events.flatMap(({ event }) => (event.type === 'signed' ? [event] : []));
  expect(JSON.parse(signed[0]?.evidence ?? '{}')).toMatchObject({
    ...{ clerk: { name: 'Kari Skrankevakt' } },
    proof: { accepted: 'clerk', given: { id: proof, name: person.name } },
  });
});

it('is not asked where the number answers, and cannot answer for another number', async () => {
  sitting = await handJobOver(kiosk);
  await logIn();
  expect(await kiosk.call('signing.view', {})).toMatchObject({ proof: { accepted: 'match' } });
  provider.is({ claims: (good) => ({ ...good, pid: '13868010082' }) });
  const begun = await kiosk.call('signing.beginLogin', {});
  await desk.app.logins.answer(provider.logIn(begun.go ?? ''));
  expect(await kiosk.call('signing.login', {})).toMatchObject({
    failure: { code: 'eid.other-person' },
  });
});
