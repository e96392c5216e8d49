/**
 * One gate for the desk and one for each window that is a kiosk alone. A cookie belongs to a host name:
 * under a name of its own the second screen's cannot take the place of the clerk's.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Random } from '../core/ports.ts';
import { createGate, type Gate } from './gate.ts';

export interface Gates {
  readonly desk: Gate;
  /** The gate whose name the request speaks to; the desk's, which refuses, for any other. */
  of(headers: IncomingHttpHeaders, port: number): Gate;
  /** The gate behind which a client stands. */
  holding(client: string): Gate;
  /** A gate for one client that there is already; its token is good once. */
  openFor(client: string): Gate;
  forget(client: string): void;
}

export function createGates(random: Random, openClient: () => string): Gates {
  const desk = createGate(random, openClient);
  const windows = new Map<string, Gate>();
  return {
    desk,
    of: (headers, port) => [...windows.values()].find((gate) => gate.isHost(headers, port)) ?? desk,
    holding: (client) => windows.get(client) ?? desk,
    openFor(client) {
      const gate = createGate(random, () => client, true);
      windows.set(client, gate);
      return gate;
    },
    forget(client) {
      desk.forget(client);
      windows.delete(client);
    },
  };
}
