/** JPEG files as they can stand in a PDF: header facts read, private metadata left behind. */
import { Refusal } from '../../../shared/result.ts';

export interface JpegImage {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3;
  /** EXIF orientation, 1–8. */
  readonly orientation: number;
  /** The file without EXIF and comments: where a picture was taken is nobody's business. */
  readonly bytes: Uint8Array;
}

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

function orientationOf(exif: Uint8Array): number {
  if (exif.length < 14 || String.fromCharCode(...exif.subarray(0, 4)) !== 'Exif') return 1;
  const tiff = exif.subarray(6);
  const data = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = data.getUint16(0) === 0x4949;
  const start = data.getUint32(4, little);
  if (start + 2 > tiff.length) return 1;
  for (let i = 0; i < data.getUint16(start, little); i++) {
    const at = start + 2 + 12 * i;
    if (at + 12 > tiff.length) return 1;
    if (data.getUint16(at, little) !== 0x0112) continue;
    const value = data.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/**
 * Reads a baseline or progressive JPEG (ITU-T T.81) with one or three components.
 *
 * @throws Refusal `appearance.image-damaged`, or `appearance.image-unsupported` for CMYK and 12 bit
 */
export function readJpeg(file: Uint8Array): JpegImage {
  const damaged = new Refusal('appearance.image-damaged', 'The JPEG image is damaged.');
  const data = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const kept: Uint8Array[] = [file.subarray(0, 2)];
  let frame: { width: number; height: number; components: 1 | 3 } | null = null;
  let orientation = 1;
  let at = 2;
  while (at + 4 <= file.length) {
    if (file[at] !== 0xff) throw damaged;
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + data.getUint16(at + 2);
    if (end > file.length) throw damaged;
    const body = file.subarray(at + 4, end);
    // T.81, table B.1: SOF0–SOF15 but for DHT, JPG and DAC.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const components = body[5];
      if (
        body.length < 6 ||
        marker > 0xc2 ||
        body[0] !== 8 ||
        (components !== 1 && components !== 3)
      )
        throw new Refusal(
          'appearance.image-unsupported',
          'Only 8 bit grey or colour JPEG images can be a mark.',
        );
      frame = { height: data.getUint16(at + 5), width: data.getUint16(at + 7), components };
    }
    if (marker === 0xe1 && orientation === 1) orientation = orientationOf(body);
    // APP1–APP13, APP15 and COM are metadata; APP0 (JFIF) and APP14 (Adobe) say how to read the colours.
    const metadata = (marker > 0xe0 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
    if (!metadata) kept.push(file.subarray(at, end));
    at = end;
    if (marker !== 0xda) continue;
    kept.push(file.subarray(at));
    if (frame === null || frame.width === 0 || frame.height === 0) throw damaged;
    const bytes = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
    let to = 0;
    for (const part of kept) {
      bytes.set(part, to);
      to += part.length;
    }
    return { ...frame, orientation, bytes };
  }
  throw damaged;
}
