import { describe, expect, test } from 'vitest';
import { addFields } from '../../../electron/core/pades/add-fields.ts';
import type { FieldRequest } from '../../../electron/core/pades/signature.ts';
import { listSignatureFields } from '../../../electron/core/pdf/fields.ts';
import { isArray, isDict, isRef } from '../../../electron/core/pdf/objects.ts';
import type { PdfDocument } from '../../../electron/core/pdf/document.ts';
import {
  opensslComplaints,
  pdfsig,
  qpdfComplaints,
  signedBytesOf,
} from '../../support/other-readers.ts';
import { firstFreeObject, plainPdf } from '../../support/plain-pdf.ts';
import type { PlainPdf } from '../../support/plain-pdf.ts';
import { appended, authority, opened, ports, signedWith, verdicts } from '../../support/signing.ts';

const first = firstFreeObject(1);
const root = authority.root.certificate;
const place = (page = 0, y = 40) => ({ page, x: 40, y, width: 120, height: 40 });

function fieldsAdded(bytes: Uint8Array, fields: readonly FieldRequest[]): Uint8Array {
  const result = addFields(opened(bytes), fields, ports);
  if (!result.ok) throw new Error(result.error.code);
  return appended(bytes, result.value);
}

function refusalOf(bytes: Uint8Array, field: FieldRequest): string {
  const result = addFields(opened(bytes), [field], ports);
  return result.ok ? 'none' : result.error.code;
}

function annotsOf(document: PdfDocument, page = 0): number {
  return document.arrayEntry(document.page(page).dict, 'Annots')?.length ?? 0;
}

const text = `<< /FT /Tx /T (Text) /Type /Annot /Subtype /Widget /Rect [10 10 50 30] /P 4 0 R >>`;

/** The same form in every shape that it can take in a file. */
const shapes: readonly (readonly [string, PlainPdf])[] = [
  ['no form', {}],
  ['a direct form', { catalog: '/AcroForm << /Fields [] /DA (/Helv 0 Tf 0 g) >>' }],
  [
    'an indirect form',
    { catalog: `/AcroForm ${first} 0 R`, objects: ['<< /Fields [] /NeedAppearances true >>'] },
  ],
  [
    'a direct form with an indirect list',
    { catalog: `/AcroForm << /Fields ${first} 0 R >>`, objects: ['[]'] },
  ],
  [
    'all of it indirect, with other fields',
    {
      catalog: `/AcroForm ${first} 0 R`,
      objects: [`<< /Fields ${first + 1} 0 R /SigFlags 0 >>`, `[${first + 2} 0 R]`, text],
      pages: [{ entries: `/Annots ${first + 3} 0 R` }],
    },
  ],
  ['a form without a list', { catalog: '/AcroForm << /DR << >> >>' }],
  ['a form that is null', { catalog: '/AcroForm null' }],
];

describe('the form', () => {
  test.each(shapes)('%s', async (what, options) => {
    const withAnnots = what.startsWith('all of it');
    const base = plainPdf(
      withAnnots
        ? { ...options, objects: [...(options.objects ?? []), `[${first + 2} 0 R]`] }
        : options,
    );
    const bytes = fieldsAdded(base, [
      { name: 'A', placement: place(), label: 'Kari Nordmann signerer her' },
      { name: 'B', placement: null },
    ]);
    expect(qpdfComplaints(bytes)).toBeNull();
    const document = opened(bytes);
    expect(listSignatureFields(document)).toEqual([
      { name: 'A', signed: false, page: 0 },
      { name: 'B', signed: false, page: 0 },
    ]);
    const form = document.dictEntry(document.catalog, 'AcroForm');
    if (form === null) throw new Error('no form');
    expect(document.entry(form, 'SigFlags')).toBe(3);
    expect(annotsOf(document)).toBe(withAnnots ? 3 : 2);
    // What stood in the form stays.
    for (const key of ['DA', 'DR', 'NeedAppearances'])
      if (JSON.stringify(options).includes(`/${key}`)) expect(form.entries.has(key)).toBe(true);

    const signed = await signedWith(bytes, { field: { existing: 'A' }, mark: { lines: ['Kari'] } });
    expect(pdfsig(signed).map(({ field, valid }) => [field, valid])).toEqual([['A', true]]);
    expect(listSignatureFields(opened(signed))[0]).toEqual({ name: 'A', signed: true, page: 0 });
  });

  test('signing a field that stands ready rewrites that field and nothing else', async () => {
    const bytes = fieldsAdded(plainPdf(), [{ name: 'A', placement: place() }]);
    const signed = opened(await signedWith(bytes, { field: { existing: 'A' } }));
    const changed = [...(signed.revisions.at(-1)?.objects ?? [])].filter(
      (n) => n < opened(bytes).size,
    );
    expect(changed).toHaveLength(1);
  });

  test('the second signature on a page leaves the page and the catalog be', async () => {
    const once = await signedWith(plainPdf());
    const before = opened(once);
    const after = opened(await signedWith(once));
    const changed = after.revisions.at(-1)?.objects;
    expect(changed?.has(before.catalogRef.number)).toBe(false);
    expect(changed?.has(before.page(0).ref?.number ?? 0)).toBe(false);
  });
});

