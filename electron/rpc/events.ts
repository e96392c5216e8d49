/** What the host tells its clients, each only what it may see. */
import type { HostEvent } from '../../shared/rpc/transport.ts';
import { authorizeEvent } from './authorize.ts';
import type { Sessions } from './sessions.ts';

export interface Events {
  /** Until the returned function is called. */
  listen(client: string, listener: (event: HostEvent) => void): () => void;
  /** To everybody who may see it. */
  emit(event: HostEvent): void;
  /** To one client: the answer to something it asked. */
  emitTo(client: string, event: HostEvent): void;
  close(): void;
}

export interface EventPorts {
  readonly sessions: Sessions;
  /** A signer's screen has been silent for a while: closed, crashed, unplugged. */
  readonly onGone: (client: string) => void;
  readonly graceMilliseconds?: number;
}

export function createEvents({ sessions, onGone, graceMilliseconds }: EventPorts): Events {
  /** A page that reloads is back within a second or two; a signer who is gone must not block the job. */
  const grace = graceMilliseconds ?? 30_000;
  const listeners = new Map<string, Set<(event: HostEvent) => void>>();
  const timers = new Map<string, NodeJS.Timeout>();

  function emitTo(client: string, event: HostEvent): void {
    if (!authorizeEvent(sessions.standing(client), event)) return;
    for (const listener of listeners.get(client) ?? []) listener(event);
  }
  function wait(client: string): void {
    const timer = setTimeout(() => {
      timers.delete(client);
      if (sessions.standing(client).state === 'signer') onGone(client);
    }, grace);
    timer.unref();
    timers.set(client, timer);
  }
  return {
    listen(client, listener) {
      clearTimeout(timers.get(client));
      timers.delete(client);
      const mine = listeners.get(client) ?? new Set();
      mine.add(listener);
      listeners.set(client, mine);
      return () => {
        mine.delete(listener);
        if (mine.size > 0) return;
        listeners.delete(client);
        wait(client);
      };
    },
    emitTo,
    emit(event) {
      for (const client of listeners.keys()) emitTo(client, event);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      listeners.clear();
    },
  };
}
