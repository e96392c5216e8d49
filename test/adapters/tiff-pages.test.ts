import { describe, expect, it } from 'vitest';
import { tiffPages } from '../../electron/adapters/tiff-pages.ts';
import { unwrap } from '../../shared/result.ts';
import { tiff } from '../support/pictures.ts';

const red = [200, 0, 0] as const;
const blue = [0, 0, 200] as const;

describe('pages of a TIFF', () => {
  for (const big of [false, true])
    it(`are files of one page each, ${big ? 'big' : 'little'} end first`, () => {
      const pages = unwrap(tiffPages(tiff([red, blue, red], { big })));
      expect(pages.count).toBe(3);
      for (const index of [0, 1, 2]) expect(unwrap(tiffPages(pages.page(index))).count).toBe(1);
      // The directory in reach is the page's own, which tells where its pixels begin.
      const file = Buffer.from(pages.page(1));
      const own = big ? file.readUInt32BE(4) : file.readUInt32LE(4);
      const strip = own + 2 + 6 * 12 + 8;
      const at = big ? file.readUInt32BE(strip) : file.readUInt32LE(strip);
      expect([...file.subarray(at, at + 3)]).toEqual([...blue]);
    });

  it('leaves out the small picture of a page', () => {
    expect(unwrap(tiffPages(tiff([red, blue], { purposes: [0, 1] }))).count).toBe(1);
  });

  it('is refused where it leads in a circle, out of the file, or nowhere', () => {
    const file = tiff([red]);
    const around = Buffer.from(file);
    const own = around.readUInt32LE(4);
    around.writeUInt32LE(own, own + 2 + 10 * 12);
    for (const bytes of [
      around,
      file.slice(0, file.length - 3),
      file.slice(0, 8),
      file.slice(0, 4),
    ])
      expect(tiffPages(new Uint8Array(bytes))).toMatchObject({ error: { code: 'image.damaged' } });
    const many = tiff(
      Array.from({ length: 501 }, () => red),
      { size: 1 },
    );
    expect(tiffPages(many)).toMatchObject({ error: { code: 'image.too-many-pages' } });
  });
});
