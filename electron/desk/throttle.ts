/** A growing delay between wrong tries, for each user and each way in. */
import type { Clock } from '../core/ports.ts';

export interface Throttle {
  /**
   * Counts a try before it is made, so that many made at once do not all pass; answers the seconds to
   * wait instead, 0 for now.
   */
  begin(key: string): number;
  /** Seconds until the next try. */
  wait(key: string): number;
  /** How many wrong ones there were since the last right one. */
  tries(key: string): number;
  succeeded(key: string): void;
  /** It came to no answer: the archive is damaged, the work was stopped. */
  undo(key: string): void;
}

interface Tried {
  readonly count: number;
  readonly at: number;
  readonly seconds: number;
}

/** Three tries are free; then 5, 10, 20 … seconds, at most 15 minutes. */
export function createThrottle(clock: Clock): Throttle {
  const tried = new Map<string, Tried>();
  const put = (key: string, count: number, at: number) => {
    const seconds = count < 3 ? 0 : Math.min(900, 5 * 2 ** (count - 3));
    tried.set(key, { count, at, seconds });
  };
  function wait(key: string): number {
    const last = tried.get(key);
    if (last === undefined) return 0;
    const now = clock.now().getTime();
    // The clock was set back: the wait begins anew and nobody is kept out for the hours between.
    if (now < last.at) put(key, last.count, now);
    const since = Math.max(0, now - last.at);
    return Math.max(0, Math.ceil(last.seconds - since / 1000));
  }
  return {
    wait,
    begin(key) {
      const seconds = wait(key);
      if (seconds === 0) put(key, (tried.get(key)?.count ?? 0) + 1, clock.now().getTime());
      return seconds;
    },
    tries: (key) => tried.get(key)?.count ?? 0,
    succeeded: (key) => void tried.delete(key),
    undo(key) {
      const last = tried.get(key);
      if (last === undefined) return;
      if (last.count <= 1) tried.delete(key);
      else put(key, last.count - 1, 0);
    },
  };
}
