/**
 * How fast may be asked: ten calls a second for the whole organisation (over it the service blocks for
 * 30 seconds), and each queue not before the time its last answer named.
 */
import { fail } from '../../shared/result.ts';
import type { Failure } from '../../shared/result.ts';

export interface PaceClock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}

/** One below what is allowed: other programs of the organisation count too. */
const CALLS = 9;
const WINDOW = 1000;
/** The filter's block, also where an answer names no time. */
export const BLOCK = 30_000;

/**
 * Several programs of one organisation that share the service's limit: each has a moment of its own in every
 * round of all of them, by the wall clock, so that together they stay below it. `place`: from 0.
 */
export interface PaceShare {
  readonly of: number;
  readonly place: number;
  /** Milliseconds since 1970, the same for all. */
  readonly now: () => number;
}

export interface Pace {
  /** Waits for a free place; a failure where the service has blocked us or the queue's time has not come. */
  enter(queue: string | null): Promise<Failure | null>;
  /** After every call that entered, when its answer has come or will not. */
  leave(): void;
  /** What the last answer said of when to ask this queue again. */
  nextPoll(queue: string, at: Date | null): void;
  blocked(): void;
}

export function createPace(clock: PaceClock, share: PaceShare | null = null): Pace {
  let free = CALLS;
  /** When places that were left can be taken again, the earliest first. */
  const resting: number[] = [];
  const waiting: (() => void)[] = [];
  const polls = new Map<string, Date>();
  let blockedUntil = 0;
  let turn: Promise<void> = Promise.resolve();

  // A place rests for a second after its answer, not after its start: calls that a slow network has
  // bunched would otherwise reach the service together with those of the next second.
  async function place(): Promise<void> {
    for (;;) {
      const now = clock.now().getTime();
      while (resting.length > 0 && (resting[0] ?? 0) <= now) {
        resting.shift();
        free++;
      }
      if (free > 0) {
        free--;
        return;
      }
      const [next] = resting;
      if (next === undefined) await new Promise<void>((resolve) => waiting.push(resolve));
      else await clock.sleep(Math.max(1, next - now));
    }
  }

  let lastTurn = -1;
  /** The beginning of our own moment; one call in each. */
  async function ownMoment({ of, place: mine, now }: PaceShare): Promise<void> {
    const round = (of * WINDOW) / CALLS;
    const start = (mine * WINDOW) / CALLS;
    let turn = Math.ceil((now() - start) / round);
    if (turn <= lastTurn) turn = lastTurn + 1;
    lastTurn = turn;
    for (;;) {
      const left = turn * round + start - now();
      if (left <= 0) return;
      await clock.sleep(Math.max(1, Math.ceil(left)));
    }
  }

  return {
    async enter(queue) {
      const now = clock.now();
      if (now.getTime() < blockedUntil)
        return fail('posten.blocked', 'The service has blocked calls for a moment.', {
          until: new Date(blockedUntil).toISOString(),
        }).error;
      const next = queue === null ? undefined : polls.get(queue);
      if (next !== undefined && now < next)
        return fail('posten.too-eager', 'The queue may not be asked yet.', {
          nextPollAt: next.toISOString(),
        }).error;
      // One after another: two callers must not take the same free place.
      const mine = turn.then(async () => {
        await place();
        if (share !== null && share.of > 1) await ownMoment(share);
      });
      turn = mine;
      await mine;
      return null;
    },
    leave() {
      resting.push(clock.now().getTime() + WINDOW);
      for (const wake of waiting.splice(0)) wake();
    },
    nextPoll(queue, at) {
      if (at === null) polls.delete(queue);
      else polls.set(queue, at);
    },
    blocked() {
      blockedUntil = clock.now().getTime() + BLOCK;
    },
  };
}
