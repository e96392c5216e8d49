/** FlateDecode (ISO 32000-2, 7.4.4) over pako's zlib, with a cap on what comes out. */
import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  deflate,
  zlibInflate,
  zlibInflateEnd,
  zlibInflateInit2,
} from 'pako';
import { Refusal } from '../../../shared/result.ts';

export interface Inflated {
  readonly bytes: Uint8Array;
  /** False where the data breaks off or is damaged; `bytes` then holds what came before. */
  readonly complete: boolean;
}

/** Inflates zlib data, keeping what a damaged stream gives; `pdf.limit` past `cap` bytes. */
export function inflate(data: Uint8Array, cap: number): Inflated {
  const first = run(data, 15, cap);
  // Some writers leave the zlib header out or get its check wrong; viewers read the deflate data.
  if (first.bytes.length === 0 && !first.complete && data.length > 2) {
    const raw = run(data.subarray(2), -15, cap);
    if (raw.bytes.length > 0) return { bytes: raw.bytes, complete: false };
  }
  return first;
}

/**
 * Deflate data without zlib's header, as ZIP files carry it; `used` is how much of `data` it was.
 * Throws `pdf.limit` past `cap` bytes.
 */
export function inflateRaw(data: Uint8Array, cap: number): Inflated & { readonly used: number } {
  return run(data, -15, cap);
}

function run(
  data: Uint8Array,
  windowBits: number,
  cap: number,
): Inflated & { readonly used: number } {
  const stream = new ZStream();
  if (zlibInflateInit2(stream, windowBits) !== Z_OK) throw new Error('zlib does not start');
  stream.input = data;
  stream.next_in = 0;
  stream.avail_in = data.length;
  const chunks: Uint8Array[] = [];
  let total = 0;
  let size = Math.max(1024, Math.min(1 << 20, data.length * 4));
  let status: number;
  do {
    stream.output = new Uint8Array(size);
    stream.next_out = 0;
    stream.avail_out = size;
    status = zlibInflate(stream, Z_NO_FLUSH);
    total += stream.next_out;
    if (total > cap) {
      zlibInflateEnd(stream);
      throw new Refusal('pdf.limit', 'A stream inflates to more than the reader accepts.', { cap });
    }
    if (stream.next_out > 0) chunks.push(stream.output.subarray(0, stream.next_out));
    size = Math.min(1 << 20, size * 2);
  } while (status === Z_OK && (stream.avail_in > 0 || stream.avail_out === 0));
  zlibInflateEnd(stream);
  // Data that ends without its end marker is read by every viewer; only the flag remembers it.
  const complete = status === Z_STREAM_END || (data.length === 0 && status === Z_BUF_ERROR);
  return { bytes: joined(chunks, total), complete, used: stream.next_in };
}

/** One array of all chunks. */
export function joined(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Deflates bytes for a stream that we write ourselves (zlib, the same bytes every time). */
export function flateEncode(bytes: Uint8Array): Uint8Array {
  return deflate(bytes, { level: 9 });
}
