/** Following up over the desk: replaced signers, drafts that come back, reminders through a real mail server. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputOf } from '../../shared/rpc/contract.ts';
import {
  aSigner,
  handOver,
  makeDraft,
  pin,
  setUp,
  signAtKiosk,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { startMailServer, type TestMailServer } from '../support/mail-server.ts';

let desk: TestDesk;
let clerk: Client;
let post: TestMailServer;

beforeAll(async () => {
  post = await startMailServer();
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
});
afterAll(async () => {
  await desk.close();
  await post.close();
});

function server(
  change: Partial<InputOf<'settings.putMail'>['server']> = {},
): InputOf<'settings.putMail'>['server'] {
  return {
    ...{ host: 'localhost', port: post.port, security: 'starttls', user: post.user },
    ...{ password: post.password, from: 'post@example.org', authority: post.authority },
    ...change,
  };
}

const setUpMail = (daysBefore: number | null = null) =>
  clerk.call('settings.putMail', { on: true, server: server(), texts: {}, daysBefore });

async function openJob(...signers: Parameters<typeof makeDraft>[1]) {
  const made = await makeDraft(clerk, signers);
  await clerk.call('job.open', { job: made.job });
  return made;
}

const eventTypes = async (job: string) =>
  (await clerk.call('job.get', { job })).events.map(({ event }) => event.type);

describe('another person in a signer’s place', () => {
  it('has their field and their turn, and the former one stays in the history', async () => {
    const [ola, kari] = [aSigner('Ola Nordmann', 0), aSigner('Kari Nordmann', 1)];
    const made = await openJob(ola, kari);
    const before = (await clerk.call('job.get', { job: made.job })).job;
    const { signer } = await clerk.call('job.replaceSigner', {
      ...{ job: made.job, signer: ola.id, name: 'Åse Bø', title: 'Leietaker', language: 'nn' },
      ...{ nationalId: '01818000010', reason: 'Ola er flyttet' },
    });
    const view = await clerk.call('job.get', { job: made.job });
    expect(view.job.signers.map(({ name, order, state }) => [name, order, state])).toEqual([
      ['Åse Bø', 0, 'WAITING'],
      ['Kari Nordmann', 1, 'WAITING'],
    ]);
    expect(view.job.revisions).toEqual(before.revisions);
    expect(view.job.fieldNames).toEqual(before.fieldNames);
    expect(JSON.stringify(view)).not.toContain('01818000010');
    expect(JSON.stringify(view)).toContain('018180*****');
    expect(await clerk.refusal('session.handOver', handOverOf(made.job, ola.id))).toMatchObject({
      code: 'signer.unknown',
    });
    await signAtKiosk(clerk, made.job, signer);
    expect(
      await clerk.refusal('job.replaceSigner', {
        ...{ job: made.job, signer, name: 'Per', title: '', language: 'nb', reason: 'x' },
      }),
    ).toMatchObject({ code: 'job.not-waiting' });
  });

  it('waits until nobody sits at the kiosk', async () => {
    const [ola, kari] = [aSigner('Ola Nordmann', 0), aSigner('Kari Nordmann', 0)];
    const { job } = await openJob(ola, kari);
    const other = desk.visit();
    await other.call('session.signIn', {
      user: 'Kari Skrankevakt',
      passphrase: 'riktig hest batteri',
    });
    await handOver(clerk, job, ola.id);
    expect(
      await other.refusal('job.replaceSigner', {
        ...{ job, signer: kari.id, name: 'Per', title: '', language: 'nb', reason: 'x' },
      }),
    ).toMatchObject({ code: 'job.at-kiosk' });
    await clerk.call('session.takeBack', { pin });
    await clerk.try('session.resume', { pin });
  });
});

const handOverOf = (job: string, signer: string): InputOf<'session.handOver'> => ({
  ...{ job, signer },
  identityCheck: {
    ...{ method: 'document', documentType: 'passport', lastFour: 'A123', expires: '2099-12-31' },
  } as const,
});

describe('a draft that was thrown away', () => {
  it('comes back as it was; an opened job does not', async () => {
    const made = await makeDraft(clerk, [aSigner('Ola Nordmann')]);
    const { spec } = (await clerk.call('job.get', { job: made.job })).job;
    await clerk.call('job.cancel', { job: made.job, reason: '' });
    await clerk.call('job.restore', { job: made.job });
    const { job } = await clerk.call('job.get', { job: made.job });
    expect(job).toMatchObject({ state: 'draft', spec });
    await clerk.call('job.open', { job: made.job });
    await clerk.call('job.cancel', { job: made.job, reason: 'feil' });
    expect(await clerk.refusal('job.restore', { job: made.job })).toMatchObject({
      code: 'job.state',
    });
  });
});

describe('a reminder by mail', () => {
  const signer = () =>
    aSigner('Ola Nordmann', 0, { email: 'ola@example.org', nationalId: '01818000010' });

  it('leaves once, encrypted, without number, title or content', async () => {
    await setUpMail();
    const ola = signer();
    const { job } = await openJob(ola);
    await clerk.call('job.remind', { job, signer: ola.id });
    await clerk.call('job.remind', { job, signer: ola.id });
    await expect.poll(() => eventTypes(job), { timeout: 20_000 }).toContain('reminded');
    const types = await eventTypes(job);
    expect(types.filter((type) => type.startsWith('remind'))).toEqual([
      'reminder-asked',
      'reminder-leaving',
      'reminded',
    ]);
    const [mail, ...more] = post.taken.splice(0);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: ['ola@example.org'], secure: true });
    expect(mail?.text).toContain('Hei, Ola Nordmann.');
    expect(mail?.text).toContain('Eksempel kommune');
    expect(mail?.text).not.toContain('01818000010');
    expect(mail?.text).not.toContain('Leieavtale');
  });

  it('that the server turns down says why', async () => {
    const ola = aSigner('Ola Nordmann', 0, { email: 'ukjent@example.org' });
    const { job } = await openJob(ola);
    await clerk.call('job.remind', { job, signer: ola.id });
    await expect.poll(() => eventTypes(job), { timeout: 20_000 }).toContain('reminder-failed');
    const { job: now } = await clerk.call('job.get', { job });
    expect(now.reminders?.[ola.id]).toMatchObject({ state: 'failed', code: 'mail.refused' });
  });

  it('needs an address, and a server that is turned on', async () => {
    const ola = aSigner('Ola Nordmann');
    const { job } = await openJob(ola);
    expect(await clerk.refusal('job.remind', { job, signer: ola.id })).toMatchObject({
      code: 'mail.no-address',
    });
    await clerk.call('settings.putMail', {
      ...{ on: false, server: server(), texts: {}, daysBefore: null },
    });
    expect(await clerk.refusal('job.remind', { job, signer: ola.id })).toMatchObject({
      code: 'mail.off',
    });
  });

  it('is tried by the check button, with plain answers', async () => {
    const check = (change: Parameters<typeof server>[0], trialTo?: string) =>
      clerk.call('settings.checkMail', {
        server: server(change),
        ...(trialTo === undefined ? {} : { trialTo }),
      });
    expect(await check({}, 'kari@example.org')).toMatchObject({ code: null, sent: true });
    expect(post.taken.splice(0)[0]?.to).toEqual(['kari@example.org']);
    expect(await check({ password: 'feil' })).toMatchObject({ code: 'mail.not-let-in' });
    expect(await check({ authority: null })).toMatchObject({ code: 'mail.not-trusted' });
    expect(await check({ port: 1 })).toMatchObject({ code: 'mail.unreachable' });
    const bare = await startMailServer({ tls: false });
    expect(await check({ port: bare.port })).toMatchObject({ code: 'mail.no-tls' });
    expect(bare.taken).toEqual([]);
    await bare.close();
    expect(
      await clerk.refusal('settings.checkMail', { server: server({ authority: 'x' }) }),
    ).toMatchObject({ code: 'mail.authority' });
  });

  it('keeps the password to its own server, and shows it to nobody', async () => {
    const { password: _, ...bare } = server();
    await setUpMail();
    const kept = await clerk.call('settings.putMail', {
      ...{ on: true, server: bare, texts: {}, daysBefore: null },
    });
    expect(kept).toMatchObject({ hasPassword: true });
    expect(JSON.stringify(kept)).not.toContain(post.password);
    const moved = await clerk.call('settings.putMail', {
      ...{ on: true, server: { ...bare, host: '127.0.0.1' }, texts: {}, daysBefore: null },
    });
    expect(moved).toMatchObject({ hasPassword: false });
  });
});

describe('a letter to print', () => {
  it('is in the signer’s language, with the shielded title at most', async () => {
    const ola = aSigner('Ola Nordmann', 0, { language: 'nn' });
    const { job } = await openJob(ola);
    const { name, bytes } = await clerk.call('job.reminderLetter', { job, signer: ola.id });
    expect(name).not.toContain('Ola');
    const folder = mkdtempSync(join(tmpdir(), 'skranke-letter-'));
    writeFileSync(join(folder, name), bytes);
    const { stdout } = spawnSync('pdftotext', ['-layout', join(folder, name), '-']);
    rmSync(folder, { recursive: true });
    const text = stdout.toString();
    expect(text).toContain('Påminning om signering');
    expect(text).toContain('Eksempel kommune');
    expect(text).toContain('Ola Nordmann');
    expect(text).not.toContain('Leieavtale');
    expect(await eventTypes(job)).toContain('reminded');
  });
});
