import { describe, expect, test } from 'vitest';
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import {
  bytesString,
  dict,
  isArray,
  isDict,
  isRef,
  isStream,
  latin1,
  name,
  ref,
  stream,
  textString,
} from '../../../electron/core/pdf/objects.ts';
import { fieldDictionary } from '../../../electron/core/pdf/fields.ts';
import { buildPdf, onePage } from '../../support/pdf-builder.ts';
import { firstFreeObject, plainPdf } from '../../support/plain-pdf.ts';
import { pdfsig, qpdfRewritten } from '../../support/other-readers.ts';
import { appended, signedWith, verified } from '../../support/signing.ts';
import {
  addAnnotation,
  edit,
  editCatalog,
  editPage,
  firstPage,
  form,
  patched,
  revised,
  withEntries,
} from '../../support/tampering.ts';

const free = firstFreeObject(1);
const content = (text: string): PdfObject => stream(dict({ Length: text.length }), latin1(text));

/** A document with a text field, a note, bookmarks and a picture of a form, signed once. */
const base = plainPdf({
  catalog: `/AcroForm ${free} 0 R /Outlines ${free + 4} 0 R /Names << >>`,
  pages: [{ entries: `/Annots [${free + 1} 0 R ${free + 2} 0 R]` }],
  objects: [
    `<< /Fields [${free + 1} 0 R] /DA (/H 11 Tf 0 g) /DR << /Font << /H 3 0 R >> >> >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (amount) /V (100) /Rect [60 500 200 520] /AP << /N ${free + 3} 0 R >> /P 4 0 R >>`,
    '<< /Type /Annot /Subtype /Text /Contents (a note) /Rect [500 700 520 720] /P 4 0 R >>',
    '<< /Type /XObject /Subtype /Form /BBox [0 0 140 20] /Length 24 >>\nstream\nBT /H 11 Tf (100) Tj ET \nendstream',
    '<< /Type /Outlines /Count 0 >>',
    '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 3 >>\nstream\nq Q\nendstream',
  ],
});
const signed = await signedWith(base);
const certified2 = await signedWith(base, { certify: 2 });
const certified1 = await signedWith(base, { certify: 1 });
const certified3 = await signedWith(base, { certify: 3 });

async function first(bytes: Uint8Array) {
  const { signatures, indication } = await verified(bytes);
  const [one] = signatures;
  if (one === undefined) throw new Error('no signature was found');
  return {
    document: indication,
    indication: one.indication,
    sub: one.subIndication,
    changes: one.changes,
  };
}

const forbidden = {
  document: 'TOTAL-FAILED',
  indication: 'TOTAL-FAILED',
  sub: 'FORMAT_FAILURE',
  changes: 'forbidden',
};
const visible = { indication: 'INDETERMINATE', changes: 'visible' };

