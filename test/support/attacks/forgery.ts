/** Universal signature forgery: a byte range or contents that a careless reader takes for good. */
import { latin1 } from '../../../electron/core/pdf/objects.ts';
import { patched, withByteRange } from '../tampering.ts';
import { failedFormat } from './attack.ts';
import type { Attack } from './attack.ts';

/** Into the room of the last signature's byte range. */
const ranges: Readonly<Record<string, (range: readonly number[]) => string>> = {
  null: () => 'null',
  'a number': () => '0',
  empty: () => '[]',
  'two numbers': ([a, b]) => `[${a} ${b}]`,
  'three numbers': ([a, b, c]) => `[${a} ${b} ${c}]`,
  'five numbers': ([a, b, c, d]) => `[${a} ${b} ${c} ${d} 0]`,
  'a negative start': ([, b, c, d]) => `[-1 ${b} ${c} ${d}]`,
  'a negative length': ([a, , c, d]) => `[${a} -1 ${c} ${d}]`,
  'a negative tail': ([a, b, c]) => `[${a} ${b} ${c} -1]`,
  zeros: () => '[0 0 0 0]',
  'a real number': ([a, b, c, d]) => `[${a} ${b} ${c} ${d}.0]`,
  'null inside': ([a, b, c]) => `[${a} ${b} ${c} null]`,
  'not from the start': ([, b, c, d]) => `[1 ${(b ?? 0) - 1} ${c} ${d}]`,
  'a gap that is too large': ([a, b, c, d]) => `[${a} ${(b ?? 0) - 2} ${c} ${d}]`,
  'a gap that is too small': ([a, b, c, d]) => `[${a} ${(b ?? 0) + 1} ${c} ${d}]`,
  'a gap without its end': ([a, b, c, d]) => `[${a} ${b} ${(c ?? 0) - 1} ${(d ?? 0) + 1}]`,
  'overlapping parts': ([a, b, , d]) => `[${a} ${b} ${(b ?? 0) - 5} ${d}]`,
  'touching parts': ([a, b, , d]) => `[${a} ${b} ${b} ${d}]`,
  'a tail beyond the file': ([a, b, c, d]) => `[${a} ${b} ${c} ${(d ?? 0) + 1}]`,
  'numbers no file has': ([a, b]) => `[${a} ${b} 99999999999 99999999999]`,
  'a reference': ([a, b, c]) => `[${a} ${b} ${c} 1 0 R]`,
};

/** The last of `found` in the file, replaced by as many bytes. */
function lastReplaced(bytes: Uint8Array, found: string, by: string): Uint8Array {
  return patched(bytes, (text) => {
    const at = text.lastIndexOf(found);
    if (at === -1 || found.length !== by.length) throw new Error(`${found} cannot be replaced`);
    return text.slice(0, at) + by + text.slice(at + found.length);
  });
}

/** The last signature's /Contents, from the first digit to the closing delimiter. */
function gapOf(bytes: Uint8Array): { readonly start: number; readonly end: number } {
  const text = Buffer.from(bytes).toString('latin1');
  const start = text.lastIndexOf('/Contents <') + '/Contents <'.length;
  return { start, end: text.indexOf('>', start) };
}

function inGap(bytes: Uint8Array, at: 'start' | 'padding', put: string): Uint8Array {
  const { start, end } = gapOf(bytes);
  const changed = Uint8Array.from(bytes);
  changed.set(latin1(put), at === 'start' ? start : end - put.length);
  return changed;
}

const forgery = (name: string, make: (bytes: Uint8Array) => Uint8Array): Attack => ({
  row: 'forgery',
  name,
  must: failedFormat,
  make: ({ bytes }) => make(bytes),
});

export const forgeries: readonly Attack[] = [
  ...Object.entries(ranges).map(([name, range]) =>
    forgery(`byte range: ${name}`, (bytes) => withByteRange(bytes, range)),
  ),
  forgery('no byte range', (bytes) => lastReplaced(bytes, '/ByteRange', '/ByteRangX')),
  forgery('no contents', (bytes) => lastReplaced(bytes, '/Contents <', '/ContentX <')),
  forgery('two byte ranges', (bytes) =>
    lastReplaced(bytes, '/Filter /Adobe.PPKLite', '/ByteRange [] /X/Y     '.slice(0, 22)),
  ),
  forgery('contents: zeros alone', (bytes) => {
    const { start, end } = gapOf(bytes);
    return Uint8Array.from(bytes).fill(0x30, start, end);
  }),
  forgery('contents: an empty string and blanks', (bytes) => {
    const { start, end } = gapOf(bytes);
    const changed = Uint8Array.from(bytes).fill(0x20, start, end + 1);
    changed[start] = 0x3e;
    return changed;
  }),
  forgery('contents: a string in brackets', (bytes) => {
    const { start, end } = gapOf(bytes);
    const changed = Uint8Array.from(bytes);
    changed[start - 1] = 0x28;
    changed[end] = 0x29;
    return changed;
  }),
  forgery('contents: null', (bytes) => {
    const { start, end } = gapOf(bytes);
    const changed = Uint8Array.from(bytes).fill(0x20, start - 1, end + 1);
    changed.set(latin1('null'), start - 1);
    return changed;
  }),
  forgery('contents: no CMS', (bytes) => inGap(bytes, 'start', '0000')),
  forgery('contents: a line end among the digits', (bytes) => inGap(bytes, 'padding', '00\n0')),
  forgery('contents: bytes in the padding', (bytes) => inGap(bytes, 'padding', '4142')),
];
