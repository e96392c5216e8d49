/**
 * A growing delay between wrong tries, for each user and each way in. It is told by how long the
 * machine has been running: neither setting its clock nor starting the program anew shortens it.
 */

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

export interface Tried {
  readonly count: number;
  /** Milliseconds the machine had been running at the last one. */
  readonly at: number;
}

/** Where they are kept for the next start. */
export interface TriesStore {
  read(): Readonly<Record<string, Tried>>;
  write(tries: Readonly<Record<string, Tried>>): void;
}

export interface ThrottlePorts {
  /** Milliseconds since the machine started. */
  readonly uptime: () => number;
  readonly store: TriesStore;
}

export function createThrottle({ uptime, store }: ThrottlePorts): Throttle {
  const mine = new Map<string, Tried>();

  /** The worse of what this process knows and what another, or an earlier one, has left. */
  function last(key: string): Tried | undefined {
    const ours = mine.get(key);
    const kept = Object.entries(store.read()).find(([name]) => name === key)?.[1];
    return (kept?.count ?? 0) > (ours?.count ?? 0) ? kept : ours;
  }
  function put(key: string, tried: Tried | null): void {
    const { [key]: _, ...others } = store.read();
    if (tried === null) mine.delete(key);
    else mine.set(key, tried);
    store.write(tried === null ? others : { ...others, [key]: tried });
  }
  function wait(key: string): number {
    const tried = last(key);
    if (tried === undefined) return 0;
    const now = uptime();
    // Less than then: the machine was started anew, and has run for at least so long since.
    const since = now < tried.at ? now : now - tried.at;
    return Math.max(0, Math.ceil(delay(tried.count) - since / 1000));
  }
  return {
    wait,
    begin(key) {
      const seconds = wait(key);
      if (seconds === 0) put(key, { count: (last(key)?.count ?? 0) + 1, at: uptime() });
      return seconds;
    },
    tries: (key) => last(key)?.count ?? 0,
    succeeded: (key) => put(key, null),
    undo(key) {
      const tried = last(key);
      if (tried === undefined) return;
      // Without a wait: the try was allowed, and nobody has been told anything.
      put(key, tried.count <= 1 ? null : { count: tried.count - 1, at: 0 });
    },
  };
}

/** Three tries are free; then 5, 10, 20 … seconds, at most 15 minutes. */
function delay(count: number): number {
  return count < 3 ? 0 : Math.min(900, 5 * 2 ** (count - 3));
}
