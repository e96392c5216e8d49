/** An image as it can stand in a mark: decoded, cropped to its ink, no finer than a printer prints. */
import { Refusal } from '../../../shared/result.ts';
import { isJpeg, readJpeg } from './appearance-jpeg.ts';
import { isPng, readPng } from './appearance-png.ts';
import type { PngImage } from './appearance-png.ts';
import { flateEncode } from './flate.ts';
import { dict, name, stream } from './objects.ts';
import type { PdfObject, PdfRef, PdfStream } from './objects.ts';

/** A matrix of six numbers as `cm` takes it. */
export type Matrix = readonly [number, number, number, number, number, number];

export interface MarkImage {
  /** Width / height as it is shown. */
  readonly aspect: number;
  /** Turns the unit square of the XObject upright (EXIF orientation). */
  readonly upright: Matrix;
  /**
   * The image XObject. `reach` is how large it will be drawn, in points; with `flat` transparency is
   * laid on white, for files that may not carry any (PDF/A-1, PDF 1.3).
   */
  embed(
    reach: { readonly width: number; readonly height: number },
    flat: boolean,
    colours: { readonly grey: PdfObject; readonly rgb: PdfObject },
    add: (object: PdfObject) => PdfRef,
  ): PdfStream;
}

/** Dots per inch beyond which more only makes the file larger. */
const finest = 600;

/** EXIF orientation 1–8 as matrices over the unit square, y upwards. */
const orientations: Readonly<Record<number, Matrix>> = {
  1: [1, 0, 0, 1, 0, 0],
  2: [-1, 0, 0, 1, 1, 0],
  3: [-1, 0, 0, -1, 1, 1],
  4: [1, 0, 0, -1, 0, 1],
  5: [0, -1, -1, 0, 1, 1],
  6: [0, -1, 1, 0, 0, 1],
  7: [0, 1, 1, 0, 0, 0],
  8: [0, 1, -1, 0, 1, 0],
};

/** Rows with the cheapest of the filters none, sub and up (ISO 32000-2, 7.4.4.4: predictor 15). */
function filtered(samples: Uint8Array, stride: number, unit: number): Uint8Array {
  const rows = samples.length / stride;
  const out = new Uint8Array(samples.length + rows);
  for (let row = 0; row < rows; row++) {
    const at = row * stride;
    const to = at + row;
    let least = Infinity;
    let best = 0;
    const value = (type: number, i: number): number => {
      const sample = samples[at + i] ?? 0;
      if (type === 0) return sample;
      if (type === 1) return (sample - (i < unit ? 0 : (samples[at + i - unit] ?? 0))) & 0xff;
      return (sample - (row === 0 ? 0 : (samples[at + i - stride] ?? 0))) & 0xff;
    };
    for (const type of [0, 1, 2]) {
      let cost = 0;
      for (let i = 0; i < stride; i++) {
        const coded = value(type, i);
        cost += coded < 128 ? coded : 256 - coded;
      }
      if (cost < least) [least, best] = [cost, type];
    }
    out[to] = best;
    for (let i = 0; i < stride; i++) out[to + 1 + i] = value(best, i);
  }
  return out;
}

function imageStream(
  samples: Uint8Array,
  size: { readonly width: number; readonly height: number; readonly channels: number },
  entries: Readonly<Record<string, PdfObject>>,
): PdfStream {
  const { width, height, channels } = size;
  return stream(
    dict({
      Type: name('XObject'),
      Subtype: name('Image'),
      Width: width,
      Height: height,
      BitsPerComponent: 8,
      ...entries,
      Filter: name('FlateDecode'),
      DecodeParms: dict({ Predictor: 15, Colors: channels, Columns: width }),
    }),
    flateEncode(filtered(samples, width * channels, channels)),
  );
}

/** Without the fully transparent margins that a drawing tool leaves. */
function cropped(image: PngImage): PngImage {
  const { width, height, channels, samples, alpha } = image;
  if (alpha === null) return image;
  let [x0, y0, x1, y1] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (alpha[y * width + x] !== 0) {
        x0 = Math.min(x0, x);
        x1 = Math.max(x1, x);
        y0 = Math.min(y0, y);
        y1 = y;
      }
  if (x1 < 0) return image;
  const size = { width: x1 - x0 + 1, height: y1 - y0 + 1 };
  const cut = (from: Uint8Array, unit: number): Uint8Array => {
    const to = new Uint8Array(size.width * size.height * unit);
    for (let y = 0; y < size.height; y++) {
      const start = ((y0 + y) * width + x0) * unit;
      to.set(from.subarray(start, start + size.width * unit), y * size.width * unit);
    }
    return to;
  };
  return { ...size, channels, samples: cut(samples, channels), alpha: cut(alpha, 1) };
}

