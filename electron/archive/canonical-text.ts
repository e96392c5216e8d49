/**
 * Whether a text is canonical JSON (RFC 8785), found in one pass over it. Where the pass cannot be sure
 * (an escape, a fraction, a surrogate), the text is parsed and written again: three times the price.
 */
import type { Json } from '../../shared/result.ts';

export function isCanonicalText(text: string): boolean {
  return valueEnd(text, 0, deepest) === text.length || isAsWritten(text);
}

const unsure = -1;
const deepest = 100;

const [quote, comma, minus, zero, nine, colon] = [0x22, 0x2c, 0x2d, 0x30, 0x39, 0x3a];
const [openList, backslash, closeList, openObject, closeObject] = [0x5b, 0x5c, 0x5d, 0x7b, 0x7d];
const [space, firstSurrogate, lastSurrogate] = [0x20, 0xd800, 0xdfff];
/** Integers of so many digits are written as they are. */
const mostDigits = 15;

/** The place behind the value that begins at `at`. */
function valueEnd(text: string, at: number, depth: number): number {
  switch (text.charCodeAt(at)) {
    case quote:
      return stringEnd(text, at);
    case openObject:
      return depth === 0 ? unsure : objectEnd(text, at, depth - 1);
    case openList:
      return depth === 0 ? unsure : listEnd(text, at, depth - 1);
    default:
      for (const word of ['true', 'false', 'null'])
        if (text.startsWith(word, at)) return at + word.length;
      return integerEnd(text, at);
  }
}

function stringEnd(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) return end + 1;
    if (code === backslash || code < space) return unsure;
    if (code >= firstSurrogate && code <= lastSurrogate) return unsure;
  }
  return unsure;
}

function objectEnd(text: string, at: number, depth: number): number {
  let next = at + 1;
  if (text.charCodeAt(next) === closeObject) return next + 1;
  let before = unsure;
  for (;;) {
    if (text.charCodeAt(next) !== quote) return unsure;
    const end = stringEnd(text, next);
    if (end === unsure || text.charCodeAt(end) !== colon) return unsure;
    if (before !== unsure && !isKeyAfter(text, before, next)) return unsure;
    before = next;
    next = valueEnd(text, end + 1, depth);
    if (next === unsure) return unsure;
    const code = text.charCodeAt(next);
    if (code === closeObject) return next + 1;
    if (code !== comma) return unsure;
    next += 1;
  }
}

/** Of two keys without escapes, each with a quote at its place; by code units, as the clause asks. */
function isKeyAfter(text: string, one: number, other: number): boolean {
  for (let index = 1; ; index++) {
    const [left, right] = [text.charCodeAt(one + index), text.charCodeAt(other + index)];
    if (left !== right) return left === quote || (right !== quote && left < right);
    if (left === quote) return false;
  }
}

function listEnd(text: string, at: number, depth: number): number {
  let next = at + 1;
  if (text.charCodeAt(next) === closeList) return next + 1;
  for (;;) {
    next = valueEnd(text, next, depth);
    if (next === unsure) return unsure;
    const code = text.charCodeAt(next);
    if (code === closeList) return next + 1;
    if (code !== comma) return unsure;
    next += 1;
  }
}

function integerEnd(text: string, at: number): number {
  const first = text.charCodeAt(at) === minus ? at + 1 : at;
  let end = first;
  while (end < text.length && text.charCodeAt(end) >= zero && text.charCodeAt(end) <= nine) end++;
  const digits = end - first;
  if (digits === 0 || digits > mostDigits) return unsure;
  // No zero in front of others, and no minus in front of zero.
  if (text.charCodeAt(first) === zero && (digits > 1 || first > at)) return unsure;
  // What goes on with a fraction or an exponent is refused by whoever looks for the next comma.
  return end;
}

function isAsWritten(text: string): boolean {
  try {
    const value = JSON.parse(text) as Json;
    return JSON.stringify(value) === text && isSorted(value);
  } catch {
    return false;
  }
}

function isSorted(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return (value as readonly Json[]).every(isSorted);
  let before = '';
  for (const [key, inner] of Object.entries(value as Readonly<Record<string, Json>>)) {
    if (key < before || !isSorted(inner)) return false;
    before = key;
  }
  return true;
}
