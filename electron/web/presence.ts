/**
 * A browser that was closed says nothing: a client that has no event stream and asks for nothing is
 * gone after a while, and its rights with it. Otherwise a cookie would keep the archive open for ever.
 */

export interface Presence {
  /** The client asked for something. */
  seen(client: string): void;
  /** The client listens to events, until the returned function is called. */
  listening(client: string): () => void;
  close(): void;
}

export interface PresencePorts {
  /** Milliseconds of the host's own time, which never jumps. */
  readonly now: () => number;
  readonly patience: number;
  readonly onGone: (client: string) => void;
}

export function createPresence({ now, patience, onGone }: PresencePorts): Presence {
  const clients = new Map<string, { last: number; streams: number }>();
  const of = (client: string) => {
    const known = clients.get(client) ?? { last: 0, streams: 0 };
    known.last = now();
    clients.set(client, known);
    return known;
  };
  const timer = setInterval(() => {
    for (const [client, { last, streams }] of clients) {
      if (streams > 0 || now() - last < patience) continue;
      clients.delete(client);
      onGone(client);
    }
  }, patience / 10);
  timer.unref();
  return {
    seen(client) {
      of(client);
    },
    listening(client) {
      of(client).streams += 1;
      return () => {
        of(client).streams -= 1;
      };
    },
    close: () => clearInterval(timer),
  };
}