/** Averages blocks of `factor` x `factor` pixels; colours weigh by their opacity. */
function reduced(image: PngImage, factor: number): PngImage {
  if (factor < 2) return image;
  const { channels, samples, alpha } = image;
  const width = Math.ceil(image.width / factor);
  const height = Math.ceil(image.height / factor);
  const smaller = new Uint8Array(width * height * channels);
  const mask = alpha === null ? null : new Uint8Array(width * height);
  const sums = [0, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let weight = 0;
      let count = 0;
      sums.fill(0);
      for (let v = y * factor; v < Math.min(image.height, (y + 1) * factor); v++)
        for (let u = x * factor; u < Math.min(image.width, (x + 1) * factor); u++) {
          const from = v * image.width + u;
          const opacity = alpha?.[from] ?? 255;
          count += 1;
          weight += opacity;
          for (let c = 0; c < channels; c++)
            sums[c] = (sums[c] ?? 0) + (samples[from * channels + c] ?? 0) * opacity;
        }
      const to = y * width + x;
      for (let c = 0; c < channels; c++)
        smaller[to * channels + c] = weight === 0 ? 0 : Math.round((sums[c] ?? 0) / weight);
      if (mask !== null) mask[to] = Math.round(weight / count);
    }
  return { width, height, channels, samples: smaller, alpha: mask };
}

function onWhite(image: PngImage): PngImage {
  const { alpha, channels } = image;
  if (alpha === null) return image;
  const samples = image.samples.map((sample, index) => {
    const opacity = (alpha[Math.floor(index / channels)] ?? 255) / 255;
    return Math.round(255 + (sample - 255) * opacity);
  });
  return { ...image, samples, alpha: null };
}

function pngMark(file: Uint8Array): MarkImage {
  const image = cropped(readPng(file));
  return {
    aspect: image.width / image.height,
    upright: [1, 0, 0, 1, 0, 0],
    embed(reach, flat, colours, add) {
      const factor = Math.floor(image.width / Math.max(1, (reach.width / 72) * finest));
      const small = reduced(image, factor);
      const { alpha, channels, samples, ...size } = flat ? onWhite(small) : small;
      // The mask's own colour space must be DeviceGray (ISO 32000-2, table 143).
      const mask = (opacity: Uint8Array): PdfRef =>
        add(imageStream(opacity, { ...size, channels: 1 }, { ColorSpace: name('DeviceGray') }));
      return imageStream(
        samples,
        { ...size, channels },
        {
          ColorSpace: channels === 1 ? colours.grey : colours.rgb,
          ...(alpha === null ? {} : { SMask: mask(alpha) }),
        },
      );
    },
  };
}

function jpegMark(file: Uint8Array): MarkImage {
  const image = readJpeg(file);
  const turned = image.orientation > 4;
  return {
    aspect: turned ? image.height / image.width : image.width / image.height,
    upright: orientations[image.orientation] ?? [1, 0, 0, 1, 0, 0],
    embed: (_reach, _flat, colours) =>
      stream(
        dict({
          Type: name('XObject'),
          Subtype: name('Image'),
          Width: image.width,
          Height: image.height,
          BitsPerComponent: 8,
          ColorSpace: image.components === 1 ? colours.grey : colours.rgb,
          Filter: name('DCTDecode'),
        }),
        image.bytes,
      ),
  };
}

/**
 * Reads a PNG or JPEG for a mark.
 *
 * @throws Refusal `appearance.image-unsupported` for another format, `appearance.image-damaged`,
 *   `appearance.image-too-large`
 */
export function readMarkImage(file: Uint8Array): MarkImage {
  if (isPng(file)) return pngMark(file);
  if (isJpeg(file)) return jpegMark(file);
  throw new Refusal('appearance.image-unsupported', 'A mark can be a PNG or a JPEG image.');
}
