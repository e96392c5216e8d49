import { describe, expect, it } from 'vitest';
import { isDict, isStream, memorySource, ref } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { unwrap } from '../../../shared/result.ts';
import {
  buildPdf,
  bytesOf,
  onePage,
  startxrefOf,
  streamBody,
  textOf,
} from '../../support/pdf-builder.ts';
import type { XrefStyle } from '../../support/pdf-builder.ts';

const objects = { ...onePage, 7: '<< /Answer 42 >>' };
const base = (style: XrefStyle = 'table') => textOf(buildPdf({ style, objects, compressed: [7] }));

function open(text: string) {
  return unwrap(openPdf(memorySource(bytesOf(text))));
}

const breakages: readonly (readonly [string, (text: string) => string])[] = [
  ['a wrong startxref', (text) => text.replace(/startxref\n\d+/, 'startxref\n7')],
  ['no startxref', (text) => text.slice(0, text.lastIndexOf('startxref'))],
  ['bytes lost in the middle', (text) => text.replace('/Contents 4 0 R', '')],
  ['a startxref beyond the end', (text) => text.replace(/startxref\n\d+/, 'startxref\n99999999')],
  ['line ends made longer on the way', (text) => text.replaceAll('endobj\n', 'endobj\r\n')],
];

describe('repair', () => {
  for (const style of ['table', 'stream', 'hybrid'] as const)
    it.each(breakages)(`finds the objects of a ${style} again after %s`, (_, damage) => {
      const text = damage(base(style));
      const document = open(text);
      expect(document.repaired).toBe(true);
      expect(document.anomalies[0]?.code).toBe('structure.repaired');
      expect(document.pageCount()).toBe(1);
      const seven = document.resolve(ref(7));
      expect(isDict(seven) && seven.entries.get('Answer')).toBe(42);
      expect(document.revisions).toHaveLength(1);
    });

  it('refuses with what is wrong and where, when it may not repair', () => {
    const result = openPdf(
      memorySource(bytesOf(base().replace(/startxref\n\d+/, 'startxref\n7'))),
      {
        repair: 'strict',
      },
    );
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'pdf.damaged', detail: { offset: 7 } },
    });
  });

  it('tells a file that breaks off from one that is damaged', () => {
    const text = base();
    const cut = text.slice(0, text.indexOf('xref\n0 1'));
    expect(openPdf(memorySource(bytesOf(cut)), { repair: 'strict' })).toMatchObject({
      error: { code: 'pdf.truncated' },
    });
    // Repair makes a catalog do for the trailer that is lost.
    expect(open(cut).pageCount()).toBe(1);
    expect(openPdf(memorySource(bytesOf(text.slice(0, 60))))).toMatchObject({
      error: { code: 'pdf.truncated' },
    });
  });

  it('repairs when a page turns out to be elsewhere, long after opening', () => {
    const two = {
      ...onePage,
      2: '<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] >>',
      5: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>',
    };
    const text = textOf(buildPdf({ objects: two }));
    const five = String(text.indexOf('5 0 obj')).padStart(10, '0');
    const document = open(text.replace(`${five} 00000 n`, '0000000020 00000 n'));
    expect(document.repaired).toBe(false);
    expect(document.pageCount()).toBe(2);
    expect(document.repaired).toBe(true);
    expect(document.page(1).geometry.crop.x1).toBe(10);
  });

  it('takes the last object of a number, and none from inside a stream', () => {
    const inner = '9 0 obj\n(inside)\nendobj\n';
    const text = textOf(
      buildPdf({ objects: { ...onePage, 8: streamBody('', inner), 9: '(first)', 10: '(x)' } }),
    );
    const again = text
      .replace('10 0 obj\n(x)', '9 0 obj\n(second)')
      .replace(/startxref\n\d+/, 'startxref\n3');
    const nine = open(again).resolve(ref(9));
    expect(nine).toMatchObject({ kind: 'string', bytes: bytesOf('second') });
  });

  it('finds the end of a stream whose /Length is wrong or missing', () => {
    for (const length of ['/Length 9999', '/Length 1', '', '/Length (a)']) {
      const body = `<< ${length} >>\nstream\nq 1 0 0 1 0 0 cm Q\r\nendstream`;
      const document = open(textOf(buildPdf({ objects: { ...onePage, 4: body } })));
      const content = document.resolve(ref(4));
      expect(isStream(content) && textOf(document.decode(content))).toBe('q 1 0 0 1 0 0 cm Q');
      expect(document.anomalies.map((one) => one.code)).toEqual(['structure.stream-length']);
      expect(document.repaired).toBe(false);
    }
  });

  it('reads a file without a header as damaged, not as something else', () => {
    const text = base().replace('%PDF-1.7', '%');
    expect(open(text).repaired).toBe(true);
    expect(openPdf(memorySource(bytesOf(text)), { repair: 'strict' })).toMatchObject({
      error: { code: 'pdf.damaged' },
    });
  });

  it('scans in windows: an object across a seam is found', () => {
    const filler = `${'%'.padEnd(1024 * 1024 - 40, 'x')}\n`;
    for (let shift = 0; shift < 60; shift += 7) {
      const text = base().replace(
        '7 0 obj',
        `${filler}${'x'.repeat(0)}${' '.repeat(shift)}7 0 obj`,
      );
      const document = open(text.replace(/startxref\n\d+/, 'startxref\n3'));
      expect(isDict(document.resolve(ref(7)))).toBe(true);
    }
    expect(startxrefOf(bytesOf(base()))).toBeGreaterThan(0);
  });
});
