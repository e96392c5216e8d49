import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { besideHit, findTags, findText, sides } from '../../shared/anchor.ts';
import { readJobFile, specOf } from '../../shared/job/job-file.ts';
import { placeFields, wantedWords, type Words } from '../../shared/job/job-file-fields.ts';
import { unwrap } from '../../shared/result.ts';
import { placeOfRun, type TextPlace } from '../../shared/text-places.ts';

const run = (text: string, x: number, y: number, width = text.length * 5): TextPlace => ({
  ...{ text, x, y, width, height: 12, baseline: y + 10 },
});

describe('words of a page', () => {
  it('stand where they are displayed: cropped, turned, in another unit', () => {
    const letters = { str: 'Her', width: 30, height: 10, transform: [10, 0, 0, 10, 100, 700] };
    // The viewports that pdf.js makes of an A4 page whose crop box begins at 50 50.
    const upright = placeOfRun(letters, [1, 0, 0, -1, -50, 792]);
    expect(upright).toMatchObject({ x: 50, y: 82, width: 30, baseline: 92 });
    const turned = placeOfRun(letters, [0, 1, 1, 0, -50, -50]);
    expect(turned).toMatchObject({ y: 50, height: 30 });
    expect(placeOfRun(letters, [2, 0, 0, -2, -100, 1584])).toMatchObject({ x: 100, width: 60 });
  });

  it('are found across runs, whatever their case and blanks, each time they stand there', () => {
    const page = [
      run('Leie', 60, 100, 20),
      run('takers  under', 80, 100, 60),
      run('skrift', 140, 100, 30),
      run('LEIETAKERS UNDERSKRIFT', 60, 300),
      run('Leietakers', 60, 400),
      run('underskrift', 60, 416),
    ];
    const hits = findText(page, 2, ' leietakers underskrift ');
    expect(hits.map(({ box }) => [box.x, box.y, box.width])).toEqual([
      [60, 100, 110],
      [60, 300, 110],
    ]);
    expect(hits[0]?.page).toBe(2);
    expect(findText(page, 0, '   ')).toEqual([]);
    expect(findText(page, 0, 'utleier')).toEqual([]);
  });

  it('are found wherever they are put', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcæøå '), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (before, wanted, after) => {
        fc.pre(wanted.trim() !== '');
        const text = before + wanted + after;
        const hits = findText([run(text, 10, 10)], 0, wanted);
        expect(hits.length).toBeGreaterThan(0);
        for (const { box } of hits) {
          expect(box.x).toBeGreaterThanOrEqual(10);
          expect(box.x + box.width).toBeLessThanOrEqual(10 + 5 * text.length + 0.001);
        }
      }),
    );
  });
});

describe('marks in a text', () => {
  it('say kind, signer and what is asked; what is no mark is left alone', () => {
    const page = [
      run('Signatur: {{sign:1}} og {{ Date : 2 }}', 60, 100),
      run('{{text:1:Kontonummer}}', 60, 130),
      run('{{te', 60, 160, 20),
      run('xt:2}}', 80, 160, 30),
      run('{{sign}} {{sign:0}} {{stamp:1}} {sign:1}', 60, 190),
    ];
    expect(findTags(page, 0).map(({ kind, signer, label }) => [kind, signer, label])).toEqual([
      ['signature', 1, ''],
      ['date', 2, ''],
      ['text', 1, 'Kontonummer'],
      ['text', 2, ''],
    ]);
  });
});

