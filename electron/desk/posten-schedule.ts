/** When the next round with the remote signing service is due. Pure; in milliseconds. */
import type { Round } from '../posten/sync/ports.ts';

/** A queue that was emptied is looked at when it may be; errands are never left longer. */
const soonest = 5_000;
const latest = 10 * 60_000 + 5_000;
const firstTrouble = 30_000;

/**
 * How long to wait after a round; null for one that broke. `troubles`: rounds that ended early in a row,
 * this one too. `now`: the clock that the service's times are held against.
 */
export function waitAfter(round: Round | null, troubles: number, now: number): number {
  const named = round?.nextPollAt ?? null;
  const wait =
    round === null || round.trouble !== null
      ? firstTrouble * 2 ** Math.min(5, Math.max(0, troubles - 1))
      : named === null
        ? soonest
        : Date.parse(named) - now + 1000;
  return Math.min(latest, Math.max(soonest, wait));
}
