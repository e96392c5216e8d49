/** A browser of the web host, without a browser: the cookie, the calls, the files, the event stream. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { decode, encode } from '../../shared/rpc/codec.ts';
import type { Result } from '../../shared/result.ts';
import type { InputOf, MethodName, OutputOf } from '../../shared/rpc/contract.ts';
import type { HostEvent } from '../../shared/rpc/transport.ts';
import type { Client } from './desk.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export interface Browser extends Client {
  ask(path: string, asked?: Asked): Promise<Answer>;
  /** Whatever the method and the input are. */
  post(method: string, input: unknown): Promise<{ status: number; result: Result<unknown> | null }>;
  /** Everything that the event stream said, as it came. */
  heard(): string;
  close(): void;
}

/** Opens an address of `startWebHost`; answers when its event stream is open. */
export async function openBrowser(address: string): Promise<Browser> {
  const { hostname, port, pathname, search } = new URL(address);
  const origin = `http://${hostname}:${port}`;
  /** By address, with the name in the Host header: not every machine resolves `.localhost`. */
  const send = (path: string, { method = 'GET', headers = {}, body }: Asked): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{ host: '127.0.0.1', port, path, method, agent: false },
          headers: { host: `${hostname}:${port}`, ...headers },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const { statusCode: status = 0, headers: got } = response;
            resolve({ status, headers: got, body: Buffer.concat(parts) });
          });
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const entered = await send(`${pathname}${search}`, {});
  const cookie = (entered.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  const own = { cookie, origin };
  const ask = (path: string, asked: Asked = {}) =>
    send(path, { ...asked, headers: { ...own, ...asked.headers } });

  const events: HostEvent[] = [];
  let stream = '';
  const listening = request({
    ...{ host: '127.0.0.1', port, path: '/events', agent: false },
    headers: { host: `${hostname}:${port}`, cookie },
  });
  await new Promise<void>((opened, reject) => {
    listening.on('response', (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        stream += part;
        rest += part;
        for (;;) {
          const end = rest.indexOf('\n\n');
          if (end < 0) break;
          const data = /^data: (.*)$/m.exec(rest.slice(0, end))?.[1];
          if (data !== undefined) events.push(decode(data) as HostEvent);
          rest = rest.slice(end + 2);
        }
      });
      response.on('error', () => undefined);
      opened();
    });
    listening.on('error', reject);
    listening.end();
  });
  listening.on('error', () => undefined);

  const post = async (method: string, input: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(`/rpc/${method}`, { method: 'POST', headers, body: encode(input) });
    const text = answer.body.toString();
    const result = text === '' ? null : (decode(text) as Result<unknown>);
    return { status: answer.status, result };
  };
  const attempt = async <M extends MethodName>(method: M, input: InputOf<M>) => {
    const { status, result } = await post(method, input);
    if (result === null) throw new Error(`${method}: ${status} without an answer`);
    return result as Result<OutputOf<M>>;
  };
  return {
    ...{ id: cookie, events, ask, post },
    heard: () => stream,
    try: attempt,
    async call(method, input) {
      const result = await attempt(method, input);
      if (!result.ok) throw new Error(`${method}: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    async refusal(method, input) {
      const result = await attempt(method, input);
      if (result.ok) throw new Error(`${method} was granted`);
      return result.error;
    },
    async upload(bytes) {
      const answer = await ask('/upload', { method: 'PUT', body: bytes });
      return (JSON.parse(answer.body.toString()) as { upload: string }).upload;
    },
    close: () => void listening.destroy(),
  };
}
