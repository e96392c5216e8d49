/**
 * One HTTPS exchange with the service: TLS 1.2 both ways, no redirect followed, a limit on time and size,
 * through a proxy where one is set. Knows nothing of jobs.
 */
import { request as httpRequest } from 'node:http';
import { Agent, request } from 'node:https';
import type { AgentOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { EnterpriseCredentials } from './enterprise-certificate.ts';
import type { Environment } from './environments.ts';
import { allowedAuthorities, serverObjection } from './server-trust.ts';

export interface TransportOptions {
  readonly environment: Environment;
  readonly credentials: EnterpriseCredentials;
  /** DER of authorities; those the environment does not know are left out. */
  readonly authorities: readonly Uint8Array[];
  readonly proxy?: { readonly host: string; readonly port: number };
  readonly userAgent: string;
}

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** Milliseconds until the answer's headers, and between pieces of its body. */
  readonly timeout: number;
}

export type Outcome =
  | { readonly type: 'answer'; readonly response: IncomingMessage }
  /** `sent`: the request had begun to leave, so the service may have acted on it. */
  | {
      readonly type: 'failure';
      readonly kind: 'timeout' | 'untrusted' | 'refused-us' | 'unreachable';
      readonly sent: boolean;
    };

export interface Transport {
  exchange(exchange: Exchange): Promise<Outcome>;
  close(): void;
}

function pem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

export function createTransport(options: TransportOptions): Transport {
  const { credentials, environment, authorities, proxy, userAgent } = options;
  const tls: AgentOptions = {
    key: credentials.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: [credentials.certificate, ...credentials.chain].map(pem).join(''),
    ca: allowedAuthorities(environment, authorities).map((each) => each.toString()),
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    // An issuing authority of the environment vouches as well as its root.
    allowPartialTrustChain: true,
    checkServerIdentity: (_host, certificate) => serverObjection(environment, certificate.raw),
    // A resumed session would skip the check above.
    maxCachedSessions: 0,
  };
  const agent = new Agent({ ...tls, keepAlive: true, maxSockets: 4 });
  if (proxy !== undefined) tunnelThrough(agent, proxy, tls);
  return {
    exchange: (exchange) => run(agent, exchange, userAgent),
    close: () => agent.destroy(),
  };
}

function run(agent: Agent, exchange: Exchange, userAgent: string): Promise<Outcome> {
  return new Promise((resolve) => {
    let sent = false;
    let timedOut = false;
    const call = request(exchange.url, {
      agent,
      method: exchange.method,
      headers: {
        'User-Agent': userAgent,
        ...exchange.headers,
        ...(exchange.method === 'POST' && { 'Content-Length': exchange.body?.length ?? 0 }),
      },
    });
    const expire = (): void => {
      timedOut = true;
      call.destroy(new Error('timeout'));
    };
    let timer = setTimeout(expire, exchange.timeout);
    call.on('socket', (socket) => {
      const ready = (): void => {
        sent = true;
      };
      // A kept connection is ready at once; a new one when both sides have proved themselves.
      if (socket.writable && !socket.connecting && call.reusedSocket) ready();
      else socket.once('secureConnect', ready);
    });
    call.on('response', (response) => {
      clearTimeout(timer);
      const stalled = (): void => void response.destroy(new Error('timeout'));
      timer = setTimeout(stalled, exchange.timeout);
      response.on('data', () => timer.refresh());
      response.on('close', () => clearTimeout(timer));
      response.pause();
      resolve({ type: 'answer', response });
    });
    call.on('error', (error) => {
      clearTimeout(timer);
      resolve({ type: 'failure', kind: timedOut ? 'timeout' : kindOf(error), sent });
    });
    call.end(exchange.body ?? undefined);
  });
}

function kindOf(error: Error): 'untrusted' | 'refused-us' | 'unreachable' {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_|UNSPECIFIED|INVALID_)/.test(code))
    return 'untrusted';
  if (error.message.includes('another organisation')) return 'untrusted';
  // The service did not take our certificate.
  if (/ALERT|HANDSHAKE/.test(code)) return 'refused-us';
  return 'unreachable';
}

/** CONNECT (RFC 9110, 9.3.6): the proxy sees the host and nothing of what is said. */
function tunnelThrough(
  agent: Agent,
  proxy: { readonly host: string; readonly port: number },
  tls: AgentOptions,
): void {
  agent.createConnection = (options, callback) => {
    const host = options.host ?? '';
    const place = `${host}:${options.port ?? 443}`;
    const asked = httpRequest({
      ...proxy,
      method: 'CONNECT',
      path: place,
      headers: { Host: place },
      timeout: 10_000,
    });
    const give = (error: Error | null, stream?: Duplex): void =>
      (callback as ((error: Error | null, stream?: Duplex) => void) | undefined)?.(error, stream);
    asked.on('timeout', () => asked.destroy(new Error('the proxy does not answer')));
    asked.on('error', (error) => give(error));
    asked.on('connect', (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        give(new Error('the proxy refuses'));
        return;
      }
      const { checkServerIdentity, ca, cert, key, ...versions } = tls;
      const secure = connect({
        ...versions,
        ca,
        cert,
        key,
        ...(checkServerIdentity === undefined ? {} : { checkServerIdentity }),
        socket,
        servername: host,
      });
      give(null, secure);
    });
    asked.end();
    return undefined as never;
  };
}