describe('shadow attacks and other changes by incremental saving', () => {
  const attacks: Record<string, () => Uint8Array> = {
    'the page gets other content': () =>
      editPage(signed, (update) => ({ Contents: update.add(content('BT (I owe) Tj ET')) })),
    'the content stream is replaced in place': () =>
      revised(signed, (update) => update.set(ref(5), content('BT (I owe) Tj ET'))),
    'the page gets a second content stream': () =>
      editPage(signed, (update) => ({ Contents: [ref(5), update.add(content('0 0 9 9 re f'))] })),
    'the font is replaced': () =>
      revised(signed, (update) =>
        update.set(
          ref(3),
          dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Symbol') }),
        ),
      ),
    'the resources are replaced': () => editPage(signed, () => ({ Resources: dict({}) })),
    'the page is turned': () => editPage(signed, () => ({ Rotate: 180 })),
    'the page is cropped': () => editPage(signed, () => ({ CropBox: [0, 0, 100, 100] })),
    'the page gets an action': () =>
      editPage(signed, () => ({
        AA: dict({ O: dict({ S: name('JavaScript'), JS: textString('x') }) }),
      })),
    'a page is added': () =>
      revised(signed, (update, document) => {
        const page = update.add(withEntries(document.page(0).dict, { Annots: undefined }));
        edit(update, ref(2), { Kids: [ref(4), page], Count: 2 });
      }),
    'a page is taken away and another put there': () =>
      revised(signed, (update, document) => {
        const page = update.add(withEntries(document.page(0).dict, { Annots: undefined }));
        edit(update, ref(2), { Kids: [page] });
      }),
    'the pages are another tree': () =>
      editCatalog(signed, (update, document) => ({
        Pages: update.add(
          withEntries(document.dictEntry(document.catalog, 'Pages') ?? dict({}), { Rotate: 90 }),
        ),
      })),
    'the document opens with an action': () =>
      editCatalog(signed, () => ({
        OpenAction: dict({ S: name('URI'), URI: textString('http://x') }),
      })),
    'scripts are added': () =>
      editCatalog(signed, () => ({ Names: dict({ JavaScript: dict({ Names: [] }) }) })),
    'layers are added': () => editCatalog(signed, () => ({ OCProperties: dict({ OCGs: [] }) })),
    'the catalog gets something unknown': () => editCatalog(signed, () => ({ FooBar: true })),
    'the bookmarks are changed': () =>
      revised(signed, (update) => edit(update, ref(free + 4), { Count: 5 })),
    'permissions are added': () =>
      editCatalog(signed, () => ({ Perms: dict({ DocMDP: ref(free) }) })),
    'the root is another object': () => {
      const bytes = revised(signed, (update, document) => update.add(document.catalog));
      return patched(bytes, (text) => {
        const at = text.lastIndexOf('/Root 1 0 R');
        const size = /\/Size (\d+)/.exec(text.slice(text.lastIndexOf('trailer')))?.[1];
        const other = `/Root ${Number(size) - 1} 0 R`;
        return text.slice(0, at) + other + text.slice(at + '/Root 1 0 R'.length);
      });
    },
    'a note is changed': () =>
      revised(signed, (update) => edit(update, ref(free + 2), { Contents: textString('another') })),
    'a note is taken away': () => editPage(signed, () => ({ Annots: [ref(free + 1)] })),
    'a field is moved': () =>
      revised(signed, (update) => edit(update, ref(free + 1), { Rect: [0, 0, 300, 300] })),
    'a field is renamed': () =>
      revised(signed, (update) => edit(update, ref(free + 1), { T: textString('sum') })),
    'a field gets an action': () =>
      revised(signed, (update) => edit(update, ref(free + 1), { A: dict({ S: name('Launch') }) })),
    'a field of another kind is added': () =>
      revised(signed, (update, document) =>
        addAnnotation(
          update,
          document,
          dict({
            Type: name('Annot'),
            Subtype: name('Widget'),
            FT: name('Tx'),
            T: textString('new'),
            Rect: [0, 0, 9, 9],
          }),
          true,
        ),
      ),
    'a link is added': () =>
      revised(signed, (update, document) =>
        addAnnotation(
          update,
          document,
          dict({
            Type: name('Annot'),
            Subtype: name('Link'),
            Rect: [0, 0, 99, 99],
            A: dict({ S: name('URI'), URI: textString('http://x') }),
          }),
        ),
      ),
    'viewers are told to redraw the form': () =>
      revised(signed, (update) => edit(update, ref(free), { NeedAppearances: true })),
    'the font of the form is replaced by name': () =>
      revised(signed, (update) =>
        edit(update, ref(free), { DR: dict({ Font: dict({ H: dict({}) }) }) }),
      ),
    'an object of the page is used as an appearance first and changed then': () => {
      // The form XObject is in no use when the document is signed, and comes alive by a change.
      const once = revised(signed, (update) =>
        edit(update, ref(free + 1), { AP: dict({ N: ref(5) }) }),
      );
      return revised(once, (update) => update.set(ref(5), content('0 0 99 99 re f')));
    },
    'the signature field is enlarged': () =>
      revised(signed, (update, document) => {
        const fields = document.arrayEntry(
          document.dictEntry(document.catalog, 'AcroForm') ?? dict({}),
          'Fields',
        );
        const field = fields?.find((item) => isRef(item) && item.number !== free + 1);
        const value = document.resolve(field);
        if (!isDict(value)) throw new Error('no signature field');
        edit(update, field, { Rect: [10, 10, 400, 400] });
      }),
  };

  test.each(Object.entries(attacks))('%s', async (_, attack) => {
    const bytes = attack();
    expect(await first(bytes)).toEqual(forbidden);
    // It is an attack and not damage: others still call the signature valid.
    expect(pdfsig(bytes)[0]).toMatchObject({ valid: true });
  });
});

