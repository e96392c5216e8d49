/** A signer's copy by e-mail, through a real mail server: what is sent, once, and that the address is forgotten. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { MailedCopy } from '../../shared/job/copies.ts';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  until,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { startMailServer, type TestMailServer } from '../support/mail-server.ts';

let desk: TestDesk;
let clerk: Client;
let post: TestMailServer;
const address = 'kari.hemmelig@example.org';

beforeAll(async () => {
  post = await startMailServer();
  desk = startDesk();
  clerk = desk.visit();
  await setUp(clerk);
});
afterEach(() => void post.taken.splice(0));
afterAll(async () => {
  await desk.close();
  await post.close();
});

async function mail(copies: MailedCopy | undefined, on = true): Promise<void> {
  const server = {
    ...{ host: 'localhost', port: post.port, security: 'starttls' as const, user: post.user },
    ...{ password: post.password, from: 'post@example.org', authority: post.authority },
  };
  await clerk.call('settings.putMail', {
    ...{ on, server, texts: {}, daysBefore: null },
    ...(copies === undefined ? {} : { copies }),
  });
}

/** Signed, and the signer still at the screen. */
async function signed(): Promise<{ job: string; signer: string }> {
  const signer = aSigner('Kari Nordmann', 0);
  const { job } = await makeDraft(clerk, [signer, aSigner('Ola Nordmann', 1)]);
  await clerk.call('job.open', { job });
  await handOver(clerk, job, signer.id);
  const shown = await readAndConfirm(clerk);
  await clerk.call('signing.sign', { shown, mark: drawnMark });
  return { job, signer: signer.id };
}

async function back(): Promise<void> {
  await clerk.call('session.leave', { reason: 'done' });
  await clerk.call('session.resume', { pin });
}

const copyOf = async ({ job, signer }: { job: string; signer: string }) =>
  (await clerk.call('job.get', { job })).job.signers.find(({ id }) => id === signer)?.copy;

it('is offered and taken only where the office has turned it on', async () => {
  await mail(undefined);
  expect((await clerk.call('settings.mail', {})).copies).toBe('no');
  await signed();
  expect((await clerk.call('signing.view', {})).mailedCopy).toBe('no');
  const refused = await clerk.refusal('signing.askCopy', { way: 'mail', address });
  expect(refused.code).toBe('copy.no-mail');
  await back();
});

it('is the receipt, or the documents as well, once, and the address is nowhere afterwards', async () => {
  for (const [copies, files] of [
    ['receipt', 1],
    ['documents', 2],
  ] as const) {
    await mail(copies);
    const made = await signed();
    expect((await clerk.call('signing.view', {})).mailedCopy).toBe(copies);
    await clerk.call('signing.askCopy', { way: 'mail', address });
    await back();
    await until(async () => typeof (await copyOf(made))?.givenAt === 'string');
    expect(post.taken.map(({ to }) => to)).toEqual([[address]]);
    expect(post.taken[0]?.secure).toBe(true);
    const text = post.taken.splice(0)[0]?.text ?? '';
    expect(text.match(/Content-Type: application\/pdf/g)).toHaveLength(files);
    const { events } = await clerk.call('job.get', { job: made.job });
    expect(JSON.stringify(events)).not.toContain('hemmelig');
    expect(events.map(({ event }) => event.type).slice(-3)).toEqual(
      expect.arrayContaining(['copy-asked', 'copy-given']),
    );
  }
});

it('says that it did not arrive, and forgets the address all the same', async () => {
  await mail('receipt');
  const made = await signed();
  await clerk.call('signing.askCopy', { way: 'mail', address: 'ukjent@example.org' });
  await back();
  await until(async () => (await copyOf(made))?.failed !== undefined);
  expect(await copyOf(made)).toMatchObject({ way: 'mail', givenAt: null });
  expect(post.taken).toEqual([]);
  // The clerk gives it on paper.
  await clerk.call('job.copyGiven', { job: made.job, signer: made.signer, way: 'paper' });
  expect((await copyOf(made))?.failed).toBeUndefined();
});
