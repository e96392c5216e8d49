/**
 * The web host: the same app in a browser on this machine. Loopback only; a one-time token in the
 * address becomes a cookie; the same policy, the same router, the same `authorize` as in the window.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { fail, ok } from '../../shared/result.ts';
import { createApp, type App, type AppPorts } from '../app.ts';
import { seesContent } from '../rpc/authorize.ts';
import {
  callMethod,
  decodePath,
  everyAnswer,
  json,
  plain,
  sendDocument,
  sendFile,
} from './answers.ts';
import { createLoginReturn } from './login-return.ts';
import { setCookie, type Gate } from './gate.ts';
import { createGates } from './gates.ts';
import { createPairedHost } from './paired-host.ts';
import { createPresence, type Presence } from './presence.ts';
import { streamEvents } from './event-stream.ts';
import { listStaticFiles, type StaticFile } from './static-files.ts';

export interface WebHostOptions extends Partial<Omit<AppPorts, 'home' | 'host'>> {
  readonly home: string;
  /** 0 or nothing: any free one. */
  readonly port?: number;
  /** Where the built renderer lies. */
  readonly renderer?: string;
}

export interface WebHost {
  /** The first address, with its one-time token. */
  readonly url: string;
  /** Another address: each opens one client. */
  address(): string;
  close(): Promise<void>;
}

const rendererFolder = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
/** A call's body: the largest is a drawn signature. Files go by `/upload`. */
const bodyLimit = 8 * 1024 * 1024;
/** A closed browser keeps its clerk signed in for so long, in milliseconds. */
const patience = 15 * 60_000;

