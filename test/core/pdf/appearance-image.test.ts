import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { inflate } from 'pako';
import { describe, expect, test } from 'vitest';
import { readJpeg } from '../../../electron/core/pdf/appearance-jpeg.ts';
import { readMarkImage } from '../../../electron/core/pdf/appearance-image.ts';
import { readPng } from '../../../electron/core/pdf/appearance-png.ts';
import { isDict, isRef, isStream, name, ref } from '../../../electron/core/pdf/objects.ts';
import type { PdfObject, PdfStream } from '../../../electron/core/pdf/objects.ts';
import { Refusal } from '../../../shared/result.ts';
import { colourJpeg, cmykJpeg, greyJpeg, png } from '../../support/images.ts';

const colours = { grey: name('Grey'), rgb: name('Rgb') };

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.failure.code;
    throw error;
  }
  return 'none';
}

/** Undoes predictor 15 with the filters none, sub and up. */
function samplesOf(stream: PdfStream, channels: number): number[] {
  const data = inflate(stream.raw());
  const width = stream.dict.entries.get('Width') as number;
  const stride = width * channels;
  const rows: number[][] = [];
  for (let at = 0; at < data.length; at += stride + 1) {
    const row: number[] = [];
    for (let i = 0; i < stride; i++) {
      const left = row[i - channels] ?? 0;
      const up = rows.at(-1)?.[i] ?? 0;
      row.push(((data[at + 1 + i] ?? 0) + [0, left, up][data[at] ?? 0]!) & 255);
    }
    rows.push(row);
  }
  return rows.flat();
}

describe('PNG', () => {
  // A 5 x 3 picture, so that no row ends on a byte and every pass of the interlacing is odd.
  const [width, height] = [5, 3];
  const level = (x: number, y: number): number => (x * 7 + y * 3) % 4;

  test.each([1, 2, 4, 8, 16])('grey of depth %i, plain and interlaced', (depth) => {
    const most = 2 ** depth - 1;
    const value = (x: number, y: number): number[] => [
      Math.round((Math.min(level(x, y), depth === 1 ? 1 : 3) / (depth === 1 ? 1 : 3)) * most),
    ];
    for (const interlaced of [false, true]) {
      const image = readPng(png({ width, height, depth, colour: 0, interlaced, value }));
      expect(image).toMatchObject({ width, height, channels: 1, alpha: null });
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          expect(image.samples[y * width + x]).toBe(Math.round((value(x, y)[0]! / most) * 255));
    }
  });

  test.each([0, 1, 2, 3, 4])('RGBA with row filter %i', (filter) => {
    const value = (x: number, y: number): number[] => [x * 50, y * 80, level(x, y), 200 + x];
    const image = readPng(png({ width, height, depth: 8, colour: 6, filter, value }));
    expect(image.channels).toBe(3);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        expect([...image.samples.subarray(3 * at, 3 * at + 3)]).toEqual(value(x, y).slice(0, 3));
        expect(image.alpha?.[at]).toBe(200 + x);
      }
  });

  test('palette with transparency', () => {
    const image = readPng(
      png({
        ...{ width, height, depth: 2, colour: 3, value: (x, y) => [level(x, y)] },
        chunks: {
          PLTE: [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9],
          tRNS: [255, 128],
        },
      }),
    );
    expect([...image.samples.subarray(0, 3)]).toEqual([255, 0, 0]);
    // Pixel (1,0) has level 3, (2,0) level 2, (3,0) level 1.
    expect([...image.samples.subarray(9, 12)]).toEqual([0, 255, 0]);
    expect([...(image.alpha ?? [])].slice(0, 5)).toEqual([255, 255, 255, 128, 255]);
  });

  test('one colour that is transparent', () => {
    const image = readPng(
      png({
        ...{ width, height, depth: 8, colour: 2, value: (x) => [x, 2, 3] },
        chunks: { tRNS: [0, 1, 0, 2, 0, 3] },
      }),
    );
    expect([...(image.alpha ?? [])].slice(0, 5)).toEqual([255, 0, 255, 255, 255]);
  });

  test('a mark keeps its transparency as a mask, cropped to its ink', () => {
    const value = (x: number, y: number): number[] => [1, 2, 3, x >= 2 && y === 1 ? 255 - x : 0];
    const image = readMarkImage(png({ width, height, depth: 8, colour: 6, value }));
    expect(image.aspect).toBe(3);
    const added: PdfObject[] = [];
    const add = (object: PdfObject) => ref(added.push(object));
    const xobject = image.embed({ width: 100, height: 33 }, false, colours, add);
    expect(samplesOf(xobject, 3)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
    expect(xobject.dict.entries.get('ColorSpace')).toBe(colours.rgb);
    expect(isRef(xobject.dict.entries.get('SMask'))).toBe(true);
    const mask = added[0];
    if (!isStream(mask)) throw new Error('no mask');
    expect(samplesOf(mask, 1)).toEqual([253, 252, 251]);

    const flat = image.embed({ width: 100, height: 33 }, true, colours, add);
    expect(flat.dict.entries.has('SMask')).toBe(false);
    expect(samplesOf(flat, 3).slice(0, 3)).toEqual([3, 4, 5]);
  });

  test('a photograph is not written finer than a printer prints', () => {
    const value = (x: number): number[] => [x % 2 === 0 ? 0 : 255];
    const image = readMarkImage(png({ width: 1200, height: 40, depth: 8, colour: 0, value }));
    const xobject = image.embed({ width: 36, height: 1.2 }, false, colours, () => ref(1));
    expect(xobject.dict.entries.get('Width')).toBe(300);
    expect(samplesOf(xobject, 1)[7]).toBe(128);
  });

  test('refuses what is damaged or far too large', () => {
    const good = png({ width, height, depth: 8, colour: 0, value: () => [0] });
    expect(refusal(() => readPng(good.subarray(0, 48)))).toBe('appearance.image-damaged');
    const huge = png({ width, height, depth: 8, colour: 0, value: () => [0] });
    new DataView(huge.buffer).setUint32(16, 60_000);
    new DataView(huge.buffer).setUint32(20, 60_000);
    expect(refusal(() => readPng(huge))).toBe('appearance.image-too-large');
    const short = png({ width, height, depth: 8, colour: 0, value: () => [0] });
    new DataView(short.buffer).setUint32(20, 4);
    expect(refusal(() => readPng(short))).toBe('appearance.image-damaged');
    expect(refusal(() => readMarkImage(deflateSync('GIF89a')))).toBe(
      'appearance.image-unsupported',
    );
  });
});

