/** The pages of a TIFF, each as a file of its own: LibreOffice reads the first page and drops the others. */
import { fail, ok, type Result } from '../../shared/result.ts';

/** TIFF 6.0, section 2: bytes of an entry, and the tag that says what a picture in the file is for. */
const entrySize = 12;
const newSubfileType = 254;
/** Bit 0: a small picture of another one in the file. */
const reduced = 1;
/** More is a book; a scanner's pile is not. */
const mostPages = 500;

export interface TiffPages {
  readonly count: number;
  /** The file with this page alone in reach, 0-based. */
  readonly page: (index: number) => Uint8Array;
}

/** `image.damaged`, `image.too-many-pages`. */
export function tiffPages(bytes: Uint8Array): Result<TiffPages> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const damaged = () => fail('image.damaged', 'The picture cannot be read.');
  const fits = (at: number, length: number) => at >= 8 && at + length <= bytes.length;
  const pages: { readonly at: number; readonly next: number }[] = [];
  const seen = new Set<number>();
  if (bytes.length < 8) return damaged();
  for (let at = view.getUint32(4, little); at !== 0;) {
    if (seen.has(at) || !fits(at, 2)) return damaged();
    seen.add(at);
    const entries = view.getUint16(at, little);
    const next = at + 2 + entries * entrySize;
    if (!fits(next, 4)) return damaged();
    let purpose = 0;
    for (let entry = at + 2; entry < next; entry += entrySize)
      if (view.getUint16(entry, little) === newSubfileType)
        purpose = view.getUint32(entry + 8, little);
    if ((purpose & reduced) === 0) pages.push({ at, next });
    if (pages.length > mostPages)
      return fail('image.too-many-pages', 'The picture has too many pages.', { most: mostPages });
    at = view.getUint32(next, little);
  }
  if (pages.length === 0) return damaged();
  return ok({
    count: pages.length,
    page: (index) => {
      const alone = bytes.slice();
      const one = pages[index];
      if (one === undefined) return alone;
      const writer = new DataView(alone.buffer);
      writer.setUint32(4, one.at, little);
      writer.setUint32(one.next, 0, little);
      return alone;
    },
  });
}
