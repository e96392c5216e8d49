/**
 * A picture of a signature, as it can stand on the page: paper made clear, cropped to the ink, and written
 * anew, so that nothing a camera notes beside a picture (place, time, device) goes along.
 */

export interface MarkPicture {
  /** PNG. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same as an address. */
  readonly url: string;
  /** Width / height. */
  readonly aspect: number;
}

/** Pixels on the long side: 300 to the inch on a field as wide as the page. */
const longest = 1600;
/** Ink is what is darker than paper by more than this part. */
const paper = 0.82;
const black = 0.45;

/** Null where it is no picture, or has nothing on it. */
export async function pictureOf(file: Blob): Promise<MarkPicture | null> {
  const image = await createImageBitmap(file).catch(() => null);
  if (image === null) return null;
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const whole = new OffscreenCanvas(width, height);
  const context = whole.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(image, 0, 0, width, height);
  image.close();
  const pixels = context.getImageData(0, 0, width, height);
  clearPaper(pixels);
  const ink = inkIn(pixels);
  if (ink === null) return null;
  context.putImageData(pixels, 0, 0);
  const cut = new OffscreenCanvas(ink.width, ink.height);
  cut.getContext('2d')?.drawImage(whole, -ink.x, -ink.y);
  const png = await cut.convertToBlob({ type: 'image/png' });
  const bytes = new Uint8Array(await png.arrayBuffer());
  return { bytes, url: addressOf(bytes), aspect: ink.width / ink.height };
}

const light = (data: Uint8ClampedArray, at: number): number =>
  (0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0)) / 255;

/** What is as light as the paper becomes clear; a picture that has clear parts is left as it is. */
export function clearPaper({ data }: Pick<ImageData, 'data'>): void {
  const lights: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at + 3] ?? 255) < 250) return;
    // Enough of them to know the paper by.
    if (at % 64 === 0) lights.push(light(data, at));
  }
  lights.sort((a, b) => a - b);
  const white = Math.max(0.2, lights[Math.floor(lights.length * 0.9)] ?? 1);
  for (let at = 0; at < data.length; at += 4) {
    const part = light(data, at) / white;
    data[at + 3] = 255 * Math.min(1, Math.max(0, (paper - part) / (paper - black)));
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where there is ink; null for an empty picture. */
export function inkIn({
  data,
  width,
  height,
}: Pick<ImageData, 'data' | 'width' | 'height'>): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) < 24) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  return right < left
    ? null
    : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function addressOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}
