import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { pemOf } from '../../electron/adapters/anchors.ts';
import type { Job } from '../../shared/job/job.ts';
import { passphrase, setUp, startDesk, type Client, type TestDesk } from '../support/desk.ts';
import { filePassphrase, postenDraft, postenSigner, usePosten } from '../support/posten/desk.ts';
import { startStandIn, type StandIn } from '../support/posten/stand-in.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Scene {
  readonly desk: TestDesk;
  readonly clerk: Client;
  readonly service: StandIn;
}

async function start(options: Parameters<typeof startStandIn>[0] = {}): Promise<Scene> {
  const service = await startStandIn({ pollWait: 0, publicSenders: ['123456785'], ...options });
  const desk = startDesk();
  closing.push(
    () => desk.close(),
    () => service.close(),
  );
  const clerk = desk.visit();
  await setUp(clerk);
  return { desk, clerk, service };
}

/** Asks for news until the job is as it should be. */
async function until(clerk: Client, job: string, is: (job: Job) => boolean): Promise<Job> {
  for (let tries = 0; tries < 60; tries++) {
    const { job: now } = await clerk.call('job.get', { job });
    if (is(now)) return now;
    await clerk.call('posten.listen', {});
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('it did not happen');
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 60; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('it did not happen');
}

describe('the desk and the remote signing service', () => {
  it('sends a job, follows it, and has it back signed in the archive', async () => {
    const { clerk, service } = await start();
    await usePosten(clerk, service);
    const id = await postenDraft(clerk, 'portal');
    expect((await clerk.call('job.get', { job: id })).missing).toEqual([]);
    expect(await clerk.refusal('job.open', { job: id, task: id })).toMatchObject({
      code: 'posten.signed-there',
    });
    await clerk.call('posten.send', { job: id });
    const away = await until(clerk, id, ({ remote }) => remote?.phase === 'made');
    expect(away.state).toBe('at-service');
    service.signPortal(1, 0);
    const back = await until(clerk, id, ({ state }) => state === 'returned');
    expect(back.remote?.results.map(({ kind }) => kind)).toEqual(['pades', 'xades']);
    const pades = back.remote?.results[0]?.document ?? '';
    const report = await clerk.call('verify.document', { document: pades, task: id });
    expect(report).toMatchObject({ signatures: [{ intact: true, kind: 'certification' }] });
    expect(await clerk.call('posten.state', {})).toMatchObject({ on: true, trouble: null });
  });

  it('names the limit that a job breaks before anything leaves', async () => {
    const { clerk, service } = await start();
    await usePosten(clerk, service);
    const id = await postenDraft(clerk, 'portal', [
      postenSigner('Kari Nordmann', 0, { kind: 'simple', contact: { by: 'number' } }),
    ]);
    const refused = await clerk.refusal('posten.send', { job: id });
    expect(refused).toMatchObject({
      code: 'job.incomplete',
      detail: {
        missing: [{ code: 'checklist.service-kind' }, { code: 'checklist.service-contact' }],
      },
    });
    expect(service.jobs).toHaveLength(0);
  });

  it('says which of certificate, name, network, trust and agreement is wrong', async () => {
    const { clerk, service } = await start();
    await usePosten(clerk, service);
    const wrong = async () =>
      (await clerk.call('settings.checkPosten', {})).find(({ failure }) => failure !== null);
    expect(await wrong()).toBeUndefined();
    service.faults.push({
      ...{ type: 'status', status: 403 },
      body: '<error xmlns="http://signering.posten.no/schema/v1"><error-code>NOT_AUTHORIZED</error-code></error>',
    });
    expect(await wrong()).toMatchObject({
      of: 'agreement',
      failure: { code: 'posten.not-authorized' },
    });
    const put = { on: true, environment: 'own', sender: '' } as const;
    await clerk.call('settings.organisation', {
      ...{ organisation: 'En annen', organisationNumber: '987654325', sector: 'public' },
    });
    expect(await wrong()).toMatchObject({ of: 'name' });
    await clerk.call('settings.organisation', {
      ...{ organisation: 'Eksempel', organisationNumber: '123456785', sector: 'public' },
    });
    const authorities = service.authorities.map((der) => pemOf(der));
    await clerk.call('settings.putPosten', {
      ...{ ...put, authorities, root: 'https://127.0.0.1:1/api' },
    });
    expect(await wrong()).toMatchObject({ of: 'network', failure: { code: 'posten.unreachable' } });
    const foreign = await startStandIn({ serverOrganisation: '999999999' });
    closing.push(() => foreign.close());
    await usePosten(clerk, foreign);
    expect(await wrong()).toMatchObject({ of: 'trust' });
  });

  it('invites to the counter whom the service could not reach', async () => {
    const { clerk, service } = await start();
    await usePosten(clerk, service);
    const id = await postenDraft(clerk, 'portal', [
      postenSigner('Kari Nordmann'),
      postenSigner('Ola Nordmann', 1),
    ]);
    await clerk.call('posten.send', { job: id });
    await until(clerk, id, ({ remote }) => remote?.phase === 'made');
    service.happen(1, 1, 'RESERVED');
    await until(clerk, id, ({ state }) => state === 'failed');
    const { job } = await clerk.call('posten.invite', { job: id });
    const { job: made } = await clerk.call('job.get', { job });
    expect(made).toMatchObject({
      ...{ state: 'draft', spec: { place: 'counter', signers: [{ name: 'Ola Nordmann' }] } },
      documents: [{ title: expect.any(String) as string }],
    });
    expect(await clerk.call('posten.invite', { job: id })).toEqual({ job });
  });

  it('sends nothing from a copy of an archive before somebody says which of both goes on', async () => {
    const { desk, clerk, service } = await start();
    await usePosten(clerk, service);
    const gone = await postenDraft(clerk, 'portal');
    await clerk.call('posten.send', { job: gone });
    await until(clerk, gone, ({ remote }) => remote?.phase === 'made');
    await clerk.call('posten.state', {});
    const waits = await postenDraft(clerk, 'portal');
    // The service cannot be reached while the copy is taken: it does not know what leaves afterwards.
    service.plan = () => ({ type: 'status', status: 429, headers: { DoSFilter: '1' } });
    await clerk.call('posten.send', { job: waits });
    await desk.app.close();
    const copy = `${desk.home}-kopi`;
    cpSync(desk.home, copy, { recursive: true });
    rmSync(join(copy, 'installation'));
    const other = startDesk({ home: copy });
    closing.push(() => other.close());
    service.plan = null;
    service.advance(60_000);
    const clerkThere = other.visit();
    await clerkThere.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    await clerkThere.call('posten.unlock', { passphrase: filePassphrase });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await clerkThere.call('posten.state', {})).toMatchObject({
      ...{ copied: true, lastRoundAt: null, waiting: 1 },
    });
    expect(service.jobs).toHaveLength(1);
    await clerkThere.call('settings.postenCopied', { goOn: 'same-queue' });
    await until(clerkThere, waits, ({ remote }) => remote?.phase === 'unknown');
    service.signPortal(1, 0);
    await until(clerkThere, gone, ({ state }) => state === 'returned');
    expect(service.jobs).toHaveLength(1);
  });

  it('takes a job into the archive that only the service remembers', async () => {
    const { desk, clerk, service } = await start();
    await usePosten(clerk, service);
    const before = `${desk.home}-foer`;
    await desk.app.close();
    cpSync(desk.home, before, { recursive: true });
    const after = startDesk({ home: desk.home });
    const later = after.visit();
    await later.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    await later.call('posten.unlock', { passphrase: filePassphrase });
    const lost = await postenDraft(later, 'portal');
    await later.call('posten.send', { job: lost });
    await until(later, lost, ({ remote }) => remote?.phase === 'made');
    await after.app.close();
    // The disk is gone, and the backup is from before.
    service.signPortal(1, 0);
    const restored = startDesk({ home: before });
    closing.push(() => restored.close());
    const again = restored.visit();
    await again.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
    await again.call('posten.unlock', { passphrase: filePassphrase });
    await again.call('settings.postenCopied', { goOn: 'same-queue' });
    const told = await eventually(async () => {
      await again.call('posten.listen', {});
      const { strangers } = await again.call('posten.state', {});
      return strangers[0];
    });
    expect(told).toMatchObject({ ours: true, signers: [{ name: '018180*****' }] });
    expect(service.isConfirmed(1)).toBe(false);
    const { job } = await again.call('posten.adopt', { jobId: told.jobId });
    expect(job).toBe(lost);
    const back = await until(again, job, ({ state }) => state === 'returned');
    expect(back.remote?.results.map(({ kind }) => kind)).toEqual(['pades', 'xades']);
    await eventually(async () => {
      await again.call('posten.listen', {});
      return service.isConfirmed(1) ? true : undefined;
    });
  });

  it('keeps the certificate locked without a secret store, and sends when it is unlocked', async () => {
    const { desk, clerk, service } = await start();
    await usePosten(clerk, service);
    const id = await postenDraft(clerk, 'portal');
    await clerk.call('session.signOut', {});
    const again = desk.visit();
    await again.call('session.signIn', {
      user: 'Kari Skrankevakt',
      passphrase,
    });
    expect(await again.call('posten.state', {})).toMatchObject({ key: 'locked' });
    await again.call('posten.send', { job: id });
    expect(await again.refusal('posten.unlock', { passphrase: 'feil' })).toMatchObject({
      code: 'key.wrong-passphrase',
    });
    await again.call('posten.unlock', { passphrase: filePassphrase });
    await until(again, id, ({ remote }) => remote?.phase === 'made');
  });
});
