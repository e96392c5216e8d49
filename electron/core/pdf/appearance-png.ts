/** PNG files decoded to 8 bit samples (W3C PNG, third edition). */
import { Refusal } from '../../../shared/result.ts';
import { inflate } from './flate.ts';

export interface PngImage {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for RGB. */
  readonly channels: 1 | 3;
  /** `width * height * channels` bytes. */
  readonly samples: Uint8Array;
  /** `width * height` bytes; null where every pixel is opaque. */
  readonly alpha: Uint8Array | null;
}

/** A mark of more pixels is a mistake, and would cost half a gigabyte to decode. */
const mostPixels = 25_000_000;
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

const samplesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
// Adam7 (PNG, 8.1): first column and row, steps across and down, of each pass.
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function damaged(): Refusal {
  return new Refusal('appearance.image-damaged', 'The PNG image is damaged.');
}

/** Undoes the row filters (PNG, 9.2) of one pass in place; `stride` is the row's length without its filter byte. */
function unfilter(data: Uint8Array, start: number, rows: number, stride: number, unit: number) {
  for (let row = 0; row < rows; row++) {
    const at = start + row * (stride + 1);
    const above = at - stride;
    const type = data[at] ?? 0;
    if (type > 4) throw damaged();
    for (let i = 0; i < stride; i++) {
      const left = i < unit ? 0 : (data[at + 1 + i - unit] ?? 0);
      const up = row === 0 ? 0 : (data[above + i] ?? 0);
      const corner = row === 0 || i < unit ? 0 : (data[above + i - unit] ?? 0);
      const [pa, pb] = [Math.abs(up - corner), Math.abs(left - corner)];
      const pc = Math.abs(left + up - 2 * corner);
      const paeth = pa <= pb && pa <= pc ? left : pb <= pc ? up : corner;
      const predicted = [0, left, up, (left + up) >> 1, paeth][type] ?? 0;
      data[at + 1 + i] = ((data[at + 1 + i] ?? 0) + predicted) & 0xff;
    }
  }
}

/** One sample of every pixel, in the depth of the file, given to `put`. */
function eachSample(
  header: Header,
  data: Uint8Array,
  put: (pixel: number, sample: number, value: number) => void,
): void {
  const count = samplesPerPixel[header.colour] ?? 1;
  const bits = count * header.depth;
  const unit = Math.max(1, bits >> 3);
  const mask = 2 ** header.depth - 1;
  let start = 0;
  for (const [x0, y0, dx, dy] of header.interlaced ? passes : ([[0, 0, 1, 1]] as const)) {
    const columns = Math.ceil((header.width - x0) / dx);
    const rows = Math.ceil((header.height - y0) / dy);
    if (columns <= 0 || rows <= 0) continue;
    const stride = Math.ceil((columns * bits) / 8);
    if (start + rows * (stride + 1) > data.length) throw damaged();
    unfilter(data, start, rows, stride, unit);
    for (let row = 0; row < rows; row++) {
      const line = start + row * (stride + 1) + 1;
      for (let column = 0; column < columns; column++) {
        const pixel = (y0 + row * dy) * header.width + x0 + column * dx;
        for (let sample = 0; sample < count; sample++) {
          const bit = (column * count + sample) * header.depth;
          const byte = data[line + (bit >> 3)] ?? 0;
          const value =
            header.depth === 16
              ? (byte << 8) | (data[line + (bit >> 3) + 1] ?? 0)
              : (byte >> (8 - header.depth - (bit & 7))) & mask;
          put(pixel, sample, value);
        }
      }
    }
    start += rows * (stride + 1);
  }
}

/**
 * Decodes a PNG of any colour type, depth and interlacing.
 *
 * @throws Refusal `appearance.image-damaged`, or `appearance.image-too-large` beyond 25 million pixels
 */
export function readPng(file: Uint8Array): PngImage {
  const data = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks = new Map<string, Uint8Array>();
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= file.length;) {
    const length = data.getUint32(at);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (at + 12 + length > file.length) throw damaged();
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'IDAT') parts.push(body);
    else chunks.set(type, body);
    at += 12 + length;
  }
  const ihdr = chunks.get('IHDR');
  if (ihdr === undefined || ihdr.length < 13) throw damaged();
  const facts = new DataView(ihdr.buffer, ihdr.byteOffset, ihdr.byteLength);
  const header: Header = {
    width: facts.getUint32(0),
    height: facts.getUint32(4),
    depth: ihdr[8] ?? 0,
    colour: ihdr[9] ?? 0,
    interlaced: ihdr[12] === 1,
  };
  const { width, height, depth, colour } = header;
  const pixels = width * height;
  if (pixels > mostPixels)
    throw new Refusal('appearance.image-too-large', 'The image has too many pixels for a mark.');
  if (pixels === 0 || ![1, 2, 4, 8, 16].includes(depth) || !(colour in samplesPerPixel))
    throw damaged();

  const packed = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    packed.set(part, to);
    to += part.length;
  }
  // Seven passes of interlacing each round their rows up; more than twice the plain size is a bomb.
  const row = Math.ceil((width * (samplesPerPixel[colour] ?? 1) * depth) / 8) + 8;
  const { bytes: raw } = inflate(packed, 2 * row * (height + 8));

  const palette = chunks.get('PLTE');
  const transparency = chunks.get('tRNS');
  const clear =
    transparency === undefined || colour === 3
      ? null
      : Array.from(
          { length: transparency.length >> 1 },
          (_, i) => ((transparency[2 * i] ?? 0) << 8) | (transparency[2 * i + 1] ?? 0),
        );
  const channels = colour === 0 || colour === 4 ? 1 : 3;
  const samples = new Uint8Array(pixels * channels);
  const alpha = new Uint8Array(pixels).fill(255);
  const to8 = depth === 16 ? 1 / 257 : 255 / (2 ** depth - 1);
  const matches = clear === null ? null : new Uint8Array(pixels);
  eachSample(header, raw, (pixel, sample, value) => {
    if (colour === 3) {
      for (let i = 0; i < 3; i++) samples[3 * pixel + i] = palette?.[3 * value + i] ?? 0;
      alpha[pixel] = transparency?.[value] ?? 255;
    } else if (sample === channels) alpha[pixel] = Math.round(value * to8);
    else {
      samples[pixel * channels + sample] = Math.round(value * to8);
      if (matches !== null && clear?.[sample] === value) {
        matches[pixel] = (matches[pixel] ?? 0) + 1;
        if (matches[pixel] === channels) alpha[pixel] = 0;
      }
    }
  });
  return { width, height, channels, samples, alpha: alpha.every((a) => a === 255) ? null : alpha };
}
