import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aSigner,
  handOver,
  makeDraft,
  passphrase,
  pin,
  setUp,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';

describe('who is at the screen', () => {
  let desk: TestDesk;
  let clerk: Client;
  let ahead = 0;
  let recoveryCode = '';

  beforeAll(async () => {
    const clock = { now: () => new Date(Date.now() + ahead) };
    desk = startDesk({ clock, uptime: () => 1e9 + ahead });
    clerk = desk.visit();
    expect(await clerk.call('session.state', {})).toMatchObject({ state: 'setup', users: [] });
    recoveryCode = await setUp(clerk);
  });
  afterAll(() => desk.close());

  async function openJob(name = 'Signe Eier') {
    const made = await makeDraft(clerk, [aSigner(name)]);
    await clerk.call('job.open', { job: made.job });
    return { job: made.job, signer: made.signers[0]?.id ?? '' };
  }

  it('sets up once: the first user has every role, and the code is not kept', async () => {
    expect(await clerk.call('session.state', {})).toMatchObject({
      state: 'desk',
      user: { name: 'Kari Skrankevakt', roles: ['admin', 'handler', 'records', 'reader'] },
      organisation: { name: 'Eksempel kommune', number: '123456785', sector: 'public' },
      trialSeal: true,
    });
    expect(recoveryCode).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    const other = desk.visit();
    expect(
      await other.refusal('session.setUp', {
        ...{ organisation: 'X', organisationNumber: '123456785', sector: 'private' },
        ...{ name: 'Y', passphrase: 'lang nok her', pin, trialSeal: false, language: 'nb' },
      }),
    ).toMatchObject({ code: 'archive.exists' });
  });

  it('is locked for others, who see the office and who works there, and nothing else', async () => {
    const other = desk.visit();
    const state = await other.call('session.state', {});
    expect(state).toMatchObject({ state: 'locked', user: null, resumeUser: null });
    expect(state.users.map(({ name }) => name)).toEqual(['Kari Skrankevakt']);
    expect(await other.refusal('job.list', { limit: 1 })).toMatchObject({ code: 'rpc.forbidden' });
    expect(await other.refusal('session.resume', { pin })).toMatchObject({
      code: 'session.passphrase-needed',
    });
  });

  it('gives the screen to one signer, who can do nothing of the clerk’s', async () => {
    const { job, signer } = await openJob();
    await handOver(clerk, job, signer);
    expect(await clerk.call('session.state', {})).toMatchObject({
      ...{ state: 'kiosk', user: null, users: [], resumeUser: null },
    });
    for (const method of ['job.get', 'job.cancel', 'settings.get', 'session.signOut'] as const)
      expect((await desk.app.router.call(clerk.id, method, { job })).ok).toBe(false);
    expect(await clerk.call('signing.view', {})).toMatchObject({ signer: { id: signer } });
    await clerk.call('session.leave', { reason: 'not-me' });
    // The machine rests: no name, no job, and only the clerk's PIN or a passphrase goes on.
    expect(await clerk.call('session.state', {})).toMatchObject({
      ...{ state: 'locked', user: null, users: [], resumeUser: { name: 'Kari Skrankevakt' } },
    });
    expect(await clerk.refusal('signing.view', {})).toMatchObject({ code: 'rpc.forbidden' });
    await clerk.call('session.resume', { pin });
    expect(await clerk.call('session.state', {})).toMatchObject({ state: 'desk' });
  });

  it('gives the screen back for the right PIN, and lets nobody guess', async () => {
    const { job, signer } = await openJob();
    await handOver(clerk, job, signer);
    for (let tries = 0; tries < 3; tries++)
      expect(await clerk.refusal('session.takeBack', { pin: '0000' })).toMatchObject({
        code: 'session.wrong-pin',
      });
    // Even the right one has to wait now.
    expect(await clerk.refusal('session.takeBack', { pin })).toMatchObject({
      ...{ code: 'session.wait', detail: { seconds: 5 } },
    });
    ahead += 6_000;
    await clerk.refusal('session.takeBack', { pin: '0000' });
    expect(await clerk.refusal('session.takeBack', { pin })).toMatchObject({
      detail: { seconds: 10 },
    });
    ahead += 11_000;
    expect(await clerk.call('session.takeBack', { pin })).toMatchObject({ state: 'desk' });
    expect((await clerk.call('job.get', { job })).job).toMatchObject({ atKiosk: null });
  });

  it('does not call a second signer while one sits there, from whichever screen', async () => {
    const { job, signer } = await openJob();
    const second = desk.visit();
    await second.call('session.signIn', { user: 'kari skrankevakt', passphrase });
    await handOver(clerk, job, signer);
    expect(
      await second.refusal('session.handOver', {
        ...{ job, signer, identityCheck: { method: 'known', note: 'x' } },
      }),
    ).toMatchObject({ code: 'job.at-kiosk' });
    // The other clerk works on: only the screen that was handed over is a kiosk.
    expect(await second.call('session.state', {})).toMatchObject({ state: 'desk' });
    await clerk.call('session.takeBack', { pin });
    await second.call('session.signOut', {});
  });

  it('locks with the last who signs out, and opens with a passphrase alone', async () => {
    await clerk.call('session.signOut', {});
    expect(await clerk.call('session.state', {})).toMatchObject({ state: 'locked' });
    expect(
      await clerk.refusal('session.signIn', { user: 'Kari Skrankevakt', passphrase: 'feil' }),
    ).toMatchObject({ code: 'archive.wrong-passphrase' });
    expect(await clerk.refusal('session.signIn', { user: 'Ola', passphrase })).toMatchObject({
      code: 'archive.no-such-user',
    });
    const state = await clerk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    expect(state).toMatchObject({ state: 'desk', user: { name: 'Kari Skrankevakt' } });
  });

  it('lets an administrator add a reader, who reads and changes nothing', async () => {
    const { job } = await openJob();
    const word = 'lesetilgang er nok';
    await clerk.call('settings.addUser', {
      ...{ name: 'Lars Leser', roles: ['reader'], passphrase: word, pin: '9876' },
    });
    const reader = desk.visit();
    expect((await reader.call('session.state', {})).users).toHaveLength(2);
    await reader.call('session.signIn', { user: 'Lars Leser', passphrase: word });
    expect((await reader.call('job.get', { job })).job.id).toBe(job);
    expect(await reader.refusal('job.cancel', { job, reason: '' })).toMatchObject({
      code: 'rpc.forbidden',
    });
    await reader.call('session.signOut', {});
  });

  it('frees a kiosk that a program took along when it died', async () => {
    const { job, signer } = await openJob();
    await handOver(clerk, job, signer);
    // A second program on the same home must leave it alone while the first lives.
    const other = startDesk({ home: desk.home });
    const theirs = other.visit();
    await theirs.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    expect((await theirs.call('job.get', { job })).job).toMatchObject({ atKiosk: { signer } });
    await other.close();
    await clerk.call('session.takeBack', { pin });
  });

  it('knows who may sign in even where the profile is gone, as after a restore', async () => {
    const other = startDesk({ home: desk.home });
    rmSync(join(desk.home, 'profile.json'));
    const state = await other.visit().call('session.state', {});
    expect(state).toMatchObject({ state: 'locked', organisation: null });
    expect(state.users.map(({ name }) => name)).toEqual(['Kari Skrankevakt', 'Lars Leser']);
    await other.close();
    // The next who opens it writes it anew.
    await clerk.call('session.signOut', {});
    await clerk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
  });

  it('leaves nothing of signers beside the archive in the clear', () => {
    const profile = readFileSync(join(desk.home, 'profile.json'), 'utf8');
    expect(profile).toContain('Eksempel kommune');
    expect(profile).not.toContain('Signe');
  });
});
