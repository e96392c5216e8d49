import fc from 'fast-check';
import { inflate } from 'pako';
import { describe, expect, test } from 'vitest';
import { interFonts } from '../../../electron/adapters/fonts.ts';
import { drawAppearance, emptyAppearance } from '../../../electron/core/pdf/appearance.ts';
import type { AppearanceRequest } from '../../../electron/core/pdf/appearance.ts';
import { createTextSetter } from '../../../electron/core/pdf/font.ts';
import { isDict, isStream, ref } from '../../../electron/core/pdf/objects.ts';
import type { PdfObject, PdfStream } from '../../../electron/core/pdf/objects.ts';
import { layOut } from '../../../shared/mark/layout.ts';
import { fitName, paragraphsOf } from '../../../shared/mark/text.ts';
import { Refusal } from '../../../shared/result.ts';
import { rendered } from '../../support/other-readers.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { signedWith } from '../../support/signing.ts';
import { colourJpeg, png } from '../../support/images.ts';

const fonts = interFonts();
const lines = ['Kari Nordmann', '24. november 2026 kl. 10.41 (+01:00)', 'Leiekontrakt'];
const strokes = {
  aspect: 3,
  paths: [
    Array.from({ length: 80 }, (_, i) => ({
      x: 0.05 + i / 90,
      y: 0.5 + 0.4 * Math.sin(i / 5) * (1 - i / 100),
    })),
    [{ x: 0.5, y: 0.1 }],
  ],
};

function drawn(request: Partial<AppearanceRequest>): {
  form: PdfStream;
  added: PdfObject[];
  operators: string;
} {
  const added: PdfObject[] = [];
  const whole = { mark: { lines }, width: 200, height: 60, rotate: 0 as const, ...request };
  const form = drawAppearance(whole, fonts, (object) => ref(added.push(object)));
  return { form, added, operators: Buffer.from(inflate(form.raw())).toString('latin1') };
}

describe('the form', () => {
  test.each([
    [0, undefined],
    [90, [0, 1, -1, 0, 60, 0]],
    [180, [-1, 0, 0, -1, 200, 60]],
    [270, [0, -1, 1, 0, 0, 200]],
  ] as const)('at /Rotate %i is turned back', (rotate, matrix) => {
    const { form } = drawn({ rotate });
    expect(form.dict.entries.get('BBox')).toEqual([0, 0, 200, 60]);
    expect(form.dict.entries.get('Matrix')).toEqual(matrix);
  });

  test('uses no device colour and no transparency', () => {
    for (const mark of [
      { lines, strokes },
      { lines, typed: 'Kari' },
      { lines, image: colourJpeg },
    ]) {
      const { form, added, operators } = drawn({ mark });
      expect(operators).not.toMatch(/(^|\s)(rg|RG|g|G|k|K|gs|sh)(\s|$)/);
      const resources = form.dict.entries.get('Resources');
      const text = JSON.stringify(
        [form.dict, resources, ...added.filter(isStream)],
        (_, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value),
      );
      expect(text).toContain('CalRGB');
      expect(text).not.toMatch(/DeviceRGB|DeviceCMYK|DeviceGray|SMask|ExtGState/);
    }
  });

  test('an image with transparency gets a mask, or white where the file may carry none', () => {
    const image = png({
      width: 9,
      height: 3,
      depth: 8,
      colour: 6,
      value: (x) => [0, 0, 99, 255 - x],
    });
    const masked = drawn({ mark: { lines, image } });
    expect(masked.added.filter(isStream).some(({ dict }) => dict.entries.has('SMask'))).toBe(true);
    const flat = drawn({ mark: { lines, image }, flat: true });
    expect(flat.added.filter(isStream).some(({ dict }) => dict.entries.has('SMask'))).toBe(false);
  });

  test('embeds only fonts that it uses', () => {
    expect(drawn({ mark: { lines: [], strokes } }).added).toEqual([]);
    // Font file, CIDSet and ToUnicode.
    const { added } = drawn({ mark: { lines, typed: 'Kari Nordmann' } });
    expect(added.filter(isStream)).toHaveLength(3);
    const size = added.filter(isStream).reduce((sum, each) => sum + each.raw().length, 0);
    expect(size).toBeLessThan(6000);
  });

  test('a waiting field shows nothing', () => {
    expect(inflate(emptyAppearance(10, 20).raw())).toHaveLength(0);
  });

  test('refuses a box without area', () => {
    expect(() => drawn({ width: 0 })).toThrow(Refusal);
  });

  test('leaves out points that are none, and survives a drawing without any', () => {
    const bad = { aspect: 2, paths: [[{ x: NaN, y: 0.2 }], [{ x: 0.1, y: Infinity }], []] };
    expect(drawn({ mark: { lines: [], strokes: bad } }).operators).toBe('');
  });
});

