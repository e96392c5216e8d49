/** How both servers answer: the desk's on this machine, and the one for kiosks in the office's network. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { contentSecurityPolicy } from '../../shared/csp.ts';
import { fail } from '../../shared/result.ts';
import { decode, encode } from '../../shared/rpc/codec.ts';
import type { App } from '../app.ts';
import { documentResponse } from '../rpc/document-response.ts';
import type { StaticFile } from './static-files.ts';

export interface Answering {
  readonly app: App;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export const everyAnswer: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

export function plain(response: ServerResponse, status: number, text = ''): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

export function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** Null where it was too long and has been answered. */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > limit) {
      // The rest of the body is not read: the connection cannot be used again.
      response.setHeader('connection', 'close');
      plain(response, 413);
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A call; its body is JSON and no longer than `limit`. */
export async function callMethod(
  { app, request, response }: Answering,
  client: string,
  method: string,
  limit: number,
): Promise<void> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    return plain(response, 415);
  const body = await readBody(request, response, limit);
  if (body === null) return;
  let input: unknown;
  try {
    input = decode(body.toString('utf8'));
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

export function json(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(encode(value));
}

export async function sendDocument(
  { app, request, response }: Answering,
  client: string,
  path: string,
): Promise<void> {
  const range = request.headers.range ?? null;
  const { status, headers, body } = documentResponse(app.documents, client, path, range);
  response.writeHead(status, headers);
  if (body === null) response.end();
  else await pipeline(Readable.from(body, { objectMode: false }), response);
}

export async function sendFile(response: ServerResponse, file: StaticFile): Promise<void> {
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': String(file.length),
    ...(file.immutable ? { 'cache-control': 'private, max-age=31536000, immutable' } : {}),
  });
  await pipeline(file.open(), response);
}
