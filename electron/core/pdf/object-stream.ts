/** Objects inside object streams (ISO 32000-2, 7.5.7). */
import { Refusal } from '../../../shared/result.ts';
import type { Note } from './cursor.ts';
import { cursorOver, damaged, readInteger } from './cursor.ts';
import { limits } from './limits.ts';
import type { PdfObject, PdfRef } from './objects.ts';
import { parseObject } from './parser.ts';

export interface ObjectStream {
  readonly bytes: Uint8Array;
  /** Object numbers in the stream's order. */
  readonly numbers: readonly number[];
  /** Position of each object in `bytes`. */
  readonly starts: readonly number[];
  /** The stream that /Extends names, null where there is none. */
  readonly base: PdfRef | null;
}

/** Splits decoded object stream data by its header of number and offset pairs. */
export function readObjectStream(
  bytes: Uint8Array,
  count: number,
  first: number,
  base: PdfRef | null,
  note: Note,
): ObjectStream {
  if (count > limits.objectStreamObjects)
    throw new Refusal('pdf.limit', 'An object stream has too many objects.');
  const cursor = cursorOver(bytes, 0, note);
  const numbers: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i < count; i++) {
    const number = readInteger(cursor);
    const start = number === null ? null : readInteger(cursor);
    if (number === null || start === null)
      throw damaged('The header of an object stream is malformed.');
    numbers.push(number);
    starts.push(first + start);
  }
  return { bytes, numbers, starts, base };
}

/** The object `number`, looked for at `index` first; undefined where the stream has none. */
export function objectInStream(
  stream: ObjectStream,
  number: number,
  index: number,
  note: Note,
): PdfObject | undefined {
  let at = index;
  if (stream.numbers[at] !== number) {
    at = stream.numbers.indexOf(number);
    if (at === -1) return undefined;
    note(
      'structure.object-stream-index',
      `Object ${number} stands elsewhere in its object stream.`,
    );
  }
  const start = stream.starts[at] ?? 0;
  if (start >= stream.bytes.length) throw damaged('An object stream is cut off.');
  return parseObject(cursorOver(stream.bytes, start, note));
}