describe('the layout', () => {
  const words = fc.array(
    fc.stringMatching(/^[A-Za-zÆØÅæøå0-9.]{1,24}$/).filter((word) => word.trim() !== ''),
    { minLength: 1, maxLength: 12 },
  );
  const text = fc.array(
    words.map((each) => each.join(' ')),
    { maxLength: 6 },
  );
  const boxes = fc.record({
    width: fc.double({ min: 4, max: 600, noNaN: true }),
    height: fc.double({ min: 4, max: 400, noNaN: true }),
  });

  test('never clips and never drops a word', () => {
    const setter = createTextSetter(fonts);
    fc.assert(
      fc.property(
        boxes,
        text,
        fc.option(fc.double({ min: 0.1, max: 20, noNaN: true })),
        (box, raw, aspect) => {
          const paragraphs = paragraphsOf(raw);
          const {
            mark,
            text: placed,
            rule,
          } = layOut(box.width, box.height, aspect, paragraphs, () => setter);
          const slack = 0.01;
          if (mark !== null) {
            expect(mark.x).toBeGreaterThanOrEqual(0);
            expect(mark.y).toBeGreaterThanOrEqual(0);
            expect(mark.x + mark.width).toBeLessThanOrEqual(box.width + slack);
            expect(mark.y + mark.height).toBeLessThanOrEqual(box.height + slack);
          }
          if (paragraphs.length === 0) return;
          if (placed === null) throw new Error('text got lost');
          const set = placed.block.lines;
          expect(
            set
              .map((line) => line.text)
              .join('')
              .replaceAll(' ', ''),
          ).toBe(paragraphs.join('').replaceAll(' ', ''));
          for (const line of set) {
            const baseline = placed.top - line.baseline;
            expect(placed.x + setter.width(line.text) * line.size).toBeLessThanOrEqual(
              box.width + slack,
            );
            expect(baseline + setter.descent * line.size).toBeGreaterThanOrEqual(-slack);
            expect(baseline + setter.capHeight * line.size).toBeLessThanOrEqual(box.height + slack);
            // Text and mark stand on different sides of the rule.
            if (mark === null || rule === null) continue;
            const beneath = baseline + setter.capHeight * line.size <= rule.y0 + slack;
            const beside = placed.x >= rule.x0 - slack && rule.x0 === rule.x1;
            expect(beneath || beside).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a written name fits its room in one to three lines', () => {
    const setter = createTextSetter(fonts);
    fc.assert(
      fc.property(boxes, words, (box, name) => {
        const { size, lines: set } = fitName(name.join(' '), box, 30, setter);
        expect(size).toBeGreaterThan(0);
        expect(set.join(' ')).toBe(name.join(' '));
        for (const line of set)
          expect(setter.width(line) * size).toBeLessThanOrEqual(box.width + 0.01);
      }),
      { numRuns: 150 },
    );
  });
});

describe('on the page', () => {
  const dpi = 72;
  const place = { x: 30, y: 20, width: 160, height: 60 };

  /** Where something is darker than paper, in pixels of the page as displayed. */
  function inkBox(bytes: Uint8Array, page: number): number[] {
    const picture = rendered(bytes, page, dpi);
    let [x0, y0, x1, y1] = [Infinity, Infinity, -1, -1];
    for (let y = 0; y < picture.height; y++)
      for (let x = 0; x < picture.width; x++)
        if (picture.at(x, y).some((value) => value < 160)) {
          x0 = Math.min(x0, x);
          y0 = Math.min(y0, y);
          x1 = Math.max(x1, x);
          y1 = Math.max(y1, y);
        }
    return [x0, y0, x1, y1];
  }

  test('stands at the same place and upright on turned, cropped and scaled pages', async () => {
    const content = ' ';
    const crop = [60, 80, 360, 480];
    const pages = [0, 90, 180, 270].flatMap((rotate) => [
      { rotate, content, media: [0, 0, 300, 300] },
      { rotate, content, crop, media: [-10, -20, 500, 600] },
    ]);
    let bytes = plainPdf({ pages });
    for (const [page] of pages.entries())
      bytes = await signedWith(bytes, {
        field: { create: { name: `S${page}`, placement: { page, ...place } } },
        mark: { lines, strokes },
      });
    const first = inkBox(bytes, 0);
    expect(first[0]).toBeGreaterThanOrEqual(place.x);
    expect(first[1]).toBeGreaterThanOrEqual(place.y);
    expect(first[2]).toBeLessThanOrEqual(place.x + place.width);
    expect(first[3]).toBeLessThanOrEqual(place.y + place.height);
    // The rule and text beneath make the ink's shape tell top from bottom and left from right.
    const upright = rendered(bytes, 0, dpi);
    for (let page = 1; page < pages.length; page++) {
      const box = inkBox(bytes, page);
      for (const side of [0, 1, 2, 3])
        expect(Math.abs((box[side] ?? 0) - (first[side] ?? 0))).toBeLessThanOrEqual(1);
      const picture = rendered(bytes, page, dpi);
      let different = 0;
      for (let y = place.y; y < place.y + place.height; y++)
        for (let x = place.x; x < place.x + place.width; x++) {
          const dark = (at: number[]): boolean => at.some((value) => value < 110);
          const near = [-1, 0, 1].some((dx) =>
            [-1, 0, 1].some((dy) => dark(picture.at(x + dx, y + dy))),
          );
          if (dark(upright.at(x, y)) && !near) different += 1;
        }
      expect(different).toBe(0);
    }
  });

  test.each([
    ['PDF 1.3', '1.3', '', '', true],
    ['PDF/A-1', '1.4', '1', '/OutputIntents [<< >>]', true],
    ['PDF/A-2 without an output intent', '1.7', '2', '', true],
    ['PDF/A-2 with one', '1.7', '2', '/OutputIntents [<< >>]', false],
    ['no PDF/A', '1.7', '', '', false],
  ])('an image in a file that is %s', async (_, version, part, intents, flat) => {
    const xmp = part === '' ? '<x/>' : `<pdfaid:part>${part}</pdfaid:part>`;
    const base = plainPdf({
      version,
      catalog: `/Metadata 6 0 R ${intents}`,
      objects: [
        `<< /Type /Metadata /Subtype /XML /Length ${xmp.length} >>\nstream\n${xmp}\nendstream`,
      ],
    });
    const image = png({
      width: 9,
      height: 3,
      depth: 8,
      colour: 6,
      value: (x) => [0, 0, 99, 255 - x],
    });
    const field = { create: { name: 'S', placement: { page: 0, ...place } } };
    const bytes = await signedWith(base, { field, mark: { lines, image } });
    expect(Buffer.from(bytes).includes('/SMask')).toBe(!flat);
  });

  test('what stands under the mark shows through', async () => {
    const content = '0.2 0.7 0.3 rg 0 0 300 300 re f';
    const bytes = await signedWith(plainPdf({ pages: [{ content, media: [0, 0, 300, 300] }] }), {
      field: { create: { name: 'S', placement: { page: 0, ...place } } },
      mark: { lines, typed: 'Kari' },
    });
    const picture = rendered(bytes, 0, dpi);
    const corner = picture.at(place.x + place.width - 2, place.y + 2);
    expect(corner).toEqual(picture.at(5, 5));
  });
});

test('the same mark gives the same bytes', () => {
  const [one, two] = [drawn({ mark: { lines, strokes } }), drawn({ mark: { lines, strokes } })];
  expect([...one.form.raw()]).toEqual([...two.form.raw()]);
  expect(one.added.filter(isDict)).toEqual(two.added.filter(isDict));
});
