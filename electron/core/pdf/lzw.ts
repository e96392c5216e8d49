/** LZWDecode (ISO 32000-2, 7.4.4): codes of 9 to 12 bits, 256 clears the table, 257 ends the data. */
import { Refusal } from '../../../shared/result.ts';

/**
 * Decodes LZW data and keeps what damaged data gives; `pdf.limit` past `cap` bytes.
 * @param early /EarlyChange: 1 widens codes one code early (the default), 0 does not.
 */
export function lzwDecode(data: Uint8Array, early: 0 | 1, cap: number): Uint8Array {
  const prefix = new Uint16Array(4097);
  const suffix = new Uint8Array(4097);
  const lengths = new Uint16Array(4097);
  for (let i = 0; i < 256; i++) {
    suffix[i] = i;
    lengths[i] = 1;
  }
  let out = new Uint8Array(Math.max(1024, data.length * 4));
  let size = 0;
  let next = 258;
  let width = 9;
  let previous = -1;
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (;;) {
    while (bits < width && at < data.length) {
      buffer = ((buffer << 8) | (data[at++] ?? 0)) & 0xffffff;
      bits += 8;
    }
    if (bits < width) break;
    const code = (buffer >> (bits - width)) & ((1 << width) - 1);
    bits -= width;
    if (code === 257) break;
    if (code === 256) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0) || (code >= 258 && previous < 0)) break;
    const repeats = code === next;
    const source = repeats ? previous : code;
    const length = (lengths[source] ?? 0) + (repeats ? 1 : 0);
    if (size + length > cap)
      throw new Refusal('pdf.limit', 'A stream expands to more than the reader accepts.', { cap });
    if (size + length > out.length) {
      const larger = new Uint8Array(Math.max(out.length * 2, size + length));
      larger.set(out);
      out = larger;
    }
    let write = size + length - (repeats ? 2 : 1);
    let walk = source;
    for (let i = lengths[source] ?? 0; i > 0; i--) {
      out[write--] = suffix[walk] ?? 0;
      walk = prefix[walk] ?? 0;
    }
    const first = out[size] ?? 0;
    if (repeats) out[size + length - 1] = first;
    size += length;
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous;
      suffix[next] = first;
      lengths[next] = (lengths[previous] ?? 0) + 1;
      next++;
    }
    previous = code;
    width = next + early >= 2048 ? 12 : next + early >= 1024 ? 11 : next + early >= 512 ? 10 : 9;
  }
  return out.subarray(0, size);
}
