/**
 * The answer to `documentUrl`, the same in both hosts: authorised, in ranges, never cached. What is
 * not the client's and what does not exist answer alike.
 */
import type { Result } from '../../shared/result.ts';
import type { ByteSource } from '../core/ports.ts';

export interface OpenDocument extends ByteSource {
  close(): void;
}

export interface Documents {
  /** Opens a revision, or an upload of this client (`upload:<id>`, revision 0), if it may see it. */
  open(client: string, document: string, revision: number): Result<OpenDocument>;
}

export interface DocumentResponse {
  readonly status: 200 | 206 | 403 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array> | null;
}

const chunk = 256 * 1024;
const path = /^\/document\/(upload[:/])?([0-9a-z-]{8,40})\/(\d{1,9})$/;

/** `pathname` decoded and without a query; `range` is the request's header, if any. */
export function documentResponse(
  documents: Documents,
  client: string,
  pathname: string,
  range: string | null,
): DocumentResponse {
  const match = path.exec(pathname);
  if (match === null) return refused(403);
  const [, upload, id = '', revision = ''] = match;
  const opened = documents.open(client, upload ? `upload:${id}` : id, Number(revision));
  if (!opened.ok) return refused(403);
  const source = opened.value;
  const wanted = parseRange(range, source.length);
  if (wanted === 'unsatisfiable') {
    source.close();
    return refused(416, { 'content-range': `bytes */${source.length}` });
  }
  const [from, to] = wanted ?? [0, source.length];
  return {
    status: wanted === null ? 200 : 206,
    headers: {
      ...common,
      'content-type': 'application/pdf',
      'accept-ranges': 'bytes',
      'content-length': String(to - from),
      ...(wanted === null ? {} : { 'content-range': `bytes ${from}-${to - 1}/${source.length}` }),
    },
    body: pieces(source, from, to),
  };
}

const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function refused(status: 403 | 416, headers: Record<string, string> = {}): DocumentResponse {
  return { status, headers: { ...common, 'content-length': '0', ...headers }, body: null };
}

async function* pieces(source: OpenDocument, from: number, to: number): AsyncGenerator<Uint8Array> {
  try {
    for (let at = from; at < to; at += chunk) {
      // The source may reuse its memory, and the socket keeps what it has not yet sent.
      yield source.read(at, Math.min(chunk, to - at)).slice();
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    source.close();
  }
}

/**
 * RFC 9110, 14.2: one range as start and end (exclusive); null for none, and for several, which a
 * server may ignore.
 */
export function parseRange(
  header: string | null,
  length: number,
): readonly [number, number] | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const suffix = Math.min(Number(last), length);
    return suffix === 0 ? 'unsatisfiable' : [length - suffix, length];
  }
  const from = Number(first);
  const to = last === '' ? length : Math.min(Number(last) + 1, length);
  if (last !== '' && Number(last) < from) return null;
  return from >= length ? 'unsatisfiable' : [from, to];
}