describe('bytes that belong to no revision', () => {
  test('objects without a cross-reference', async () => {
    const tail = latin1('4 0 obj\n<< /Type /Page >>\nendobj\n');
    expect(await first(appended(signed, tail))).toMatchObject({ indication: 'INDETERMINATE' });
  });

  test('objects and a trailer without a cross-reference', async () => {
    const tail = latin1('4 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');
    expect((await first(appended(signed, tail))).indication).not.toBe('TOTAL-PASSED');
  });

  test('a startxref that leads to nothing', async () => {
    const tail = latin1('4 0 obj\n<< /Type /Page >>\nendobj\nstartxref\n12\n%%EOF\n');
    expect((await first(appended(signed, tail))).indication).not.toBe('TOTAL-PASSED');
  });

  test('text behind the end', async () => {
    const report = await verified(appended(signed, latin1('some words')));
    expect(report.indication).not.toBe('TOTAL-PASSED');
    expect(report.anomalies).not.toEqual([]);
  });

  test('an object in a later revision that its cross-reference does not name', async () => {
    const bytes = revised(signed, (update) => update.add(dict({ Type: name('Nothing') })));
    const xref = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(Buffer.from(bytes).toString('latin1'))?.[1];
    const hidden = '4 0 obj\n<< /Type /Page /Hidden true >>\nendobj\n';
    const text = Buffer.from(bytes).toString('latin1');
    const at = Number(xref);
    const moved =
      text.slice(0, at) +
      hidden +
      text.slice(at).replace(/startxref\s+\d+/, `startxref\n${at + hidden.length}`);
    expect(await first(new Uint8Array(Buffer.from(moved, 'latin1')))).toEqual(forbidden);
  });

  test('the signed bytes themselves are changed', async () => {
    const bytes = patched(signed, (text) => text.replace('(100)', '(900)'));
    expect(await first(bytes)).toMatchObject({ indication: 'TOTAL-FAILED', sub: 'HASH_FAILURE' });
  });
});

describe('certification', () => {
  test('P=1: filling in is forbidden', async () => {
    const bytes = revised(certified1, (update) =>
      edit(update, ref(free + 1), { V: textString('900') }),
    );
    expect(await first(bytes)).toEqual(forbidden);
  });

  test('P=1 and P=2: a note is forbidden; P=3: it is shown, never green', async () => {
    const note = dict({ Type: name('Annot'), Subtype: name('Text'), Rect: [1, 1, 20, 20] });
    const noted = (bytes: Uint8Array) =>
      revised(bytes, (update, document) => addAnnotation(update, document, note));
    expect(await first(noted(certified1))).toEqual(forbidden);
    expect(await first(noted(certified2))).toEqual(forbidden);
    expect(await first(noted(certified3))).toMatchObject(visible);
    expect(await first(noted(signed))).toMatchObject(visible);
  });

  test('P=1: a new signature field is forbidden, P=2: a visible one is never green', async () => {
    const field = (rect: number[]) =>
      dict({
        Type: name('Annot'),
        Subtype: name('Widget'),
        FT: name('Sig'),
        T: textString('late'),
        Rect: rect,
        P: ref(4),
      });
    const added = (bytes: Uint8Array, rect: number[]) =>
      revised(bytes, (update, document) => addAnnotation(update, document, field(rect), true));
    expect(await first(added(certified1, [0, 0, 0, 0]))).toEqual(forbidden);
    expect(await first(added(certified2, [300, 20, 400, 60]))).toMatchObject(visible);
    expect(await first(added(certified2, [0, 0, 0, 0]))).toMatchObject({ changes: 'allowed' });
    expect(await first(added(signed, [300, 20, 400, 60]))).toMatchObject({ changes: 'allowed' });
  });

  test('a field that a lock closes may not be filled in', async () => {
    const locked = await signedWith(base, { lock: { action: 'Include', fields: ['amount'] } });
    const bytes = revised(locked, (update) => edit(update, ref(free + 1), { V: textString('9') }));
    expect(await first(bytes)).toEqual(forbidden);
    const open = await signedWith(base, { lock: { action: 'Exclude', fields: ['amount'] } });
    const filled = revised(open, (update) => edit(update, ref(free + 1), { V: textString('9') }));
    expect(await first(filled)).toMatchObject({ indication: 'TOTAL-PASSED', changes: 'allowed' });
  });
});

