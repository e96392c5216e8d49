/** The half-signed state as JSON, for a process that goes on where another one stopped. */
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Prepared } from './signature.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, section 4. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const four = [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63]).join('');
    const short = i + 3 - bytes.length;
    parts.push(short > 0 ? four.slice(0, 4 - short).padEnd(4, '=') : four);
  }
  return parts.join('');
}

/** Null for what is not base64. */
export function fromBase64(text: string): Uint8Array | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  const length = text.replace(/=+$/, '').length;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  for (let i = 0, at = 0; i < length; i += 4) {
    let group = 0;
    for (let j = 0; j < 4; j++)
      group = (group << 6) | (i + j < length ? alphabet.indexOf(text[i + j] ?? '') : 0);
    for (const shift of [16, 8, 0]) if (at < bytes.length) bytes[at++] = (group >> shift) & 255;
  }
  return bytes;
}

/** A `Prepared` as one line of JSON. */
export function freezePrepared(prepared: Prepared): string {
  return JSON.stringify({ ...prepared, tail: toBase64(prepared.tail) });
}

const isOffset = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/**
 * The `Prepared` that `freezePrepared` wrote. Checked as anything that comes from outside: a state
 * whose hole or byte range does not fit its tail fails with `sign.state`.
 */
export function thawPrepared(text: string): Result<Prepared> {
  const broken = fail('sign.state', 'The half-signed state cannot be read.');
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    return broken;
  }
  if (typeof state !== 'object' || state === null) return broken;
  const { base, tail, contents, byteRange, digest, field } = state as Record<string, unknown>;
  const bytes = typeof tail === 'string' ? fromBase64(tail) : null;
  if (bytes === null || !isOffset(base) || typeof field !== 'string') return broken;
  if (digest !== 'sha256' && digest !== 'sha384' && digest !== 'sha512') return broken;
  if (typeof contents !== 'object' || contents === null || !Array.isArray(byteRange)) return broken;
  const { offset, length } = contents as Record<string, unknown>;
  const [start, first, second, rest] = byteRange as unknown[];
  if (!isOffset(offset) || !isOffset(length) || !isOffset(rest)) return broken;
  const whole = base + bytes.length;
  const fits = offset >= base && length >= 2 && offset + length <= whole && byteRange.length === 4;
  if (!fits || start !== 0 || first !== offset || second !== offset + length) return broken;
  if (second + rest !== whole) return broken;
  const opens = bytes[offset - base] === 0x3c && bytes[offset - base + length - 1] === 0x3e;
  if (!opens) return broken;
  return ok({
    base,
    tail: bytes,
    contents: { offset, length },
    byteRange: [0, first, second, rest],
    digest,
    field,
  });
}
