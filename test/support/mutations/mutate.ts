/** Changes bytes at random, the same for the same seed. */

/** Whole numbers from 0 up to, not including, `below`. */
export type Dice = (below: number) => number;

/** Mulberry32: small, fast and good enough to choose places in a file. */
export function createDice(seed: number): Dice {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

type Change = (bytes: Buffer, dice: Dice) => Buffer;

/** Where something is cut, put or changed: near places of interest more often than chance would. */
function placeIn(bytes: Buffer, dice: Dice): number {
  return dice(Math.max(1, bytes.length));
}

const numbers = ['0', '1', '-1', '7', '65536', '2147483648', '4294967296', '99999999999999999999'];
const octets = [0x00, 0x01, 0x20, 0x30, 0x3c, 0x3e, 0x7f, 0x80, 0x81, 0x84, 0x88, 0xa0, 0xff];

const changes: readonly Change[] = [
  // One bit.
  (bytes, dice) => {
    const at = placeIn(bytes, dice);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(8));
    return bytes;
  },
  // One octet, often one that means something to a parser.
  (bytes, dice) => {
    bytes[placeIn(bytes, dice)] = dice(2) === 0 ? dice(256) : (octets[dice(octets.length)] ?? 0);
    return bytes;
  },
  // A piece less.
  (bytes, dice) => {
    const at = placeIn(bytes, dice);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + dice(200))]);
  },
  // A piece twice, somewhere else.
  (bytes, dice) => {
    const from = placeIn(bytes, dice);
    const to = placeIn(bytes, dice);
    const piece = bytes.subarray(from, from + 1 + dice(400));
    return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]);
  },
  // A piece over another.
  (bytes, dice) => {
    const from = placeIn(bytes, dice);
    const piece = Buffer.from(bytes.subarray(from, from + 1 + dice(64)));
    piece.copy(bytes, placeIn(bytes, dice));
    return bytes;
  },
  // The end is missing.
  (bytes, dice) => bytes.subarray(0, placeIn(bytes, dice)),
  // Another number where the text has one.
  (bytes, dice) => {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(/\d+/g)];
    const one = found[dice(Math.max(1, found.length))];
    if (one === undefined) return bytes;
    const number = numbers[dice(numbers.length)] ?? '0';
    const after = text.slice(one.index + one[0].length);
    return Buffer.from(text.slice(0, one.index) + number + after, 'latin1');
  },
  // A length of ASN.1 or an offset that lies: the octet behind a constructed tag.
  (bytes, dice) => {
    const start = placeIn(bytes, dice);
    for (let at = start; at < Math.min(bytes.length - 1, start + 200); at++)
      if ([0x30, 0x31, 0xa0, 0xa1, 0x04, 0x02].includes(bytes[at] ?? 0)) {
        bytes[at + 1] = octets[dice(octets.length)] ?? 0;
        break;
      }
    return bytes;
  },
];

/** One to four changes, always by the same dice for the same seed; the input is left as it is. */
export function mutate(original: Uint8Array, dice: Dice): Uint8Array {
  let bytes = Buffer.from(original);
  const count = 1 + (dice(3) === 0 ? dice(4) : 0);
  for (let i = 0; i < count; i++) {
    const change = changes[dice(changes.length)];
    if (change !== undefined && bytes.length > 0) bytes = Buffer.from(change(bytes, dice));
  }
  return Uint8Array.from(bytes);
}
