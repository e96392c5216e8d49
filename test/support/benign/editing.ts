/** Filling in, metadata, structure and rewriting, as programs do it after a signature. */
import { dict, latin1, name, ref, stream, textString } from '../../../electron/core/pdf/objects.ts';
import { document, makeTarget, parts } from '../attacks/target.ts';
import { firstFreeObject, plainPdf } from '../plain-pdf.ts';
import { signedWith } from '../signing.ts';
import {
  addAnnotation,
  edit,
  editCatalog,
  firstPage,
  form,
  patched,
  revised,
} from '../tampering.ts';
import type { BenignRevision, BenignRow } from './revision.ts';

const once = async (): Promise<Uint8Array> => (await makeTarget('signed')).bytes;

const benign = (
  row: BenignRow,
  name: string,
  make: () => Promise<Uint8Array>,
  beyondPyhanko?: string,
): BenignRevision => ({
  row,
  name,
  make,
  ...(beyondPyhanko === undefined ? {} : { beyondPyhanko }),
});

/** The value alone, with a fresh appearance, or with the appearance changed where it stands. */
function filled(bytes: Uint8Array, appearance: 'none' | 'fresh' | 'in place'): Uint8Array {
  return revised(bytes, (update) => {
    const drawn = form(140, 20, 'BT /H 11 Tf (900) Tj ET');
    if (appearance === 'in place') update.set(ref(parts.appearance), drawn);
    edit(update, ref(parts.amount), {
      V: textString('900'),
      ...(appearance === 'fresh' ? { AP: dict({ N: update.add(drawn) }) } : {}),
    });
  });
}

const free = firstFreeObject(1);

/** A tagged document with one paragraph. */
export const tagged = plainPdf({
  catalog: `/AcroForm ${free + 3} 0 R /MarkInfo << /Marked true >> /StructTreeRoot ${free} 0 R`,
  objects: [
    `<< /Type /StructTreeRoot /K [${free + 1} 0 R] /ParentTree ${free + 2} 0 R /ParentTreeNextKey 1 >>`,
    `<< /Type /StructElem /S /P /P ${free} 0 R /Pg 4 0 R /K 0 >>`,
    `<< /Nums [0 [${free + 1} 0 R]] >>`,
    '<< /Fields [] >>',
  ],
});

/** A signature field with its element in a later revision; `words`: text that readers hear instead. */
export function structureExtended(signed: Uint8Array, words?: string): Uint8Array {
  return revised(signed, (update, document) => {
    const widget = addAnnotation(
      update,
      document,
      dict({
        ...{ Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig'), T: textString('Ola') },
        ...{ Rect: [0, 0, 0, 0], F: 132, P: firstPage(document), StructParent: 1 },
      }),
      true,
    );
    const element = update.add(
      dict({
        Type: name('StructElem'),
        S: name('Form'),
        P: ref(free),
        ...(words === undefined ? {} : { ActualText: textString(words) }),
        K: dict({ Type: name('OBJR'), Obj: widget, Pg: firstPage(document) }),
      }),
    );
    edit(update, ref(free), { K: [ref(free + 1), element], ParentTreeNextKey: 2 });
    edit(update, ref(free + 2), { Nums: [0, [ref(free + 1)], 1, element] });
  });
}

const xmp =
  '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>';
const metadata = (text: string) =>
  stream(dict({ Type: name('Metadata'), Subtype: name('XML'), Length: text.length }), latin1(text));

const noStructure = 'its rules know no change of the structure tree';

export const editing: readonly BenignRevision[] = [
  benign('filling', 'the value alone', async () => filled(await once(), 'none')),
  benign('filling', 'with an appearance of its own', async () => filled(await once(), 'fresh')),
  benign('filling', 'the appearance changed in place', async () =>
    filled(await once(), 'in place'),
  ),
  benign('filling', 'under P=2', async () =>
    filled(await signedWith(document, { certify: 2 }), 'in place'),
  ),
  benign('filling', 'under P=3', async () =>
    filled(await signedWith(document, { certify: 3 }), 'in place'),
  ),
  benign('filling', 'a field that a lock leaves open', async () =>
    filled(
      await signedWith(document, { lock: { action: 'Exclude', fields: ['amount'] } }),
      'in place',
    ),
  ),
  benign('filling', 'filled in, and signed by another', async () =>
    signedWith(filled(await once(), 'in place')),
  ),
  benign('filling', 'a font added to the resources of the form', async () =>
    revised(await once(), (update) =>
      edit(update, ref(parts.form), {
        DR: dict({ Font: dict({ H: ref(parts.font), ZaDb: dict({ Type: name('Font') }) }) }),
      }),
    ),
  ),
  benign('metadata', 'metadata for the first time', async () =>
    editCatalog(await once(), (update) => ({ Metadata: update.add(metadata(xmp)) })),
  ),
  benign('metadata', 'other metadata in the place of the old', async () => {
    const before = revised(document, (update, { catalogRef }) =>
      edit(update, catalogRef, { Metadata: update.add(metadata(xmp)) }),
    );
    return editCatalog(await signedWith(before), (update) => ({
      Metadata: update.add(metadata(xmp.replace('begin=""', 'begin=" "'))),
    }));
  }),
  benign(
    'metadata',
    'information about the document, and another changing identifier',
    async () => {
      const bytes = revised(await once(), (update) =>
        update.add(
          dict({ Producer: textString('Another'), ModDate: textString('D:20270101000000Z') }),
        ),
      );
      // The trailer of the new revision names it and changes the second identifier.
      return patched(bytes, (text) => {
        const at = text.lastIndexOf('trailer');
        const number = Number(/\/Size (\d+)/.exec(text.slice(at))?.[1]) - 1;
        return `${text.slice(0, at)}${text.slice(at).replace('/Root', `/Info ${number} 0 R /Root`)}`;
      });
    },
  ),
  benign('metadata', 'objects rewritten as they were', async () =>
    revised(await once(), (update, document) => {
      for (const number of [
        parts.catalog,
        parts.pages,
        parts.font,
        parts.page,
        parts.content,
        parts.form,
      ])
        update.set(ref(number), document.resolve(ref(number)));
    }),
  ),
  benign('metadata', 'a revision without anything', async () =>
    revised(await once(), () => undefined),
  ),
  benign(
    'structure',
    'an element for the new widget',
    async () => structureExtended(await signedWith(tagged)),
    noStructure,
  ),
  benign(
    'structure',
    'an element, and a signature after it',
    async () => signedWith(structureExtended(await signedWith(tagged))),
    noStructure,
  ),
];
