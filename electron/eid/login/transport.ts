/** Asks a provider: its own addresses alone, no redirects, within a time and a size, JSON or nothing. */
import { Refusal } from '../../../shared/result.ts';
import type { Failure } from '../../../shared/result.ts';
import { isProvidersOwn } from './own-hosts.ts';

export interface TransportPorts {
  readonly issuer: string;
  readonly loopback: boolean;
  /** Milliseconds for one answer, its last byte included. */
  readonly patience: number;
}

export interface Transport {
  /** As `openid-client` wants it. */
  fetch(url: string, options: RequestInit): Promise<Response>;
  /** The text of the last answer from an address. */
  answerOf(url: string): string | null;
  /** Why the last question that failed did; libraries wrap what they catch. */
  refusal(): Failure | null;
}

/** A discovery document has some kilobytes, a token less. */
const largest = 256 * 1024;

export function createTransport({ issuer, loopback, patience }: TransportPorts): Transport {
  const answers = new Map<string, string>();
  let refused: Failure | null = null;
  const refuse = (code: string, message: string, detail?: Failure['detail']): never => {
    const refusal = new Refusal(code, message, detail);
    refused = refusal.failure;
    throw refusal;
  };
  return {
    async fetch(url, options) {
      const { host } = new URL(url);
      if (!isProvidersOwn(issuer, url, loopback))
        refuse('eid.other-host', 'The provider names an address that is not its own.', { host });
      const signal = AbortSignal.timeout(patience);
      try {
        const response = await fetch(url, { ...options, redirect: 'manual', signal });
        if (response.status >= 300 && response.status < 400)
          refuse('eid.redirected', 'The provider sends the question on to somewhere else.', {
            host,
          });
        const bytes = await readAll(response, refuse);
        if (response.status >= 500)
          refuse('eid.unreachable', 'The provider is out of order.', { status: response.status });
        if (!/\bjson\b/.test(response.headers.get('content-type') ?? ''))
          refuse('eid.not-json', 'The provider answers with something else than JSON.', { host });
        answers.set(url, new TextDecoder().decode(bytes));
        const { status, headers } = response;
        return new Response(bytes, { status, headers: { 'content-type': typeOf(headers) } });
      } catch (error) {
        if (error instanceof Refusal) throw error;
        return signal.aborted
          ? refuse('eid.slow', 'The provider does not answer in time.', { host })
          : refuse('eid.unreachable', 'The provider cannot be reached.', { host });
      }
    },
    answerOf: (url) => answers.get(url) ?? null,
    refusal: () => refused,
  };
}

function typeOf(headers: Headers): string {
  return headers.get('content-type') ?? 'application/json';
}

async function readAll(
  response: Response,
  refuse: (code: string, message: string) => never,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (response.body !== null)
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > largest) refuse('eid.too-large', 'The provider’s answer is too large.');
      parts.push(part);
    }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
