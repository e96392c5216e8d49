/**
 * One look at the watched folder. In a thread of its own: a share that does not answer must not stand before
 * seals and backups. Needs no network; each half works while the other's folder is away.
 */
import { attempt, ok, type Result } from '../../shared/result.ts';
import type { FolderTrouble } from '../../shared/rpc/views-folder.ts';
import type { Act, Desk } from './desk.ts';
import { follow, type Followed } from './folder-follow.ts';
import { takeIn, type Intake, type Outcome } from './folder-intake.ts';
import { createFolderMemory, type Remembered } from './folder-memory.ts';
import { checksOf, folderOf } from './folder-settings.ts';

const lease = 'folder';
const leaseFor = 60_000;

export interface FolderReport {
  readonly remembered: Remembered;
  readonly troubles: readonly FolderTrouble[];
  /** Ids of jobs. */
  readonly taken: readonly string[];
  readonly changed: readonly string[];
  readonly refused: number;
  readonly waiting: number;
  readonly sent: boolean;
  /** Where it broke, for the log. */
  readonly bugs: readonly string[];
}

export interface FolderRoundInput {
  readonly remembered: Remembered;
  /** Uptime in milliseconds. */
  readonly now: number;
}

export async function folderRound(
  desk: Desk,
  { remembered, now }: FolderRoundInput,
  act: Act,
): Promise<Result<FolderReport>> {
  const settings = folderOf(desk);
  const idle = { remembered, troubles: [], taken: [], changed: [], bugs: [] };
  if (!settings.on || !desk.archive.lease(lease, leaseFor))
    return ok({ ...idle, refused: 0, waiting: 0, sent: false });
  const memory = createFolderMemory(remembered);
  const beat = () => {
    act.progress({ step: 'folder', done: 0, total: 1 });
    desk.archive.lease(lease, leaseFor);
  };
  try {
    const troubles = checksOf(desk, settings).flatMap(({ of, code }) =>
      code === null ? [] : [{ of, code }],
    );
    const isWell = (part: FolderTrouble['of']) => troubles.every(({ of }) => of !== part);
    const mayAct = isWell('user');
    const intake: Intake = { desk, settings, memory, now, mayAct, act, beat };
    const outcomes = isWell('in') && mayAct ? await takeIn(intake) : [];
    const known = jobsOf(outcomes, 'known');
    const followed = isWell('out') ? await follow(intake, known) : nothingFollowed;
    const met = [...outcomes.filter((one) => one.type === 'trouble'), ...followed.troubles];
    return ok({
      remembered: memory.whole(),
      troubles: [...troubles, ...jobTroubles(met)],
      bugs: met.flatMap(({ bug }) => (bug === undefined ? [] : [bug])),
      taken: jobsOf(outcomes, 'taken'),
      changed: followed.changed,
      refused: outcomes.filter(({ type }) => type === 'refused').length,
      waiting: outcomes.filter(({ type }) => type === 'waiting').length,
      sent: followed.sent,
    });
  } finally {
    // A full disk has been told already; the lease runs out by itself.
    attempt(() => desk.archive.releaseLease(lease));
  }
}

const nothingFollowed: Followed = { changed: [], sent: false, troubles: [] };

function jobsOf(outcomes: readonly Outcome[], type: 'taken' | 'known'): readonly string[] {
  return outcomes.flatMap((one) => (one.type === type ? [one.job] : []));
}

/** Each once. */
function jobTroubles(met: readonly { readonly code: string }[]): FolderTrouble[] {
  return [...new Set(met.map(({ code }) => code))].map((code) => ({ of: 'jobs', code }));
}
