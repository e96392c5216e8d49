/** One call to the service: the address checked, the pace kept, the answer told apart, a line for the log. */
import type { IncomingMessage } from 'node:http';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Environment } from './environments.ts';
import { BLOCK } from './pace.ts';
import type { Pace, PaceClock } from './pace.ts';
import { readError } from './read-answers.ts';
import { redacted, refusalOf, silenceOf } from './service-failures.ts';
import type { Exchange, Transport } from './transport.ts';

export interface CallLine {
  readonly method: string;
  /** Path and question, with personal numbers and tokens masked. */
  readonly path: string;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
}

export interface Call {
  readonly method: Exchange['method'];
  /** Whole, as it came in an answer, or a path below the root that begins with a slash. */
  readonly to: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: Uint8Array;
  readonly timeout: number;
  /** The queue that is asked, where it is one. */
  readonly queue?: string;
  /** It makes something that a second call would make twice. */
  readonly acting?: boolean;
  /** Codes for answers that bring none of their own. */
  readonly byStatus?: { readonly [status: number]: string };
}

export interface Answer {
  readonly status: number;
  readonly response: IncomingMessage;
  /** From X-Next-permitted-poll-time. */
  readonly nextPollAt: string | null;
}

export interface Caller {
  /** Now by the service's clock, where this machine's is wrong: packages must be signed within five seconds of it. */
  serviceTime(): Date;
  call(call: Call): Promise<Result<Answer>>;
  /** The call with its whole answer. */
  read(call: Call): Promise<Result<Answer & { readonly bytes: Uint8Array }>>;
}

/** Messages are small; documents are streamed. */
const MAX_MESSAGE = 4 * 1024 * 1024;

export function createCaller(ports: {
  readonly environment: Environment;
  readonly transport: Transport;
  readonly pace: Pace;
  readonly clock: PaceClock;
  readonly wallClock: Pick<PaceClock, 'now'>;
  readonly log: (line: CallLine) => void;
}): Caller {
  const { environment, transport, pace, clock, wallClock, log } = ports;
  /** How far the service's clock is ahead of this machine's, in milliseconds. */
  let ahead = 0;

  async function call(asked: Call): Promise<Result<Answer>> {
    const url = addressOf(asked.to, environment);
    if (url === null)
      return fail('posten.foreign-url', 'The address leads to another place than the service.');
    const refused = await pace.enter(asked.queue ?? null);
    if (refused !== null) return { ok: false, error: refused };
    const started = clock.now().getTime();
    const outcome = await transport.exchange({
      method: asked.method,
      url,
      headers: {
        Accept: asked.accept ?? 'application/xml',
        ...(asked.contentType !== undefined && { 'Content-Type': asked.contentType }),
      },
      body: asked.body ?? null,
      timeout: asked.timeout,
    });
    pace.leave();
    const status = outcome.type === 'answer' ? (outcome.response.statusCode ?? 0) : null;
    log({
      method: asked.method,
      path: redacted(`${url.pathname}${url.search}`),
      status,
      milliseconds: clock.now().getTime() - started,
    });
    if (outcome.type === 'failure') return silenceOf(outcome, asked.acting === true);
    return judged(asked, status ?? 0, outcome.response);
  }

  async function judged(
    asked: Call,
    status: number,
    response: IncomingMessage,
  ): Promise<Result<Answer>> {
    const named = dateIn(response.headers['x-next-permitted-poll-time']);
    const there = dateIn(response.headers.date);
    if (there !== null) ahead = there.getTime() - wallClock.now().getTime();
    // A time of the service's is one by its clock: what counts is how far it is from its own now, which
    // the header gives in whole seconds. Less than one is «at once».
    const wait = (named?.getTime() ?? 0) - (there ?? wallClock.now()).getTime();
    const from = clock.now().getTime();
    const permitted = named === null ? null : new Date(wait < 1000 ? from : from + wait);
    if (asked.queue !== undefined && permitted !== null) pace.nextPoll(asked.queue, permitted);
    if (status >= 200 && status < 300)
      return ok({ status, response, nextPollAt: named?.toISOString() ?? null });
    const body = await bodyOf(response, MAX_MESSAGE);
    if (status === 429) return tooMany(asked, response, named, permitted);
    const error = body === null ? null : readError(body);
    const own = asked.byStatus?.[status];
    if (error === null && own !== undefined) return fail(own, 'The service refuses.', { status });
    const refusal = refusalOf(status, error);
    // A conflict says in every version that it is too late; its code, where there is one, says no more.
    if (status === 409 && own !== undefined && !refusal.ok)
      return { ok: false, error: { ...refusal.error, code: own } };
    return refusal;
  }

  /** Two things in one status: the queue was asked too early, or the whole organisation asks too much. */
  function tooMany(
    asked: Call,
    response: IncomingMessage,
    named: Date | null,
    permitted: Date | null,
  ): Result<never> {
    const later = new Date(clock.now().getTime() + BLOCK);
    if ('dosfilter' in response.headers || asked.queue === undefined) {
      pace.blocked();
      return fail('posten.blocked', 'The service has blocked calls for a moment.', {
        until: later.toISOString(),
      });
    }
    pace.nextPoll(asked.queue, permitted ?? later);
    return fail('posten.too-eager', 'The queue may not be asked yet.', {
      nextPollAt: (named ?? later).toISOString(),
    });
  }

  return {
    // The header counts whole seconds: less than that is no difference.
    serviceTime: () => new Date(wallClock.now().getTime() + (Math.abs(ahead) > 2000 ? ahead : 0)),
    call,
    async read(asked) {
      const answer = await call(asked);
      if (!answer.ok) return answer;
      const bytes = await bodyOf(answer.value.response, MAX_MESSAGE);
      if (bytes !== null) return ok({ ...answer.value, bytes });
      return asked.acting === true
        ? fail('posten.outcome-unknown', 'The service answered, but its answer broke off.')
        : fail('posten.unreadable-answer', 'The service’s answer broke off or is too long.');
    },
  };
}

/** Only the service's own host, encrypted, and without a name and password in the address. */
function addressOf(to: string, { root }: Environment): URL | null {
  const own = new URL(root);
  const text = to.startsWith('/') ? `${root}${to}` : to.trim();
  if (to.startsWith('//') || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' &&
    url.origin === own.origin &&
    url.username === '' &&
    url.password === ''
    ? url
    : null;
}

function dateIn(header: string | readonly string[] | undefined): Date | null {
  const date = typeof header === 'string' ? new Date(header) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}

/** Null where it breaks off or is longer than `limit`. */
async function bodyOf(response: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) return null;
    }
    return new Uint8Array(Buffer.concat(chunks));
  } catch {
    return null;
  }
}
