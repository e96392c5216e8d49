/** A browser's side of a kiosk that is a machine of its own: TLS, cookies, and nothing else. */
import { request as ask } from 'node:https';
import { checkServerIdentity } from 'node:tls';
import type { IncomingHttpHeaders } from 'node:http';
import { decode, encode } from '../../shared/rpc/codec.ts';
import type { Result } from '../../shared/result.ts';
import type { InputOf, MethodName, OutputOf } from '../../shared/rpc/contract.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface KioskAddress {
  readonly address: string;
  readonly port: number;
  /** PEM of the authority that was installed on it. */
  readonly ca: string;
}

export interface PairedKiosk {
  readonly cookies: Map<string, string>;
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  try<M extends MethodName>(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>>;
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  /** Hears events until the returned function is called. */
  listen(heard: (data: string) => void): Promise<() => void>;
}

export interface SendOptions {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Through something in between. */
  readonly port?: number;
}

export function makeKiosk({ address, port, ca }: KioskAddress): PairedKiosk {
  const cookies = new Map<string, string>();
  const origin = `https://${address}:${port}`;
  const headersOf = (more: Readonly<Record<string, string>> = {}) => ({
    host: `${address}:${port}`,
    ...(cookies.size === 0
      ? {}
      : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
    ...more,
  });
  function keep(headers: IncomingHttpHeaders): void {
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
  }
  const send: PairedKiosk['send'] = (method, path, { body, headers, port: through } = {}) =>
    new Promise((resolve, reject) => {
      const posted = method === 'GET' ? {} : { origin, 'content-type': 'application/json' };
      const outgoing = ask(
        {
          ...{ host: address, port: through ?? port, method, path, ca, agent: false },
          headers: headersOf({ ...posted, ...headers }),
          // Whatever name the request gives: the certificate is that of the address.
          checkServerIdentity: (_, certificate) => checkServerIdentity(address, certificate),
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            keep(response.headers);
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(parts).toString('utf8'),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const self: PairedKiosk = {
    cookies,
    send,
    async try(method, input) {
      const { body } = await send('POST', `/rpc/${method}`, { body: encode(input) });
      return decode(body) as Result<never>;
    },
    async call(method, input) {
      const answer = await self.try(method, input);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    listen: (heard) =>
      new Promise((resolve, reject) => {
        const stream = ask(
          { ...{ host: address, port, path: '/events', ca, agent: false }, headers: headersOf() },
          (response) => {
            response.on('data', (part: Buffer) => heard(part.toString('utf8')));
            response.on('error', () => undefined);
            resolve(() => stream.destroy());
          },
        );
        stream.on('error', reject);
        stream.end();
      }),
  };
  return self;
}