describe('JPEG', () => {
  /** The file with an EXIF block (orientation, and where it was taken) and a comment in it. */
  function withExif(file: Uint8Array, orientation: number, big: boolean): Uint8Array {
    const tiff = Buffer.alloc(8 + 2 + 12 + 4 + 20);
    tiff.write(big ? 'MM' : 'II', 0);
    const two = big
      ? (v: number, at: number) => tiff.writeUInt16BE(v, at)
      : (v: number, at: number) => tiff.writeUInt16LE(v, at);
    const four = big
      ? (v: number, at: number) => tiff.writeUInt32BE(v, at)
      : (v: number, at: number) => tiff.writeUInt32LE(v, at);
    two(42, 2);
    four(8, 4);
    two(1, 8);
    two(0x0112, 10);
    two(3, 12);
    four(1, 14);
    two(orientation, 18);
    tiff.write('59.9139N,10.7522E', 26);
    const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
    const app1 = Buffer.alloc(4);
    app1.writeUInt16BE(0xffe1, 0);
    app1.writeUInt16BE(body.length + 2, 2);
    const comment = Buffer.from([0xff, 0xfe, 0, 6, 104, 101, 105, 33]);
    return Buffer.concat([file.subarray(0, 2), app1, body, comment, file.subarray(2)]);
  }

  test('size and colours are read from the frame', () => {
    expect(readJpeg(colourJpeg)).toMatchObject({ width: 12, height: 8, components: 3 });
    expect(readJpeg(greyJpeg)).toMatchObject({ width: 12, height: 8, components: 1 });
  });

  test.each([true, false])(
    'orientation is kept, where it was taken is not (big endian %s)',
    (big) => {
      const image = readJpeg(withExif(colourJpeg, 6, big));
      expect(image.orientation).toBe(6);
      expect(Buffer.from(image.bytes).includes('59.9139N')).toBe(false);
      expect(Buffer.from(image.bytes).includes('hei!')).toBe(false);
      expect([...image.bytes]).toEqual([...readJpeg(colourJpeg).bytes]);
      const mark = readMarkImage(withExif(colourJpeg, 6, big));
      expect(mark.aspect).toBeCloseTo(8 / 12);
      expect(mark.upright).toEqual([0, -1, 1, 0, 0, 1]);
      const xobject = mark.embed({ width: 1, height: 1 }, false, colours, () => ref(1));
      expect(isDict(xobject.dict) && xobject.dict.entries.get('Width')).toBe(12);
    },
  );

  test('refuses CMYK and damage', () => {
    expect(refusal(() => readJpeg(cmykJpeg))).toBe('appearance.image-unsupported');
    expect(refusal(() => readJpeg(colourJpeg.subarray(0, 100)))).toBe('appearance.image-damaged');
  });
});

test('any damage is a refusal or a picture, never a crash', () => {
  const pictures = [
    png({ width: 9, height: 7, depth: 8, colour: 6, value: (x, y) => [x, y, 3, 9 * x] }),
    png({ width: 9, height: 7, depth: 4, colour: 0, interlaced: true, value: (x) => [x] }),
    png({
      ...{ width: 9, height: 7, depth: 2, colour: 3, value: (x) => [x % 4] },
      chunks: { PLTE: [1, 2, 3, 4, 5, 6], tRNS: [0, 9] },
    }),
    colourJpeg,
    greyJpeg,
  ];
  const damage = fc.record({
    picture: fc.integer({ min: 0, max: pictures.length - 1 }),
    cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    bytes: fc.array(
      fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), value: fc.nat(255) }),
      { maxLength: 6 },
    ),
  });
  fc.assert(
    fc.property(damage, ({ picture, cut, bytes }) => {
      const file = Uint8Array.from(pictures[picture] ?? []);
      for (const { at, value } of bytes) file[Math.floor(at * file.length)] = value;
      const given = cut === null ? file : file.subarray(0, Math.floor(cut * file.length));
      try {
        readMarkImage(given).embed({ width: 50, height: 20 }, false, colours, () => ref(1));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expect(error.failure.code).toMatch(/^(appearance\.image-|pdf\.limit)/);
      }
    }),
    { numRuns: 2000 },
  );
});
