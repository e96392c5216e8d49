/** ASCIIHexDecode, ASCII85Decode and RunLengthDecode (ISO 32000-2, 7.4.2, 7.4.3, 7.4.5). */
import { Refusal } from '../../../shared/result.ts';
import { hexValue, isSpace } from './chars.ts';

/** Decodes up to `>`; anything that is no hex digit is skipped. */
export function asciiHexDecode(data: Uint8Array): Uint8Array {
  const out = new Uint8Array((data.length + 1) >> 1);
  let size = 0;
  let high = -1;
  for (const byte of data) {
    if (byte === 0x3e) break;
    const digit = hexValue[byte] ?? 255;
    if (digit > 15) continue;
    if (high < 0) high = digit;
    else {
      out[size++] = high * 16 + digit;
      high = -1;
    }
  }
  if (high >= 0) out[size++] = high * 16;
  return out.subarray(0, size);
}

/** Decodes up to `~>`; a leading `<~`, which some writers add, is skipped. */
export function ascii85Decode(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil((data.length * 4) / 5) + 4 + countOf(data, 0x7a) * 4);
  let size = 0;
  let group = 0;
  let digits = 0;
  let at = 0;
  while (isSpace(data[at])) at++;
  if (data[at] === 0x3c && data[at + 1] === 0x7e) at += 2;
  for (; at < data.length; at++) {
    const byte = data[at] ?? 0;
    if (byte === 0x7e) break;
    if (byte === 0x7a && digits === 0) {
      size += 4;
      continue;
    }
    if (byte < 0x21 || byte > 0x75) continue;
    group = group * 85 + byte - 0x21;
    if (++digits === 5) {
      out[size++] = Math.floor(group / 0x1000000);
      out[size++] = group >>> 16;
      out[size++] = group >>> 8;
      out[size++] = group;
      group = 0;
      digits = 0;
    }
  }
  if (digits > 1) {
    for (let i = digits; i < 5; i++) group = group * 85 + 84;
    const tail = [Math.floor(group / 0x1000000), group >>> 16, group >>> 8];
    for (let i = 0; i < digits - 1; i++) out[size++] = tail[i] ?? 0;
  }
  return out.subarray(0, size);
}

function countOf(data: Uint8Array, byte: number): number {
  let count = 0;
  for (const one of data) if (one === byte) count++;
  return count;
}

/** Decodes up to the length byte 128; `pdf.limit` past `cap` bytes. */
export function runLengthDecode(data: Uint8Array, cap: number): Uint8Array {
  let total = 0;
  for (let at = 0; at < data.length;) {
    const length = data[at] ?? 128;
    if (length === 128) break;
    total += length < 128 ? Math.min(length + 1, data.length - at - 1) : 257 - length;
    at += length < 128 ? length + 2 : 2;
  }
  if (total > cap)
    throw new Refusal('pdf.limit', 'A stream expands to more than the reader accepts.', { cap });
  const out = new Uint8Array(total);
  let size = 0;
  for (let at = 0; at < data.length && size < total;) {
    const length = data[at] ?? 128;
    if (length === 128) break;
    if (length < 128) {
      const literal = data.subarray(at + 1, at + 2 + length);
      out.set(literal.subarray(0, total - size), size);
      size += literal.length;
      at += length + 2;
    } else {
      const count = 257 - length;
      out.fill(data[at + 1] ?? 0, size, size + count);
      size += count;
      at += 2;
    }
  }
  return out;
}
