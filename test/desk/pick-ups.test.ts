/** A signer who begins alone at a resting kiosk, with a code; and everybody else who tries. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aSigner,
  drawnMark,
  handOver,
  identityCheck,
  makeDraft,
  passphrase,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  type Client,
  type MadeJob,
  type TestDesk,
} from '../support/desk.ts';
import { exportJob, kontroller } from '../support/exported-job.ts';
import { readEvidence } from '../support/forged-evidence.ts';

const time = { ahead: 0 };
const word = 'en lang nok frase';
let desk: TestDesk;
let clerk: Client;
let kiosk: Client;
let made: MadeJob;
const signer = () => made.signers[0]?.id ?? '';
const make = (minutes = 60) =>
  clerk.try('pickup.make', { job: made.job, signer: signer(), identityCheck, minutes });
const code = async (minutes?: number) => {
  const answer = await make(minutes);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.code;
};

beforeAll(async () => {
  desk = startDesk({
    clock: { now: () => new Date(Date.now() + time.ahead) },
    uptime: () => 1e9 + time.ahead,
  });
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.lock', { minutes: 240 });
  made = await makeDraft(clerk, [aSigner('Kari Nordmann'), aSigner('Ola Nordmann')]);
  await clerk.call('job.open', { job: made.job });
  const other = await makeDraft(clerk, [aSigner('En Annen')]);
  await clerk.call('job.open', { job: other.job });
  const keeper = await clerk.call('settings.addUser', {
    ...{ name: 'Hege Hallvakt', roles: ['handler'], passphrase: word, pin: '5555' },
  });
  kiosk = desk.visit();
  await kiosk.call('session.signIn', { user: keeper.id, passphrase: word });
  await handOver(kiosk, other.job, other.signers[0]?.id ?? '');
  await kiosk.call('session.leave', { reason: 'stopped' });
});
afterAll(() => desk.close());

describe('a pick-up code', () => {
  it('is off until the office turns it on', async () => {
    expect(await make()).toMatchObject({ error: { code: 'pickup.not-here' } });
    expect(await kiosk.refusal('session.pickUp', { code: '12345678' })).toMatchObject({
      code: 'pickup.not-here',
    });
    expect(await kiosk.call('session.state', {})).toMatchObject({ pickUpCodes: false });
    await clerk.call('settings.counter', {
      ...{ twoClerks: false, pickUpCodes: true, loginAlone: false },
    });
    expect(await kiosk.call('session.state', {})).toMatchObject({ pickUpCodes: true, users: [] });
    // Somebody who has not signed in learns nothing of it elsewhere.
    expect(await clerk.call('session.state', {})).toMatchObject({ pickUpCodes: true });
  });

  it('asks for the identity check first, as a hand-over does', async () => {
    expect(
      await clerk.refusal('pickup.make', {
        ...{ job: made.job, signer: signer(), minutes: 60 },
        identityCheck: { method: 'eid' },
      }),
    ).toMatchObject({ code: 'identity-check.incomplete' });
  });

  it('begins that signer’s sitting, once, and the keeper’s PIN takes the kiosk back', async () => {
    const digits = await code();
    expect(digits).toMatch(/^\d{8}$/);
    expect(await kiosk.call('session.pickUp', { code: digits })).toMatchObject({ state: 'kiosk' });
    expect(await kiosk.call('signing.view', {})).toMatchObject({ signer: { id: signer() } });
    expect(await kiosk.refusal('session.takeBack', { pin })).toMatchObject({
      code: 'session.wrong-pin',
    });
    await kiosk.call('session.leave', { reason: 'stopped' });
    expect(await kiosk.refusal('session.pickUp', { code: digits })).toMatchObject({
      code: 'pickup.wrong',
    });
    await kiosk.call('session.pickUp', { code: await code() });
    await kiosk.call('session.takeBack', { pin: '5555' });
    expect(await kiosk.call('session.state', {})).toMatchObject({
      user: { name: 'Hege Hallvakt' },
    });
    await handOver(kiosk, made.job, signer());
    await kiosk.call('session.leave', { reason: 'stopped' });
  });

  it('works nowhere but at a resting kiosk', async () => {
    const digits = await code();
    const stranger = desk.visit();
    expect(await stranger.refusal('session.pickUp', { code: digits })).toMatchObject({
      code: 'pickup.not-here',
    });
    const locked = desk.visit();
    await locked.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    await locked.call('session.lock', {});
    expect(await locked.refusal('session.pickUp', { code: digits })).toMatchObject({
      code: 'pickup.not-here',
    });
    expect(await clerk.refusal('session.pickUp', { code: digits })).toMatchObject({
      code: 'rpc.forbidden',
    });
  });

  it('runs out, is replaced by a new one, and can be withdrawn', async () => {
    const old = await code(5);
    time.ahead += 5 * 60_000;
    const wrong = async (digits: string) => {
      const { code: found } = await kiosk.refusal('session.pickUp', { code: digits });
      time.ahead += 1_000_000;
      return found;
    };
    expect(await wrong(old)).toBe('pickup.wrong');
    const [first, second] = [await code(1440), await code(1440)];
    expect(await wrong(first)).toBe('pickup.wrong');
    await clerk.call('pickup.withdraw', { job: made.job, signer: signer() });
    expect(await wrong(second)).toBe('pickup.wrong');
  });

  it('cannot be guessed: the machine waits longer and longer', async () => {
    const digits = await code();
    time.ahead += 1_000_000;
    await kiosk.refusal('session.pickUp', { code: '00000000' });
    expect(await kiosk.refusal('session.pickUp', { code: digits })).toMatchObject({
      code: 'session.wait',
    });
    const { rows } = await clerk.call('archive.officeLog', { limit: 50 });
    expect(rows.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'locked-out', what: 'pick-up-code' }),
    );
  });

  it('is kept as a slow hash that nobody is shown', async () => {
    time.ahead += 1_000_000;
    const digits = await code();
    const view = await clerk.call('job.get', { job: made.job });
    expect(JSON.stringify(view)).not.toContain(digits);
    expect(view.job).toMatchObject({ pickUps: [{ signer: signer() }] });
    expect(JSON.stringify([view.job, view.events])).not.toMatch(/"hash":\{|"passes"|"salt"/);
    for (const name of readdirSync(desk.home)) {
      const path = join(desk.home, name);
      if (statSync(path).isFile()) expect(readFileSync(path).includes(digits), name).toBe(false);
    }
  });

  it('leads to a signature whose record says who checked, and that nobody stood beside', async () => {
    time.ahead += 1_000_000;
    await kiosk.call('session.pickUp', { code: await code() });
    const shown = await readAndConfirm(kiosk);
    await kiosk.call('signing.sign', { shown, mark: drawnMark });
    await kiosk.call('session.leave', { reason: 'done' });
    const { events, job } = await clerk.call('job.get', { job: made.job });
    const me = (await clerk.call('session.state', {})).user?.id;
    expect(
      events
        .map(({ event }) => event)
        .filter(({ type }) => type === 'handed-over')
        .at(-1),
    ).toMatchObject({
      ...{ alone: 'pick-up-code', clerk: me, identityCheck },
    });
    expect(job.signers[0]?.state).toBe('SIGNED');
    // Nobody can state that they were there.
    const statement = { job: made.job, signer: job.signers[0]?.id ?? '' };
    expect(await clerk.refusal('job.attest', statement)).toMatchObject({
      code: 'attest.nobody-there',
    });
    // And those outside can follow it: the check was the clerk's, though the signer began.
    await clerk.call('job.cancel', { job: made.job, reason: 'Ola kommer ikke' });
    const target = mkdtempSync(join(tmpdir(), 'skranke-pick-ups-'));
    const folder = await exportJob(clerk, made.job, target);
    expect(kontroller(folder).wrong).toEqual([]);
    expect(readEvidence(folder).identityChecks.at(-1)).toMatchObject({
      ...{ clerk: me, alone: 'pick-up-code' },
    });
    rmSync(target, { recursive: true, force: true });
  });
});
