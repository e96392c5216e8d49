/** When somebody was last at the keyboard of each desk, and which desks nobody is at any more. */
import type { Clock } from '../core/ports.ts';
import type { Sessions } from '../rpc/sessions.ts';

export interface IdleLock {
  /** Somebody is there. */
  touch(client: string): void;
  /** Nobody has been there for `limit` milliseconds, or as long as the machine has slept. */
  isOver(client: string, limit: number): boolean;
}

/** The window says when somebody touches it; that it says nothing is what counts here. */
export function createIdleLock(clock: Clock, sessions: Sessions): IdleLock {
  const last = new Map<string, number>();
  const touch = (client: string) => void last.set(client, clock.now().getTime());
  sessions.onChange((client) => {
    if (sessions.standing(client).state !== 'operator') last.delete(client);
    else if (!last.has(client)) touch(client);
  });
  return {
    touch(client) {
      if (last.has(client)) touch(client);
    },
    isOver(client, limit) {
      const at = last.get(client);
      if (at === undefined) return false;
      const since = clock.now().getTime() - at;
      // The clock was set back: count from here.
      if (since < 0) touch(client);
      return since >= limit;
    },
  };
}
