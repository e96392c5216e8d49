/** Which reminders are due, and that none is sent twice; the desk without a window, a mail server that is real. */
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import type { Archive } from '../../electron/archive/archive.ts';
import { perform, type Desk } from '../../electron/desk/desk.ts';
import { askDueReminders, askReminder } from '../../electron/desk/reminders-due.ts';
import { mailRound } from '../../electron/desk/reminders.ts';
import { settingsOf } from '../../electron/desk/settings-store.ts';
import type { JobEvent } from '../../shared/job/event.ts';
import { unwrap } from '../../shared/result.ts';
import * as stage from '../archive/scene.ts';
import { startMailServer, type TestMailServer } from '../support/mail-server.ts';

const day = 86_400_000;
const post: TestMailServer = await startMailServer();
let clock = stage.clockAt();
let archive: Archive;
let desk: Desk;

beforeEach(() => {
  const scene = stage.newScene();
  clock = scene.clock;
  archive = stage.created(scene);
  desk = {
    ...{ archive, clock, random: stage.random, crypto: nodeCrypto, zone: 'Europe/Oslo' },
    ...{ fonts: () => ({}) as never, sealKey: () => null, version: '1' },
  };
  settings({});
  const signers = [
    { ...stage.signer('s1', 'Ola Nordmann'), order: 0, email: 'ola@example.org' },
    { ...stage.signer('s2', 'Kari Nordmann'), order: 1, email: 'kari@example.org' },
  ];
  const deadline = new Date(Date.parse('2026-11-02T08:00:00.000Z') + 10 * day).toISOString();
  const opened: JobEvent = { type: 'opened', revisions: [], fieldNames: {}, seal: null };
  unwrap(
    archive.append({
      ...{ job: 'job', expectedVersion: 0, actor: 'u1' },
      events: [{ type: 'created', spec: stage.spec({ signers, deadline }) }, opened],
    }),
  );
});
afterEach(() => {
  archive.close();
  post.taken.splice(0);
});
afterAll(async () => {
  await post.close();
  stage.cleanUp();
});

function settings(change: { readonly port?: number; readonly daysBefore?: number | null }): void {
  settingsOf(archive).put(
    'mail',
    {
      ...{ on: true, host: 'localhost', port: post.port, security: 'starttls', user: post.user },
      ...{ password: post.password, from: 'post@example.org', authority: post.authority },
      ...{ texts: {}, daysBefore: 3, ...change },
    },
    'u1',
  );
}

const types = () => archive.events('job').map(({ event }) => event.type);
const round = async () => unwrap(await mailRound(desk));

it('is due so many days before the deadline, for whose turn it is, once', async () => {
  expect(askDueReminders(desk)).toEqual([]);
  clock.forward(8 * day);
  expect(askDueReminders(desk)).toEqual(['job']);
  expect(askDueReminders(desk)).toEqual([]);
  expect(await round()).toEqual({ changed: ['job'], trouble: null });
  expect(askDueReminders(desk)).toEqual([]);
  expect(post.taken.map(({ to }) => to)).toEqual([['ola@example.org']]);
  // A new deadline is another matter.
  const later = new Date(clock.now().getTime() + 2 * day).toISOString();
  perform(desk, 'job', 'u1', [{ type: 'extend', now: clock.now().toISOString(), deadline: later }]);
  expect(askDueReminders(desk)).toEqual(['job']);
});

it('is off unless the office turns it on', () => {
  settings({ daysBefore: null });
  clock.forward(8 * day);
  expect(askDueReminders(desk)).toEqual([]);
});

it('is never sent twice: what was leaving when the program stopped is told, not sent', async () => {
  unwrap(askReminder(desk, { job: 'job', signer: 's1' }, 'u1'));
  unwrap(perform(desk, 'job', 'system', [{ type: 'begin-reminder', signer: 's1' }]));
  expect(await round()).toEqual({ changed: ['job'], trouble: null });
  expect(post.taken).toEqual([]);
  expect(archive.job('job')?.reminders?.['s1']).toMatchObject({
    ...{ state: 'failed', code: 'mail.outcome-unknown' },
  });
  expect(await round()).toEqual({ changed: [], trouble: null });
});

it('waits for a server that is away, and gives up after a day', async () => {
  settings({ port: 1 });
  unwrap(askReminder(desk, { job: 'job', signer: 's1' }, 'u1'));
  expect(await round()).toEqual({ changed: [], trouble: 'mail.unreachable' });
  expect(types()).not.toContain('reminder-failed');
  settings({});
  expect((await round()).changed).toEqual(['job']);
  expect(post.taken).toHaveLength(1);
  settings({ port: 1 });
  unwrap(askReminder(desk, { job: 'job', signer: 's1' }, 'u1'));
  clock.forward(2 * day);
  expect((await round()).changed).toEqual(['job']);
  expect(types().at(-1)).toBe('reminder-failed');
});

it('is not sent about a job that is over', async () => {
  unwrap(askReminder(desk, { job: 'job', signer: 's1' }, 'u1'));
  unwrap(perform(desk, 'job', 'u1', [{ type: 'cancel', reason: 'feil' }]));
  expect(await round()).toEqual({ changed: [], trouble: null });
  expect(post.taken).toEqual([]);
  expect(archive.outbox('mail', 10)).toEqual([]);
});
