/** How fast and how hard a name was drawn: only where the office keeps it, and then behind the mask. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { unlockWithPassphrase } from '../../electron/archive/keys.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { dynamicsHash } from '../../electron/desk/stroke-dynamics.ts';
import { unwrap } from '../../shared/result.ts';
import {
  aSigner,
  drawnMark,
  handOver,
  makeDraft,
  passphrase,
  pin,
  readAndConfirm,
  setUp,
  startDesk,
  type Client,
  type TestDesk,
} from '../support/desk.ts';
import { exportJob, kontroller } from '../support/exported-job.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-strokes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let desk: TestDesk;
afterEach(() => desk.close());

const felt = {
  ...drawnMark,
  paths: [
    [
      { x: 0.1, y: 0.6, t: 0, pressure: 0.25 },
      { x: 0.4, y: 0.2, t: 7213, pressure: 0.515 },
      { x: 0.9, y: 0.7, t: 9377, pressure: 0.125 },
    ],
  ],
};

async function atKiosk(): Promise<{
  clerk: Client;
  job: string;
  shown: Awaited<ReturnType<typeof readAndConfirm>>;
}> {
  desk = startDesk();
  const clerk = desk.visit();
  await setUp(clerk);
  const signer = aSigner('Kari Nordmann');
  const { job } = await makeDraft(clerk, [signer]);
  await clerk.call('job.open', { job });
  await handOver(clerk, job, signer.id);
  return { clerk, job, shown: await readAndConfirm(clerk) };
}

async function back(clerk: Client): Promise<void> {
  await clerk.call('session.leave', { reason: 'done' });
  await clerk.call('session.resume', { pin });
}

it('is off, and a screen that sends it all the same is refused: nothing is signed', async () => {
  const { clerk, job, shown } = await atKiosk();
  expect((await clerk.call('signing.view', {})).strokeDynamics).toBe(false);
  for (const part of ['t', 'pressure'] as const) {
    const paths = [felt.paths[0]?.map((point) => ({ x: point.x, y: point.y, [part]: 0.5 })) ?? []];
    const refused = await clerk.refusal('signing.sign', { shown, mark: { ...felt, paths } });
    expect(refused.code).toBe('signing.dynamics-off');
  }
  await clerk.call('signing.sign', { shown, mark: drawnMark });
  await back(clerk);
  const { events } = await clerk.call('job.get', { job });
  const signed = events.flatMap(({ event }) => (event.type === 'signed' ? [event] : []));
  expect(signed).toHaveLength(1);
  expect(JSON.parse(signed[0]?.evidence ?? '')).not.toHaveProperty('mark.dynamicsSha256');
});

it('stands encrypted in the archive where it is on; its hash alone leaves', async () => {
  const { clerk, job, shown } = await atKiosk();
  await back(clerk);
  await clerk.call('settings.kiosk', { idleSeconds: 120, strokeDynamics: true });
  // Who only changes the time leaves the rest as it was.
  await clerk.call('settings.kiosk', { idleSeconds: 180 });
  expect(await clerk.call('settings.get', {})).toMatchObject({ strokeDynamics: true });
  const { job: open } = await clerk.call('job.get', { job });
  await handOver(clerk, job, open.signers[0]?.id ?? '');
  await readAndConfirm(clerk);
  expect((await clerk.call('signing.view', {})).strokeDynamics).toBe(true);
  await clerk.call('signing.sign', { shown, mark: felt });
  await back(clerk);

  // What a window gets: as if there were none.
  const { events } = await clerk.call('job.get', { job });
  const signed = events.flatMap(({ event }) => (event.type === 'signed' ? [event] : []))[0];
  expect(signed).not.toHaveProperty('dynamics');
  const { mark } = JSON.parse(signed?.evidence ?? '') as {
    mark: { sha256: string; dynamicsSha256: string };
  };

  // What an export gets: the hash, and no number of it in any file; the verifier accepts all of it.
  const exported = await exportJob(clerk, job, folder);
  const files = readdirSync(exported, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const all = files
    .filter((file) => /\.(json|txt|xml)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(all.includes(mark.dynamicsSha256)).toBe(true);
  for (const part of ['7213,', '9377,', ':7213', ':9377', '0.515', 'pressure', '"salt\\"'])
    expect(all.includes(part), part).toBe(false);
  const verdict = kontroller(exported);
  expect(verdict.wrong).toEqual([]);
  const good = verdict.good.map(({ code }) => code);
  for (const code of ['log.good', 'evidence.good', 'signature.good']) expect(good).toContain(code);

  // What the archive has, with its key: point for point, and of that hash.
  await desk.app.close();
  const key = unwrap(await unlockWithPassphrase(desk.home, 'Kari Skrankevakt', passphrase));
  const archive = unwrap(
    openArchive({ home: desk.home, key, clock: systemClock, random: nodeRandom }),
  );
  const whole = archive
    .events(job)
    .flatMap(({ event }) => (event.type === 'signed' ? [event.dynamics] : []))[0];
  expect(archive.verify().problems).toEqual([]);
  archive.close();
  if (whole === undefined) throw new Error('nothing was kept');
  expect(whole.strokes).toEqual([felt.paths[0]?.map(({ t, pressure }) => ({ t, pressure }))]);
  expect(whole.salt).toMatch(/^[0-9a-f]{64}$/);
  expect(dynamicsHash(whole)).toBe(mark.dynamicsSha256);
});