describe('the annotations of the page', () => {
  test.each([
    ['missing', {}, 1],
    ['direct', { pages: [{ entries: `/Annots [${first} 0 R]` }], objects: [text] }, 2],
    ['indirect', { pages: [{ entries: `/Annots ${first} 0 R` }], objects: ['[]'] }, 1],
    ['null', { pages: [{ entries: '/Annots null' }] }, 1],
    ['a reference to nothing', { pages: [{ entries: '/Annots 99 0 R' }] }, 1],
  ] satisfies readonly (readonly [string, PlainPdf, number])[])('%s', (_, options, count) => {
    const bytes = fieldsAdded(plainPdf(options), [{ name: 'A', placement: place() }]);
    expect(annotsOf(opened(bytes))).toBe(count);
    expect(qpdfComplaints(bytes)).toBeNull();
  });

  test('each page gets the widgets that stand on it', () => {
    const bytes = fieldsAdded(plainPdf({ pages: [{}, {}, {}] }), [
      { name: 'A', placement: place(2) },
      { name: 'B', placement: place(2, 100) },
      { name: 'C', placement: place(1) },
    ]);
    const document = opened(bytes);
    expect([0, 1, 2].map((page) => annotsOf(document, page))).toEqual([0, 1, 2]);
    expect(listSignatureFields(document).map(({ page }) => page)).toEqual([2, 2, 1]);
  });
});

describe('a new field', () => {
  test('is a widget that prints, is locked, names itself, and shows nothing yet', () => {
    const bytes = fieldsAdded(plainPdf(), [{ name: 'A', placement: place(), label: 'Æ' }]);
    const document = opened(bytes);
    const annots = document.arrayEntry(document.page(0).dict, 'Annots') ?? [];
    expect(isRef(annots[0])).toBe(true);
    const widget = document.resolve(annots[0]);
    if (!isDict(widget)) throw new Error('no widget');
    expect(document.entry(widget, 'F')).toBe(132);
    const rect = document.arrayEntry(widget, 'Rect');
    expect(isArray(rect) && rect).toEqual([40, 762, 160, 802]);
    expect(document.dictEntry(widget, 'AP')?.entries.has('N')).toBe(true);
    expect(document.entry(widget, 'TU')).toMatchObject({
      bytes: Uint8Array.from([0xfe, 0xff, 0, 0xc6]),
    });
  });

  test('needs a page, a place on it, and a name of its own', () => {
    const base = plainPdf();
    expect(refusalOf(base, { name: 'A', placement: place(1) })).toBe('sign.no-page');
    expect(refusalOf(base, { name: 'A', placement: place(-1) })).toBe('sign.no-page');
    expect(refusalOf(base, { name: 'A', placement: place(0, 900) })).toBe('sign.off-page');
    expect(refusalOf(base, { name: 'A', placement: { ...place(), width: 0 } })).toBe(
      'sign.off-page',
    );
    expect(refusalOf(base, { name: 'A', placement: { ...place(), x: NaN } })).toBe('sign.off-page');
    expect(refusalOf(base, { name: '', placement: null })).toBe('sign.field-name');
    expect(refusalOf(base, { name: 'a.b', placement: null })).toBe('sign.field-name');
    const named = plainPdf({
      catalog: `/AcroForm << /Fields [${first} 0 R] >>`,
      objects: [text],
      pages: [{ entries: `/Annots [${first} 0 R]` }],
    });
    expect(refusalOf(named, { name: 'Text', placement: null })).toBe('sign.field-exists');
  });

  test('names that nobody chose are free ones', async () => {
    let bytes = fieldsAdded(plainPdf(), [{ name: 'Signature1', placement: null }]);
    bytes = await signedWith(bytes);
    bytes = await signedWith(bytes);
    expect(listSignatureFields(opened(bytes)).map(({ name }) => name)).toEqual([
      'Signature1',
      'Signature2',
      'Signature3',
    ]);
  });
});

