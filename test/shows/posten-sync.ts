/**
 * Jobs through the sync with faults at every step, and kill -9 at random instants: none is made twice, none
 * is lost, none is confirmed before its files are durable, and each ends in the state the service gave.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import type { Archive } from '../../electron/archive/archive.ts';
import { createArchive, openArchive } from '../../electron/archive/open-archive.ts';
import { inLetters, readReference } from '../../electron/posten/sync/reference.ts';
import type { Job } from '../../shared/job/job.ts';
import { unwrap } from '../../shared/result.ts';
import type { StandInJob } from '../support/posten/jobs.ts';
import { POSTEN, startStandIn } from '../support/posten/stand-in.ts';
import type { Fault, StandIn } from '../support/posten/stand-in.ts';
import { brokenResults, ORG, post } from '../support/posten/sync-scene.ts';
import { killKey } from './kill-key.ts';
import type { Reach } from './posten-sync-child.ts';

const child = join(import.meta.dirname, 'posten-sync-child.ts');
const faults: readonly Fault[] = [
  { type: 'drop' },
  { type: 'cut' },
  { type: 'slow', milliseconds: 60 },
  { type: 'status', status: 500, body: '<html>Something broke</html>' },
  { type: 'status', status: 503 },
  { type: 'status', status: 200, body: '<html>Log in to the network</html>' },
  { type: 'status', status: 429, headers: { DoSFilter: '1' } },
  { type: 'status', status: 200, body: '<x xmlns="urn:other"/>' },
];

export interface SyncShow {
  readonly problems: readonly string[];
  readonly kills: number;
  readonly faults: number;
  readonly calls: number;
  /** How many jobs ended how. */
  readonly states: Readonly<Record<string, number>>;
  /** Sent anew by a clerk who had found that they were not there. */
  readonly sentAnew: number;
}

export async function runPostenSync(jobs: number, kills: number): Promise<SyncShow> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-posten-'));
  const home = join(folder, 'home');
  const service = await startStandIn({ pollWait: 20, samePades: true, mostCalls: 100_000 });
  const reach = join(folder, 'reach.json');
  writeFileSync(reach, JSON.stringify(reachOf(service)));
  const ports = { home, key: killKey, clock: systemClock, random: nodeRandom };
  unwrap(createArchive(ports)).close();
  const problems: string[] = [];
  const counted = { faults: 0, calls: 0, sentAnew: 0 };
  let faulty = true;
  service.plan = () => {
    counted.calls += 1;
    if (!faulty || Math.random() > 0.06) return null;
    counted.faults += 1;
    return faults[Math.floor(Math.random() * faults.length)] ?? null;
  };
  // Ten minutes pass every second: what was handed out and not confirmed comes again.
  const time = setInterval(() => service.advance(600_000), 1000);
  const signers = setInterval(() => actAsSigners(service), 4);

  for (let kill = 0; kill < kills; kill++) {
    await runAndKill(home, reach, jobs, 100 + Math.random() * 3000);
    const archive = unwrap(openArchive(ports));
    problems.push(...confirmedTooEarly(archive, service).map((text) => `kill ${kill}: ${text}`));
    counted.sentAnew += sendAnew(archive, service);
    archive.close();
  }
  for (let round = 0; round < 60 && !(await isDone(ports, jobs, service)); round++) {
    // The last rounds let everything come to its end.
    faulty = round < 20;
    await runAndKill(home, reach, jobs, 4000);
    const archive = unwrap(openArchive(ports));
    counted.sentAnew += sendAnew(archive, service);
    archive.close();
  }
  clearInterval(time);
  clearInterval(signers);
  const archive = unwrap(openArchive(ports));
  problems.push(...problemsAtTheEnd(archive, service, jobs));
  const states: Record<string, number> = {};
  for (const id of archive.jobsWhere({})) {
    const state = archive.job(id)?.state ?? 'none';
    states[state] = (states[state] ?? 0) + 1;
  }
  archive.close();
  await service.close();
  rmSync(folder, { recursive: true });
  return { ...counted, problems, kills, states };
}

function reachOf(service: StandIn): Reach {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const own = service.issue(ORG);
  return {
    root: service.environment.root,
    serverOrganisation: POSTEN,
    authorities: service.authorities.map(base64),
    certificate: base64(own.certificate),
    chain: own.chain.map(base64),
    pkcs8: base64(own.key.privateKey.export({ type: 'pkcs8', format: 'der' })),
  };
}

/** From when it has the archive open. */
function runAndKill(home: string, reach: string, jobs: number, after: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, [child, home, reach, String(jobs)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    run.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    run.stdout.once('data', () => setTimeout(() => run.kill('SIGKILL'), after));
    run.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`the child ended by itself (${code}): ${errors}`));
    });
  });
}

const ends = ['REJECTED', 'EXPIRED', 'FAILED', 'RESERVED', 'BLOCKED'] as const;

