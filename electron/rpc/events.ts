/** What the host tells its clients, each only what it may see. */
import type { HostEvent } from '../../shared/rpc/transport.ts';
import { authorizeEvent, type Lookup } from './authorize.ts';
import type { Sessions, Standing } from './sessions.ts';

export interface Events {
  /** Until the returned function is called. */
  listen(client: string, listener: (event: HostEvent) => void): () => void;
  /** To everybody who may see it. */
  emit(event: HostEvent): void;
  /** To everybody what is theirs: how many jobs there are is not the same for all. */
  emitFor(make: (standing: Standing) => HostEvent | null): void;
  /** To one client: the answer to something it asked. */
  emitTo(client: string, event: HostEvent): void;
  /** Whether somebody hears what this client is told. */
  isListening(client: string): boolean;
  close(): void;
}

export interface EventPorts {
  readonly sessions: Sessions;
  readonly lookup: Lookup;
  /** A signer's screen has been silent for a while: closed, crashed, unplugged. */
  readonly onGone: (client: string) => void;
  /** Milliseconds that a signer is rightly somewhere else: at an e-ID provider's own pages. */
  readonly awayFor?: (client: string) => number;
  readonly graceMilliseconds?: number;
}

export function createEvents(ports: EventPorts): Events {
  const { sessions, lookup, onGone, awayFor, graceMilliseconds } = ports;
  /** A page that reloads is back within a second or two; a signer who is gone must not block the job. */
  const grace = graceMilliseconds ?? 30_000;
  const listeners = new Map<string, Set<(event: HostEvent) => void>>();
  const timers = new Map<string, NodeJS.Timeout>();

  function emitTo(client: string, event: HostEvent): void {
    if (!authorizeEvent(sessions.standing(client), event, lookup)) return;
    for (const listener of listeners.get(client) ?? []) listener(event);
  }
  function wait(client: string, milliseconds = grace): void {
    const timer = setTimeout(() => {
      timers.delete(client);
      const away = awayFor?.(client) ?? 0;
      if (away > 0) wait(client, away + grace);
      else if (sessions.standing(client).state === 'signer') onGone(client);
    }, milliseconds);
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
    emitFor(make) {
      for (const client of listeners.keys()) {
        const event = make(sessions.standing(client));
        if (event !== null) emitTo(client, event);
      }
    },
    isListening: (client) => listeners.has(client),
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      listeners.clear();
    },
  };
}
