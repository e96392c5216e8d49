/** `Timestamps` over HTTP(S): RFC 3161, 3.4, with a list of authorities that stand in for each other. */
import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Refusal, attemptAsync, fail, ok } from '../../shared/result.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { TimestampRequest } from '../core/cms/timestamp-request.ts';
import { encodeTimestampRequest, readTimestampResponse } from '../core/cms/timestamp-request.ts';
import type { Clock, Crypto, Random, Timestamps } from '../core/ports.ts';

export interface TimestampServer {
  readonly url: string;
  /** HTTP Basic, where the authority wants to know its customers. */
  readonly user?: string;
  readonly password?: string;
  /** OID of the policy to ask it for; its own choice where absent. */
  readonly policy?: string;
  /** From the first packet to the last; `timeoutMs` of all where absent. */
  readonly seconds?: number;
}

export interface HttpTimestampOptions {
  /** Asked in this order until one answers rightly. */
  readonly urls: readonly TimestampServer[];
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  /** For each authority, from the first packet to the last. */
  readonly timeoutMs?: number;
  /** OID of a policy to ask those for that name none of their own. */
  readonly policy?: string;
  /** Room for a token of an authority that has not answered yet. */
  readonly tokenSize?: number;
}

/** A token with a chain of three certificates; where one is larger, the signature is made twice. */
const UNKNOWN_TOKEN = 7 * 1024;
/** How much two tokens of one authority differ: serial number, fraction of the second, signature, hash. */
const BETWEEN_TOKENS = 128;
/** The largest token of each address so far; for as long as the program runs. */
const seen = new Map<string, number>();

/** A token is a few kilobytes, seldom twenty; an answer beyond this is none. */
const MAX_ANSWER = 256 * 1024;
const MAX_CLOCK_DIFFERENCE = 24 * 60 * 60 * 1000;

/**
 * Fails with the code of the last authority asked, and all of them in `detail.tried`:
 * `timestamp.unreachable`, `timestamp.too-slow`, `timestamp.refused`, `timestamp.wrong-imprint`,
 * `timestamp.wrong-nonce`, `timestamp.wrong-time`, `timestamp.invalid`, `timestamp.unsupported`;
 * `timestamp.none` where the list is empty.
 */
export function httpTimestamps(options: HttpTimestampOptions): Timestamps {
  const { urls, timeoutMs = 15_000 } = options;
  return {
    name: urls.map(({ url }) => hostOf(url)).join(', '),
    get tokenSize() {
      const known = urls.flatMap(({ url }) => seen.get(url) ?? []);
      return known.length === 0
        ? (options.tokenSize ?? UNKNOWN_TOKEN)
        : Math.max(...known) + BETWEEN_TOKENS;
    },
    async stamp({ algorithm, digest }) {
      const tried: { host: string; code: string }[] = [];
      let last: Failure = { code: 'timestamp.none', message: 'No timestamp authority is set up.' };
      for (const server of urls) {
        // A nonce for each: what one authority saw must not fit another's answer.
        const policy = server.policy ?? options.policy;
        const limit = server.seconds === undefined ? timeoutMs : 1000 * server.seconds;
        const request: TimestampRequest = {
          algorithm,
          digest,
          nonce: options.random.bytes(16),
          ...(policy === undefined ? {} : { policy }),
        };
        const token = await ask(server, request, options, limit);
        if (token.ok) {
          seen.set(server.url, Math.max(token.value.length, seen.get(server.url) ?? 0));
          return token;
        }
        last = token.error;
        tried.push({ host: hostOf(server.url), code: last.code });
      }
      return fail(last.code, last.message, { ...last.detail, tried });
    },
  };
}

/** Without user, password and path, which may be secrets of the customer. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'unreadable address';
}

async function ask(
  server: TimestampServer,
  request: TimestampRequest,
  options: HttpTimestampOptions,
  timeoutMs: number,
): Promise<Result<Uint8Array>> {
  const answer = await attemptAsync(() => post(server, encodeTimestampRequest(request), timeoutMs));
  if (!answer.ok) return answer;
  const token = await readTimestampResponse(answer.value, request, options.crypto);
  if (!token.ok) return token;
  // An authority a day off is broken, and its token would prove the wrong time for ever. Smaller
  // differences are more likely this machine's own.
  const difference = Math.abs(token.value.genTime.getTime() - options.clock.now().getTime());
  return difference > MAX_CLOCK_DIFFERENCE
    ? fail('timestamp.wrong-time', 'The timestamp is more than a day from this machine’s clock.')
    : ok(token.value.der);
}

function post(server: TimestampServer, body: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
  if (!URL.canParse(server.url)) throw new Refusal('timestamp.unreachable', 'Not an address.');
  const url = new URL(server.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Refusal('timestamp.unreachable', 'Only http and https addresses are asked.');
  }
  const start = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = start(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/timestamp-query',
        'content-length': body.length,
        accept: 'application/timestamp-reply',
        ...authorization(server, url),
      },
      // No kept connection: authorities close idle ones, and the next signature may be an hour away.
      agent: false,
    });
    const giveUp = (refusal: Refusal): void => {
      reject(refusal);
      outgoing.destroy();
    };
    const timer = setTimeout(
      () =>
        giveUp(
          new Refusal('timestamp.too-slow', 'The timestamp authority did not answer in time.'),
        ),
      timeoutMs,
    );
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Refusal('timestamp.unreachable', 'The timestamp authority cannot be reached.', {
          reason: error.code ?? 'unknown',
        }),
      ),
    );
    outgoing.on('response', (response) => receive(response, resolve, giveUp));
    outgoing.end(body);
  });
}

/** Credentials of the settings, or of the address itself, where some put them. */
function authorization(server: TimestampServer, url: URL): Record<string, string> {
  const user = server.user ?? decodeURIComponent(url.username);
  const password = server.password ?? decodeURIComponent(url.password);
  if (user === '' && password === '') return {};
  const credentials = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  return { authorization: `Basic ${credentials}` };
}

function receive(
  response: IncomingMessage,
  resolve: (body: Uint8Array) => void,
  giveUp: (refusal: Refusal) => void,
): void {
  const status = response.statusCode ?? 0;
  // Redirects are not followed: they would carry the credentials to another host.
  if (status !== 200) {
    giveUp(
      new Refusal('timestamp.refused', 'The timestamp authority refused the request.', {
        httpStatus: status,
      }),
    );
    return;
  }
  const type = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/timestamp-reply') {
    giveUp(
      new Refusal('timestamp.invalid', 'The answer is not a timestamp.', { type: type ?? '' }),
    );
    return;
  }
  const pieces: Buffer[] = [];
  let length = 0;
  response.on('data', (piece: Buffer) => {
    length += piece.length;
    if (length > MAX_ANSWER) {
      giveUp(new Refusal('timestamp.invalid', 'The answer is too large for a timestamp.'));
    } else pieces.push(piece);
  });
  response.on('end', () => resolve(new Uint8Array(Buffer.concat(pieces))));
  // A connection that breaks off in the middle ends in `aborted`, not in `end`.
  response.on('error', () =>
    giveUp(new Refusal('timestamp.unreachable', 'The answer broke off.', { reason: 'aborted' })),
  );
}
