/** Files that would take all of a reader's time or memory. */
import { deflateSync } from 'node:zlib';
import { dict, latin1, name, ref, stream, textString } from '../../../electron/core/pdf/objects.ts';
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import { startxrefOf, textOf } from '../pdf-builder.ts';
import { appended } from '../signing.ts';
import { edit, editCatalog, editPage, revised } from '../tampering.ts';
import type { Attack, Must } from './attack.ts';
import { failedFormat } from './attack.ts';
import { parts } from './target.ts';
import { revisionByHand } from './wrapping.ts';

const refused = (...because: readonly string[]): Must => ({ indication: 'refused', because });
const unsure: Must = { indication: 'INDETERMINATE' };

const exhausting = (name: string, must: Must, make: (bytes: Uint8Array) => Uint8Array): Attack => ({
  row: 'exhaustion',
  name,
  must,
  make: ({ bytes }) => make(bytes),
});

const bomb = (entries: string, megabytes: number): string => {
  const packed = deflateSync(Buffer.alloc(megabytes << 20, ' ')).toString('latin1');
  return `<< ${entries} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream`;
};
const numbered = (number: number, body: string): readonly [number, string] => [
  number,
  `${number} 0 obj\n${body}\nendobj`,
];
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

export const exhaustions: readonly Attack[] = [
  exhausting('cross-references in a circle', failedFormat, (bytes) => {
    const at = bytes.length + 1;
    return appended(
      bytes,
      latin1(
        `\nxref\n0 0\ntrailer\n<< /Size 99 /Root 1 0 R /Prev ${at} >>\nstartxref\n${at}\n%%EOF\n`,
      ),
    );
  }),
  exhausting('pages in a circle', refused('pdf.no-pages'), (bytes) =>
    revised(bytes, (update) => edit(update, ref(parts.pages), { Kids: [ref(parts.pages)] })),
  ),
  exhausting('fields in a circle', failedFormat, (bytes) =>
    revised(bytes, (update) =>
      edit(update, ref(parts.amount), { Kids: [ref(parts.amount)], FT: undefined }),
    ),
  ),
  exhausting('one signature in a thousand fields and one', refused('pdf.limit'), (bytes) => {
    const number = Number(
      /(?<=\n)(\d+) 0 obj\s*<<(?:(?!endobj)[^])*?\/ByteRange/.exec(textOf(bytes))?.[1],
    );
    return revised(bytes, (update) =>
      edit(update, ref(parts.form), {
        Fields: Array.from({ length: 1001 }, (_, index) =>
          update.add(dict({ FT: name('Sig'), T: textString(`f${index}`), V: ref(number) })),
        ),
      }),
    );
  }),
  exhausting('a length that is itself', failedFormat, (bytes) =>
    revised(bytes, (update) => {
      const one = update.allocate();
      update.set(one, stream(dict({ Length: one }), latin1('q')));
      edit(update, ref(parts.page), { Contents: one });
    }),
  ),
  exhausting('arrays in arrays, ten thousand deep', failedFormat, (bytes) =>
    revisionByHand(bytes, [
      numbered(parts.outlines, `<< /Type /Outlines /Deep ${nested(10_000)} >>`),
    ]),
  ),
  exhausting('a page of a gigabyte of blanks, packed', failedFormat, (bytes) =>
    revisionByHand(bytes, [numbered(parts.content, bomb('', 1024))]),
  ),
  exhausting('an object stream that unpacks to a gigabyte', failedFormat, (bytes) =>
    revisionByHand(bytes, [numbered(997, bomb('/Type /ObjStm /N 9 /First 40', 1024))]),
  ),
  exhausting('an object stream of a hundred million objects', failedFormat, (bytes) =>
    revisionByHand(bytes, [numbered(997, bomb('/Type /ObjStm /N 100000000 /First 900000000', 1))]),
  ),
  exhausting('a predictor with a row of two thousand million', failedFormat, (bytes) =>
    revisionByHand(bytes, [
      numbered(
        parts.content,
        bomb(
          '/DecodeParms << /Predictor 12 /Columns 2000000000 /Colors 9 /BitsPerComponent 32 >>',
          1,
        ),
      ),
    ]),
  ),
  exhausting(
    'a cross-reference stream that unpacks to a gigabyte',
    refused('pdf.limit'),
    (bytes) => {
      const at = bytes.length + 1;
      const own = bomb(
        `/Type /XRef /W [1 4 2] /Size 150000000 /Root 1 0 R /Prev ${startxrefOf(bytes)}`,
        1024,
      );
      return appended(bytes, latin1(`\n998 0 obj\n${own}\nendobj\nstartxref\n${at}\n%%EOF\n`));
    },
  ),
  exhausting('validation data of a gigabyte', unsure, (bytes) => {
    const packed = new Uint8Array(deflateSync(Buffer.alloc(1 << 30)));
    return editCatalog(bytes, (update) => {
      const one = update.add(
        stream(dict({ Filter: name('FlateDecode'), Length: packed.length }), packed),
      );
      return { DSS: dict({ Type: name('DSS'), Certs: [one], CRLs: [one], OCSPs: [one] }) };
    });
  }),
  exhausting('a mark of forms that draw each other, two to the fortieth times', unsure, (bytes) =>
    editPage(bytes, (update, document) => {
      let inner: PdfObject = update.add(drawing('0 0 9 9 re f', {}));
      for (let depth = 0; depth < 40; depth++)
        inner = update.add(drawing('/A Do /B Do', { A: inner, B: inner }));
      const field = update.add(
        dict({
          ...{
            Type: name('Annot'),
            Subtype: name('Widget'),
            FT: name('Sig'),
            Rect: [300, 20, 400, 60],
          },
          ...{ T: { kind: 'string', bytes: latin1('deep'), hex: false }, AP: dict({ N: inner }) },
        }),
      );
      const form = document.dictEntry(document.catalog, 'AcroForm') ?? dict({});
      const fields = document.arrayEntry(form, 'Fields') ?? [];
      edit(update, ref(parts.form), { Fields: [...fields, field] });
      return { Annots: [...(document.arrayEntry(document.page(0).dict, 'Annots') ?? []), field] };
    }),
  ),
];

function drawing(operators: string, shown: Readonly<Record<string, PdfObject>>): PdfObject {
  return stream(
    dict({
      ...{ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 100, 40] },
      ...{ Resources: dict({ XObject: dict(shown) }), Length: operators.length },
    }),
    latin1(operators),
  );
}
