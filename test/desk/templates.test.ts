/** Templates and copies: documents as they came, roles or persons, and who sees what. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserView } from '../../shared/rpc/views.ts';
import {
  aSigner,
  makeDraft,
  setUp,
  startDesk,
  until,
  type Client,
  type TestDesk,
} from '../support/desk.ts';

const word = 'en lang nok frase';
let desk: TestDesk;
let clerk: Client;

async function colleague(name: string, roles: UserView['roles']): Promise<Client> {
  const user = await clerk.call('settings.addUser', {
    ...{ name, roles: [...roles], passphrase: word, pin: '1234' },
  });
  const client = desk.visit();
  await client.call('session.signIn', { user: user.id, passphrase: word });
  return client;
}

const leieavtale = () =>
  makeDraft(clerk, [
    aSigner('Kari Nordmann', 1, { nationalId: '01818000010', title: 'Leietaker' }),
    aSigner('Ola Nordmann', 2, {
      title: 'Utleier',
      role: 'guardian',
      onBehalfOf: 'OTHER',
      forWhom: 'Lise',
    }),
  ]);

beforeAll(async () => {
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
});
afterAll(() => desk.close());

describe('a copy of a job', () => {
  it('has the documents as they came, under ids of its own, and people by choice', async () => {
    const made = await leieavtale();
    await clerk.call('job.open', { job: made.job });
    const original = (await clerk.call('job.get', { job: made.job })).job;
    const { job: kept } = await clerk.call('job.duplicate', { job: made.job, people: 'keep' });
    const { job: copy, missing } = await clerk.call('job.get', { job: kept });
    expect(copy.state).toBe('draft');
    expect(missing).toEqual([]);
    expect(copy.documents.map(({ sha256 }) => sha256)).toEqual(
      original.documents.map(({ sha256 }) => sha256),
    );
    expect(copy.revisions.map(({ revision }) => revision)).toEqual([0]);
    const ids = [...copy.documents, ...copy.signers, ...copy.spec.fields].map(({ id }) => id);
    const old = [...original.documents, ...original.signers, ...original.spec.fields];
    expect(old.some(({ id }) => ids.includes(id))).toBe(false);
    expect(copy.signers.map(({ name }) => name)).toEqual(['Kari Nordmann', 'Ola Nordmann']);
    // The number came along behind the mask: the copy can be opened, and says what is behind it.
    expect(copy.signers[0]?.nationalId).toBe('018180*****');
    await clerk.call('job.open', { job: kept });

    const { job: bare } = await clerk.call('job.duplicate', { job: made.job, people: 'clear' });
    const roles = (await clerk.call('job.get', { job: bare })).job.signers;
    expect(roles.map(({ name, title }) => [name, title])).toEqual([
      ['', 'Leietaker'],
      ['', 'Utleier'],
    ]);
    expect(JSON.stringify(roles)).not.toMatch(/Lise|018180/);
  });

  it('is found by the words of its documents', async () => {
    const made = await leieavtale();
    const { job } = await clerk.call('job.duplicate', { job: made.job, people: 'keep' });
    await until(async () => {
      const { rows } = await clerk.call('job.list', { limit: 50, search: 'forskuddsvis' });
      return rows.some(({ id }) => id === job);
    });
  });
});

describe('a template', () => {
  it('stands in its own list alone, is never opened, and becomes jobs', async () => {
    const made = await leieavtale();
    const before = await clerk.call('job.list', { limit: 100 });
    const { job: template } = await clerk.call('template.save', { job: made.job });
    const after = await clerk.call('job.list', { limit: 100 });
    expect(after.counts).toEqual(before.counts);
    expect(after.rows.map(({ id }) => id)).toEqual(before.rows.map(({ id }) => id));
    const { rows } = await clerk.call('job.list', { limit: 100, search: 'leieavtale' });
    expect(rows.map(({ id }) => id)).not.toContain(template);

    const [view] = await clerk.call('template.list', {});
    expect(view).toMatchObject({ id: template, title: 'Leieavtale', lacks: 0, private: false });
    expect(view?.roles.map(({ title, fixed }) => [title, fixed])).toEqual([
      ['Leietaker', false],
      ['Utleier', false],
    ]);
    expect((await clerk.refusal('job.open', { job: template })).code).toBe('job.template');

    const { job } = await clerk.call('template.use', { job: template });
    const view2 = await clerk.call('job.get', { job });
    expect(view2.job.template).toBeUndefined();
    expect(view2.missing.map(({ code }) => code)).toContain('checklist.signer-name');
    expect(view2.job.spec.fields).toHaveLength(2);
    expect((await clerk.refusal('template.use', { job: made.job })).code).toBe('template.unknown');
  });

  it('gives each job its deadline, counted from the day it is made', async () => {
    const { job, version } = await clerk.call('template.create', { title: 'Med frist' });
    const { spec } = (await clerk.call('job.get', { job })).job;
    await clerk.call('job.edit', {
      ...{ job, version, titles: {}, order: [] },
      spec: { ...spec, signers: [], fields: [], deadlineDays: 14 },
    });
    const made = await clerk.call('template.use', { job });
    const copy = (await clerk.call('job.get', { job: made.job })).job;
    expect(copy.spec.deadlineDays).toBeUndefined();
    const days = (Date.parse(copy.spec.deadline ?? '') - Date.parse(copy.createdAt)) / 86_400_000;
    expect(Math.floor(days)).toBe(14);
  });

  it('is shared with the unit or one’s own, and gone once deleted', async () => {
    const other = await colleague('Siv Skrankevakt', ['handler']);
    const { job } = await clerk.call('template.create', { title: 'Min egen' });
    const titles = async (who: Client) =>
      (await who.call('template.list', {})).map(({ title }) => title);
    expect(await titles(other)).toContain('Min egen');
    const me = (await clerk.call('session.state', {})).user?.id ?? '';
    await clerk.call('job.audience', { job, unit: 'office', only: [me] });
    expect(await titles(other)).not.toContain('Min egen');
    expect((await other.refusal('template.use', { job })).code).toBe('job.unknown');
    await clerk.call('job.cancel', { job, reason: '' });
    expect(await titles(clerk)).not.toContain('Min egen');
    const stopped = await clerk.call('job.list', { limit: 50, tab: 'stopped' });
    expect(stopped.rows.map(({ id }) => id)).not.toContain(job);
  });

  it('leaves an archive that verifies', async () => {
    expect((await clerk.call('archive.verify', {})).problems).toEqual([]);
  });
});
