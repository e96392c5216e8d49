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
  /** The client's page is asked for: the one that listens is about to be replaced, or is no more. */
  opening(client: string): void;
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
}

/** A page that reloads, or that lost its network, is back within this; a signer who is gone blocks a job. */
const grace = 30_000;
/** On this machine there is no network to lose: long enough for a page to take up its stream again. */
const breath = 250;

export function createEvents(ports: EventPorts): Events {
  const { sessions, lookup, onGone, awayFor } = ports;
  const listeners = new Map<string, Set<(event: HostEvent) => void>>();
  const waits = new Map<
    string,
    { readonly timer: NodeJS.Timeout; readonly milliseconds: number }
  >();
  /** Asked for anew by a page that still listened, or gone to a provider: not a crash, it comes back. */
  const returning = new Set<string>();

  function graceOf(client: string): number {
    const standing = sessions.standing(client);
    const crashes = standing.state === 'signer' && standing.at?.kind !== 'paired';
    return crashes && !returning.has(client) ? breath : grace;
  }
  function emitTo(client: string, event: HostEvent): void {
    if (!authorizeEvent(sessions.standing(client), event, lookup)) return;
    for (const listener of listeners.get(client) ?? []) listener(event);
  }
  function stopWaiting(client: string): void {
    clearTimeout(waits.get(client)?.timer);
    waits.delete(client);
    returning.delete(client);
  }
  function gone(client: string): void {
    stopWaiting(client);
    if (sessions.standing(client).state === 'signer') onGone(client);
  }
  function wait(client: string, milliseconds: number): void {
    const timer = setTimeout(() => {
      const away = awayFor?.(client) ?? 0;
      if (away > 0) wait(client, away + grace);
      else gone(client);
    }, milliseconds);
    timer.unref();
    waits.set(client, { timer, milliseconds });
  }
  return {
    listen(client, listener) {
      stopWaiting(client);
      const mine = listeners.get(client) ?? new Set();
      mine.add(listener);
      listeners.set(client, mine);
      return () => {
        mine.delete(listener);
        if (mine.size > 0) return;
        listeners.delete(client);
        if ((awayFor?.(client) ?? 0) > 0) returning.add(client);
        wait(client, graceOf(client));
      };
    },
    opening(client) {
      if (listeners.has(client)) returning.add(client);
      // Nobody reloads a page that is no more: whoever opens it anew meets the rest screen.
      else if (waits.get(client)?.milliseconds === breath) gone(client);
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
      for (const client of [...waits.keys()]) stopWaiting(client);
      listeners.clear();
    },
  };
}
