/** A sealed job whose timestamp authority comes to its end: noticed, shown, renewed by itself and by hand. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { makeTrialAuthority } from '../../electron/adapters/trial-pki.ts';
import { startTrialTimestampAuthority } from '../../electron/adapters/trial-timestamp-authority.ts';
import type { RunningAuthority } from '../../electron/adapters/trial-timestamp-authority.ts';
import { pemOf } from '../../electron/adapters/anchors.ts';
import {
  aSigner,
  makeDraft,
  passphrase,
  samplePath,
  setUp,
  signAtKiosk,
  startDesk,
  until,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { exportJob, kontroller } from '../support/exported-job.ts';

const day = 24 * 60 * 60 * 1000;
const now = systemClock.now().getTime();
const authority = makeTrialAuthority({ name: 'Tid', now: new Date(now) });
const folder = mkdtempSync(join(tmpdir(), 'skranke-renewal-'));
const home = join(folder, 'home');
let desk: TestDesk;
let clerk: Client;
let job = '';
const servers: RunningAuthority[] = [];

/** An authority whose certificate ends in so many days. */
async function clockFor(days: number): Promise<string> {
  const stamper = authority.issue(`Tid ${days}`, 'p-256', {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: ['1.3.6.1.5.5.7.3.8'], critical: true },
    notAfter: new Date(now + days * day),
  });
  const server = await startTrialTimestampAuthority({ ...stamper, clock: systemClock });
  servers.push(server);
  return server.url;
}

const stampedBy = (url: string) =>
  clerk.call('settings.timestamps', { authorities: url === '' ? [] : [{ url }] });

/** As in the morning: the program has been ended and somebody signs in. */
async function nextMorning(): Promise<void> {
  await desk.close();
  desk = startDesk({ home });
  clerk = desk.visit();
  await clerk.call('session.signIn', { user: 'Kari Skrankevakt', passphrase });
}

const sealedJob = async () => {
  const view = await clerk.call('job.get', { job });
  if (view.job.state !== 'sealed') throw new Error(view.job.state);
  return { job: view.job, events: view.events.map(({ event }) => event.type) };
};

beforeAll(async () => {
  desk = startDesk({ home });
  clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.trust', { anchors: [pemOf(authority.root.certificate)] });
  await stampedBy(await clockFor(100));
  const made = await makeDraft(clerk, [aSigner('Kari')], [readFileSync(samplePath)]);
  ({ job } = made);
  await clerk.call('job.open', { job });
  await signAtKiosk(clerk, job, made.signers[0]?.id ?? '');
  await until(async () => (await clerk.call('job.get', { job })).job.state === 'sealed');
});
afterAll(async () => {
  await desk.close();
  for (const server of servers) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

it('knows from the first hour when its timestamps end', async () => {
  const sealed = await sealedJob();
  expect(sealed.job.stamp).toEqual({
    certificateEnd: new Date(Math.floor((now + 100 * day) / 1000) * 1000).toISOString(),
    hashes: ['sha256'],
    rsaBits: null,
  });
  expect(sealed.job.renewal).toBeNull();
});

it('says by itself that they come to their end, and why it cannot help yet', async () => {
  await stampedBy('');
  await nextMorning();
  await until(async () => (await sealedJob()).job.renewal?.deferred === 'timestamp.none');
  const { job: due } = await sealedJob();
  expect(due.renewal?.end).toEqual({ until: due.stamp?.certificateEnd, by: 'certificate' });
  const { rows, counts } = await clerk.call('job.list', { tab: 'renewal', limit: 10 });
  expect(rows.map(({ id, note }) => [id, note])).toEqual([[job, 'renewal-deferred']]);
  expect(counts).toMatchObject({ renewal: 1, signed: 0 });
});

it('adds nothing by an authority that lasts no longer', async () => {
  await stampedBy(await clockFor(90));
  const before = await sealedJob();
  expect(await clerk.call('sealing.renew', { job })).toMatchObject({ deferred: 'renewal.no-gain' });
  expect((await sealedJob()).job.revisions).toEqual(before.job.revisions);
});

it('renews by itself, once an authority does', async () => {
  const before = await sealedJob();
  await stampedBy(await clockFor(3000));
  await nextMorning();
  await until(async () => (await sealedJob()).job.renewal === null);
  const after = await sealedJob();
  expect(after.events.at(-1)).toBe('renewed');
  const [old] = before.job.revisions;
  const [young] = after.job.revisions;
  expect([young?.document, (young?.revision ?? 0) > (old?.revision ?? 0)]).toEqual([
    old?.document,
    true,
  ]);
  const { rows, counts } = await clerk.call('job.list', { tab: 'signed', limit: 10 });
  expect(rows.map(({ id }) => id)).toEqual([job]);
  expect(counts.renewal).toBe(0);
  const report = await clerk.call('verify.document', { document: young?.document ?? '' });
  expect(report.signatures.at(-1)?.certificate?.notAfter).toBe(after.job.stamp?.certificateEnd);
  expect(report.indication).toBe('TOTAL-PASSED');
});

it('renews by hand, and never loses what stood there', async () => {
  const before = await sealedJob();
  await stampedBy(await clockFor(3500));
  expect(await clerk.call('sealing.renew', { job })).toMatchObject({ deferred: null });
  const after = await sealedJob();
  expect(after.job.renewedAt).not.toBe(before.job.renewedAt);
  expect((await clerk.call('archive.verify', {})).problems).toEqual([]);
  const [old] = before.job.revisions;
  const report = await clerk.call('verify.document', {
    ...{ document: old?.document ?? '', revision: old?.revision ?? 0 },
  });
  expect(report.indication).toBe('TOTAL-PASSED');
});

it('is followed by the verifier that travels with an export', async () => {
  const target = mkdtempSync(join(folder, 'export-'));
  const { wrong } = kontroller(await exportJob(clerk, job, target));
  expect(wrong).toEqual([]);
});
