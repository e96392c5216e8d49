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

export interface Pace {
  /** Waits for a free place; a failure where the service has blocked us or the queue's time has not come. */
  enter(queue: string | null): Promise<Failure | null>;
  /** What the last answer said of when to ask this queue again. */
  nextPoll(queue: string, at: Date | null): void;
  blocked(): void;
}

export function createPace(clock: PaceClock): Pace {
  const starts: number[] = [];
  const polls = new Map<string, Date>();
  let blockedUntil = 0;
  let turn: Promise<void> = Promise.resolve();

  async function place(): Promise<void> {
    for (;;) {
      const now = clock.now().getTime();
      while (starts.length > 0 && now - (starts[0] ?? 0) >= WINDOW) starts.shift();
      if (starts.length < CALLS) {
        starts.push(now);
        return;
      }
      await clock.sleep(Math.max(1, WINDOW - (now - (starts[0] ?? 0))));
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
      const mine = turn.then(place);
      turn = mine;
      await mine;
      return null;
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
