import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterSteps, decodeSteps } from '../../../electron/core/pdf/filters.ts';
import { dict, isDict, name } from '../../../electron/core/pdf/objects.ts';
import { cursorOver } from '../../../electron/core/pdf/cursor.ts';
import { parseObject } from '../../../electron/core/pdf/parser.ts';
import { unpredict } from '../../../electron/core/pdf/predictor.ts';
import { bytesOf, textOf } from '../../support/pdf-builder.ts';

const notes: string[] = [];

function decode(dictionary: string, data: Uint8Array, cap?: number): Uint8Array {
  notes.length = 0;
  const note = (code: string) => void notes.push(code);
  const value = parseObject(cursorOver(bytesOf(dictionary), 0, note));
  const resolve = (object: Parameters<typeof isDict>[0]) => object ?? null;
  return decodeSteps(
    data,
    filterSteps(isDict(value) ? value : dict({}), resolve),
    resolve,
    note,
    cap,
  );
}

const refusal = (code: string) =>
  expect.objectContaining({ failure: expect.objectContaining({ code }) });

describe('decodeSteps', () => {
  it('inflates', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (data) => {
        expect(Buffer.from(decode('<</Filter/FlateDecode>>', deflateSync(data)))).toEqual(
          Buffer.from(data),
        );
        expect(notes).toEqual([]);
      }),
    );
  });

  it('keeps what a truncated stream gives, and notes it', () => {
    const whole = deflateSync(bytesOf('abcdefgh'.repeat(1000)), { level: 0 });
    const got = textOf(decode('<</Filter/FlateDecode>>', whole.subarray(0, 4000)));
    expect(got.length).toBeGreaterThan(3900);
    expect('abcdefgh'.repeat(1000).startsWith(got)).toBe(true);
    expect(notes).toEqual(['structure.flate']);
  });

  it('stops at the cap instead of filling the memory', () => {
    const bomb = deflateSync(Buffer.alloc(20_000_000));
    expect(() => decode('<</Filter/FlateDecode>>', bomb, 1_000_000)).toThrow(refusal('pdf.limit'));
    const run = Uint8Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? 129 : 0));
    expect(() => decode('<</Filter/RunLengthDecode>>', run, 100_000)).toThrow(refusal('pdf.limit'));
    const twice = deflateSync(bomb);
    expect(() => decode('<</Filter[/Fl/Fl]>>', twice, 1_000_000)).toThrow(refusal('pdf.limit'));
    expect(() => decode(`<</Filter[${'/Fl'.repeat(40)}]>>`, twice)).toThrow(refusal('pdf.limit'));
  });

  it('reads ASCIIHex, ASCII85 and run lengths as the standard has them', () => {
    expect(textOf(decode('<</Filter/ASCIIHexDecode>>', bytesOf('48 65 6C6c 6F7>trailing')))).toBe(
      'Hellop',
    );
    expect(textOf(decode('<</Filter/ASCII85Decode>>', bytesOf('<~87cURD]i,"Ebo80~>')))).toBe(
      'Hello World!',
    );
    expect([...decode('<</Filter/ASCII85Decode>>', bytesOf('z!!~>'))]).toEqual([0, 0, 0, 0, 0]);
    expect(
      textOf(decode('<</Filter/RunLengthDecode>>', Uint8Array.of(2, 65, 66, 67, 254, 68, 128, 9))),
    ).toBe('ABCDDD');
  });

  it('reads LZW: the example of ISO 32000-2, 7.4.4.2', () => {
    const data = Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01);
    expect([...decode('<</Filter/LZWDecode>>', data)]).toEqual([
      45, 45, 45, 45, 45, 65, 45, 45, 45, 66,
    ]);
  });

  it('goes through a chain with parameters for each filter', () => {
    const rows = Buffer.from([2, 1, 2, 3, 2, 1, 1, 1]);
    const hex = bytesOf(`${deflateSync(rows).toString('hex')}>`);
    const dictionary =
      '<</Filter[/ASCIIHexDecode/FlateDecode]/DecodeParms[null<</Predictor 12/Columns 3>>]>>';
    expect([...decode(dictionary, hex)]).toEqual([1, 2, 3, 2, 3, 4]);
  });

  it('refuses image filters and unknown ones by name', () => {
    for (const filter of ['DCTDecode', 'JPXDecode', 'CCITTFaxDecode', 'JBIG2Decode', 'Nonsense'])
      expect(() => decode(`<</Filter/${filter}>>`, new Uint8Array(4))).toThrow(
        refusal('pdf.filter'),
      );
    expect(() => decode('<</Filter 7>>', new Uint8Array(4))).toThrow(refusal('pdf.filter'));
    expect(name('x').kind).toBe('name');
  });
});

/** The forward side of PNG's filters, after the PNG specification. */
function pngRow(type: number, row: number[], above: number[], pixel: number): number[] {
  return row.map((value, i) => {
    const left = row[i - pixel] ?? 0;
    const up = above[i] ?? 0;
    const corner = above[i - pixel] ?? 0;
    const p = left + up - corner;
    const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
    const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
    return (value - ([0, left, up, (left + up) >> 1, paeth][type] ?? 0)) & 255;
  });
}

describe('unpredict', () => {
  it('undoes each PNG filter', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 4 }),
            fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 6 }),
          ),
          { maxLength: 6 },
        ),
        fc.constantFrom(1, 2, 3),
        (rows, colors) => {
          let above: number[] = [];
          const coded = rows.flatMap(([type, row]) => {
            const out = [type, ...pngRow(type, row, above, colors)];
            above = row;
            return out;
          });
          const parms = { predictor: 15, colors, bits: 8, columns: 6 / colors };
          expect([...unpredict(Uint8Array.from(coded), parms)]).toEqual(
            rows.flatMap(([, row]) => row),
          );
        },
      ),
    );
  });

  it('undoes TIFF differences of 1, 4, 8 and 16 bits', () => {
    const tiff = (bits: number, colors: number, columns: number, data: number[]) => [
      ...unpredict(Uint8Array.from(data), { predictor: 2, colors, bits, columns }),
    ];
    expect(tiff(8, 1, 3, [1, 1, 1, 5, 255, 0])).toEqual([1, 2, 3, 5, 4, 4]);
    expect(tiff(8, 3, 2, [1, 2, 3, 1, 1, 1])).toEqual([1, 2, 3, 2, 3, 4]);
    expect(tiff(16, 1, 2, [0x00, 0xff, 0x00, 0x02])).toEqual([0x00, 0xff, 0x01, 0x01]);
    expect(tiff(4, 1, 4, [0x11, 0x1f])).toEqual([0x12, 0x32]);
    expect(tiff(1, 1, 8, [0b10010000])).toEqual([0b11100000]);
  });

  it('refuses parameters that make no sense', () => {
    const parms = { predictor: 12, colors: 0, bits: 8, columns: 1 };
    expect(() => unpredict(new Uint8Array(8), parms)).toThrow(refusal('pdf.filter'));
    expect(() => unpredict(new Uint8Array(8), { ...parms, colors: 1, bits: 7 })).toThrow(
      refusal('pdf.filter'),
    );
  });
});
