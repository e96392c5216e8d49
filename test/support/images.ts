/** Images for marks: PNGs encoded pixel by pixel, and three small JPEGs. */
import { crc32, deflateSync } from 'node:zlib';

export interface PngRequest {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly interlaced?: boolean;
  /** Row filter 0-4; interlaced files are written unfiltered. */
  readonly filter?: number;
  readonly chunks?: Readonly<Record<string, readonly number[]>>;
  /** Samples of a pixel in the file's own depth. */
  value(x: number, y: number): readonly number[];
}

const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const nearest = [left, up, corner];
  const off = nearest.map((each) => Math.abs(guess - each));
  return nearest[off.indexOf(Math.min(...off))] ?? 0;
}

export function png(request: PngRequest): Uint8Array<ArrayBuffer> {
  const { width, height, depth, colour, filter = 0, interlaced = false } = request;
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour];
  const unit = Math.max(1, (samples * depth) >> 3);
  const raw: number[] = [];
  for (const [x0 = 0, y0 = 0, dx = 1, dy = 1] of interlaced ? passes : [[0, 0, 1, 1]]) {
    let above: number[] = [];
    for (let y = y0; y < height; y += dy) {
      let bits = '';
      for (let x = x0; x < width; x += dx)
        bits += request
          .value(x, y)
          .map((sample) => sample.toString(2).padStart(depth, '0'))
          .join('');
      if (bits === '') continue;
      const row = (bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2));
      raw.push(
        filter,
        ...row.map((byte, i) => {
          const [left, up] = [row[i - unit] ?? 0, above[i] ?? 0];
          const corner = above[i - unit] ?? 0;
          const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
          return (byte - guess) & 255;
        }),
      );
      above = row;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const chunk = (type: string, body: Uint8Array): Buffer => {
    const typed = Buffer.concat([Buffer.from(type), body]);
    const framed = Buffer.alloc(8 + typed.length);
    framed.writeUInt32BE(body.length, 0);
    framed.set(typed, 4);
    framed.writeUInt32BE(crc32(typed), 4 + typed.length);
    return framed;
  };
  const file = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...Object.entries(request.chunks ?? {}).map(([type, body]) =>
      chunk(type, Uint8Array.from(body)),
    ),
    chunk('IDAT', deflateSync(Uint8Array.from(raw))),
    chunk('IEND', new Uint8Array(0)),
  ]);
  return Uint8Array.from(file);
}

const decoded = (parts: readonly string[]): Uint8Array =>
  Uint8Array.from(Buffer.from(parts.join(''), 'base64'));

/** 12 x 8, red to blue. */
export const colourJpeg = decoded(
  // prettier-ignore
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG',
    'NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09P',
    'T09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA',
    'AAb/xAAWEAEBAQAAAAAAAAAAAAAAAAAAFGH/xAAVAQEBAAAAAAAAAAAAAAAAAAAEBv/EABcRAAMBAAAAAAAAAAAA',
    'AAAAAAAEFVL/2gAMAwEAAhEDEQA/AJGzSzQVsZTIys1o/9k=',
  ],
);

/** 12 x 8, white to black. */
export const greyJpeg = decoded(
  // prettier-ignore
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG',
    'NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//wAALCAAIAAwBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABcQAAMB',
    'AAAAAAAAAAAAAAAAAAAXY6H/2gAIAQEAAD8AMK2hhW0//9k=',
  ],
);

/** 8 x 8, four components. */
export const cmykJpeg = decoded(
  // prettier-ignore
  [
    '/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwAUDg8SDw0UEhASFxUUGB4yIR4cHB49LC4kMklATEtHQEZFUFpzYlBVbVZF',
    'RmSIZW13e4GCgU5gjZeMfZZzfoF8/9sAQwEVFxceGh47ISE7fFNGU3x8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8',
    'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8/8AAFAgACAAIBAEiAAIRAQMRAQQiAP/EABYAAQEBAAAAAAAAAAAAAAAA',
    'AAAFBv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAFBv/EABQRAQAAAAAAAAAAAAAA',
    'AAAAAAD/2gAOBAEAAhEDEQQAAD8AqAEEc2YD/9k=',
  ],
);
