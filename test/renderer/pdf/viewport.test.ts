/** What a window draws and what the core signs must agree on where a place is. */
import { readFileSync } from 'node:fs';
import { degrees, PDFDocument } from 'pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { displayedSize, toUserSpace } from '../../../shared/document.ts';
import type { PageGeometry } from '../../../shared/document.ts';

const crop = { x0: 30, y0: 40, x1: 430, y1: 640 };

async function page(rotate: PageGeometry['rotate']) {
  const made = await PDFDocument.create();
  const sheet = made.addPage([500, 700]);
  sheet.setCropBox(crop.x0, crop.y0, crop.x1 - crop.x0, crop.y1 - crop.y0);
  sheet.setRotation(degrees(rotate));
  const task = getDocument({ data: await made.save(), verbosity: 0 });
  const pdf = await task.promise;
  return { first: await pdf.getPage(1), close: () => task.destroy() };
}

describe('pdf.js and shared/document', () => {
  it.each([0, 90, 180, 270] as const)(
    'see the same page and place, turned %i degrees',
    async (rotate) => {
      const geometry: PageGeometry = { crop, rotate, userUnit: 1 };
      const { first, close } = await page(rotate);
      const viewport = first.getViewport({ scale: 1 });
      const size = displayedSize(geometry);
      expect([viewport.width, viewport.height]).toEqual([size.width, size.height]);
      const place = { x: 37, y: 91, width: 120, height: 44 };
      const box = toUserSpace(geometry, place);
      const [ax = 0, ay = 0] = viewport.convertToViewportPoint(box.x0, box.y0) as number[];
      const [bx = 0, by = 0] = viewport.convertToViewportPoint(box.x1, box.y1) as number[];
      expect(Math.min(ax, bx)).toBeCloseTo(place.x);
      expect(Math.min(ay, by)).toBeCloseTo(place.y);
      expect(Math.abs(ax - bx)).toBeCloseTo(place.width);
      expect(Math.abs(ay - by)).toBeCloseTo(place.height);
      await close();
    },
  );

  it('read the shipped sample', async () => {
    const sample = readFileSync(
      new URL('../../../resources/sample/leieavtale.pdf', import.meta.url),
    );
    const task = getDocument({ data: new Uint8Array(sample), verbosity: 0 });
    expect((await task.promise).numPages).toBe(4);
    await task.destroy();
  });
});
