/**
 * One HTTP(S) request to an address that a stranger wrote into a certificate: limits on time and size,
 * few redirects, and never another scheme.
 */
import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface BoundedRequest {
  readonly method: 'GET' | 'POST';
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** From the first packet of the first address to the last packet of the last. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/**
 * - `unreachable`: no connection, or it broke before an answer
 * - `too-slow`, `too-large`: beyond the limits
 * - `refused`: another HTTP status than 200
 * - `cut-short`: the connection broke inside the answer
 * - `redirected`: to another scheme, from https to http, or too often
 * - `no-address`: not an http or https address
 */
export type RequestProblem =
  'unreachable' | 'too-slow' | 'too-large' | 'refused' | 'cut-short' | 'redirected' | 'no-address';

export type Fetched =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: RequestProblem };

const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/** Whether an address is one that is asked at all. */
export function isHttp(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}

/** Never throws. */
export async function fetchBounded(address: string, request: BoundedRequest): Promise<Fetched> {
  if (!isHttp(address)) return { ok: false, problem: 'no-address' };
  const deadline = performance.now() + request.timeoutMs;
  let url = new URL(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await once(url, request, deadline - performance.now());
    if (!('location' in answer)) return answer;
    const { location } = answer;
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    const safe =
      next !== null &&
      (next.protocol === 'https:' || (next.protocol === 'http:' && url.protocol === 'http:'));
    if (!safe) return { ok: false, problem: 'redirected' };
    url = next;
  }
  return { ok: false, problem: 'redirected' };
}

type Answer = Fetched | { readonly location: string };

function once(url: URL, request: BoundedRequest, timeoutMs: number): Promise<Answer> {
  if (timeoutMs <= 0) return Promise.resolve({ ok: false, problem: 'too-slow' });
  // Names and passwords in such an address are nobody's business.
  url.username = '';
  url.password = '';
  const start = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const { method, body, headers = {} } = request;
    const length = body === undefined ? {} : { 'content-length': body.length };
    const outgoing = start(url, { method, headers: { ...headers, ...length }, agent: false });
    const settle = (answer: Answer): void => {
      clearTimeout(timer);
      resolve(answer);
      outgoing.destroy();
    };
    const timer = setTimeout(() => settle({ ok: false, problem: 'too-slow' }), timeoutMs);
    outgoing.on('error', () => settle({ ok: false, problem: 'unreachable' }));
    outgoing.on('response', (response) => receive(response, request.maxBytes, settle));
    outgoing.end(body);
  });
}

function receive(
  response: IncomingMessage,
  maxBytes: number,
  settle: (answer: Answer) => void,
): void {
  const { statusCode = 0, headers } = response;
  response.on('error', () => settle({ ok: false, problem: 'cut-short' }));
  if (REDIRECTS.has(statusCode) && headers.location !== undefined)
    return settle({ location: headers.location });
  if (statusCode !== 200) return settle({ ok: false, problem: 'refused' });
  if (Number(headers['content-length'] ?? 0) > maxBytes)
    return settle({ ok: false, problem: 'too-large' });
  const pieces: Buffer[] = [];
  let length = 0;
  response.on('data', (piece: Buffer) => {
    length += piece.length;
    if (length > maxBytes) settle({ ok: false, problem: 'too-large' });
    else pieces.push(piece);
  });
  response.on('end', () => settle({ ok: true, bytes: new Uint8Array(Buffer.concat(pieces)) }));
}
