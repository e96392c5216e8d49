/**
 * The web host: the same app in a browser on this machine. Loopback only; a one-time token in the
 * address becomes a cookie; the same policy, the same router, the same `authorize` as in the window.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { fail } from '../../shared/result.ts';
import { decode, encode } from '../../shared/rpc/codec.ts';
import { contentSecurityPolicy } from '../../shared/csp.ts';
import { createApp, type App, type AppPorts } from '../app.ts';
import { documentResponse } from '../rpc/document-response.ts';
import { seesContent } from '../rpc/authorize.ts';
import { createLoginReturn } from './login-return.ts';
import { createGate, setCookie, type Gate } from './gate.ts';
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
    home: (state) => `${origin()}/eid/back?state=${encodeURIComponent(state)}`,
    log: options.log ?? ((line) => console.error(line)),
  });
  const app = createApp({ ...ports, host: 'web', loginHost: loginReturn });
  const gate = createGate(app.random, () => app.sessions.open());
  const files = listStaticFiles(renderer);
  const presence = createPresence({
    now: () => performance.now(),
    patience,
    onGone(client) {
      gate.forget(client);
      app.closeClient(client);
    },
  });
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const { port } = server.address() as { port: number };
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
  const origin = () => `http://${gate.hostname}:${port}`;
  const address = () => `${origin()}/?token=${gate.token()}`;
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
  if (!gate.isOurs(request.headers, port, changesState)) return plain(response, 403);
  const url = new URL(request.url ?? '/', `http://${gate.hostname}`);
  const pathname = decodePath(url.pathname);
  if (pathname === null) return plain(response, 400);
  const token = url.searchParams.get('token');
  if (pathname === '/' && token !== null) return enter(exchange, token);
  const client = gate.client(request.headers);
  if (client === null) return plain(response, 403, pathname === '/' ? notOpenHere : '');
  exchange.presence.seen(client);
  if (request.method === 'POST' && pathname.startsWith('/rpc/'))
    return callMethod(exchange, client, pathname.slice('/rpc/'.length));
  if (request.method === 'PUT' && pathname === '/upload') return receive(exchange, client);
  if (request.method !== 'GET') return plain(response, 405);
  if (pathname === '/events') {
    response.on('close', exchange.presence.listening(client));
    return streamEvents(exchange.app, client, request, response);
  }
  if (pathname.startsWith('/document/')) return sendDocument(exchange, client, pathname);
  const file = files.get(pathname);
  if (file !== undefined) return sendFile(response, file);
  return plain(response, pathname === '/' ? 503 : 404, notBuilt(pathname));
}

const everyAnswer: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

function plain(response: ServerResponse, status: number, text = ''): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

/** For a person: a tab of a program that has ended, or another browser. */
const notOpenHere =
  'This address is not open in this browser. Start Skranke again for a new one.\n';

function notBuilt(pathname: string): string {
  return pathname === '/'
    ? 'The windows are not built yet: npm run build, then start again.\n'
    : '';
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
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

async function callMethod({ app, request, response }: Exchange, client: string, method: string) {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    return plain(response, 415);
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > bodyLimit) {
      // The rest of the body is not read: the connection cannot be used again.
      response.setHeader('connection', 'close');
      return plain(response, 413);
    }
    parts.push(part);
  }
  let input: unknown;
  try {
    input = decode(Buffer.concat(parts).toString('utf8'));
  } catch {
    return json(response, 400, fail('rpc.invalid', 'The body is not JSON.'));
  }
  const result = await app.router.call(client, method, input);
  json(response, result.ok ? 200 : statusOf(result.error.code), result);
}

function statusOf(code: string): number {
  switch (code) {
    case 'rpc.unknown':
      return 404;
    case 'rpc.forbidden':
      return 403;
    case 'rpc.invalid':
      return 400;
    case 'internal':
      return 500;
    default:
      return 200;
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(encode(value));
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

async function sendDocument({ app, request, response }: Exchange, client: string, path: string) {
  const range = request.headers.range ?? null;
  const { status, headers, body } = documentResponse(app.documents, client, path, range);
  response.writeHead(status, headers);
  if (body === null) response.end();
  else await pipeline(Readable.from(body, { objectMode: false }), response);
}

async function sendFile(response: ServerResponse, file: StaticFile): Promise<void> {
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': String(file.length),
    ...(file.immutable ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}),
  });
  await pipeline(file.open(), response);
}
