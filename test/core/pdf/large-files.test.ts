import { describe, expect, it } from 'vitest';
import type { PdfDocument } from '../../../electron/core/pdf/document.ts';
import { concatSource, dict, name, ref } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { beginUpdate } from '../../../electron/core/pdf/update.ts';
import type { ByteSource } from '../../../electron/core/ports.ts';
import { unwrap } from '../../../shared/result.ts';
import { bytesOf } from '../../support/pdf-builder.ts';
import type { XrefStyle } from '../../support/pdf-builder.ts';

const strict = (source: ByteSource): PdfDocument => unwrap(openPdf(source, { repair: 'strict' }));

function addOne(document: PdfDocument): Uint8Array {
  const update = beginUpdate(document);
  update.add(dict({ Type: name('Test') }));
  return update.build().tail;
}

/** A file of any size whose middle is zeros that nobody stores. */
function sparse(size: number, style: XrefStyle, version: string): ByteSource {
  const head = bytesOf(`%PDF-${version}\n1 0 obj\n<< /Length ${size} >>\nstream\n`);
  const offset = head.length + size;
  const body = '2 0 obj\n<< /Type /Catalog /Pages 3 0 R >>\nendobj\n';
  const pages = '3 0 obj\n<< /Type /Pages /Count 1 /Kids [4 0 R] >>\nendobj\n';
  const page = '4 0 obj\n<< /Type /Page /Parent 3 0 R /X 1 0 R >>\nendobj\n';
  const lead = '\nendstream\nendobj\n';
  const starts = [lead, body, pages].reduce<number[]>(
    (list, one) => [...list, (list.at(-1) ?? 0) + one.length],
    [],
  );
  const objectsText = lead + body + pages + page;
  const start = offset + objectsText.length;
  const at = [`%PDF-${version}\n`.length, ...starts.map((one) => offset + one)];
  let xref: string;
  if (style === 'table') {
    const rows = at.map((one) => `${String(one).padStart(10, '0')} 00000 n \n`).join('');
    xref = `xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<< /Size 5 /Root 2 0 R >>\n`;
  } else {
    const rows = [...at, start].map((one) => {
      const row = Buffer.alloc(9);
      row[0] = 1;
      row.writeBigUInt64BE(BigInt(one), 1);
      return row.toString('latin1');
    });
    const data = rows.join('');
    xref = `5 0 obj\n<< /Type /XRef /W [1 8 0] /Index [1 5] /Size 6 /Root 2 0 R /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`;
  }
  const tail = bytesOf(`${objectsText}${xref}startxref\n${start}\n%%EOF\n`);
  const length = offset + tail.length;
  return {
    length,
    read(from, count) {
      if (from < 0 || from + count > length) throw new RangeError('read past the end');
      if (count > 10_000_000) throw new Error('this much is never needed at once');
      const bytes = new Uint8Array(count);
      for (const [place, part] of [
        [0, head],
        [offset, tail],
      ] as const) {
        const first = Math.max(from, place);
        const last = Math.min(from + count, place + part.length);
        if (last > first) bytes.set(part.subarray(first - place, last - place), first - from);
      }
      return bytes;
    },
  };
}

describe('large files', () => {
  it.each([
    ['table', 3 * 2 ** 30, 'table'],
    ['table', 9_999_990_000, 'table'],
    ['stream', 3 * 2 ** 30, 'stream'],
    ['stream', 12e9, 'stream'],
  ] as const)('updates a %s at %d bytes', (style, size, result) => {
    const source = sparse(size, style, '1.7');
    const file = concatSource(source, addOne(strict(source)));
    const again = strict(file);
    expect(again.revisions).toHaveLength(2);
    expect(again.revisions[1]?.trailer.entries.has('Type')).toBe(result === 'stream');
    expect(again.resolve(ref(style === 'table' ? 5 : 6))).toEqual(dict({ Type: name('Test') }));
  });

  it('goes on with a stream where ten digits are too few, and refuses where the version has none', () => {
    // Objects fit into ten digits, the new section would not.
    const source = sparse(9_999_999_650, 'table', '1.7');
    const again = strict(concatSource(source, addOne(strict(source))));
    expect(again.revisions.map(({ trailer }) => trailer.entries.has('W'))).toEqual([false, true]);
    expect(again.resolve(ref(5))).toEqual(dict({ Type: name('Test') }));
    const old = strict(sparse(9_999_999_650, 'table', '1.4'));
    expect(() => addOne(old)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'pdf.too-large' }) }),
    );
  });
});
