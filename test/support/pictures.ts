/** Pictures as scanners, phones and old programs make them: small, and of one colour each. */
type Colour = readonly [number, number, number];

/** 24 bits, bottom row first, blue before red; `size` pixels square. */
export function bmp([red, green, blue]: Colour, size = 40): Uint8Array {
  const row = Math.ceil((size * 3) / 4) * 4;
  const file = Buffer.alloc(54 + row * size);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(size, 18);
  file.writeInt32LE(size, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) file.set([blue, green, red], 54 + y * row + x * 3);
  return new Uint8Array(file);
}

/** TIFF 6.0, section 6: RGB as it is, a page of each colour; `MM` where `big`. `purpose`: tag 254 of each. */
export function tiff(
  colours: readonly Colour[],
  { size = 40, big = false, purposes = [] as readonly number[] } = {},
): Uint8Array {
  const bytes = size * size * 3;
  const entries = 10;
  const whole = bytes + 2 + entries * 12 + 4;
  const file = Buffer.alloc(16 + whole * colours.length);
  const put16 = (value: number, at: number) =>
    big ? file.writeUInt16BE(value, at) : file.writeUInt16LE(value, at);
  const put32 = (value: number, at: number) =>
    big ? file.writeUInt32BE(value, at) : file.writeUInt32LE(value, at);
  file.write(big ? 'MM' : 'II', 'latin1');
  put16(42, 2);
  const directory = (page: number) => 16 + page * whole + bytes;
  put32(directory(0), 4);
  for (const at of [8, 10, 12]) put16(8, at);
  colours.forEach((colour, page) => {
    const picture = 16 + page * whole;
    for (let at = 0; at < bytes; at += 3) file.set(colour, picture + at);
    let at = directory(page);
    put16(entries, at);
    at += 2;
    const entry = (tag: number, type: 3 | 4, count: number, value: number) => {
      put16(tag, at);
      put16(type, at + 2);
      put32(count, at + 4);
      if (type === 3 && count === 1) put16(value, at + 8);
      else put32(value, at + 8);
      at += 12;
    };
    entry(254, 4, 1, purposes[page] ?? 0);
    entry(256, 3, 1, size);
    entry(257, 3, 1, size);
    entry(258, 3, 3, 8);
    entry(259, 3, 1, 1);
    entry(262, 3, 1, 2);
    entry(273, 4, 1, picture);
    entry(277, 3, 1, 3);
    entry(278, 3, 1, size);
    entry(279, 4, 1, bytes);
    put32(page + 1 < colours.length ? directory(page + 1) : 0, at);
  });
  return new Uint8Array(file);
}

const decoded = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

/** One pixel each. */
export const gif = decoded('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7');
export const webp = decoded('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA');