describe('fields of other makes', () => {
  const hierarchy: PlainPdf = {
    catalog: `/AcroForm << /Fields [${first} 0 R] >>`,
    pages: [{ rotate: 90, entries: `/Annots [${first + 2} 0 R ${first + 3} 0 R]` }],
    objects: [
      `<< /T (Contract) /FT /Sig /Kids [${first + 1} 0 R ${first + 2} 0 R] >>`,
      `<< /T (Tenant) /Parent ${first} 0 R /Kids [${first + 3} 0 R] >>`,
      `<< /T (Owner) /Parent ${first} 0 R /Type /Annot /Subtype /Widget /Rect [50 50 200 100] >>`,
      `<< /Parent ${first + 1} 0 R /Type /Annot /Subtype /Widget /Rect [250 50 400 100] /P 4 0 R >>`,
    ],
  };

  test('a hierarchy is signed by full names, merged or with a widget apart', async () => {
    const base = plainPdf(hierarchy);
    expect(listSignatureFields(opened(base))).toEqual([
      { name: 'Contract.Tenant', signed: false, page: 0 },
      { name: 'Contract.Owner', signed: false, page: 0 },
    ]);
    const mark = { lines: ['Kari Nordmann'], typed: 'Kari' };
    let bytes = await signedWith(base, { field: { existing: 'Contract.Owner' }, mark });
    bytes = await signedWith(bytes, { field: { existing: 'Contract.Tenant' }, mark });
    // Poppler looks for /V in the widget itself and calls a field with a widget apart unsigned.
    expect(pdfsig(bytes)).toMatchObject([{ field: 'Contract.Owner', valid: true }]);
    for (const signed of signedBytesOf(bytes)) expect(opensslComplaints(signed, root)).toBeNull();
    expect(await verdicts(bytes)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED']);
    expect(qpdfComplaints(bytes)).toBeNull();
    const document = opened(bytes);
    expect(listSignatureFields(document).map(({ name, signed }) => [name, signed])).toEqual([
      ['Contract.Tenant', true],
      ['Contract.Owner', true],
    ]);
    // Both widgets got a mark, turned against the page; the places stayed.
    const annots = document.arrayEntry(document.page(0).dict, 'Annots') ?? [];
    for (const item of annots) {
      const widget = document.resolve(item);
      if (!isDict(widget)) throw new Error('no widget');
      const appearance = document.dictEntry(widget, 'AP');
      const form = appearance === null ? null : document.entry(appearance, 'N');
      expect(form).toMatchObject({ kind: 'stream' });
      expect(document.arrayEntry(widget, 'Rect')?.slice(1)).toEqual([50, expect.any(Number), 100]);
      if (form !== null && typeof form === 'object' && 'dict' in form)
        expect(form.dict.entries.get('Matrix')).toEqual([0, 1, -1, 0, 150, 0]);
    }
  });

  test('a list of fields that runs in a circle ends', () => {
    const bytes = plainPdf({
      catalog: `/AcroForm << /Fields [${first} 0 R] >>`,
      objects: [`<< /T (A) /FT /Sig /Kids [${first} 0 R] >>`],
    });
    expect(listSignatureFields(opened(bytes)).length).toBeLessThanOrEqual(1);
  });
});
