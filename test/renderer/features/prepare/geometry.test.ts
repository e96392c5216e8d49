import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { JobDocument, SignerSpec } from '../../../../shared/job/job.ts';
import { isInside } from '../../../../shared/job/missing.ts';
import {
  defaultSize,
  freePlace,
  onPage,
  overlaps,
  proposeFields,
  snapped,
} from '../../../../renderer/features/prepare/geometry.ts';

const a4 = { width: 595, height: 842 };

function paper(id: string, pages: number, rotate: 0 | 90 = 0): JobDocument {
  return {
    id,
    title: id,
    fileName: `${id}.pdf`,
    sha256: '',
    length: 1,
    findings: {
      pageCount: pages,
      pages: Array.from({ length: pages }, () => ({
        crop: { x0: 10, y0: 20, x1: 605, y1: 862 },
        rotate,
        userUnit: 1,
      })),
      pdfVersion: '1.7',
      pdfa: null,
      encrypted: false,
      signatures: 0,
      certified: null,
      emptySignatureFields: [],
      hidden: [],
      anomalies: [],
    },
  };
}
const signer = (id: string): SignerSpec => ({
  id,
  name: id,
  title: '',
  order: 1,
  kind: 'simple',
  role: 'signer',
  onBehalfOf: 'SELF',
  language: 'nb',
});

describe('fields on a page', () => {
  it('stay on it wherever they are dragged', () => {
    const number = fc.double({ min: -5000, max: 5000, noNaN: true });
    fc.assert(
      fc.property(number, number, number, number, (x, y, width, height) => {
        const place = onPage({ x, y, width, height }, a4);
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.y).toBeGreaterThanOrEqual(0);
        expect(place.x + place.width).toBeLessThanOrEqual(a4.width + 0.11);
        expect(place.y + place.height).toBeLessThanOrEqual(a4.height + 0.11);
      }),
    );
  });

  it('are pulled to the edge of another, and only when near', () => {
    const other = { x: 100, y: 100, ...defaultSize };
    const near = snapped({ x: 103, y: 300, ...defaultSize }, [other], a4);
    expect(near.place.x).toBe(100);
    expect(near.guides).toContainEqual({ axis: 'x', at: 100 });
    const far = snapped({ x: 130, y: 300, ...defaultSize }, [other], a4);
    expect(far.place.x).toBe(130);
    expect(far.guides).toEqual([]);
  });

  it('find a free place each until the page is full', () => {
    const taken: { x: number; y: number; width: number; height: number }[] = [];
    for (let place = freePlace(a4, taken); place !== null; place = freePlace(a4, taken)) {
      expect(taken.some((other) => overlaps(other, place))).toBe(false);
      taken.push(place);
    }
    expect(taken.length).toBeGreaterThan(10);
  });

  it('are proposed at the end of every document, once for each signer, upright or turned', () => {
    for (const rotate of [0, 90] as const) {
      const documents = [paper('one', 3, rotate), paper('two', 1, rotate)];
      const signers = [signer('a'), signer('b'), signer('c')];
      let next = 0;
      const id = () => `f${String((next += 1))}`;
      const first = proposeFields(signers, [], documents, id);
      expect(
        first.map(({ document, signer: who, placement }) => [document, who, placement.page]),
      ).toEqual([
        ['one', 'a', 2],
        ['one', 'b', 2],
        ['one', 'c', 2],
        ['two', 'a', 0],
        ['two', 'b', 0],
        ['two', 'c', 0],
      ]);
      for (const field of first) {
        const document = documents.find((each) => each.id === field.document);
        expect(document !== undefined && isInside(field.placement, document)).toBe(true);
      }
      expect(proposeFields(signers, first, documents, id)).toEqual([]);
    }
  });
});