describe('sneaky marks', () => {
  const mark = (rect: number[], appearance: string) => (bytes: Uint8Array) =>
    revised(bytes, (update, document) => {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect;
      const field = fieldDictionary({
        name: 'sneaky',
        page: firstPage(document),
        rect: { x0, y0, x1, y1 },
        extra: { AP: dict({ N: update.add(form(x1 - x0, y1 - y0, appearance)) }) },
      });
      addAnnotation(update, document, field, true);
    });

  test('an opaque mark', async () => {
    expect(await first(mark([300, 20, 400, 60], '1 g 0 0 100 40 re f')(signed))).toMatchObject(
      visible,
    );
  });

  test('a mark that writes over the text of the page', async () => {
    const over = mark([55, 315, 200, 335], 'BT /H 11 Tf 5 5 Td (not) Tj ET');
    expect(await first(over(signed))).toMatchObject(visible);
  });

  test('a mark over another field', async () => {
    expect(await first(mark([100, 490, 250, 530], '')(signed))).toMatchObject(visible);
  });

  test('a mark that hides something when the mouse is over it', async () => {
    const bytes = revised(signed, (update, document) => {
      const field = fieldDictionary({
        name: 'rollover',
        page: firstPage(document),
        rect: { x0: 300, y0: 20, x1: 400, y1: 60 },
        extra: {
          AP: dict({
            N: update.add(form(100, 40, '')),
            R: update.add(form(100, 40, '1 g 0 0 100 40 re f')),
          }),
        },
      });
      addAnnotation(update, document, field, true);
    });
    expect(await first(bytes)).toMatchObject(visible);
  });

  test('a mark without an appearance, whose background viewers paint', async () => {
    const bytes = revised(signed, (update, document) => {
      const field = fieldDictionary({
        name: 'background',
        page: firstPage(document),
        rect: { x0: 300, y0: 20, x1: 400, y1: 60 },
        extra: { MK: dict({ BG: [1, 1, 1] }) },
      });
      addAnnotation(update, document, field, true);
    });
    expect(await first(bytes)).toMatchObject(visible);
  });

  test('a mark in a field that nobody signed', async () => {
    const beside = mark([300, 20, 400, 60], '1 w 2 2 m 90 30 l 40 10 l S');
    expect(await first(beside(signed))).toMatchObject(visible);
    const empty = mark([300, 20, 400, 60], 'q Q');
    expect(await first(empty(signed))).toMatchObject({ indication: 'TOTAL-PASSED' });
  });
});

describe('a field that lies over the text of the page', () => {
  const over = plainPdf({
    catalog: `/AcroForm ${free} 0 R`,
    pages: [{ entries: `/Annots [${free + 1} 0 R]` }],
    objects: [
      `<< /Fields [${free + 1} 0 R] >>`,
      `<< /Type /Annot /Subtype /Widget /FT /Tx /T (over) /Rect [55 315 200 335] /AP << /N ${free + 2} 0 R >> /P 4 0 R >>`,
      '<< /Type /XObject /Subtype /Form /BBox [0 0 145 20] /Length 4 >>\nstream\nq Q \nendstream',
    ],
  });
  const filled = async (content: string) =>
    revised(await signedWith(over), (update) => {
      edit(update, ref(free + 1), { V: textString('900') });
      update.set(ref(free + 2), form(145, 20, content));
    });

  test('filled in so that it hides the text: never green', async () => {
    const bytes = await filled('1 g 0 0 145 20 re f 0 g BT /H 11 Tf (900) Tj ET');
    expect(await first(bytes)).toMatchObject(visible);
  });

  test('filled in so that the text is still seen: good', async () => {
    const bytes = await filled('BT /H 11 Tf (900) Tj ET');
    expect(await first(bytes)).toMatchObject({ indication: 'TOTAL-PASSED', changes: 'allowed' });
  });
});