describe('a field beside words', () => {
  const size = { width: 595, height: 842 };
  const box = { x: 100, y: 500, width: 80, height: 12 };
  it.each([
    ['above', { x: 100, y: 477 }],
    ['below', { x: 100, y: 515 }],
    ['right', { x: 183, y: 496 }],
    ['over', { x: 100, y: 492 }],
  ] as const)('%s them', (side, place) => {
    expect(besideHit({ page: 1, box }, { width: 90, height: 20 }, { side }, size)).toEqual({
      ...{ page: 1, ...place, width: 90, height: 20 },
    });
  });

  it('stays on its page', () => {
    const number = fc.double({ min: -900, max: 900, noNaN: true });
    fc.assert(
      fc.property(
        number,
        number,
        number,
        number,
        fc.constantFrom(...sides),
        (x, y, dx, dy, side) => {
          const place = besideHit(
            { page: 0, box: { ...box, x, y } },
            { width: 216, height: 64 },
            { side, dx, dy },
            size,
          );
          expect(place.x).toBeGreaterThanOrEqual(0);
          expect(place.y).toBeGreaterThanOrEqual(0);
          expect(place.x + place.width).toBeLessThanOrEqual(size.width + 0.1);
          expect(place.y + place.height).toBeLessThanOrEqual(size.height + 0.1);
        },
      ),
    );
  });
});

describe('a job file', () => {
  const file = (more: object) =>
    readJobFile(
      JSON.stringify({
        ...{ title: 'x', documents: [{ file: 'a.pdf' }], signers: [{ name: 'Kari' }] },
        ...more,
      }),
    );
  const page = [run('Leietakers underskrift', 60, 700), run('{{check:1:Jeg samtykker}}', 60, 300)];
  const words: Words = {
    hits: (_, text) => findText(page, 0, text),
    tags: () => findTags(page, 0),
    size: () => ({ width: 595, height: 842 }),
  };
  const anchored = (anchor: object, more: object = {}) =>
    file({ fields: [{ document: 1, signer: 1, anchor, ...more }] });

  it('places fields by words, in the size of their kind, and by marks', () => {
    const job = unwrap(
      file({
        tags: true,
        fields: [
          { document: 1, signer: 1, anchor: { text: 'leietakers underskrift' } },
          { document: 1, signer: 1, kind: 'date', anchor: { text: 'underskrift', side: 'right' } },
        ],
      }),
    );
    expect(wantedWords(job)).toEqual([
      { document: 1, text: 'leietakers underskrift' },
      { document: 1, text: 'underskrift' },
      { document: 1, text: null },
    ]);
    const placed = unwrap(placeFields(job, words));
    expect(specOf(job, ['doc'], placed).fields).toMatchObject([
      { document: 'doc', placement: { page: 0, x: 60, y: 633, width: 216, height: 64 } },
      { kind: 'date', placement: { x: 173, width: 90 } },
      { kind: 'check', label: 'Jeg samtykker', placement: { x: 60, width: 16 } },
    ]);
  });

  it('says what is not there, and takes no field that stands nowhere', () => {
    const failure = (read: ReturnType<typeof file>) => {
      const placed = placeFields(unwrap(read), words);
      return placed.ok ? null : placed.error;
    };
    expect(failure(anchored({ text: 'utleier' }))).toMatchObject({
      code: 'anchor.not-found',
      detail: { document: 1, field: 1, hits: 0 },
    });
    expect(failure(anchored({ text: 'underskrift', which: 2 }))).toMatchObject({
      code: 'anchor.not-found',
      detail: { hits: 1 },
    });
    expect(failure(anchored({ text: 'underskrift', which: 1 }))).toBeNull();
    expect(file({ fields: [{ document: 1, signer: 1 }] }).ok).toBe(false);
    expect(anchored({ text: 'underskrift' }, { page: 1 }).ok).toBe(false);
    expect(anchored({ text: ' ' }).ok).toBe(false);
    const nobody: Words = { ...words, tags: () => findTags([run('{{sign:2}}', 0, 0)], 0) };
    const tags = unwrap(file({ tags: true }));
    expect(placeFields(tags, nobody)).toMatchObject({ error: { code: 'anchor.no-signer' } });
    expect(placeFields(tags, { ...words, tags: () => [] })).toMatchObject({
      error: { code: 'anchor.no-tags' },
    });
  });
});
