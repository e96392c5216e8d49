/** The operators of a content stream with their operands (ISO 32000-2, 7.8.2 and 8.9.7). */
import { charClass, isSpace } from '../../pdf/chars.ts';
import { cursorOver, peek, readWord, skipSpace } from '../../pdf/cursor.ts';
import type { Cursor } from '../../pdf/cursor.ts';
import type { PdfObject } from '../../pdf/objects.ts';
import { parseObject } from '../../pdf/parser.ts';
import { Refusal } from '../../../../shared/result.ts';

export interface Operation {
  readonly operator: string;
  readonly operands: readonly PdfObject[];
}

/** What can be read in more than one way: viewers go on behind it, each where it likes. */
export const UNCLEAR: Operation = { operator: '?', operands: [] };

/** More operands than any operator takes; what stands before them says nothing. */
const MAX_OPERANDS = 64;

/**
 * Every operation in order; an inline image is one operation `BI` without operands. What cannot be
 * parsed ends the stream with `UNCLEAR`. With `strict` so does every malformed number or name.
 */
export function* operations(bytes: Uint8Array, strict = false): Generator<Operation> {
  let odd = false;
  const cursor = cursorOver(bytes, 0, () => {
    odd = strict;
  });
  let operands: PdfObject[] = [];
  for (;;) {
    skipSpace(cursor);
    const byte = peek(cursor);
    if (byte === -1) return;
    if (isOperator(byte)) {
      const operator = readWord(cursor);
      if (operator === 'BI' && !skipInlineImage(cursor)) yield UNCLEAR;
      yield { operator, operands };
      operands = [];
      continue;
    }
    try {
      const operand = parseObject(cursor);
      if (operands.length < MAX_OPERANDS) operands.push(operand);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      odd = true;
    }
    if (odd) return yield UNCLEAR;
  }
}

/** Operators begin with a letter or a quotation mark; `true`, `false` and `null` are none in content. */
function isOperator(byte: number): boolean {
  const letter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return letter || byte === 0x27 || byte === 0x22;
}

/**
 * Behind `EI`: the data between may be any bytes, so it is looked for with white space around it.
 * False where others may see the end earlier, or there is none.
 */
function skipInlineImage(cursor: Cursor): boolean {
  const { bytes } = cursor;
  let clear = true;
  for (let at = cursor.position; at + 2 < bytes.length; at++) {
    if (bytes[at + 1] !== 0x45 || bytes[at + 2] !== 0x49) continue;
    const after = bytes[at + 3];
    if (after !== undefined && charClass[after] === 0) continue;
    if (isSpace(bytes[at])) {
      cursor.position = at + 3;
      return clear;
    }
    clear = false;
  }
  cursor.position = bytes.length;
  return false;
}
