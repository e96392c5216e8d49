/** An export that is interrupted: what is out counts once, what is half out is nothing. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../electron/adapters/node-crypto.ts';
import { interFonts } from '../../electron/adapters/fonts.ts';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { createArchive } from '../../electron/archive/open-archive.ts';
import { newId, perform, silent, type Desk } from '../../electron/desk/desk.ts';
import { writeJobFolder } from '../../electron/desk/export-folder.ts';
import { exportJobs } from '../../electron/desk/exports.ts';
import { Refusal, unwrap } from '../../shared/result.ts';
import { emptySpec } from '../../shared/job/job.ts';

const folder = mkdtempSync(join(tmpdir(), 'skranke-export-'));
const act = { actor: 'system', progress: silent };
let desk: Desk;

beforeAll(() => {
  const ports = { home: join(folder, 'home'), key: nodeRandom.bytes(32) };
  const archive = unwrap(createArchive({ ...ports, clock: systemClock, random: nodeRandom }));
  desk = {
    ...{ archive, clock: systemClock, random: nodeRandom, crypto: nodeCrypto },
    ...{ fonts: interFonts, zone: 'UTC', version: 'test', sealKey: () => null },
  };
});
afterAll(() => {
  desk.archive.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A job that has ended: the shortest way to something that can be exported. */
function endedJob(): string {
  const job = newId(desk);
  const spec = { ...emptySpec, title: 'Kari Nordmanns avtale' };
  unwrap(perform(desk, job, 'clerk-00', [{ type: 'create', spec }], { on: null }));
  unwrap(perform(desk, job, 'clerk-00', [{ type: 'cancel', reason: 'x' }]));
  return job;
}
function target(): string {
  return mkdtempSync(join(folder, 'target-'));
}

describe('an export', () => {
  it('finds the folder that became whole just before the program died', async () => {
    const out = target();
    const id = endedJob();
    const job = desk.archive.job(id);
    if (job === null) throw new Error('no job');
    const first = await writeJobFolder(desk, job, out, act);
    // No event was recorded. The same export again:
    const receipt = unwrap(await exportJobs(desk, { jobs: [id], folder: out }, act));
    expect(receipt.jobs).toEqual([{ job: id, folder: first.name, files: first.files.length }]);
    expect(readdirSync(out).filter((name) => !name.startsWith('receipt'))).toEqual([first.name]);
    expect(desk.archive.job(id)?.exported?.receipt).toBe(receipt.id);
  });

  it('does not take somebody else’s folder of that name for its own', async () => {
    const out = target();
    const id = endedJob();
    const job = desk.archive.job(id);
    if (job === null) throw new Error('no job');
    const stem = `${job.createdAt.slice(0, 10)}-${id.slice(0, 12)}`;
    mkdirSync(join(out, stem));
    writeFileSync(join(out, stem, 'theirs.txt'), 'x');
    expect((await writeJobFolder(desk, job, out, act)).name).toBe(`${stem}-2`);
    expect(readdirSync(join(out, stem))).toEqual(['theirs.txt']);
  });

  it('stops between jobs, keeps a receipt of what is out, and goes on with the rest', async () => {
    const out = target();
    const jobs = [endedJob(), endedJob(), endedJob()];
    let asked = 0;
    const progress = () => {
      asked += 1;
      if (asked === 3) throw new Refusal('task.cancelled', 'stopped');
    };
    const first = unwrap(await exportJobs(desk, { jobs, folder: out }, { ...act, progress }));
    expect(first.jobs.map(({ job }) => job)).toEqual(jobs.slice(0, 2));
    const rest = unwrap(await exportJobs(desk, { jobs: jobs.slice(2), folder: out }, act));
    expect(rest.jobs.map(({ job }) => job)).toEqual(jobs.slice(2));
  });

  it('names each job that could not go out, and lets the others go', async () => {
    const out = target();
    const draft = newId(desk);
    unwrap(perform(desk, draft, 'c', [{ type: 'create', spec: emptySpec }], { on: null }));
    const ended = endedJob();
    const jobs = [draft, newId(desk), ended];
    const receipt = unwrap(await exportJobs(desk, { jobs, folder: out }, act));
    expect(receipt.jobs.map(({ job }) => job)).toEqual([ended]);
    expect(receipt.failed.map(({ code }) => code)).toEqual(['job.state', 'job.unknown']);
  });

  it('writes no name of a person into any file name', async () => {
    const out = target();
    unwrap(await exportJobs(desk, { jobs: [endedJob()], folder: out }, act));
    expect(readdirSync(out, { recursive: true }).join()).not.toMatch(/kari|nordmann|avtale/i);
  });

  it('carries what an authority said of the job’s own events, and of no other’s', async () => {
    const out = target();
    const id = endedJob();
    const anchor = () => {
      const { seq, hash } = desk.archive.head();
      const said = { kind: 'timestamp', seq, hash, authority: 'Prøve' } as const;
      desk.archive.putAnchor({ ...said, token: new Uint8Array([0x30, 0x00]) });
      return hash;
    };
    const hash = anchor();
    endedJob();
    anchor();
    const { jobs } = unwrap(await exportJobs(desk, { jobs: [id], folder: out }, act));
    const file = join(out, jobs[0]?.folder ?? '', 'evidence.json');
    const { anchors } = JSON.parse(readFileSync(file, 'utf8')) as { anchors: unknown };
    expect(anchors).toMatchObject([{ event: 2, hash, authority: 'Prøve', token: 'MAA=' }]);
  });
});
