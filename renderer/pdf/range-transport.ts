/**
 * How pdf.js gets bytes: our own range requests over `documentUrl`. pdf.js fetches ranges only over
 * http(s), and Electron serves documents under app://; this one way works in both hosts.
 */
import { PDFDataRangeTransport } from 'pdfjs-dist';

/** What pdf.js asks for at most in one go, and what we fetch before it opens the file. */
export const rangeChunk = 128 * 1024;
const attempts = 3;

export interface OpenedRange {
  readonly transport: PDFDataRangeTransport;
  readonly length: number;
}

/** The code a failed answer stands for; the sentence lives in the language files. */
export function codeOfStatus(status: number): string {
  if (status === 401 || status === 403) return 'rpc.forbidden';
  if (status === 404 || status === 410) return 'document.unknown';
  return 'host.unreachable';
}

/** Thrown while a document is opened; `code` names the sentence. */
export class RangeFailure extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'RangeFailure';
    this.code = code;
  }
}

async function fetchRange(url: string, begin: number, end: number, signal: AbortSignal) {
  for (let turn = 1; ; turn += 1) {
    try {
      const response = await fetch(url, {
        headers: { range: `bytes=${String(begin)}-${String(end - 1)}` },
        credentials: 'same-origin',
        cache: 'no-store',
        signal,
      });
      if (response.ok) return response;
      throw new RangeFailure(codeOfStatus(response.status));
    } catch (error) {
      if (signal.aborted) throw error;
      const final = error instanceof RangeFailure && error.code !== 'host.unreachable';
      if (final || turn === attempts) {
        throw error instanceof RangeFailure ? error : new RangeFailure('host.unreachable');
      }
      await new Promise((resolve) => setTimeout(resolve, 200 * turn));
    }
  }
}

/** The whole length out of `Content-Range: bytes 0-99/1234`. */
function totalOf(response: Response): number | null {
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

/**
 * Opens `url`. `prefix` shows only the first so many bytes: every earlier revision of a signed PDF is
 * a byte prefix of the later one, so this is exactly what an earlier signer saw.
 */
export async function openRange(
  url: string,
  onFailure: (code: string) => void,
  prefix?: number,
): Promise<OpenedRange> {
  const stop = new AbortController();
  const first = await fetchRange(url, 0, Math.min(rangeChunk, prefix ?? rangeChunk), stop.signal);
  const bytes = new Uint8Array(await first.arrayBuffer());
  // A host that ignores Range sends everything: then it is here already.
  const whole = first.status === 200 ? bytes.length : (totalOf(first) ?? bytes.length);
  const length = prefix === undefined ? whole : Math.min(prefix, whole);
  const initial = bytes.length > length ? bytes.slice(0, length) : bytes;
  const transport = new PDFDataRangeTransport(length, initial, initial.length >= length);
  transport.requestDataRange = (begin: number, end: number) => {
    void fetchRange(url, begin, Math.min(end, length), stop.signal)
      .then(async (response) => {
        const chunk = new Uint8Array(await response.arrayBuffer());
        const asked = response.status === 200 ? chunk.slice(begin, Math.min(end, length)) : chunk;
        transport.onDataRange(begin, asked);
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) {
          onFailure(error instanceof RangeFailure ? error.code : 'host.unreachable');
        }
      });
  };
  transport.abort = () => {
    stop.abort();
  };
  return { transport, length };
}
