/**
 * A simulated week: fifty programs in ten offices of one organisation, five on each office's archive and so on
 * its queue. No queue is asked before its time, and all of them together never ask more than ten times a second.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import type { Archive } from '../../electron/archive/archive.ts';
import { createArchive, openArchive } from '../../electron/archive/open-archive.ts';
import { waitAfter } from '../../electron/desk/posten-schedule.ts';
import type { Polls } from '../../electron/posten/sync/ports.ts';
import { unwrap } from '../../shared/result.ts';
import { startStandIn } from '../support/posten/stand-in.ts';
import type { StandIn } from '../support/posten/stand-in.ts';
import { clientOf, ORG, post, serviceDraft, syncOf } from '../support/posten/sync-scene.ts';
import { killKey } from './kill-key.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Time that goes on only when everybody sleeps. */
function createTime(start: number) {
  let now = start;
  let awake = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  function advance(): void {
    if (awake > 0 || sleepers.length === 0) return;
    const first = sleepers.reduce((a, b) => (b.at < a.at ? b : a));
    sleepers.splice(sleepers.indexOf(first), 1);
    now = Math.max(now, first.at);
    awake += 1;
    first.wake();
  }
  return {
    now: () => now,
    date: () => new Date(now),
    /** For as long as it runs, time stands still unless it sleeps. */
    async run(body: () => Promise<void>): Promise<void> {
      awake += 1;
      try {
        await body();
      } finally {
        awake -= 1;
        advance();
      }
    },
    sleep: (milliseconds: number) =>
      new Promise<void>((wake) => {
        sleepers.push({ at: now + Math.max(0, milliseconds), wake });
        awake -= 1;
        advance();
      }),
  };
}
type Time = ReturnType<typeof createTime>;

export interface WeekShow {
  readonly polls: number;
  readonly early: number;
  readonly blocks: number;
  readonly busiestSecond: number;
  readonly jobs: number;
  readonly returned: number;
}

export async function runPostenWeek(
  offices: number,
  programs: number,
  days: number,
): Promise<WeekShow> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-week-'));
  const time = createTime(Date.now());
  const end = time.now() + days * 24 * hour;
  const service = await startStandIn({
    ...{ pollWait: 10 * minute, samePades: true, clock: time.now },
  });
  const counted = { polls: 0, early: 0, calls: [] as number[], busiest: 0 };
  service.plan = () => {
    counted.calls = [...counted.calls.filter((at) => at > time.now() - 1000), time.now()];
    counted.busiest = Math.max(counted.busiest, counted.calls.length);
    return null;
  };
  const certificate = service.issue(ORG);
  const archives: Archive[] = [];
  const closing: (() => void)[] = [];
  const running: Promise<void>[] = [];
  const ports = (home: string) => ({
    ...{ home, key: killKey, clock: { now: time.date }, random: nodeRandom },
  });
  for (let office = 0; office < offices; office++) {
    const home = join(folder, `office-${office}`);
    archives.push(unwrap(createArchive(ports(home))));
    const told = new Map<string, string>();
    const polls: Polls = {
      get: (flow) => told.get(flow) ?? null,
      set: (flow, at) => void told.set(flow, at),
    };
    for (let program = 0; program < programs; program++) {
      const archive = unwrap(openArchive(ports(home)));
      const clock = { now: time.date, sleep: time.sleep };
      const heard = ({ path, status }: { path: string; status: number | null }) => {
        if (!/signature-jobs(\?|$)/.test(path)) return;
        counted.polls += 1;
        if (status === 429) counted.early += 1;
      };
      const client = clientOf(service, certificate, clock, heard, clock, {
        ...{ of: offices, place: office },
      });
      closing.push(
        () => client.close(),
        () => archive.close(),
      );
      const queue = `kontor-${office}`;
      const { sync } = syncOf(archive, client, time.date, [], { queue, polls });
      running.push(
        time.run(async () => {
          let troubles = 0;
          // Programs are not started in the same second.
          await time.sleep(Math.random() * 10 * minute);
          while (time.now() < end) {
            const round = await sync.round();
            troubles = round.trouble === null ? 0 : troubles + 1;
            await time.sleep(waitAfter(round, troubles, time.now()));
          }
        }),
      );
    }
  }
  running.push(time.run(() => workdays(time, end, archives)));
  running.push(time.run(() => signers(time, end, service)));
  await Promise.all(running);
  const returned = archives.reduce(
    (sum, archive) => sum + archive.jobsWhere({ state: 'returned' }).length,
    0,
  );
  const { polls, early, busiest } = counted;
  const { blocks, jobs } = service;
  for (const close of closing) close();
  for (const archive of archives) archive.close();
  await service.close();
  rmSync(folder, { recursive: true });
  return { polls, early, blocks, busiestSecond: busiest, jobs: jobs.length, returned };
}

/** In every office a pile in the morning, all at the same time. */
async function workdays(time: Time, end: number, archives: readonly Archive[]): Promise<void> {
  while (time.now() < end - 12 * hour) {
    archives.forEach((archive, office) => {
      for (let count = 0; count < 6; count++)
        post(archive, serviceDraft(archive, 'Avtale'), time.date, `kontor-${office}`);
    });
    await time.sleep(24 * hour);
  }
}

async function signers(time: Time, end: number, service: StandIn): Promise<void> {
  while (time.now() < end - 2 * hour) {
    await time.sleep(7 * minute);
    for (const job of service.jobs)
      if (job.status === 'IN_PROGRESS' && Math.random() < 0.1) service.happen(job.id, 0, 'SIGNED');
  }
}

export async function showPostenWeek(): Promise<boolean> {
  const started = Date.now();
  const week = await runPostenWeek(10, 5, 7);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `a week of 50 programs in 10 offices, simulated in ${seconds} s: ${week.polls} polls, ${week.early} before their time; ${week.blocks} blocks, at most ${week.busiestSecond} calls in one second; ${week.returned} of ${week.jobs} jobs came back signed`,
  );
  return week.early === 0 && week.blocks === 0 && week.busiestSecond <= 10 && week.returned > 0;
}
