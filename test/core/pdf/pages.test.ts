import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { unwrap } from '../../../shared/result.ts';
import { buildPdf } from '../../support/pdf-builder.ts';

function open(objects: Record<number, string>) {
  return unwrap(
    openPdf(
      memorySource(buildPdf({ objects: { 1: '<< /Type /Catalog /Pages 2 0 R >>', ...objects } })),
    ),
  );
}

const geometry = (page: string, root = '') => {
  const document = open({
    2: `<< /Type /Pages /Count 1 /Kids [3 0 R] ${root} >>`,
    3: `<< /Type /Page /Parent 2 0 R ${page} >>`,
  });
  return document.page(0).geometry;
};
const letter = { x0: 0, y0: 0, x1: 612, y1: 792 };

describe('page geometry', () => {
  it('inherits boxes and rotation, and puts corners in order', () => {
    expect(geometry('', '/MediaBox [595 842 0 0] /Rotate 90')).toEqual({
      crop: { x0: 0, y0: 0, x1: 595, y1: 842 },
      rotate: 90,
      userUnit: 1,
    });
    expect(geometry('/Rotate -90 /UserUnit 2.5', '/MediaBox [0 0 10 10] /Rotate 90')).toEqual({
      crop: { x0: 0, y0: 0, x1: 10, y1: 10 },
      rotate: 270,
      userUnit: 2.5,
    });
  });

  it('clips the crop box to the media box', () => {
    expect(geometry('/MediaBox [0 0 100 100] /CropBox [-5 10 50 500]').crop).toEqual({
      x0: 0,
      y0: 10,
      x1: 50,
      y1: 100,
    });
    expect(geometry('/MediaBox [0 0 100 100] /CropBox [200 200 300 300]').crop).toEqual({
      x0: 0,
      y0: 0,
      x1: 100,
      y1: 100,
    });
  });

  it('falls back on Letter where there is no usable media box', () => {
    for (const box of ['', '/MediaBox [0 0 0 0]', '/MediaBox [0 0 (a) 3]', '/MediaBox 7'])
      expect(geometry(box).crop).toEqual(letter);
    expect(geometry('/Rotate 45 /UserUnit -1')).toEqual({ crop: letter, rotate: 0, userUnit: 1 });
  });
});

describe('page tree', () => {
  it('goes through nested, untyped and direct kids in order', () => {
    const document = open({
      2: '<< /Type /Pages /Count 4 /Kids [3 0 R << /Type /Page /MediaBox [0 0 2 2] >> 5 0 R] >>',
      3: '<< /Kids [4 0 R] /Count 1 /MediaBox [0 0 1 1] /Resources << /A 1 >> >>',
      4: '<< /Parent 3 0 R >>',
      5: '<< /Type /Pages /Kids [6 0 R 4 0 R] /Count 2 /MediaBox [0 0 3 3] >>',
      6: '<< /Type /Page >>',
    });
    expect(document.pageCount()).toBe(4);
    expect([0, 1, 2, 3].map((index) => document.page(index).geometry.crop.x1)).toEqual([
      1, 2, 3, 3,
    ]);
    expect([0, 1, 2, 3].map((index) => document.page(index).ref?.number ?? null)).toEqual([
      4,
      null,
      6,
      4,
    ]);
    expect(document.page(0).resources?.entries.get('A')).toBe(1);
    expect(document.anomalies).toEqual([]);
  });

  it('ends where kids lead back to their parents, and says so', () => {
    const document = open({
      2: '<< /Type /Pages /Count 9 /Kids [3 0 R 2 0 R] >>',
      3: '<< /Type /Page >>',
    });
    expect(document.pageCount()).toBe(1);
    expect(document.anomalies.map((one) => one.code)).toEqual([
      'structure.page-loop',
      'structure.page-count',
    ]);
  });

  it('does not multiply a node that is listed again and again on each level', () => {
    const objects: Record<number, string> = { 40: '<< /Type /Page >>' };
    for (let i = 2; i < 40; i++)
      objects[i] = `<< /Type /Pages /Count 1 /Kids [${i + 1} 0 R ${i + 1} 0 R ${i + 1} 0 R] >>`;
    const document = open(objects);
    expect(document.pageCount()).toBeLessThan(100_000);
  });

  it('refuses a page that is not there', () => {
    const document = open({
      2: '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      3: '<< /Type /Page >>',
    });
    expect(() => document.page(1)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'pdf.no-pages' }) }),
    );
  });
});
