/** Kiosks that are screens of their own: two clerks, two screens, and what such a screen can never do. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contract } from '../../shared/rpc/contract.ts';
import { kiosks } from '../../shared/rpc/contract-method.ts';
import { methods } from '../config/roles.ts';
import { samples } from '../rpc/samples.ts';
import {
  aSigner,
  drawnMark,
  identityCheck,
  makeDraft,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  type Client,
  type MadeJob,
  type TestDesk,
} from '../support/desk.ts';

let desk: TestDesk;
let kari: Client;
let per: Client;
const opened: string[] = [];

beforeAll(async () => {
  desk = startDesk({
    screenHost: {
      open(client) {
        opened.push(client);
        return Promise.resolve({ ok: true, value: { go: `http://x/${client}` } });
      },
      close: (client) => desk.app.closeClient(client),
    },
  });
  kari = desk.visit();
  await setUp(kari);
  const passphrase = 'pers første frase';
  const user = await kari.call('settings.addUser', {
    ...{ name: 'Per Lesesal', roles: ['handler', 'records', 'admin', 'reader'], passphrase, pin },
  });
  per = desk.visit();
  await per.call('session.signIn', { user: user.id, passphrase });
});
afterAll(() => desk.close());

/** A window opened from a desk, and its page that listens. */
async function openScreen(from: Client): Promise<{ id: string; page: Client }> {
  const { screen } = await from.call('screen.open', {});
  const client = opened.at(-1) ?? '';
  const events: Client['events'] = [];
  desk.app.events.listen(client, (event) => events.push(event));
  const page = {
    ...desk.visit(),
    ...{ id: client, events },
    try: (method: never, input: never) => desk.app.router.call(client, method, input),
    async call(method: never, input: never) {
      const answer = await desk.app.router.call(client, method, input);
      if (!answer.ok) throw new Error(`${String(method)}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    async refusal(method: never, input: never) {
      const answer = await desk.app.router.call(client, method, input);
      if (answer.ok) throw new Error(`${String(method)} was granted`);
      return answer.error;
    },
  } as unknown as Client;
  return { id: screen, page };
}

async function openJob(from: Client, ...names: readonly string[]): Promise<MadeJob> {
  const made = await makeDraft(
    from,
    names.map((name) => aSigner(name)),
  );
  await from.call('job.open', { job: made.job });
  return made;
}

const callUp = (from: Client, { job, signers }: MadeJob, screen: string, at = 0) =>
  from.try('session.handOver', { job, signer: signers[at]?.id ?? '', identityCheck, screen });

const rowOf = async (from: Client, screen: string) =>
  (await from.call('screen.list', {})).find(({ id }) => id === screen);

/** Only what a kiosk may call is anything but forbidden. */
async function triesEverything(page: Client): Promise<number> {
  const { state } = await page.call('session.state', {});
  const role = state === 'kiosk' ? 'signer' : 'screen';
  let refused = 0;
  for (const method of methods) {
    const allowed: readonly string[] = contract[method].roles;
    if (allowed.includes(role)) {
      expect(
        kiosks.some((kiosk) => allowed.includes(kiosk)),
        method,
      ).toBe(true);
      continue;
    }
    const answer = await desk.app.router.call(page.id, method, samples[method]);
    expect(answer.ok ? 'ok' : answer.error.code, method).toBe('rpc.forbidden');
    refused += 1;
  }
  return refused;
}

it('a signer is called to the other screen: the clerk stays, and sees how far they come', async () => {
  const made = await openJob(kari, 'Kari Nordmann');
  const { id, page } = await openScreen(kari);
  expect(await page.call('session.state', {})).toMatchObject({
    ...{ state: 'screen', screen: 'window', users: [], user: null, resumeUser: null },
  });
  const before = await triesEverything(page);

  expect((await callUp(kari, made, id)).ok).toBe(true);
  expect(await kari.call('session.state', {})).toMatchObject({ state: 'desk', screen: null });
  expect(await page.call('session.state', {})).toMatchObject({ state: 'kiosk', screen: 'window' });
  const during = await triesEverything(page);
  await page.call('screen.report', { step: 'read', help: false });
  expect(await rowOf(kari, id)).toMatchObject({
    ...{ here: true, help: false, holding: { job: made.job, step: 'read' } },
  });
  kari.events.length = 0;
  await page.call('screen.report', { step: 'read', help: true });
  expect(kari.events).toContainEqual({ type: 'screens.changed' });
  expect((await rowOf(kari, id))?.help).toBe(true);

  const shown = await readAndConfirm(page);
  await page.call('signing.sign', { shown, mark: drawnMark });
  await page.call('session.leave', { reason: 'done' });
  expect(await page.call('session.state', {})).toMatchObject({ state: 'screen' });
  expect(await rowOf(kari, id)).toMatchObject({ help: false, holding: null });
  const after = await triesEverything(page);
  expect(Math.min(before, during, after)).toBeGreaterThan(80);
  const { job } = await kari.call('job.get', { job: made.job });
  expect(job.signers.map(({ state }) => state)).toEqual(['SIGNED']);
});

it('two clerks use two screens at once, and neither sees the other’s page', async () => {
  const [mine, theirs] = [await openJob(kari, 'Kari Nordmann'), await openJob(per, 'Ola Nordmann')];
  const [one, two] = [await openScreen(kari), await openScreen(per)];
  expect((await callUp(kari, mine, one.id)).ok).toBe(true);
  expect((await callUp(per, theirs, two.id)).ok).toBe(true);
  expect((await one.page.call('signing.view', {})).signer.name).toBe('Kari Nordmann');
  expect((await two.page.call('signing.view', {})).signer.name).toBe('Ola Nordmann');
  // Taken already, by the job and by the screen.
  expect(await callUp(per, mine, two.id)).toMatchObject({ error: { code: 'screen.busy' } });
  for (const { page } of [one, two]) {
    const shown = await readAndConfirm(page);
    await page.call('signing.sign', { shown, mark: drawnMark });
    await page.call('session.leave', { reason: 'done' });
  }
});

it('the clerk takes it back from the desk, and at the screen by the PIN: it rests again', async () => {
  const made = await openJob(kari, 'Kari Nordmann');
  const { id, page } = await openScreen(kari);
  await callUp(kari, made, id);
  await kari.call('screen.takeBack', { job: made.job });
  expect(await page.call('session.state', {})).toMatchObject({ state: 'screen' });
  expect(page.events.at(-1)).toEqual({ type: 'session.changed' });
  expect((await kari.refusal('screen.takeBack', { job: made.job })).code).toBe('screen.not-there');
  await callUp(kari, made, id);
  expect((await page.refusal('session.takeBack', { pin: '0000' })).code).toBe('session.wrong-pin');
  expect(await page.call('session.takeBack', { pin })).toMatchObject({ state: 'screen' });
  const { events } = await kari.call('job.get', { job: made.job });
  const back = events.flatMap(({ event, actorName }) =>
    event.type === 'handed-back' ? [[event.reason, actorName]] : [],
  );
  expect(back).toEqual([
    ['clerk', 'Kari Skrankevakt'],
    ['clerk', 'Kari Skrankevakt'],
  ]);
});

it('a screen that is closed or dies hands the job back as lost, and nothing is confirmed', async () => {
  const made = await openJob(kari, 'Kari Nordmann');
  for (const end of ['closeClient', 'lost'] as const) {
    const { id, page } = await openScreen(kari);
    await callUp(kari, made, id);
    await readAndConfirm(page);
    desk.app[end](page.id);
    const { job, events } = await kari.call('job.get', { job: made.job });
    expect(job).toMatchObject({ state: 'open', atKiosk: null });
    expect(events.at(-1)?.event).toMatchObject({ type: 'handed-back', reason: 'lost' });
  }
});

it('nobody is called to a screen that does not answer', async () => {
  const made = await openJob(kari, 'Kari Nordmann');
  const { screen } = await kari.call('screen.open', {});
  expect(await callUp(kari, made, screen)).toMatchObject({ error: { code: 'screen.away' } });
  const { job } = await kari.call('job.get', { job: made.job });
  expect(job).toMatchObject({ state: 'open', atKiosk: null });
});

it('a screen keeps no archive open once everybody has left', async () => {
  const { page } = await openScreen(per);
  for (const client of [kari, per]) await client.call('session.signOut', {});
  expect(await page.call('session.state', {})).toMatchObject({ state: 'screen' });
  expect((await page.refusal('session.pickUp', { code: '12345678' })).code).toMatch(
    /archive|pickup/,
  );
  const stranger = desk.visit();
  expect((await stranger.refusal('session.resume', { pin })).code).toBe(
    'session.passphrase-needed',
  );
});
