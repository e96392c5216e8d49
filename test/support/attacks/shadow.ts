/** Shadow attacks and their kin: later revisions that show something else than what was signed. */
import {
  dict,
  isDict,
  isRef,
  isStream,
  latin1,
  name,
  ref,
  stream,
  textString,
} from '../../../electron/core/pdf/objects.ts';
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import type { PdfDocument, PdfUpdate } from '../../../electron/core/pdf/document.ts';
import { buildPdf, onePage } from '../pdf-builder.ts';
import { opened } from '../signing.ts';
import {
  addAnnotation,
  edit,
  editCatalog,
  editPage,
  patched,
  revised,
  withEntries,
} from '../tampering.ts';
import { forbidden } from './attack.ts';
import type { Attack } from './attack.ts';
import { parts } from './target.ts';

export const content = (text: string): PdfObject =>
  stream(dict({ Length: text.length }), latin1(text));

const shadow = (name: string, make: (bytes: Uint8Array) => Uint8Array): Attack => ({
  row: 'shadow',
  name,
  must: forbidden,
  leavesSignatureWhole: true,
  make: ({ bytes }) => make(bytes),
});

const update = (name: string, change: (update: PdfUpdate, document: PdfDocument) => void): Attack =>
  shadow(name, (bytes) => revised(bytes, change));

/** The first signature field that is not the document's own. */
function signatureField(document: PdfDocument): PdfObject {
  const form = document.dictEntry(document.catalog, 'AcroForm') ?? dict({});
  const field = (document.arrayEntry(form, 'Fields') ?? []).find((item) => {
    const value = document.resolve(item);
    return isDict(value) && value.entries.has('V') && isRef(item) && item.number !== parts.amount;
  });
  if (field === undefined) throw new Error('no signature field');
  return field;
}

