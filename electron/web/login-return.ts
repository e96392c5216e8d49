/**
 * Where a provider sends the browser back to: a fixed address, because providers register whole ones.
 * It listens only while somebody is away at a provider, knows the pending `state` alone, and sends the
 * browser on to our own page at once.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { LoginHost, Logins } from '../desk/logins.ts';
import { exitIn, type Visits } from '../desk/service-visits.ts';

export interface LoginReturn extends LoginHost {
  close(): void;
}

export interface LoginReturnPorts {
  readonly logins: () => Logins;
  readonly visits: () => Visits;
  /** Our own page for a browser that comes back with this state. */
  readonly home: (state: string) => string;
  readonly log: (line: string) => void;
}

/** Who stayed at the provider for too long is still sent home, instead of to a closed door. */
const lateComers = 10 * 60_000;

export function createLoginReturn({ logins, visits, home, log }: LoginReturnPorts): LoginReturn {
  const pending = new Set<string>();
  const answered = new Set<string>();
  let server: Server | null = null;
  let openAt = 0;
  let closing: NodeJS.Timeout | null = null;

  function close(): void {
    if (closing !== null) clearTimeout(closing);
    closing = null;
    server?.close();
    server?.closeAllConnections();
    server = null;
  }

  async function listen(port: number): Promise<Result<null>> {
    if (closing !== null) clearTimeout(closing);
    closing = null;
    if (server !== null && openAt === port) return ok(null);
    close();
    const made = createServer((request, response) => {
      answer(request, response).catch(() => response.destroy());
    });
    try {
      await new Promise<void>((resolve, reject) => {
        made.once('error', reject);
        made.listen(port, '127.0.0.1', resolve);
      });
    } catch {
      return fail('eid.port', 'The port that providers send back to is taken.', { port });
    }
    server = made;
    openAt = port;
    return ok(null);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = `http://127.0.0.1:${openAt}`;
    const address = new URL(request.url ?? '/', origin);
    const state = address.searchParams.get('state') ?? '';
    const sendTo = (location: string) => response.writeHead(303, { ...headers, location }).end();
    const ours = request.method === 'GET' && `http://${request.headers.host ?? ''}` === origin;
    if (ours && address.pathname === '/eid/callback' && pending.has(state)) {
      answered.add(state);
      const taken = await logins().answer(address);
      if (taken.ok) return void sendTo(taken.value.logout ?? home(state));
      log(`login answer ${taken.error.code}`);
    }
    const exit = ours ? exitIn(address) : null;
    if (exit !== null && visits().answer(address)) return void sendTo(home(exit.reference));
    const returning = ['/eid/callback', '/eid/logged-out'].includes(address.pathname);
    if (ours && returning && logins().isEnded(state)) return void sendTo(home(state));
    response.writeHead(404, headers).end();
  }

  return {
    async show({ state, url, redirectUri }) {
      const listening = await listen(Number(new URL(redirectUri).port));
      if (!listening.ok) return listening;
      pending.add(state);
      return ok({ go: url });
    },
    hide(state) {
      pending.delete(state);
      const late = !answered.delete(state);
      if (pending.size > 0) return;
      if (!late) return close();
      closing ??= setTimeout(close, lateComers);
      closing.unref();
    },
    close,
  };
}

const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // A door that is shut again in a moment keeps no connection.
  connection: 'close',
};
