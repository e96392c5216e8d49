/** Two units in one office: what is not one's own answers like what nobody has, at every door. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentResponse } from '../../electron/rpc/document-response.ts';
import type { UserView } from '../../shared/rpc/views.ts';
import { contract, type MethodName } from '../../shared/rpc/contract.ts';
import { samples } from '../rpc/samples.ts';
import {
  aSigner,
  handOver,
  makeDraft,
  setUp,
  startDesk,
  until,
  type Client,
  type MadeJob,
  type TestDesk,
} from '../support/desk.ts';

const word = 'en lang nok frase';
const folder = mkdtempSync(join(tmpdir(), 'skranke-seen-'));
let desk: TestDesk;
let admin: Client;
let school = '';
let mine: MadeJob;
const people: Record<string, { client: Client; id: string }> = {};

async function addPerson(name: string, roles: UserView['roles'], units: readonly string[]) {
  const user = await admin.call('settings.addUser', {
    ...{ name, roles: [...roles], units: [...units], passphrase: word, pin: '1234' },
  });
  const client = desk.visit();
  await client.call('session.signIn', { user: user.id, passphrase: word });
  people[name] = { client, id: user.id };
  return client;
}

beforeAll(async () => {
  desk = startDesk();
  admin = desk.visit();
  await setUp(admin);
  await admin.call('settings.units', {
    units: [{ id: 'office', name: 'Rådhuset' }, { name: 'Skolen' }],
  });
  school = (await admin.call('office.people', {})).units[1]?.id ?? '';
  await addPerson('Siv Skole', ['handler'], [school]);
  await addPerson('Sara Skole', ['reader', 'handler'], [school]);
  await addPerson('Rolf Rådhus', ['handler', 'reader'], ['office']);
  await addPerson('Berit Begge', ['reader'], ['office', school]);
  await addPerson('Arne Arkiv', ['records'], [school]);
  mine = await makeDraft(client('Siv'), [aSigner('Eva Elev')], undefined, { title: 'Skoleplass' });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const client = (name: string) =>
  Object.entries(people).find(([full]) => full.startsWith(name))?.[1].client ?? admin;
const idOf = (name: string) =>
  Object.entries(people).find(([full]) => full.startsWith(name))?.[1].id ?? '';
const found = async (who: Client) => {
  const page = await who.call('job.list', { limit: 50, search: 'skoleplass' });
  return [page.rows.length, page.counts.draft, (await who.try('job.get', { job: mine.job })).ok];
};

describe('a job of another unit', () => {
  it('is in its own unit’s lists, numbers and pages, and in no other’s', async () => {
    for (const name of ['Siv', 'Sara', 'Berit', 'Arne'])
      expect(await found(client(name)), name).toEqual([1, 1, true]);
    expect(await found(client('Rolf'))).toEqual([0, 0, false]);
    expect((await client('Rolf').call('archive.stats', {})).jobs.draft).toBe(0);
  });

  it('answers every call that names it as if nobody had it', async () => {
    const rolf = client('Rolf');
    const document = mine.documents[0]?.id ?? '';
    const named = (Object.keys(contract) as MethodName[]).filter((method) => {
      const input = samples[method] as Record<string, unknown>;
      return (
        ('job' in input || 'document' in input) &&
        contract[method].roles.some((role) => role === 'handler')
      );
    });
    expect(named.length).toBeGreaterThan(12);
    for (const method of named) {
      const about = (job: string) => ({ ...(samples[method] as object), job });
      const answers = [mine.job, '0'.repeat(31) + '7'].map((job) =>
        desk.app.router.call(rolf.id, method, about(job)),
      );
      const [one, other] = await Promise.all(answers);
      expect(one, method).toMatchObject({ ok: false, error: { code: 'job.unknown' } });
      expect(one, method).toEqual(other);
    }
    const verify = (id: string) => rolf.refusal('verify.document', { document: id });
    expect(await verify(document)).toEqual(await verify('0'.repeat(32)));
    const status = documentResponse(
      desk.app.documents,
      rolf.id,
      `/document/${document}/0`,
      'bytes=0-9',
    ).status;
    expect(status).toBe(403);
  });

  it('leaves with nobody else’s export, and is heard of by nobody else', async () => {
    const rolf = client('Rolf');
    const receipt = await rolf.try('export.save', { jobs: [mine.job], folder });
    expect(receipt).toMatchObject({ value: { jobs: [], failed: [{ code: 'job.unknown' }] } });
    rolf.events.length = 0;
    client('Sara').events.length = 0;
    const view = await client('Siv').call('job.get', { job: mine.job });
    await client('Siv').call('job.edit', {
      ...{ job: mine.job, version: view.job.version, titles: {}, order: [] },
      spec: {
        ...view.job.spec,
        signers: [...view.job.spec.signers],
        fields: [...view.job.spec.fields],
        description: 'Ny',
      },
    });
    await until(() => client('Sara').events.some(({ type }) => type === 'counts'));
    expect(client('Sara').events.some(({ type }) => type === 'job.changed')).toBe(true);
    expect(rolf.events.some(({ type }) => type === 'job.changed')).toBe(false);
    expect(rolf.events.find(({ type }) => type === 'counts')).toMatchObject({
      counts: { draft: 0 },
    });
  });

  it('can be shown to named people only, and to the unit’s records manager', async () => {
    const set = (only: string[] | null, unit = school) =>
      client('Siv').call('job.audience', { job: mine.job, unit, only });
    await set([idOf('Rolf')]);
    expect(await found(client('Rolf'))).toEqual([1, 1, true]);
    expect(await found(client('Siv'))).toEqual([1, 1, true]);
    expect(await found(client('Arne'))).toEqual([1, 1, true]);
    for (const name of ['Sara', 'Berit']) expect((await found(client(name)))[2], name).toBe(false);
    expect(
      await client('Siv').refusal('job.audience', { job: mine.job, unit: 'office', only: null }),
    ).toMatchObject({ code: 'unit.not-yours' });
    await set(null);
    expect((await found(client('Sara')))[2]).toBe(true);
    expect((await found(client('Rolf')))[2]).toBe(false);
  });

  it('follows its people when they change units, at once', async () => {
    const rolf = {
      user: idOf('Rolf'),
      name: 'Rolf Rådhus',
      roles: ['handler' as const, 'reader' as const],
    };
    await admin.call('settings.editUser', { ...rolf, units: [school] });
    expect((await found(client('Rolf')))[2]).toBe(true);
    await admin.call('settings.editUser', { ...rolf, units: ['office'] });
    expect((await found(client('Rolf')))[2]).toBe(false);
    expect(
      await admin.refusal('settings.units', { units: [{ id: 'office', name: 'Rådhuset' }] }),
    ).toMatchObject({ code: 'unit.in-use' });
  });
});

describe('looks and refused tries', () => {
  it('at what is not one’s own are in the log, once for each job and sitting', async () => {
    await admin.call('job.list', { limit: 5 });
    const looks = await client('Arne').call('job.looks', { job: mine.job });
    // Newest first; Siv's own looks are nobody's business.
    const names = looks.map(({ name }) => name);
    expect(new Set(names)).toEqual(
      new Set(['Sara Skole', 'Berit Begge', 'Arne Arkiv', 'Rolf Rådhus']),
    );
    expect(names.length).toBe(new Set(names).size);
    const again = desk.visit();
    await again.call('session.signIn', { user: idOf('Sara'), passphrase: word });
    await again.call('job.get', { job: mine.job });
    await again.call('job.get', { job: mine.job });
    expect(
      (await client('Arne').call('job.looks', { job: mine.job }))
        .map(({ name }) => name)
        .filter((name) => name === 'Sara Skole'),
    ).toHaveLength(2);
  });

  it('are told of by the office’s log', async () => {
    await client('Berit').refusal('settings.users', {});
    await client('Berit').refusal('settings.users', {});
    const { rows } = await admin.call('archive.officeLog', { limit: 200 });
    const refused = rows.filter(({ event }) => event.type === 'refused');
    const of = (name: string) =>
      refused
        .filter(({ actor }) => actor === idOf(name))
        .map(({ event }) => event.type === 'refused' && event.method);
    expect(of('Berit').filter((method) => method === 'settings.users')).toHaveLength(1);
    expect(of('Rolf')).toContain('job.get');
    expect(of('Rolf')).toContain('job.cancel');
    expect(rows.some(({ event }) => event.type === 'signed-in')).toBe(true);
  });
});

describe('two clerks', () => {
  it('are needed for a simple signature where the office says so, and both stand in the record', async () => {
    await admin.call('settings.counter', {
      ...{ twoClerks: true, pickUpCodes: false, loginAlone: false },
    });
    const signer = mine.signers[0]?.id ?? '';
    await client('Siv').call('job.open', { job: mine.job });
    const ask = (second?: { user: string; pin: string }) =>
      client('Siv').try('session.handOver', {
        ...{ job: mine.job, signer, identityCheck: { method: 'known', note: 'Nabo' } },
        ...(second === undefined ? {} : { second }),
      });
    const code = async (second?: { user: string; pin: string }) => {
      const answer = await ask(second);
      return answer.ok ? null : answer.error.code;
    };
    expect(await code()).toBe('second-clerk.missing');
    expect(await code({ user: idOf('Siv'), pin: '1234' })).toBe('second-clerk.same');
    expect(await code({ user: idOf('Arne'), pin: '1234' })).toBe('second-clerk.unknown');
    expect(await code({ user: idOf('Sara'), pin: '9999' })).toBe('session.wrong-pin');
    expect(await code({ user: idOf('Sara'), pin: '1234' })).toBe(null);
    const { job } = await client('Sara').call('job.get', { job: mine.job });
    expect(job).toMatchObject({
      atKiosk: { identityCheck: { second: { user: idOf('Sara'), name: 'Sara Skole' } } },
    });
    await client('Siv').call('session.takeBack', { pin: '1234' });
    await admin.call('settings.counter', {
      ...{ twoClerks: false, pickUpCodes: false, loginAlone: false },
    });
    await handOver(client('Siv'), mine.job, signer);
    await client('Siv').call('session.takeBack', { pin: '1234' });
  });
});
