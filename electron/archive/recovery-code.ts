/** The code that is printed at first start and opens a backup on any machine. Pure. */
import { createHash } from 'node:crypto';
import type { Random } from '../core/ports.ts';

/** Crockford's base 32: no I, L, O, U, so nothing printed can be read as something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 26 characters are 130 bits; two more tell a slip of the pen from a wrong code. */
const dataLength = 26;
const checkLength = 2;
const groupLength = 4;

function checkOf(data: string): string {
  const bits = createHash('sha256').update(`skranke recovery ${data}`).digest().readUInt16BE(0);
  return [bits >> 11, (bits >> 6) & 31].map((value) => alphabet.charAt(value)).join('');
}

/** A new code: seven groups of four, `X7K2-…`. */
export function makeRecoveryCode(random: Random): string {
  const data = [...random.bytes(dataLength)].map((byte) => alphabet.charAt(byte & 31)).join('');
  return grouped(data + checkOf(data));
}

function grouped(code: string): string {
  return (code.match(new RegExp(`.{${groupLength}}`, 'g')) ?? []).join('-');
}

/**
 * The code as `makeRecoveryCode` writes it, out of what somebody typed: case, spaces and dashes do
 * not matter, O is 0, I and L are 1. Null where the check characters do not fit.
 */
export function readRecoveryCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015_.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (code.length !== dataLength + checkLength) return null;
  if ([...code].some((character) => !alphabet.includes(character))) return null;
  const data = code.slice(0, dataLength);
  return checkOf(data) === code.slice(dataLength) ? grouped(code) : null;
}
