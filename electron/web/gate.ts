/**
 * Who may talk to the loopback server. Any page in the browser and any program on the machine can
 * reach it, so it answers to its own random name, its own origin and its own cookie alone.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Random } from '../core/ports.ts';

export const cookieName = 'skranke';

export interface Gate {
  /** `<random>.localhost`: a cookie of 127.0.0.1 would go to every server on this machine. */
  readonly hostname: string;
  /** Whether its address may be opened by another page of ours. */
  readonly fromElsewhere: boolean;
  /** A fresh one-time token for an address. */
  token(): string;
  /** The cookie a token is exchanged for; null for a token that is wrong or was used. */
  exchange(token: string): string | null;
  /** The client of a cookie header; null for none that we gave. */
  client(headers: IncomingHttpHeaders): string | null;
  /** Whether Host is ours: for who comes from another site and is told nothing. */
  isHost(headers: IncomingHttpHeaders, port: number): boolean;
  /** Whether Host, and Origin where the browser sends it, are ours. */
  isOurs(headers: IncomingHttpHeaders, port: number, changesState: boolean): boolean;
  forget(client: string): void;
}

export function createGate(random: Random, openClient: () => string, fromElsewhere = false): Gate {
  const hex = (bytes: number) => Buffer.from(random.bytes(bytes)).toString('hex');
  const hostname = `${hex(10)}.localhost`;
  const tokens = new Set<string>();
  const clients = new Map<string, string>();
  return {
    hostname,
    fromElsewhere,
    token() {
      const token = hex(32);
      tokens.add(digest(token));
      return token;
    },
    exchange(token) {
      const given = digest(token);
      const known = [...tokens].find((one) => equal(one, given));
      if (known === undefined) return null;
      tokens.delete(known);
      const cookie = hex(32);
      clients.set(digest(cookie), openClient());
      return cookie;
    },
    client(headers) {
      for (const part of (headers.cookie ?? '').split(';')) {
        const [name, value] = part.trim().split('=');
        // The map is asked by digest, so the time it takes tells nothing of the cookie.
        if (name === cookieName && value !== undefined) return clients.get(digest(value)) ?? null;
      }
      return null;
    },
    isHost: (headers, port) => headers.host === `${hostname}:${port}`,
    isOurs(headers, port, changesState) {
      const host = `${hostname}:${port}`;
      if (headers.host !== host) return false;
      if (headers.origin !== undefined && headers.origin !== `http://${host}`) return false;
      // Browsers send Origin with every POST and PUT; a request without it comes from elsewhere.
      if (changesState && headers.origin === undefined) return false;
      const site = headers['sec-fetch-site'];
      return site === undefined || site === 'same-origin' || (site === 'none' && !changesState);
    },
    forget(client) {
      for (const [cookie, one] of clients) if (one === client) clients.delete(cookie);
    },
  };
}

/** The cookie header that carries a client: out of reach of scripts and of other sites. */
export function setCookie(cookie: string): string {
  return `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
