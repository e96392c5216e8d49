/** Signature wrapping: the signed part stays, and what is read is something else. */
import { latin1 } from '../../../electron/core/pdf/objects.ts';
import { appended } from '../signing.ts';
import { withByteRange } from '../tampering.ts';
import { startxrefOf, textOf } from '../pdf-builder.ts';
import { failedFormat } from './attack.ts';
import type { Attack } from './attack.ts';
import { parts } from './target.ts';

interface LastSignature {
  readonly number: number;
  /** Its object, from the number to `endobj`. */
  readonly body: string;
}

function lastSignature(bytes: Uint8Array): LastSignature {
  const found = [
    ...textOf(bytes).matchAll(
      /(?<=\n)(\d+) 0 obj\s*<<(?:(?!endobj)[^])*?\/ByteRange(?:(?!endobj)[^])*?endobj/g,
    ),
  ].at(-1);
  if (found?.[1] === undefined) throw new Error('no signature');
  return { number: Number(found[1]), body: found[0] };
}

/** One revision by hand: objects with their numbers and a table that names them. */
export function revisionByHand(
  bytes: Uint8Array,
  objects: readonly (readonly [number: number, body: string])[],
  previous = startxrefOf(bytes),
): Uint8Array {
  let tail = '\n';
  let rows = '';
  for (const [number, body] of objects) {
    rows += `${number} 1\n${String(bytes.length + tail.length).padStart(10, '0')} 00000 n \n`;
    tail += `${body}\n`;
  }
  const xref = bytes.length + tail.length;
  tail += `xref\n${rows}trailer\n<< /Size 999 /Root 1 0 R /Prev ${previous} >>\n`;
  return appended(bytes, latin1(`${tail}startxref\n${xref}\n%%EOF\n`));
}

/** `body` with its byte range as it says; `[b, c, d]` are the signature's own numbers. */
const ranged = (body: string, range: (own: readonly number[]) => string): string =>
  body.replace(
    /\/ByteRange ?\[([\d ]+)\]/,
    (_, numbers: string) => `/ByteRange ${range(numbers.trim().split(/ +/).map(Number))}`,
  );

const wrapping = (name: string, make: (bytes: Uint8Array) => Uint8Array): Attack => ({
  row: 'wrapping',
  name,
  must: failedFormat,
  make: ({ bytes }) => make(bytes),
});

export const wrappings: readonly Attack[] = [
  wrapping('the dictionary is repeated elsewhere, its contents outside the gap', (bytes) => {
    const { number, body } = lastSignature(bytes);
    return revisionByHand(bytes, [[number, body]]);
  }),
  wrapping('objects stand between the contents and the part signed behind them', (bytes) => {
    // The part behind the gap moves, and a dictionary in a later revision says where it is now.
    const { number, body } = lastSignature(bytes);
    const page = `${parts.page} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n`;
    const [, , gapEnd = 0] = rangeIn(body);
    const whole = appended(
      appended(bytes.subarray(0, gapEnd), latin1(page)),
      bytes.subarray(gapEnd),
    );
    const moved = ranged(body, ([a, b, c = 0, d]) => `[${a} ${b} ${c + page.length} ${d}]`);
    const others = objectsBehind(bytes, gapEnd).filter(([other]) => other !== number);
    return revisionByHand(whole, [[number, moved], ...others], startxrefOf(bytes) + page.length);
  }),
  wrapping('the second part is counted from the start again', (bytes) =>
    withByteRange(bytes, ([a, b, , d]) => `[${a} ${b} ${a} ${d}]`),
  ),
  wrapping('the range is turned round', (bytes) =>
    withByteRange(bytes, ([a, b, c, d]) => `[${c} ${d} ${a} ${b}]`),
  ),
  wrapping('another dictionary says the old range and holds no contents of its own', (bytes) => {
    const { number, body } = lastSignature(bytes);
    const bare = body.replace(/\/Contents <[0-9A-Fa-f]*>/, '');
    return revisionByHand(bytes, [[number, bare]]);
  }),
  wrapping('the contents become a reference to a string elsewhere', (bytes) => {
    const { number, body } = lastSignature(bytes);
    const contents = /\/Contents (<[0-9A-Fa-f]*>)/.exec(body)?.[1] ?? '';
    const led = body.replace(contents, '998 0 R');
    return revisionByHand(bytes, [
      [number, led],
      [998, `998 0 obj\n${contents}\nendobj`],
    ]);
  }),
  wrapping('a second dictionary inside the first claims the gap', (bytes) => {
    const { number, body } = lastSignature(bytes);
    const inner = /<<[^]*>>/.exec(body)?.[0] ?? '';
    return revisionByHand(bytes, [
      [number, `${number} 0 obj\n${inner.slice(0, -2)} /Reference [${inner}] >>\nendobj`],
    ]);
  }),
];

/** Objects that stand behind `offset`: whoever moves them has to say where they are now. */
function objectsBehind(bytes: Uint8Array, offset: number): (readonly [number, string])[] {
  return [...textOf(bytes.subarray(offset)).matchAll(/(?<=\n)(\d+) 0 obj\b[^]*?endobj/g)].map(
    ([body, number]) => [Number(number), body] as const,
  );
}

function rangeIn(body: string): readonly number[] {
  const numbers = /\/ByteRange ?\[([\d ]+)\]/.exec(body)?.[1] ?? '';
  return numbers.trim().split(/ +/).map(Number);
}
