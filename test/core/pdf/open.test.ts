import { describe, expect, it } from 'vitest';
import type { PdfDocument } from '../../../electron/core/pdf/document.ts';
import { isDict, isStream, memorySource, name, ref } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import type { OpenOptions } from '../../../electron/core/pdf/document.ts';
import {
  appendRevision,
  buildPdf,
  bytesOf,
  objectStreamBody,
  onePage,
  startxrefOf,
  streamBody,
  textOf,
} from '../../support/pdf-builder.ts';
import type { XrefStyle } from '../../support/pdf-builder.ts';

function open(bytes: Uint8Array, options?: OpenOptions): PdfDocument {
  const result = openPdf(memorySource(bytes), options);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

function codeOf(bytes: Uint8Array, options?: OpenOptions): string {
  const result = openPdf(memorySource(bytes), options);
  return result.ok ? 'ok' : result.error.code;
}

const codes = (document: PdfDocument) => document.anomalies.map((one) => one.code);

const styles: readonly XrefStyle[] = ['table', 'stream', 'hybrid'];
const extra = { ...onePage, 7: '<< /Answer 42 /Text (hidden \\(or not\\)) >>' };

describe('openPdf', () => {
  it.each(styles)('opens a sound file with a cross-reference %s without remarks', (style) => {
    const document = open(buildPdf({ style, objects: extra, compressed: [7] }));
    expect(document.repaired).toBe(false);
    expect(document.anomalies).toEqual([]);
    expect(document.xrefStyle).toBe(style);
    expect(document.version).toBe('1.7');
    expect(document.pageCount()).toBe(1);
    expect(document.revisions).toHaveLength(1);
    expect(document.revisions[0]?.end).toBe(document.source.length);
    const seven = document.resolve(ref(7));
    expect(isDict(seven) && seven.entries.get('Answer')).toBe(42);
    const content = document.entry(document.page(0).dict, 'Contents');
    expect(isStream(content) && textOf(document.decode(content))).toBe('q Q');
  });

  it('answers null for what the file does not have: undefined, free, other generation, loops', () => {
    const document = open(buildPdf({ objects: { ...onePage, 8: '9 0 R', 9: '8 0 R' } }));
    expect(document.resolve(ref(99))).toBeNull();
    expect(document.resolve(ref(0, 65535))).toBeNull();
    expect(document.resolve(ref(1, 3))).toBeNull();
    expect(document.resolve(ref(8))).toBeNull();
    expect(document.resolve(undefined)).toBeNull();
    expect(codes(document)).toEqual(['structure.loop']);
  });

  it('takes the later of header and catalog version', () => {
    const objects = { ...onePage, 1: '<< /Type /Catalog /Pages 2 0 R /Version /2.0 >>' };
    expect(open(buildPdf({ objects, version: '1.4' })).version).toBe('2.0');
  });

  it('follows /Extends where an object is in the stream that is extended', () => {
    const container = objectStreamBody([[7, '<< /Answer 1 >>']]);
    const child = objectStreamBody([[8, '<< /Answer 2 >>']], '/Extends 5 0 R');
    const base = textOf(
      buildPdf({
        style: 'stream',
        objects: { ...onePage, 5: container, 6: child, 7: '0', 8: '0' },
        compressed: [7, 8],
      }),
    );
    // The builder's own container is object 9; both objects are now said to be in 6.
    const document = open(rewireContainers(base, 9, 6));
    const seven = document.resolve(ref(7));
    expect(isDict(seven) && seven.entries.get('Answer')).toBe(1);
    const eight = document.resolve(ref(8));
    expect(isDict(eight) && eight.entries.get('Answer')).toBe(2);
  });

  it('reads offsets from %PDF-, as other readers do, where bytes stand before it', () => {
    for (const style of styles) {
      const document = open(
        buildPdf({ style, objects: extra, compressed: [7], before: 'junk\r\n\r\n' }),
      );
      expect(document.repaired).toBe(false);
      expect(document.headerOffset).toBe(8);
      expect(codes(document)).toEqual(['structure.header-offset']);
      expect(textOf(document.source.read(document.xrefEntry(1)?.at ?? 0, 7))).toBe('1 0 obj');
      expect(isDict(document.resolve(ref(7)))).toBe(true);
    }
  });

  it('calls files that are none by their names', () => {
    expect(codeOf(new Uint8Array(0))).toBe('pdf.empty');
    expect(codeOf(bytesOf('GIF89a and so on'))).toBe('pdf.not-a-pdf');
    expect(codeOf(bytesOf('%PDF-1.7\nnothing'))).toBe('pdf.truncated');
    const noPages = { ...onePage, 2: '<< /Type /Pages /Count 0 /Kids [] >>' };
    expect(codeOf(buildPdf({ objects: noPages }))).toBe('pdf.no-pages');
  });
});

/** Rewrites an xref stream so that compressed objects of one container are said to be in another. */
function rewireContainers(text: string, from: number, to: number): Uint8Array {
  const start = startxrefOf(bytesOf(text));
  const rows = [
    ...Array.from({ length: 6 }, (_, i) => [i + 1, 1, text.indexOf(`\n${i + 1} 0 obj`) + 1, 0]),
    [7, 2, to, 0],
    [8, 2, to, 0],
    [10, 1, start, 0],
  ];
  expect(text).toContain(`${from} 0 obj`);
  const data = rows
    .map(([, type, at, third]) =>
      String.fromCharCode(type ?? 0, 0, 0, (at ?? 0) >> 8, (at ?? 0) & 255, 0, third ?? 0),
    )
    .join('');
  const index = rows.map(([number]) => `${number} 1`).join(' ');
  const body = streamBody(`/Type /XRef /W [1 4 2] /Size 11 /Root 1 0 R /Index [${index}]`, data);
  return bytesOf(`${text.slice(0, start)}10 0 obj\n${body}\nendobj\nstartxref\n${start}\n%%EOF\n`);
}

describe('sloppiness that sound files have', () => {
  const base = textOf(buildPdf({ objects: onePage }));
  const variants: readonly (readonly [string, (text: string) => string])[] = [
    ['entries of 19 bytes', (text) => shorten(text, ' \n', '\n')],
    ['entries with CR LF', (text) => text.replace(/ (n|f) \n/g, ' $1\r\n')],
    ['a lone CR after the word xref', (text) => text.replace('xref\n0 1', 'xref\r0 1')],
    ['spaces after subsection heads', (text) => text.replace(/\n(\d) 1\n/g, '\n$1 1 \n')],
    ['no line end after %%EOF', (text) => text.trimEnd()],
    ['blank lines after %%EOF', (text) => `${text}\r\n\r\n`],
    ['trailer on the same line', (text) => text.replace('trailer\n<<', 'trailer <<')],
    ['a /Prev of 0', (text) => text.replace('/Root', '/Prev 0 /Root')],
  ];

  it.each(variants)('reads %s without repair', (_, change) => {
    const document = open(bytesOf(change(base)), { repair: 'strict' });
    expect(document.pageCount()).toBe(1);
    expect(document.anomalies).toEqual([]);
  });

  it('reads a table that counts from 1, and says so', () => {
    const text = textOf(buildPdf({ objects: onePage }));
    const rows = [...text.matchAll(/\d 1\n(\d{10} \d{5} [nf] \n)/g)].map((match) => match[1]);
    const table = `xref\n1 5\n${rows.join('')}`;
    const shifted = text.replace(/xref\n0 1[\s\S]*?trailer/, `${table}trailer`);
    const document = open(bytesOf(shifted), { repair: 'strict' });
    expect(codes(document)).toEqual(['structure.xref-shifted']);
    expect(document.pageCount()).toBe(1);
  });

  it('counts from the highest number, whatever /Size says, and keeps clear of what /Size reserves', () => {
    const small = open(bytesOf(base.replace('/Size 5', '/Size 3')), { repair: 'strict' });
    expect(small.size).toBe(5);
    expect(codes(small)).toEqual(['structure.size']);
    expect(open(bytesOf(base.replace('/Size 5', '/Size 9'))).size).toBe(9);
    expect(open(bytesOf(base.replace('/Size 5', '/Size 999999999'))).size).toBe(5);
  });

  it('notes bytes after the end and a missing end', () => {
    expect(codes(open(bytesOf(`${base}<html>`), { repair: 'strict' }))).toEqual([
      'structure.bytes-after-end',
    ]);
    expect(codes(open(bytesOf(base.replace('%%EOF\n', ''))))).toEqual(['structure.eof-missing']);
  });
});

function shorten(text: string, from: string, to: string): string {
  const at = text.lastIndexOf('\nxref');
  return text.slice(0, at) + text.slice(at).replace(new RegExp(` ([nf])${from}`, 'g'), ` $1${to}`);
}

describe('revisions', () => {
  const first = buildPdf({ objects: extra });
  const second = appendRevision(first, { 7: '<< /Answer 43 >>' }, startxrefOf(first), '/Size 8');
  const third = appendRevision(second, { 8: '<< /New true >>' }, startxrefOf(second), '/Size 9');

  it('tells what each one changed and where it ends', () => {
    const document = open(third);
    expect(document.revisions.map(({ end }) => end)).toEqual([
      first.length,
      second.length,
      third.length,
    ]);
    expect(document.revisions.map(({ objects }) => [...objects])).toEqual([
      [0, 1, 2, 3, 4, 7],
      [7],
      [8],
    ]);
    expect(document.revisions.map(({ xrefOffset }) => xrefOffset)).toEqual(
      [first, second, third].map(startxrefOf),
    );
  });

  it('shows the document as it stood', () => {
    const document = open(third);
    const answerAt = (revision: number) => {
      const view = document.at(revision);
      const seven = view.resolve(ref(7));
      return [
        view.source.length,
        isDict(seven) && seven.entries.get('Answer'),
        isDict(view.resolve(ref(8))),
      ];
    };
    expect([0, 1, 2].map(answerAt)).toEqual([
      [first.length, 42, false],
      [second.length, 43, false],
      [third.length, 43, true],
    ]);
    expect(() => document.at(3)).toThrow(RangeError);
  });

  it('does not go round in a /Prev that points back', () => {
    const start = startxrefOf(second);
    const loop = textOf(second).replace(/\/Prev \d+/, `/Prev ${start}`);
    const document = open(bytesOf(loop));
    expect(codes(document)).toContain('structure.xref-loop');
  });

  it('takes the two sections of a linearized file for one revision', () => {
    const document = open(linearized());
    expect(document.revisions).toHaveLength(1);
    expect(document.revisions[0]?.end).toBe(document.source.length);
    expect([...(document.revisions[0]?.objects ?? [])].sort()).toEqual([0, 1, 2, 3, 4]);
    const more = appendRevision(linearized(), { 4: 'null' }, startxrefOf(linearized()), '/Size 5');
    expect(open(more).revisions.map(({ end }) => end)).toEqual([linearized().length, more.length]);
  });
});

/** The shape of annex F: the first page's section in front, ended by `startxref 0`. */
function linearized(): Uint8Array {
  const objects = Object.entries(onePage).map(
    ([number, body]) => `${number} 0 obj\n${body}\nendobj\n`,
  );
  const [one = '', two = '', three = '', four = ''] = objects;
  const ten = (offset: number) => String(offset).padStart(10, '0');
  const front = (prev: number, at: readonly number[]) =>
    `%PDF-1.7\nxref\n3 2\n${ten(at[2] ?? 0)} 00000 n \n${ten(at[3] ?? 0)} 00000 n \n` +
    `trailer\n<< /Size 5 /Root 1 0 R /Prev ${ten(prev)} >>\nstartxref\n0\n%%EOF\n`;
  const size = front(0, []).length;
  const body = three + four + one + two;
  const at = [one, two, three, four].map((object) => size + body.indexOf(object));
  const main = `xref\n0 3\n0000000000 65535 f \n${ten(at[0] ?? 0)} 00000 n \n${ten(at[1] ?? 0)} 00000 n \n`;
  const end = `trailer\n<< /Size 3 >>\nstartxref\n9\n%%EOF\n`;
  return bytesOf(front(size + body.length, at) + body + main + end);
}

describe('hostile files', () => {
  it('refuses a table that claims more entries than the file has room for', () => {
    const text = textOf(buildPdf({ objects: onePage })).replace('xref\n0 1\n', 'xref\n0 8000000\n');
    expect(codeOf(bytesOf(text), { repair: 'strict' })).toBe('pdf.damaged');
  });

  it('ends where a stream needs itself for its own length', () => {
    const objects = { ...onePage, 4: '<< /Length 4 0 R >>\nstream\nq Q\nendstream' };
    const document = open(buildPdf({ objects }));
    const content = document.entry(document.page(0).dict, 'Contents');
    expect(isStream(content) && textOf(document.decode(content))).toBe('q Q');
    expect(codes(document)).toContain('structure.stream-length');
  });

  it('ends where an object stream is inside itself', () => {
    const objects = { ...onePage, 5: objectStreamBody([[7, '1']], '/Extends 5 0 R'), 6: '0' };
    const text = textOf(buildPdf({ style: 'stream', objects, compressed: [6] }));
    const document = open(bytesOf(text), { repair: 'strict' });
    expect(document.resolve(ref(6))).toBe(0);
    expect(document.entry(document.catalog, 'Type')).toEqual(name('Catalog'));
  });
});