export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { port: wantedPort = 0, renderer = rendererFolder, ...ports } = options;
  const loginReturn = createLoginReturn({
    logins: () => app.logins,
    visits: () => app.visits,
    home: (state) => `${origin(travellers.get(state))}/eid/back?state=${encodeURIComponent(state)}`,
    log: options.log ?? ((line) => console.error(line)),
  });
  /** Who is away at a provider: each comes back to the name that their cookie belongs to. */
  const travellers = new Map<string, string>();
  const files = listStaticFiles(renderer);
  const log = options.log ?? ((line: string) => console.error(line));
  const app = createApp({
    screenNetwork: createPairedHost({ app: () => app, files, log }),
    ...{ ...ports, host: 'web' },
    loginHost: {
      show(login) {
        travellers.set(login.state, login.client);
        return loginReturn.show(login);
      },
      hide: (state) => loginReturn.hide(state),
    },
    screenHost: {
      open: (client) => Promise.resolve(ok({ go: addressOf(gates.openFor(client)) })),
      close: (client) => gone(client),
    },
  });
  const gates = createGates(app.random, () => app.sessions.open());
  const gone = (client: string) => {
    gates.forget(client);
    app.closeClient(client);
  };
  const presence = createPresence({
    now: () => performance.now(),
    patience,
    onGone: gone,
  });
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const { port } = server.address() as { port: number };
    const gate = gates.of(request.headers, port);
    answer({ app, gate, presence, files, port, request, response }).catch(() => {
      // The browser went away in the middle; there is nobody to tell.
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  const originOf = (gate: Gate) => `http://${gate.hostname}:${port}`;
  const origin = (client = '') => originOf(gates.holding(client));
  const addressOf = (gate: Gate) => `${originOf(gate)}/?token=${gate.token()}`;
  const address = () => addressOf(gates.desk);
  return {
    url: address(),
    address,
    async close() {
      presence.close();
      loginReturn.close();
      server.close();
      server.closeAllConnections();
      await app.close();
    },
  };
}

interface Exchange {
  readonly app: App;
  readonly gate: Gate;
  readonly presence: Presence;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly port: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function answer(exchange: Exchange): Promise<void> {
  const { gate, files, port, request, response } = exchange;
  for (const [header, value] of Object.entries(everyAnswer)) response.setHeader(header, value);
  if (request.url?.startsWith('/eid/back?') === true) return comeBack(exchange);
  const changesState = request.method !== 'GET' && request.method !== 'HEAD';
  const url = new URL(request.url ?? '/', `http://${gate.hostname}`);
  const pathname = decodePath(url.pathname);
  const token = pathname === '/' ? url.searchParams.get('token') : null;
  // The desk's page opens a second screen under another name: to the browser that is another site.
  const opened = token !== null && gate.fromElsewhere && gate.isHost(request.headers, port);
  if (!opened && !gate.isOurs(request.headers, port, changesState)) return plain(response, 403);
  if (pathname === null) return plain(response, 400);
  if (token !== null) return enter(exchange, token);
  const client = gate.client(request.headers);
  if (client === null) return plain(response, 403, pathname === '/' ? notOpenHere : '');
  exchange.presence.seen(client);
  if (request.method === 'POST' && pathname.startsWith('/rpc/'))
    return callMethod(exchange, client, pathname.slice('/rpc/'.length), bodyLimit);
  if (request.method === 'PUT' && pathname === '/upload') return receive(exchange, client);
  if (request.method !== 'GET') return plain(response, 405);
  if (pathname === '/events') {
    response.on('close', exchange.presence.listening(client));
    return streamEvents(exchange.app, client, request, response);
  }
  if (pathname.startsWith('/document/')) return sendDocument(exchange, client, pathname);
  const file = files.get(pathname);
  if (pathname === '/') exchange.app.events.opening(client);
  if (file !== undefined) return sendFile(response, file);
  return plain(response, pathname === '/' ? 503 : 404, notBuilt(pathname));
}

/** For a person: a tab of a program that has ended, or another browser. */
const notOpenHere =
  'This address is not open in this browser. Start Skranke again for a new one.\n';

function notBuilt(pathname: string): string {
  return pathname === '/'
    ? 'The windows are not built yet: npm run build, then start again.\n'
    : '';
}

/**
 * The token for the cookie. A page that moves on by itself, not a redirect: a redirect that began in
 * another program would arrive at `/` without the Strict cookie.
 */
function enter({ gate, request, response }: Exchange, token: string): void {
  if (request.method !== 'GET') return plain(response, 405);
  const cookie = gate.exchange(token);
  // A reload of the address by whoever has the cookie already is no attack.
  if (cookie === null && gate.client(request.headers) === null)
    return plain(response, 403, 'This address has been used. Start again for a new one.\n');
  if (cookie !== null) response.setHeader('set-cookie', setCookie(cookie));
  moveOn(response);
}

/**
 * From an e-ID provider: another site sent the browser here, so the Strict cookie stayed behind. The
 * login's own `state` says that it is ours; it gives no rights, the next page asks for the cookie.
 */
function comeBack({ app, gate, port, request, response }: Exchange): void {
  if (request.method !== 'GET' || !gate.isHost(request.headers, port)) return plain(response, 403);
  const state = new URL(request.url ?? '/', 'http://localhost').searchParams.get('state') ?? '';
  if (!app.visits.isKnown(state)) {
    if (!app.logins.isEnded(state)) return plain(response, 404);
    app.logins.returned(state);
  }
  moveOn(response);
}

/** A page of our own site that goes on by itself: from here the cookie goes along. */
function moveOn(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(
    // The empty icon keeps the browser from asking for one before it has the cookie's page.
    '<!doctype html><meta charset="utf-8"><title>Skranke</title><link rel="icon" href="data:,">' +
      '<meta http-equiv="refresh" content="0;url=/">',
  );
}

async function receive({ app, request, response }: Exchange, client: string): Promise<void> {
  // Only who may import or verify brings in files; a signer's screen has no use for the disk.
  if (!seesContent(app.standingOf(client)))
    return json(response, 403, fail('rpc.forbidden', 'This session may not bring in files.'));
  const received = await app.uploads.receive(client, request as AsyncIterable<Uint8Array>);
  if (received.ok) return json(response, 200, received.value);
  response.setHeader('connection', 'close');
  json(response, received.error.code === 'upload.too-large' ? 413 : 422, { error: received.error });
}
