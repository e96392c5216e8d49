import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { JobDocument, SignerSpec } from '../../../../shared/job/job.ts';
import { linesOf } from '../../../../renderer/features/prepare/page-lines.ts';
import { isInside } from '../../../../shared/job/missing.ts';
import {
  defaultSize,
  aligned,
  coversWords,
  freePlace,
  onPage,
  overlaps,
  proposeFields,
  pagesIn,
  snapped,
  togetherBy,
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

describe('fields in line', () => {
  const lines = { xs: [72, 180], ys: [400] };
  const box = { x: 74, y: 377, width: 90, height: 20 };

  it('stand on the page’s lines of text and begin where its blanks do, and only when near', () => {
    expect(snapped(box, [], a4, lines)).toEqual({
      place: { ...box, x: 72, y: 380 },
      guides: [
        { axis: 'x', at: 72 },
        { axis: 'y', at: 400 },
      ],
    });
    expect(snapped({ ...box, x: 100, y: 300 }, [], a4, lines).guides).toEqual([]);
  });

  it('are moved by no more than the pull, and keep their size', () => {
    const at = fc.double({ min: 0, max: 500, noNaN: true });
    fc.assert(
      fc.property(at, at, fc.array(at), fc.array(at), (x, y, xs, ys) => {
        const { place } = snapped({ ...box, x, y }, [], a4, { xs, ys });
        expect(Math.abs(place.x - x)).toBeLessThanOrEqual(5.001);
        expect(Math.abs(place.y - y)).toBeLessThanOrEqual(5.001);
        expect([place.width, place.height]).toEqual([90, 20]);
      }),
    );
  });

  it('share an edge or a size once they are aligned, whatever was there before', () => {
    const rect = fc.record({
      ...{ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }) },
      ...{ width: fc.integer({ min: 20, max: 200 }), height: fc.integer({ min: 10, max: 80 }) },
    });
    fc.assert(
      fc.property(rect, rect, (one, to) => {
        expect(aligned(one, to, 'left').x).toBe(to.x);
        const right = aligned(one, to, 'right');
        expect(right.x + right.width).toBe(to.x + to.width);
        expect(aligned(one, to, 'top').y).toBe(to.y);
        const bottom = aligned(one, to, 'bottom');
        expect(bottom.y + bottom.height).toBe(to.y + to.height);
        expect(aligned(one, to, 'same')).toEqual({ ...to, x: one.x, y: one.y });
      }),
    );
  });

  it('are kept from pages that are written as people write them', () => {
    expect(pagesIn('1, 4-6', 10)).toEqual(new Set([0, 3, 4, 5]));
    expect(pagesIn('', 10)).toEqual(new Set());
    for (const wrong of ['0', '11', '6-4', 'x', '1-2-3', '-1'])
      expect(pagesIn(wrong, 10)).toBeNull();
  });
});

it('finds where lines begin and where blanks begin and end', () => {
  const place = { y: 100, height: 12, baseline: 110 };
  const found = linesOf([
    { text: 'Dato: ________', x: 60, width: 140, ...place },
    { text: '  ', x: 300, width: 10, ...place },
  ]);
  expect(found).toMatchObject({ xs: [60, 120, 200], ys: [110] });
  // The words before the blank may not be covered; blanks and marks may.
  expect(found.words).toEqual([{ x: 60, y: 100, width: 50, height: 12 }]);
  const free = linesOf([
    { text: '__________', x: 60, width: 140, ...place },
    { text: '{{sign:1}}', x: 60, width: 140, ...place },
  ]);
  expect(free.words).toEqual([]);
  const [word] = found.words;
  const on = { x: 70, y: 95, width: 90, height: 20 };
  expect(coversWords(on, word === undefined ? [] : [word])).toBe(true);
  expect(coversWords({ ...on, y: 81 }, found.words)).toBe(false);
});

describe('several fields together', () => {
  const places = [
    { x: 10, y: 100, width: 50, height: 20 },
    { x: 500, y: 800, width: 60, height: 30 },
  ];

  it('go as far as they are asked to while all stay on the page', () => {
    expect(togetherBy(places, { dx: 5, dy: -40 }, a4)).toEqual({ dx: 5, dy: -40 });
  });

  it('stop all where the first of them meets the edge', () => {
    expect(togetherBy(places, { dx: 90, dy: 90 }, a4)).toEqual({ dx: 35, dy: 12 });
    expect(togetherBy(places, { dx: -90, dy: -190 }, a4)).toEqual({ dx: -10, dy: -100 });
  });
});