export const shadows: readonly Attack[] = [
  shadow('the page gets other content', (bytes) =>
    editPage(bytes, (update) => ({ Contents: update.add(content('BT (I owe) Tj ET')) })),
  ),
  shadow('the page gets a second content stream', (bytes) =>
    editPage(bytes, (update) => ({
      Contents: [ref(parts.content), update.add(content('0 0 9 9 re f'))],
    })),
  ),
  update('the font is replaced', (update) =>
    update.set(
      ref(parts.font),
      dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Symbol') }),
    ),
  ),
  shadow('the resources are replaced', (bytes) => editPage(bytes, () => ({ Resources: dict({}) }))),
  shadow('the page is turned', (bytes) => editPage(bytes, () => ({ Rotate: 180 }))),
  shadow('the page is cropped', (bytes) => editPage(bytes, () => ({ CropBox: [0, 0, 100, 100] }))),
  shadow('the page counts in other units', (bytes) => editPage(bytes, () => ({ UserUnit: 2 }))),
  update('a page is added', (update, document) => {
    const page = update.add(withEntries(document.page(0).dict, { Annots: undefined }));
    edit(update, ref(parts.pages), { Kids: [ref(parts.page), page], Count: 2 });
  }),
  update('a page is taken away and another put there', (update, document) => {
    const page = update.add(withEntries(document.page(0).dict, { Annots: undefined }));
    edit(update, ref(parts.pages), { Kids: [page] });
  }),
  shadow('the pages are another tree', (bytes) =>
    editCatalog(bytes, (update, document) => ({
      Pages: update.add(
        withEntries(document.dictEntry(document.catalog, 'Pages') ?? dict({}), { Rotate: 90 }),
      ),
    })),
  ),
  shadow('layers are added', (bytes) =>
    editCatalog(bytes, () => ({ OCProperties: dict({ OCGs: [] }) })),
  ),
  shadow('the catalog gets something unknown', (bytes) =>
    editCatalog(bytes, () => ({ FooBar: true })),
  ),
  update('the bookmarks are changed', (update) => edit(update, ref(parts.outlines), { Count: 5 })),
  shadow('permissions are replaced', (bytes) =>
    editCatalog(bytes, () => ({ Perms: dict({ DocMDP: ref(parts.form) }) })),
  ),
  shadow('the root is another object', (bytes) => {
    const whole = revised(bytes, (update, document) => update.add(document.catalog));
    return patched(whole, (text) => {
      const at = text.lastIndexOf('/Root 1 0 R');
      const size = /\/Size (\d+)/.exec(text.slice(text.lastIndexOf('trailer')))?.[1];
      const other = `/Root ${Number(size) - 1} 0 R`;
      return text.slice(0, at) + other + text.slice(at + '/Root 1 0 R'.length);
    });
  }),
  update('a note is changed', (update) =>
    edit(update, ref(parts.note), { Contents: textString('another') }),
  ),
  shadow('a note is taken away', (bytes) =>
    editPage(bytes, (_, document) => ({
      Annots: (document.arrayEntry(document.page(0).dict, 'Annots') ?? []).filter(
        (item) => !isRef(item) || item.number !== parts.note,
      ),
    })),
  ),
  update('a field is moved', (update) =>
    edit(update, ref(parts.amount), { Rect: [0, 0, 300, 300] }),
  ),
  update('a field is renamed', (update) =>
    edit(update, ref(parts.amount), { T: textString('sum') }),
  ),
  update('a field of another kind is added', (update, document) =>
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
  update('viewers are told to redraw the form', (update) =>
    edit(update, ref(parts.form), { NeedAppearances: true }),
  ),
  update('the font of the form is replaced by name', (update) =>
    edit(update, ref(parts.form), { DR: dict({ Font: dict({ H: dict({}) }) }) }),
  ),
  shadow('an object of the page is used as an appearance first and changed then', (bytes) => {
    const once = revised(bytes, (update) =>
      edit(update, ref(parts.amount), { AP: dict({ N: ref(parts.content) }) }),
    );
    return revised(once, (update) => update.set(ref(parts.content), content('0 0 99 99 re f')));
  }),
  update('the signature field is enlarged', (update, document) =>
    edit(update, signatureField(document), { Rect: [10, 10, 400, 400] }),
  ),
];

/** A document that is prepared before anybody signs, and what is done to it afterwards. */
interface Prepared {
  readonly name: string;
  readonly unsigned: () => Uint8Array;
  readonly after: (update: PdfUpdate, document: PdfDocument) => void;
}

const shown = 'BT /F 20 Tf 60 700 Td (You are promoted) Tj ET';
const hidden = 'BT /F 20 Tf 60 700 Td (You are dismissed) Tj ET';
const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const drawn = (entries: string, text: string): string =>
  `<< ${entries} /Length ${text.length} >>\nstream\n${text}\nendstream`;
const image = drawn(
  '/Type /XObject /Subtype /Form /BBox [0 0 595 842]',
  '1 g 0 0 595 842 re f 0 g',
);
const page = (entries: string): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> /Contents 4 0 R ${entries} >>`;
const prepared = (objects: Readonly<Record<number, string>>): Uint8Array =>
  buildPdf({ objects: { ...onePage, 3: page(''), 5: helvetica, 6: image, ...objects } });

export const preparations: readonly Prepared[] = [
  {
    name: 'hide: a form drawn over the text is emptied',
    unsigned: () => prepared({ 4: drawn('', `${hidden} /X Do`) }),
    after: (update) => update.set(ref(6), content('q Q')),
  },
  {
    name: 'hide: a cover is cut off by its resources',
    unsigned: () => prepared({ 4: drawn('', `${hidden} /X Do`) }),
    after: (update) =>
      edit(update, ref(3), { Resources: dict({ Font: dict({ F: ref(5) }), XObject: dict({}) }) }),
  },
  {
    name: 'replace: a prepared font takes the place of the one that was signed',
    unsigned: () =>
      prepared({
        4: drawn('', shown),
        7: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>',
      }),
    after: (update, document) => update.set(ref(5), document.resolve(ref(7))),
  },
  {
    name: 'replace: the value of a field is laid over its appearance',
    unsigned: () =>
      prepared({
        1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] >> >>',
        3: page('/Annots [7 0 R]'),
        4: drawn('', shown),
        7: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (1000) /Rect [60 600 200 620] /AP << /N 8 0 R >> >>',
        8: drawn(
          '/Type /XObject /Subtype /Form /BBox [0 0 140 20] /Resources << /Font << /F 5 0 R >> >>',
          'BT /F 11 Tf (1000) Tj ET',
        ),
        9: drawn('/Type /XObject /Subtype /Form /BBox [0 0 140 20]', 'q Q'),
      }),
    // Nothing is filled in: what the field shows is switched, its value stays.
    after: (update) =>
      edit(update, ref(7), { AP: dict({ N: ref(9) }), MK: dict({ CA: textString('9000') }) }),
  },
  {
    name: 'hide and replace: a second page that nothing referred to becomes the page',
    unsigned: () =>
      prepared({
        4: drawn('', shown),
        7: page('').replace('/Contents 4', '/Contents 8'),
        8: drawn('', hidden),
      }),
    after: (update) => edit(update, ref(2), { Kids: [ref(7)] }),
  },
  {
    name: 'hide and replace: a second tree of pages',
    unsigned: () =>
      prepared({
        4: drawn('', shown),
        7: page('').replace('/Contents 4', '/Contents 8').replace('/Parent 2', '/Parent 9'),
        8: drawn('', hidden),
        9: '<< /Type /Pages /Count 1 /Kids [7 0 R] >>',
      }),
    after: (update, document) => edit(update, document.catalogRef, { Pages: ref(9) }),
  },
  {
    name: 'hide and replace: a layer that was off is turned on',
    unsigned: () =>
      prepared({
        1: '<< /Type /Catalog /Pages 2 0 R /OCProperties 7 0 R >>',
        3: page('').replace('/XObject', '/Properties << /L 8 0 R >> /XObject'),
        4: drawn('', `${shown} /OC /L BDC ${hidden} EMC`),
        7: '<< /OCGs [8 0 R] /D << /OFF [8 0 R] >> >>',
        8: '<< /Type /OCG /Name (L) >>',
      }),
    after: (update) => update.set(ref(7), dict({ OCGs: [ref(8)], D: dict({ ON: [ref(8)] }) })),
  },
  ...['XRef', 'ObjStm', 'Nothing'].map((type) => ({
    name: `replace: a reference that led nowhere leads to an object of type ${type}`,
    unsigned: () =>
      prepared({ 3: page('').replace('4 0 R', '[4 0 R 40 0 R]'), 4: drawn('', shown) }),
    after: (update: PdfUpdate) => {
      while (update.allocate().number < 40);
      update.set(
        ref(40),
        stream(dict({ Type: name(type), Length: hidden.length }), latin1(hidden)),
      );
    },
  })),
];

export const preparedShadows: readonly Attack[] = preparations.map(({ name, unsigned, after }) => ({
  row: 'shadow',
  name,
  must: forbidden,
  leavesSignatureWhole: true,
  make: async ({ sign }) => revised(await sign(unsigned()), after),
}));

/** Swaps the object stream that a field lies in; the document's objects must be packed. */
export function objectStreamSwapped(packed: Uint8Array): Uint8Array {
  const document = opened(packed);
  const form = document.dictEntry(document.catalog, 'AcroForm') ?? dict({});
  const field = document.arrayEntry(form, 'Fields')?.[0];
  const place = isRef(field) ? document.xrefEntry(field.number) : undefined;
  if (place?.type !== 'compressed') throw new Error('the field is not in an object stream');
  const container = document.resolve(ref(place.at));
  if (!isStream(container)) throw new Error('no object stream');
  const before = Buffer.from(document.decode(container)).toString('latin1');
  const after = latin1(before.replace('200 520', '200 599'));
  const plain = withEntries(container.dict, { Filter: undefined, Length: after.length });
  return revised(packed, (update) => update.set(ref(place.at), stream(plain, after)));
}
