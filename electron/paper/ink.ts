/** The palette of the program on paper, and operators that draw with it (ISO 32000-2, 8). */
export type Colour = readonly [number, number, number];

export const palette = {
  ink: [0x1d, 0x24, 0x21],
  muted: [0x5e, 0x67, 0x5f],
  line: [0xe4, 0xdd, 0xd1],
  paper: [0xfb, 0xf8, 0xf3],
  white: [0xff, 0xff, 0xff],
  green: [0x1e, 0x4d, 0x3f],
  greenTint: [0xe3, 0xef, 0xe9],
  brass: [0xb9, 0x79, 0x1a],
  brassTint: [0xfb, 0xf0, 0xdc],
  brassText: [0x7a, 0x4e, 0x0b],
  red: [0x9b, 0x2c, 0x2c],
  redTint: [0xfb, 0xe9, 0xe7],
} as const satisfies Readonly<Record<string, Colour>>;

/** Colours of signers on screen, by number; white text on each has 4.5:1. */
export const signerColours: readonly Colour[] = [
  [0x20, 0x38, 0x6f],
  [0x7a, 0x4e, 0x0b],
  [0x1e, 0x4d, 0x3f],
  [0x6b, 0x2d, 0x5c],
  [0x2f, 0x5d, 0x7c],
  [0x9b, 0x2c, 0x2c],
];

export const number = (value: number): string => String(Math.round(value * 100) / 100 || 0);

export function fill(colour: Colour): string {
  return `${colour.map((part) => number(part / 255)).join(' ')} rg`;
}

/** A filled box with round corners, by its lower left corner. */
export function roundBox(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  radius: number,
  colour: Colour,
): string {
  const { x, y, width, height } = box;
  const r = Math.min(radius, width / 2, height / 2);
  // A quarter of a circle as a Bézier curve.
  const k = r * 0.4477;
  const [right, top] = [x + width, y + height];
  const at = (...values: number[]) => values.map(number).join(' ');
  return [
    fill(colour),
    `${at(x + r, y)} m ${at(right - r, y)} l`,
    `${at(right - k, y, right, y + k, right, y + r)} c ${at(right, top - r)} l`,
    `${at(right, top - k, right - k, top, right - r, top)} c ${at(x + r, top)} l`,
    `${at(x + k, top, x, top - k, x, top - r)} c ${at(x, y + r)} l`,
    `${at(x, y + k, x + k, y, x + r, y)} c f`,
  ].join('\n');
}

export function circle(x: number, y: number, radius: number, colour: Colour): string {
  const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  return roundBox(box, radius, colour);
}

/** The counter bell in a box of that size, as on the program's own sign. */
export function bell(x: number, y: number, size: number): string {
  const scale = size / 512;
  const shape = (colour: Colour, path: string) => `${fill(colour)} ${path} f`;
  return [
    'q',
    `${[scale, 0, 0, -scale, x, y + size].map((value) => String(Math.round(value * 1e5) / 1e5)).join(' ')} cm`,
    roundBox({ x: 0, y: 0, width: 512, height: 512 }, 112, palette.green),
    shape([0xc9, 0x8a, 0x26], '236 142 40 44 re'),
    shape([0xf0, 0xc1, 0x65], '220 136 m 220 100 292 100 292 136 c 292 172 220 172 220 136 c'),
    shape([0xe3, 0xa6, 0x3f], '112 330 m 112 250 176 182 256 182 c 336 182 400 250 400 330 c'),
    roundBox({ x: 88, y: 330, width: 336, height: 38 }, 19, palette.paper),
    'Q',
  ].join('\n');
}