function actAsSigners(service: StandIn): void {
  const open = service.jobs.filter(({ status }) => status === 'IN_PROGRESS');
  const job = open[Math.floor(Math.random() * open.length)];
  if (job === undefined) return;
  const signer = job.signers.findIndex(({ status }) => status === 'WAITING');
  const end = Math.random() < 0.12 ? ends[Math.floor(Math.random() * ends.length)] : undefined;
  service.happen(job.id, signer, end ?? 'SIGNED');
  if (Math.random() < 0.02) service.repeat(job.id);
}

function ofJob(service: StandIn, id: string): readonly StandInJob[] {
  const own = inLetters(id);
  return service.jobs.filter(({ reference }) => reference?.startsWith(own) === true);
}

/** What the service was told is stored must be stored. */
function confirmedTooEarly(archive: Archive, service: StandIn): readonly string[] {
  return service.jobs.flatMap((made) => {
    if (made.status === 'IN_PROGRESS' || !made.gone) return [];
    const own = readReference(made.reference);
    const job = own === null ? null : archive.job(own.job);
    if (job === null) return [`job ${made.id} is confirmed and not in the archive`];
    if (job.state === 'at-service') return [`job ${made.id} is confirmed before its end is stored`];
    return brokenResults(archive, job.id);
  });
}

/** A clerk looks for what got no answer at the service; what is not there is sent anew. */
function sendAnew(archive: Archive, service: StandIn): number {
  let count = 0;
  for (const id of archive.jobsWhere({ state: 'at-service' })) {
    if (archive.job(id)?.remote?.phase !== 'unknown' || ofJob(service, id).length > 0) continue;
    post(archive, id, () => systemClock.now());
    count += 1;
  }
  return count;
}

async function isDone(
  ports: Parameters<typeof openArchive>[0],
  jobs: number,
  service: StandIn,
): Promise<boolean> {
  await Promise.resolve();
  const archive = unwrap(openArchive(ports));
  const all = archive.jobsWhere({});
  const left = all.filter((id) => ['at-service', 'draft'].includes(archive.job(id)?.state ?? ''));
  const waiting = archive.outbox('posten', 10).length;
  archive.close();
  const open = service.jobs.some(({ status }) => status === 'IN_PROGRESS');
  return all.length === jobs && left.length === 0 && waiting === 0 && !open;
}

const stateOf: Readonly<Record<string, string>> = {
  REJECTED: 'rejected',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
};

function problemsAtTheEnd(archive: Archive, service: StandIn, jobs: number): readonly string[] {
  const ids = archive.jobsWhere({});
  const problems = [...archive.verify().problems.map(({ code, place }) => `${code} at ${place}`)];
  if (ids.length !== jobs) problems.push(`${ids.length} jobs instead of ${jobs}`);
  for (const id of ids) {
    const job = archive.job(id) as Job;
    const [made, ...more] = ofJob(service, id);
    if (more.length > 0) problems.push(`${id} was made ${more.length + 1} times`);
    if (made === undefined) problems.push(`${id} never came to the service (${job.state})`);
    else if (!service.isConfirmed(made.id)) problems.push(`job ${made.id} was never confirmed`);
    if (made === undefined) continue;
    const ended = made.signers.find(({ status }) => stateOf[status] !== undefined)?.status;
    const expected =
      made.status === 'COMPLETED_SUCCESSFULLY' ? 'returned' : (stateOf[ended ?? ''] ?? 'failed');
    if (job.state !== expected) problems.push(`${id} is ${job.state} instead of ${expected}`);
    const words = [job.signers, made.signers.map(({ status }) => ({ state: status }))];
    const [ours, theirs] = words.map((all) => all.map(({ state }) => state).join());
    if (ours !== theirs) problems.push(`${id}: signers ${ours} instead of ${theirs}`);
    const signed = made.signers.filter(({ status }) => status === 'SIGNED').length;
    const results = job.remote?.results ?? [];
    if (results.length !== (signed === 0 ? 0 : signed + 1))
      problems.push(`${id}: ${results.length} files of ${signed} signers`);
    if (results.some(({ check }) => check.namesDocuments === false))
      problems.push(`${id} has another job's file`);
    problems.push(...brokenResults(archive, id));
  }
  return problems;
}

export async function showPostenSync(jobs: number, kills: number): Promise<boolean> {
  const started = Date.now();
  const { problems, states, ...counted } = await runPostenSync(jobs, kills);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `${jobs} jobs, ${counted.kills} kills, ${counted.calls} calls with ${counted.faults} faults in ${seconds} s; ${counted.sentAnew} sent anew by a clerk`,
  );
  console.log(`ended: ${JSON.stringify(states)}`);
  for (const problem of problems.slice(0, 20)) console.log(problem);
  console.log(`${problems.length} problems`);
  return problems.length === 0;
}
