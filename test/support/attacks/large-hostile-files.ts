/** Files of fifty megabytes that are made to cost a reader more than they should. */
import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { concat } from '../../../electron/core/cms/der-writing.ts';
import { dict, latin1, name, ref, stream, textString } from '../../../electron/core/pdf/objects.ts';
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import { startxrefOf, textOf } from '../pdf-builder.ts';
import { edit, editCatalog, editPage, firstPage, form, revised } from '../tampering.ts';
import { makeTarget, parts } from './target.ts';

const SIZE = 50_000_000;

const filled = (text: string, size = SIZE): Buffer => Buffer.alloc(size, text, 'latin1');
const header = latin1('%PDF-1.7\n');
const signed = async (): Promise<Uint8Array> => (await makeTarget('signed')).bytes;

/** A stream object's data as it is, of any size. */
const data = (bytes: Uint8Array, entries: Readonly<Record<string, PdfObject>> = {}): PdfObject =>
  stream(dict({ ...entries, Length: bytes.length }), bytes);

/** A signature field over the text in a last revision, so that what the page paints has to be known. */
function marked(bytes: Uint8Array): Uint8Array {
  return revised(bytes, (update, document) => {
    const field = update.add(
      dict({
        ...{ Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig'), T: textString('late') },
        ...{ Rect: [55, 315, 200, 335], P: firstPage(document) },
        AP: dict({ N: update.add(form(145, 20, '0 0 9 9 re f')) }),
      }),
    );
    const fields = document.arrayEntry(
      document.dictEntry(document.catalog, 'AcroForm') ?? dict({}),
      'Fields',
    );
    edit(update, ref(parts.form), { Fields: [...(fields ?? []), field] });
    const annots = document.arrayEntry(document.page(0).dict, 'Annots') ?? [];
    edit(update, firstPage(document), { Annots: [...annots, field] });
  });
}

/** The file with an empty revision, as often as it takes. */
function manyRevisions(bytes: Uint8Array): Uint8Array {
  let previous = startxrefOf(bytes);
  let at = bytes.length;
  const pieces: string[] = [];
  while (at < SIZE) {
    const piece = `xref\n0 0\ntrailer\n<< /Size 99 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${at}\n%%EOF\n`;
    pieces.push(piece);
    previous = at;
    at += piece.length;
  }
  return concat(bytes, latin1(pieces.join('')));
}

function manyRows(bytes: Uint8Array): Uint8Array {
  const count = 2_400_000;
  const rows = filled('0000000009 00000 n \n', count * 20);
  const trailer = `trailer\n<< /Size ${count + 1} /Root 1 0 R /Prev ${startxrefOf(bytes)} >>\n`;
  const tail = `${trailer}startxref\n${bytes.length}\n%%EOF\n`;
  return concat(bytes, latin1(`xref\n1 ${count}\n`), rows, latin1(tail));
}

const manyAnnotations = (bytes: Uint8Array): Uint8Array =>
  editPage(bytes, (update) => ({
    Annots: Array.from({ length: 150_000 }, (_, index) =>
      update.add(dict({ Type: name('Annot'), Subtype: name('Text'), Rect: [index, 1, 9, 9] })),
    ),
  }));

const manyFields = (bytes: Uint8Array): Uint8Array =>
  revised(bytes, (update) =>
    edit(update, ref(parts.form), {
      Fields: Array.from({ length: 200_000 }, (_, index) =>
        update.add(dict({ FT: name('Sig'), T: textString(`f${index}`) })),
      ),
    }),
  );

const manySignatures = (bytes: Uint8Array): Uint8Array => {
  const number = Number(
    /(?<=\n)(\d+) 0 obj\s*<<(?:(?!endobj)[^])*?\/ByteRange/.exec(textOf(bytes))?.[1],
  );
  return revised(bytes, (update) =>
    edit(update, ref(parts.form), {
      Fields: Array.from({ length: 100_000 }, (_, index) =>
        update.add(dict({ FT: name('Sig'), T: textString(`f${index}`), V: ref(number) })),
      ),
    }),
  );
};

const manyPages = (bytes: Uint8Array): Uint8Array =>
  revised(bytes, (update) =>
    edit(update, ref(parts.pages), {
      Kids: Array.from({ length: 200_000 }, () =>
        update.add(dict({ Type: name('Page'), Parent: ref(parts.pages) })),
      ),
      Count: 200_000,
    }),
  );

const painted = (bytes: Uint8Array, text: string): Uint8Array =>
  marked(editPage(bytes, (update) => ({ Contents: update.add(data(filled(text))) })));

const store = (bytes: Uint8Array): Uint8Array =>
  editCatalog(bytes, (update) => ({
    DSS: dict({
      Certs: Array.from({ length: 500 }, () => update.add(data(filled('\x30\x80', 90_000)))),
    }),
  }));

export const largeHostileFiles: Readonly<Record<string, () => Promise<Uint8Array> | Uint8Array>> = {
  'any bytes': () => randomBytes(SIZE),
  'nothing but zeros': () => new Uint8Array(SIZE),
  'any bytes behind a header': () => concat(header, randomBytes(SIZE)),
  'arrays that open': () => concat(header, filled('[')),
  'dictionaries that open': () => concat(header, filled('<<')),
  'a string that does not close': () => concat(header, filled('(')),
  'objects that begin': () => concat(header, filled('1 0 obj\n')),
  'objects of every number': () =>
    concat(
      header,
      latin1(
        Array.from({ length: 1_900_000 }, (_, index) => `${index} 0 obj null endobj`).join('\n'),
      ),
    ),
  'streams that do not end': () => concat(header, filled('1 0 obj<</Length 9>>stream\n')),
  'startxref again and again': () => concat(header, filled('startxref\n9\n')),
  'catalogs again and again': () =>
    concat(header, filled('1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>\n')),
  'signed, and any bytes behind it': async () => concat(await signed(), randomBytes(SIZE)),
  'signed, and objects behind it': async () =>
    concat(await signed(), filled('4 0 obj<<>>endobj\n')),
  'signed, and revisions without end': async () => manyRevisions(await signed()),
  'signed, and a cross-reference of millions of rows': async () => manyRows(await signed()),
  'signed, and a page that unpacks to fifty gigabytes': async () =>
    revised(await signed(), (update) => {
      // Deflate data that unpacks a thousandfold, and once more.
      const once = deflateSync(deflateSync(Buffer.alloc(500_000_000)));
      const filter = [name('FlateDecode'), name('FlateDecode')];
      update.set(ref(parts.content), data(new Uint8Array(once), { Filter: filter }));
    }),
  'signed, and a page of rectangles under a mark': async () =>
    painted(await signed(), '0 0 9 9 re f\n'),
  'signed, and a page of words under a mark': async () =>
    painted(await signed(), 'BT (word) Tj ET\n'),
  'signed, and a page of saved states under a mark': async () => painted(await signed(), 'q '),
  'signed, and notes without end': async () => manyAnnotations(await signed()),
  'signed, and fields without end': async () => manyFields(await signed()),
  'signed, and one signature in fields without end': async () => manySignatures(await signed()),
  'signed, and pages without end': async () => manyPages(await signed()),
  'signed, and validation data without end': async () => store(await signed()),
};
