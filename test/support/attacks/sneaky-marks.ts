/** Evil annotations, and signature fields that cover what was signed. */
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import { dict, name, ref, textString } from '../../../electron/core/pdf/objects.ts';
import { fieldDictionary } from '../../../electron/core/pdf/fields.ts';
import type { PdfUpdate } from '../../../electron/core/pdf/document.ts';
import { firstFreeObject, plainPdf } from '../plain-pdf.ts';
import { addAnnotation, edit, firstPage, form, revised } from '../tampering.ts';
import { forbidden, visible } from './attack.ts';
import type { Attack } from './attack.ts';
import type { TargetName } from './target.ts';

type Rect = readonly [x0: number, y0: number, x1: number, y1: number];

const beside: Rect = [300, 20, 400, 60];
const overText: Rect = [55, 315, 200, 335];

/** A signature field with that appearance in a later revision. */
function marked(
  bytes: Uint8Array,
  [x0, y0, x1, y1]: Rect,
  extra: (update: PdfUpdate, width: number, height: number) => Record<string, PdfObject>,
): Uint8Array {
  return revised(bytes, (update, document) => {
    const field = fieldDictionary({
      name: 'sneaky',
      page: firstPage(document),
      rect: { x0, y0, x1, y1 },
      extra: extra(update, x1 - x0, y1 - y0),
    });
    addAnnotation(update, document, field, true);
  });
}

const mark = (
  name: string,
  rect: Rect,
  extra: (update: PdfUpdate, width: number, height: number) => Record<string, PdfObject>,
): Attack => ({
  row: 'sneaky',
  name,
  must: visible,
  leavesSignatureWhole: true,
  make: ({ bytes }) => marked(bytes, rect, extra),
});

const drawing = (name: string, rect: Rect, operators: string): Attack =>
  mark(name, rect, (update, width, height) => ({
    AP: dict({ N: update.add(form(width, height, operators)) }),
  }));

/** ISO 32000-2, table 257: under P=2 annotations are forbidden, under P=3 and without it they are not. */
const noted = (target: TargetName) => (target === 'certified' ? forbidden : visible);

const note = (
  name: string,
  annotation: (update: PdfUpdate) => Record<string, PdfObject>,
): Attack => ({
  row: 'sneaky',
  name,
  must: noted,
  leavesSignatureWhole: true,
  make: ({ bytes }) =>
    revised(bytes, (update, document) =>
      addAnnotation(
        update,
        document,
        dict({ Type: { kind: 'name', value: 'Annot' }, ...annotation(update) }),
      ),
    ),
});

const free = firstFreeObject(1);
/** A text field that lies over the text of its page. */
const overlaidDocument = plainPdf({
  catalog: `/AcroForm ${free} 0 R`,
  pages: [{ entries: `/Annots [${free + 1} 0 R]` }],
  objects: [
    `<< /Fields [${free + 1} 0 R] >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (over) /Rect [55 315 200 335] /AP << /N ${free + 2} 0 R >> /P 4 0 R >>`,
    '<< /Type /XObject /Subtype /Form /BBox [0 0 145 20] /Length 4 >>\nstream\nq Q \nendstream',
  ],
});

export const overlaid = {
  document: overlaidDocument,
  /** Numbers of the field and of its appearance. */
  field: [free + 1, free + 2],
} as const;

export const sneakyMarks: readonly Attack[] = [
  note('a note', () => ({ Subtype: name('Text'), Rect: [1, 1, 20, 20] })),
  note('an opaque square over the text', (update) => ({
    Subtype: name('Square'),
    Rect: [...overText],
    AP: dict({ N: update.add(form(145, 20, '1 g 0 0 145 20 re f')) }),
  })),
  note('other words typed over the text', (update) => ({
    Subtype: name('FreeText'),
    Rect: [...overText],
    Contents: textString('Other text'),
    AP: dict({ N: update.add(form(145, 20, '1 g 0 0 145 20 re f 0 g BT /H 11 Tf (Other) Tj ET')) }),
  })),
  note('a stamp', () => ({ Subtype: name('Stamp'), Rect: [100, 100, 300, 200] })),
  note('a redaction that is waiting', () => ({ Subtype: name('Redact'), Rect: [...overText] })),
  drawing('an opaque mark beside the text', beside, '1 g 0 0 100 40 re f'),
  drawing('an opaque mark over the text', overText, '1 g 0 0 145 20 re f'),
  drawing('a mark that writes over the text', overText, 'BT /H 11 Tf 5 5 Td (not) Tj ET'),
  drawing('a mark over another field', [100, 490, 250, 530], ''),
  drawing('a drawing in a field that nobody signed', beside, '1 w 2 2 m 90 30 l 40 10 l S'),
  mark(
    'a mark that hides something when the mouse is over it',
    beside,
    (update, width, height) => ({
      AP: dict({
        N: update.add(form(width, height, '')),
        R: update.add(form(width, height, '1 g 0 0 100 40 re f')),
      }),
    }),
  ),
  mark('a mark without an appearance, whose background viewers paint', beside, () => ({
    MK: dict({ BG: [1, 1, 1] }),
  })),
  {
    ...drawing('a field over the text is filled in so that it hides it', overText, ''),
    on: ['signed', 'signed twice'],
    make: async ({ sign }) =>
      revised(await sign(overlaid.document), (update) => {
        edit(update, ref(free + 1), { V: textString('900') });
        const over = form(145, 20, '1 g 0 0 145 20 re f 0 g BT /H 11 Tf (900) Tj ET');
        update.set(ref(free + 2), over);
      }),
  },
];
