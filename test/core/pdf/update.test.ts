import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PdfDocument } from '../../../electron/core/pdf/document.ts';
import {
  bytesString,
  concatSource,
  dict,
  hole,
  isDict,
  isStream,
  memorySource,
  name,
  ref,
  stream,
} from '../../../electron/core/pdf/objects.ts';
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { beginUpdate } from '../../../electron/core/pdf/update.ts';
import type { ByteSource } from '../../../electron/core/ports.ts';
import { unwrap } from '../../../shared/result.ts';
import { qpdfComplaints } from '../../support/other-readers.ts';
import {
  appendRevision,
  buildPdf,
  bytesOf,
  onePage,
  startxrefOf,
  textOf,
} from '../../support/pdf-builder.ts';
import type { XrefStyle } from '../../support/pdf-builder.ts';

const strict = (source: ByteSource): PdfDocument => unwrap(openPdf(source, { repair: 'strict' }));
const styles: readonly XrefStyle[] = ['table', 'stream', 'hybrid'];
const objects = { ...onePage, 7: '<< /Answer 42 >>' };
const build = (style: XrefStyle, more: { before?: string; end?: string; trailer?: string } = {}) =>
  buildPdf({ style, objects, compressed: [7], ...more });

function updated(base: Uint8Array, change: (document: PdfDocument) => Uint8Array): Uint8Array {
  return Buffer.concat([base, change(strict(memorySource(base)))]);
}

function addOne(document: PdfDocument): Uint8Array {
  const update = beginUpdate(document);
  update.add(dict({ Type: name('Test') }));
  return update.build().tail;
}

