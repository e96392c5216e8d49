/**
 * The door for kiosks that are machines of their own: TLS on one address of the office's network, off
 * until an administrator turns it on. It knows kiosk methods, the documents of the job in front of the
 * signer, and the program's own files; of people and jobs it tells nothing.
 */
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fail } from '../../shared/result.ts';
import { contract } from '../../shared/rpc/contract.ts';
import { kiosks } from '../../shared/rpc/contract-method.ts';
import type { ScreenDoor, ScreenNetwork } from '../desk/screen-network.ts';
import type { App } from '../app.ts';
import {
  callMethod,
  decodePath,
  everyAnswer,
  json,
  plain,
  readBody,
  sendDocument,
  sendFile,
} from './answers.ts';
import { streamEvents } from './event-stream.ts';
import { createRates } from './rates.ts';
import type { StaticFile } from './static-files.ts';

/** A drawn signature is the largest body there is. */
const bodyLimit = 2 * 1024 * 1024;
const codeLimit = 1024;
export const screenCookie = '__Host-skranke-screen';
const pairingCookie = '__Host-skranke-pairing';
const forAYear = 400 * 24 * 3600;

/** All that a kiosk of its own can ever call; the router asks again for its standing. */
export const kioskMethods: ReadonlySet<string> = new Set(
  Object.entries(contract)
    .filter(([, { roles }]) => kiosks.some((kiosk) => (roles as readonly string[]).includes(kiosk)))
    .map(([name]) => name),
);

export interface PairedHostPorts {
  readonly app: () => App;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly log: (line: string) => void;
  /** Milliseconds that never jump, for how often somebody may ask; the process's own where absent. */
  readonly now?: () => number;
}

interface Exchange extends PairedHostPorts {
  readonly door: ScreenDoor;
  readonly host: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export function createPairedHost(ports: PairedHostPorts): ScreenNetwork {
  let server: Server | null = null;
  /** For whoever has no cookie, by address; and for each paired kiosk, whose pages come in many pieces. */
  const strangers = createRates({ burst: 120, perSecond: 4 }, ports.now);
  const paired = createRates({ burst: 600, perSecond: 100 }, ports.now);

  function close(): void {
    server?.close();
    server?.closeAllConnections();
    server = null;
  }

  return {
    close,
    async listen({ key, certificates, address, port, door }) {
      close();
      const host = `${address}:${port}`;
      const made = createServer(
        {
          ...{ key, cert: certificates, minVersion: 'TLSv1.2', honorCipherOrder: true },
          // Somebody who sends slowly on purpose, or opens connections and says nothing.
          ...{ headersTimeout: 10_000, requestTimeout: 30_000, handshakeTimeout: 10_000 },
          ...{ keepAliveTimeout: 10_000, connectionsCheckingInterval: 2000, maxHeaderSize: 8192 },
        },
        (request, response) => {
          const known = door.clientOf(cookieOf(request, screenCookie));
          const may =
            known === null
              ? strangers.take(request.socket.remoteAddress ?? '')
              : paired.take(known);
          if (!may) return void plain(response.setHeader('retry-after', '5'), 429);
          answer({ ...ports, door, host, request, response }).catch(() => response.destroy());
        },
      );
      made.maxConnections = 200;
      made.on('tlsClientError', (_, socket) => socket.destroy());
      try {
        await new Promise<void>((resolve, reject) => {
          made.once('error', reject);
          made.listen(port, address, resolve);
        });
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        return code === 'EADDRNOTAVAIL'
          ? fail('screens.address-gone', 'This machine does not have that address now.')
          : fail('screens.port-taken', 'Another program uses that port.');
      }
      server = made;
      return { ok: true, value: null };
    },
  };
}

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value !== undefined && /^[0-9a-f]{64}$/.test(value)) return value;
  }
  return null;
}

function setCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${seconds}`;
}

/** One name, one origin: another site's page, and a name that points here, get no answer. */
function isOurs({ request: { headers, method }, host }: Exchange): boolean {
  if (headers.host !== host) return false;
  const origin = `https://${host}`;
  if (headers.origin !== undefined && headers.origin !== origin) return false;
  if (method !== 'GET' && headers.origin === undefined) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || (site === 'none' && method === 'GET');
}

async function answer(exchange: Exchange): Promise<void> {
  const { app, door, files, request, response } = exchange;
  for (const [header, value] of Object.entries(everyAnswer)) response.setHeader(header, value);
  response.setHeader('strict-transport-security', 'max-age=31536000');
  if (!isOurs(exchange)) return plain(response, 403);
  const pathname = decodePath(new URL(request.url ?? '/', `https://${exchange.host}`).pathname);
  if (pathname === null) return plain(response, 400);
  if (request.method === 'POST' && pathname === '/pair') return pair(exchange);
  if (request.method === 'POST' && pathname === '/pair/wait') return waitToBePaired(exchange);
  const client = door.clientOf(cookieOf(request, screenCookie));
  if (request.method === 'POST' && pathname.startsWith('/rpc/')) {
    const method = pathname.slice('/rpc/'.length);
    if (client === null)
      return json(response, 401, fail('screen.not-paired', 'This screen is not paired.'));
    if (!kioskMethods.has(method))
      return json(response, 403, fail('rpc.forbidden', 'This session may not do that.'));
    return callMethod({ app: app(), request, response }, client, method, bodyLimit);
  }
  if (request.method !== 'GET') return plain(response, 405);
  const file = files.get(pathname);
  if (file !== undefined) {
    // The cookie lasts as long as the screen is used.
    const cookie = cookieOf(request, screenCookie);
    if (client !== null && cookie !== null && pathname === '/')
      response.setHeader('set-cookie', setCookie(screenCookie, cookie, forAYear));
    return sendFile(response, file);
  }
  if (client === null) return plain(response, 401);
  if (pathname === '/events') return streamEvents(app(), client, request, response);
  if (pathname.startsWith('/document/'))
    return sendDocument({ app: app(), request, response }, client, pathname);
  return plain(response, 404);
}

/** The code off the workstation's screen, good once; it gives nothing yet but a place to wait. */
async function pair({ door, request, response }: Exchange): Promise<void> {
  const body = await readBody(request, response, codeLimit);
  if (body === null) return;
  const code = codeIn(body);
  if (code === null) return json(response, 400, fail('rpc.invalid', 'There is no code.'));
  const offered = await door.offer(code);
  if (!offered.ok) return json(response, 403, offered);
  response.setHeader('set-cookie', setCookie(pairingCookie, offered.value.secret, 900));
  json(response, 200, { ok: true, value: { compare: offered.value.compare } });
}

function codeIn(body: Buffer): string | null {
  try {
    const value = JSON.parse(body.toString('utf8')) as { readonly code?: unknown } | null;
    return typeof value?.code === 'string' && /^\d{8}$/.test(value.code) ? value.code : null;
  } catch {
    return null;
  }
}

function waitToBePaired({ door, request, response }: Exchange): void {
  const secret = cookieOf(request, pairingCookie);
  const state = secret === null ? null : door.collect(secret);
  if (state === null) return json(response, 403, fail('pairing.none', 'No pairing is under way.'));
  if (state.type === 'accepted')
    response.setHeader('set-cookie', [
      setCookie(screenCookie, state.cookie, forAYear),
      setCookie(pairingCookie, '', 0),
    ]);
  json(response, 200, { ok: true, value: { state: state.type } });
}