describe('references that lead nowhere until somebody fills the place', () => {
  test.each(['XRef', 'ObjStm', 'Nothing'])('a later object of type %s', async (type) => {
    const objects = {
      ...onePage,
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 40 0 R] >>',
    };
    const once = await signedWith(buildPdf({ objects }));
    expect(await first(once)).toMatchObject({ indication: 'TOTAL-PASSED' });
    const bytes = revised(once, (update) => {
      const data = 'BT /H 99 Tf (I owe) Tj ET';
      while (update.allocate().number < 40);
      update.set(ref(40), stream(dict({ Type: name(type), Length: data.length }), latin1(data)));
    });
    expect(await first(bytes)).toEqual(forbidden);
  });
});

test('a cross-reference that names an object twice is never green', async () => {
  const twice = revised(signed, (update, document) => {
    update.set(ref(3), document.resolve(ref(3)));
  });
  const bytes = patched(twice, (text) => {
    const at = text.lastIndexOf('xref\n', text.lastIndexOf('trailer'));
    const entry = /\n3 1\n(\d{10} \d{5} n ?\r?\n)/.exec(text.slice(at));
    if (entry?.[0] === undefined) throw new Error('no entry for object 3');
    const place = at + entry.index + entry[0].length;
    return `${text.slice(0, place)}${entry[0].slice(1)}${text.slice(place)}`;
  });
  expect((await first(bytes)).indication).not.toBe('TOTAL-PASSED');
});

describe('signatures that hide', () => {
  test('one that no field leads to is named', async () => {
    const bytes = revised(signed, (update, document) => {
      const fields = document.arrayEntry(
        document.dictEntry(document.catalog, 'AcroForm') ?? dict({}),
        'Fields',
      );
      if (!isArray(fields)) throw new Error('no fields');
      edit(update, ref(free), { Fields: [ref(free + 1)] });
    });
    const report = await verified(bytes);
    expect(report.indication).toBe('NO-SIGNATURE');
    expect(report.anomalies.join(' ')).toMatch(/stands in no field/);
  });

  test('a value that is no signature is named', async () => {
    const bytes = revised(plainPdf(), (update, document) => {
      const field = update.add(
        dict({ FT: name('Sig'), T: textString('odd'), V: bytesString(latin1('x')) }),
      );
      edit(update, document.catalogRef, { AcroForm: dict({ Fields: [field] }) });
    });
    expect((await verified(bytes)).anomalies.join(' ')).toMatch(/is no signature/);
  });
});

test('an object stream that is swapped takes its objects with it', async () => {
  const packed = await signedWith(qpdfRewritten(base, ['--object-streams=generate']));
  expect(await first(packed)).toMatchObject({ indication: 'TOTAL-PASSED', changes: 'none' });
  const bytes = revised(packed, (update, document) => {
    const form = document.dictEntry(document.catalog, 'AcroForm') ?? dict({});
    const field = document.arrayEntry(form, 'Fields')?.[0];
    const place = isRef(field) ? document.xrefEntry(field.number) : undefined;
    if (place?.type !== 'compressed') throw new Error('the field is not in an object stream');
    const container = document.resolve(ref(place.at));
    if (!isStream(container)) throw new Error('no object stream');
    const text = Buffer.from(document.decode(container)).toString('latin1');
    const moved = latin1(text.replace('200 520', '200 599'));
    expect(moved).not.toEqual(latin1(text));
    const plain = withEntries(container.dict, { Filter: undefined, Length: moved.length });
    update.set(ref(place.at), stream(plain, moved));
  });
  expect(await first(bytes)).toEqual(forbidden);
});
