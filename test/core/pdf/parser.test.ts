import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOver, inWindow } from '../../../electron/core/pdf/cursor.ts';
import {
  bytesString,
  dict,
  memorySource,
  name,
  real,
  ref,
} from '../../../electron/core/pdf/objects.ts';
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import { parseObject } from '../../../electron/core/pdf/parser.ts';
import { createSink, writeObject } from '../../../electron/core/pdf/serialize.ts';
import { Refusal } from '../../../shared/result.ts';
import { bytesOf } from '../../support/pdf-builder.ts';

function parse(text: string): { value: PdfObject; notes: string[] } {
  const notes: string[] = [];
  const value = parseObject(cursorOver(bytesOf(text), 0, (code) => notes.push(code)));
  return { value, notes };
}

const bytes = (text: string) => bytesString(bytesOf(text));

describe('parseObject', () => {
  it.each<[string, PdfObject]>([
    ['null', null],
    ['true', true],
    ['false', false],
    ['0', 0],
    ['-17', -17],
    ['+5', 5],
    ['3.25', real(3.25)],
    ['-.5', real(-0.5)],
    ['4.', real(4)],
    ['/Name', name('Name')],
    ['/A#20B#23', name('A B#')],
    ['/', name('')],
    ['(a(b)c)', bytes('a(b)c')],
    ['(\\(\\)\\\\\\n\\101\\7z)', bytes('()\\\nA\x07z')],
    ['(a\\\r\nb\r\nc)', bytes('ab\nc')],
    ['<48 65 6c6C 6>', bytesString(bytesOf('Hell\x60'), true)],
    ['[1 2 0 R/X(a)]', [1, ref(2), name('X'), bytes('a')]],
    ['[1 2 3]', [1, 2, 3]],
    ['[12 0 R 5 1 R]', [ref(12), ref(5, 1)]],
    ['% comment\n7', 7],
    ['<</A 1/B<</C[]>>>>', dict({ A: 1, B: dict({ C: [] }) })],
  ])('reads %j as the standard says', (text, expected) => {
    expect(parse(text)).toEqual({ value: expected, notes: [] });
  });

  it.each([
    ['--5', real(-5)],
    ['1.2.3', real(1.2)],
    ['/A#G', name('A#G')],
    ['<4z8>', bytesString(bytesOf('H'), true)],
    ['[1 bogus 2]', [1, null, 2]],
    ['<</A>>', dict({ A: null })],
  ])('reads the sloppy %j as viewers do and notes it', (text, expected) => {
    expect(parse(text)).toEqual({ value: expected, notes: ['structure.syntax'] });
  });

  it('takes the last of two equal keys and notes that there were two', () => {
    const { value, notes } = parse('<</A 1/A 2>>');
    expect(value).toEqual(dict({ A: 2 }));
    expect(notes).toEqual(['structure.duplicate-key']);
  });

  it.each(['(never ends', '<< /A 1', '[1 2', '<< /A endobj', '<48'])(
    'refuses the unfinished %j as damaged',
    (text) => {
      expect(() => parse(text)).toThrow(Refusal);
    },
  );

  it('refuses nesting that would overflow the stack', () => {
    const deep = '['.repeat(100_000);
    expect(() => parse(deep)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'pdf.limit' }) }),
    );
  });

  it('reads an object that is larger than the first window', () => {
    const text = `<</A (${'x'.repeat(50_000)})/B[${'7 '.repeat(9000)}]>> endobj`;
    const value = inWindow(
      memorySource(bytesOf(text)),
      0,
      () => undefined,
      (cursor) => parseObject(cursor),
      64,
    );
    expect(value).toEqual(parse(text).value);
  });
});

const byteText = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 20 })
  .map((list) => String.fromCharCode(...list));
const leaf: fc.Arbitrary<PdfObject> = fc.oneof(
  fc.constantFrom(null, true, false),
  fc.integer(),
  fc.maxSafeInteger().map((value) => (value === 0 ? 0 : value)),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    .map((value) => real(Math.round(value * 1e6) / 1e6 || 0)),
  byteText.map(name),
  fc
    .tuple(fc.uint8Array({ maxLength: 40 }), fc.boolean())
    .map(([one, hex]) => bytesString(new Uint8Array(one), hex)),
  fc
    .tuple(fc.integer({ min: 0, max: 8_000_000 }), fc.integer({ min: 0, max: 65535 }))
    .map(([n, g]) => ref(n, g)),
);
const anyObject = fc.letrec<{ object: PdfObject }>((tie) => ({
  object: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('object'), { maxLength: 5 }),
    fc.dictionary(byteText, tie('object'), { maxKeys: 5 }).map((one) => dict(one)),
  ),
})).object;

describe('writeObject', () => {
  it('writes what parseObject reads back as the same object', () => {
    fc.assert(
      fc.property(anyObject, (object) => {
        const sink = createSink();
        writeObject(sink, object, null, () => undefined);
        const notes: string[] = [];
        const again = parseObject(cursorOver(sink.finish(), 0, (code) => notes.push(code)));
        expect(again).toEqual(object);
        expect(notes).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('never writes an exponent and refuses what is no number', () => {
    const text = (value: number) => {
      const sink = createSink();
      writeObject(sink, real(value), null, () => undefined);
      return Buffer.from(sink.finish()).toString('latin1');
    };
    expect(text(1e-7)).toBe('0.0000001');
    expect(text(1e-30)).toBe('0.0');
    expect(text(2)).toBe('2.0');
    expect(text(1e22)).toBe('10000000000000000000000.0');
    expect(text(-0.25)).toBe('-0.25');
    expect(() => text(Number.NaN)).toThrow('finite');
  });
});