describe('beginUpdate', () => {
  it.each(styles)('adds a revision in the style of a %s, which qpdf finds sound', (style) => {
    const base = build(style);
    const document = strict(memorySource(base));
    const update = beginUpdate(document);
    const added = update.add(
      dict({ S: bytesString(bytesOf('a(b\\c\r\n\x00\xff')), N: name('x y/#') }),
    );
    const data = update.add(stream(dict({ Kind: name('Test') }), bytesOf('stream data')));
    update.set(ref(7), dict({ Answer: 43 }));
    expect(update.current(ref(7))).toEqual(dict({ Answer: 43 }));
    expect(update.current(ref(2))).toEqual(document.resolve(ref(2)));
    const { tail, holes } = update.build();
    expect(holes.size).toBe(0);
    const bytes = Buffer.concat([base, tail]);
    const again = strict(memorySource(bytes));
    expect(again.anomalies).toEqual([]);
    expect(again.revisions).toHaveLength(2);
    expect(again.revisions[1]?.end).toBe(bytes.length);
    expect(again.xrefStyle).toBe(style);
    expect(again.resolve(ref(7))).toEqual(dict({ Answer: 43 }));
    const first = again.resolve(added);
    expect(isDict(first) && first.entries.get('N')).toEqual(name('x y/#'));
    const second = again.resolve(data);
    expect(isStream(second) && textOf(again.decode(second))).toBe('stream data');
    expect(again.at(0).resolve(ref(7))).toEqual(dict({ Answer: 42 }));
    expect(again.at(0).resolve(added)).toBeNull();
    expect(qpdfComplaints(bytes)).toBeNull();
    if (style === 'hybrid') expect(again.trailer.entries.has('XRefStm')).toBe(false);
  });

  it('begins with a line end exactly where the file lacks one', () => {
    const tailOf = (end: string) => textOf(addOne(strict(memorySource(build('table', { end })))));
    expect(tailOf('')).toMatch(/^\n\d+ 0 obj/);
    expect(tailOf('\r\n')).toMatch(/^\d+ 0 obj/);
    expect(tailOf('\r')).toMatch(/^\d+ 0 obj/);
  });

  it('counts its offsets from %PDF-, as the file does', () => {
    for (const style of styles) {
      const bytes = updated(build(style, { before: 'mail header\n\n' }), addOne);
      const again = strict(memorySource(bytes));
      expect(again.revisions).toHaveLength(2);
      expect(again.anomalies.map((one) => one.code)).toEqual(['structure.header-offset']);
      expect(qpdfComplaints(bytes)).toBeNull();
    }
  });

  it('keeps the trailer and the first /ID, and changes the second by the content', () => {
    const trailer = '/Info 7 0 R /ID [<0102> <0304>] /Custom (kept)';
    const base = build('table', { trailer });
    const one = strict(memorySource(updated(base, addOne)));
    expect(one.trailer.entries.get('Info')).toEqual(ref(7));
    expect(one.trailer.entries.get('Custom')).toEqual(bytesString(bytesOf('kept')));
    const idOf = (document: PdfDocument) =>
      document.trailer.entries.get('ID') as readonly PdfObject[];
    expect(idOf(one)[0]).toEqual(bytesString(Uint8Array.of(1, 2), true));
    expect(idOf(one)[1]).not.toEqual(bytesString(Uint8Array.of(3, 4), true));
    expect(updated(base, addOne)).toEqual(updated(base, addOne));
    const other = updated(base, (document) => {
      const update = beginUpdate(document);
      update.add(dict({ Type: name('Other') }));
      return update.build().tail;
    });
    expect(idOf(strict(memorySource(other)))[1]).not.toEqual(idOf(one)[1]);
  });

  it('adds an /ID where the file has none', () => {
    const again = strict(memorySource(updated(build('stream'), addOne)));
    expect(again.arrayEntry(again.trailer, 'ID')).toHaveLength(2);
  });

  it('reports where holes stand, and writes them as they are', () => {
    const document = strict(memorySource(build('table')));
    const update = beginUpdate(document);
    update.add(
      dict({
        Contents: hole('contents', bytesOf('<0000>')),
        ByteRange: hole('range', bytesOf('[0 1 2 3]')),
      }),
    );
    const { tail, holes } = update.build();
    const file = concatSource(document.source, tail);
    for (const [key, text] of [
      ['contents', '<0000>'],
      ['range', '[0 1 2 3]'],
    ] as const) {
      const place = holes.get(key);
      expect(place && textOf(file.read(place.offset, place.length))).toBe(text);
    }
  });

  it('keeps generation numbers', () => {
    const base = textOf(buildPdf({ objects: { ...onePage, 5: '(old)' } }))
      .replace('5 0 obj', '5 3 obj')
      .replace(/(5 1\n\d{10} )00000/, '$100003');
    const document = strict(memorySource(bytesOf(base)));
    const update = beginUpdate(document);
    update.set(ref(5, 3), bytesString(bytesOf('new')));
    const again = strict(concatSource(document.source, update.build().tail));
    expect(again.resolve(ref(5, 3))).toEqual(bytesString(bytesOf('new')));
    expect(again.resolve(ref(5, 0))).toBeNull();
  });

  it('writes nothing into a file that had to be repaired or that a viewer would repair', () => {
    const damage = (text: string) => unwrap(openPdf(memorySource(bytesOf(text))));
    const refusal = expect.objectContaining({
      failure: expect.objectContaining({ code: 'pdf.damaged' }),
    });
    const base = textOf(build('table'));
    const lost = damage(base.replace(/startxref\n\d+/, 'startxref\n5'));
    expect(lost.repaired).toBe(true);
    expect(() => beginUpdate(lost)).toThrow(refusal);
    const moved = damage(base.replace('7 0 obj\n<<', '7 0 obx\n<<'));
    expect(moved.repaired).toBe(false);
    expect(() => beginUpdate(moved)).toThrow(refusal);
  });

  it('takes a bug for a bug: a number that was not allocated, a hole twice, a stream inside', () => {
    const begin = () => beginUpdate(strict(memorySource(build('table'))));
    expect(() => begin().set(ref(500), null)).toThrow('allocated');
    const twice = begin();
    twice.add([hole('a', bytesOf('x')), hole('a', bytesOf('y'))]);
    expect(() => twice.build()).toThrow('twice');
    const inside = begin();
    inside.add([stream(dict({}), bytesOf(''))]);
    expect(() => inside.build()).toThrow('indirect');
  });

  it('leaves every earlier byte and object alone, however many revisions follow', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 7, max: 9 }), fc.integer()), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...styles),
        values,
        fc.constantFrom('', '\n', '\r\n'),
        (style, changes, end) => {
          const base = buildPdf({
            style,
            objects: { ...objects, 8: '0', 9: '0' },
            compressed: [7, 8],
            end,
          });
          let bytes = base;
          const expected = new Map<number, number>();
          for (const [number, value] of changes) {
            const before = bytes;
            bytes = updated(bytes, (document) => {
              const update = beginUpdate(document);
              update.set(ref(number), value);
              update.add(value);
              return update.build().tail;
            });
            expected.set(number, value);
            expect(Buffer.compare(bytes.subarray(0, before.length), before)).toBe(0);
          }
          const last = strict(memorySource(bytes));
          expect(last.revisions).toHaveLength(changes.length + 1);
          for (const [number, value] of expected) expect(last.resolve(ref(number))).toBe(value);
          expect(last.pageCount()).toBe(1);
          expect(last.anomalies).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('appendRevision', () => {
  it('is read the same as what the writer makes', () => {
    const base = build('table');
    const hand = appendRevision(base, { 7: '<< /Answer 9 >>' }, startxrefOf(base), '/Size 8');
    expect(strict(memorySource(updated(hand, addOne))).revisions).toHaveLength(3);
  });
});
