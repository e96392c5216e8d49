/**
 * Writes DER (X.690, clauses 8 and 10). Small on purpose: the signing path builds every structure with
 * it and so need not load a whole ASN.1 library.
 */
import { tags } from './der.ts';

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return joined;
}

/** An element from its identifier octet and contents. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return concat(Uint8Array.of(tag, ...lengthOctets(length)), ...contents);
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

export function sequence(...items: readonly Uint8Array[]): Uint8Array {
  return element(tags.sequence, ...items);
}

/** X.690, 11.6: the items of a SET OF in ascending order of their encodings. */
export function setOfSorted(...items: readonly Uint8Array[]): Uint8Array {
  return element(tags.set, ...[...items].sort(compareBytes));
}

/** Lexicographic order of octets; a shorter one counts as padded with zeros (X.690, 11.6). */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Bytes are an unsigned big-endian number. */
export function integer(value: number | Uint8Array): Uint8Array {
  const bytes = typeof value === 'number' ? numberBytes(value) : value;
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.length === 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return (digits[0] ?? 0) >= 0x80
    ? element(tags.integer, Uint8Array.of(0), digits)
    : element(tags.integer, digits);
}

function numberBytes(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError('integer() writes non-negative safe integers');
  }
  const octets: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.from(octets);
}

export function boolean(value: boolean): Uint8Array {
  return element(tags.boolean, Uint8Array.of(value ? 0xff : 0));
}

export function nothing(): Uint8Array {
  return element(tags.nothing);
}

export function oid(dotted: string): Uint8Array {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  return element(
    tags.oid,
    ...[first * 40n + second, ...rest].map((arc) => {
      const octets = [Number(arc & 0x7fn)];
      for (let left = arc >> 7n; left > 0n; left >>= 7n) {
        octets.unshift(Number(left & 0x7fn) | 0x80);
      }
      return Uint8Array.from(octets);
    }),
  );
}

export function octetString(bytes: Uint8Array): Uint8Array {
  return element(tags.octetString, bytes);
}

export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return element(tags.bitString, Uint8Array.of(unusedBits), bytes);
}

/** A named-bit list (X.690, 11.2.2): trailing zero bits are left out. `bits` counts from the left. */
export function namedBits(bits: readonly number[]): Uint8Array {
  const last = Math.max(-1, ...bits);
  const bytes = new Uint8Array(Math.floor(last / 8) + 1);
  for (const bit of bits) {
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return bitString(bytes, last < 0 ? 0 : 7 - (last & 7));
}

export function utf8String(text: string): Uint8Array {
  return element(tags.utf8, utf8(text));
}

export function printableString(text: string): Uint8Array {
  return element(tags.printable, utf8(text));
}

export function ia5String(text: string): Uint8Array {
  return element(tags.ia5, utf8(text));
}

/** UTF-8 without a platform's encoder: the core knows neither Node's nor the page's globals. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    // A lone surrogate has no UTF-8 form: U+FFFD, as every encoder does.
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x10000) {
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    } else {
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      );
    }
  }
  return Uint8Array.from(bytes);
}

/** RFC 5280, 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050; seconds, always Zulu. */
export function time(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? element(tags.utcTime, utf8(digits(date).slice(2) + 'Z'))
    : generalizedTime(date);
}

export function generalizedTime(date: Date): Uint8Array {
  return element(tags.generalizedTime, utf8(digits(date) + 'Z'));
}

function digits(date: Date): string {
  return date.toISOString().slice(0, 19).replace(/[-:T]/g, '');
}

/** An EXPLICIT context tag around whole elements. */
export function explicit(number: number, ...items: readonly Uint8Array[]): Uint8Array {
  return element(0xa0 | number, ...items);
}

/** An element with its identifier replaced by an IMPLICIT context tag. */
export function implicit(number: number, der: Uint8Array): Uint8Array {
  const retagged = Uint8Array.from(der);
  retagged[0] = 0x80 | ((der[0] ?? 0) & 0x20) | number;
  return retagged;
}
