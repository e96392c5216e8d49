/** A place in a window of the file: the parser never needs more than the object it stands on. */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { charClass, isDigit, SPACE } from './chars.ts';
import { limits } from './limits.ts';

/** Told about what a strict reading would not accept. */
export type Note = (code: string, detail: string, offset?: number) => void;

export interface Cursor {
  readonly bytes: Uint8Array;
  position: number;
  /** Absolute offset of `bytes[0]`. */
  readonly base: number;
  /** True where `bytes` reaches the end of the file: what is missing then is missing for good. */
  readonly final: boolean;
  readonly note: Note;
}

class WindowEnd extends Error {}
/** Thrown where a window ends in the middle of an object; `inWindow` tries again with a larger one. */
export const windowEnd = new WindowEnd('window end');

/** Reads at most `length` bytes from `offset`; fewer at the end of the file, none outside it. */
export function readUpTo(source: ByteSource, offset: number, length: number): Uint8Array {
  if (offset < 0 || offset >= source.length) return new Uint8Array(0);
  return source.read(offset, Math.min(length, source.length - offset));
}

/** Runs `body` on a window at `offset` that grows until the object fits; `pdf.limit` past the bound. */
export function inWindow<T>(
  source: ByteSource,
  offset: number,
  note: Note,
  body: (cursor: Cursor) => T,
  firstSize = 1024,
): T {
  for (let size = firstSize; ; size *= 8) {
    const bytes = readUpTo(source, offset, size);
    const final = offset + bytes.length >= source.length;
    try {
      return body({ bytes, position: 0, base: offset, final, note });
    } catch (error) {
      if (error !== windowEnd) throw error;
      if (size >= limits.objectBytes)
        throw new Refusal('pdf.limit', 'An object is larger than the reader accepts.', { offset });
    }
  }
}

/** A cursor over bytes that are all there is. */
export function cursorOver(bytes: Uint8Array, position: number, note: Note): Cursor {
  return { bytes, position, base: 0, final: true, note };
}

/** The byte under the cursor, or -1 at the end of the file. */
export function peek(cursor: Cursor, ahead = 0): number {
  const byte = cursor.bytes[cursor.position + ahead];
  if (byte !== undefined) return byte;
  if (cursor.final) return -1;
  throw windowEnd;
}

/** Skips white space and comments (ISO 32000-2, 7.2.4). */
export function skipSpace(cursor: Cursor): void {
  const { bytes } = cursor;
  let at = cursor.position;
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined) {
      cursor.position = at;
      if (cursor.final) return;
      throw windowEnd;
    }
    if (charClass[byte] === SPACE) at++;
    else if (byte === 0x25) {
      while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    } else break;
  }
  cursor.position = at;
}

/** A run of regular characters, as text; empty where a delimiter or the end stands. */
export function readWord(cursor: Cursor): string {
  const { bytes } = cursor;
  const start = cursor.position;
  let at = start;
  while (at < bytes.length && charClass[bytes[at] ?? 0] === 0) at++;
  if (at === bytes.length && !cursor.final) throw windowEnd;
  cursor.position = at;
  let text = '';
  for (let i = start; i < at && i < start + 256; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

/** An unsigned whole number after optional white space; null (cursor unmoved) where none stands. */
export function readInteger(cursor: Cursor): number | null {
  const start = cursor.position;
  skipSpace(cursor);
  let value = 0;
  let digits = 0;
  while (isDigit(peek(cursor))) {
    value = value * 10 + (peek(cursor) - 0x30);
    digits++;
    cursor.position++;
  }
  const next = peek(cursor);
  if (digits === 0 || digits > 15 || (next !== -1 && charClass[next] === 0)) {
    // `0obj` and `0R` are read by the callers that know what may follow.
    if (digits === 0 || digits > 15 || (next !== 0x6f && next !== 0x52)) {
      cursor.position = start;
      return null;
    }
  }
  return value;
}

/** True (and behind it) where `word` stands after white space, followed by no regular character. */
export function acceptWord(cursor: Cursor, word: string): boolean {
  const start = cursor.position;
  skipSpace(cursor);
  for (let i = 0; i < word.length; i++) {
    if (peek(cursor, i) !== word.charCodeAt(i)) {
      cursor.position = start;
      return false;
    }
  }
  cursor.position += word.length;
  return true;
}

/** Refuses with `pdf.damaged`; `offset` is absolute. */
export function damaged(message: string, offset?: number): Refusal {
  return new Refusal('pdf.damaged', message, offset === undefined ? undefined : { offset });
}
