/** What somebody does to a signed file afterwards: revisions by our own writer, and bytes by hand. */
import type { PdfDocument, PdfUpdate } from '../../electron/core/pdf/document.ts';
import { beginUpdate } from '../../electron/core/pdf/update.ts';
import { dict, isDict, isRef, latin1, stream } from '../../electron/core/pdf/objects.ts';
import type { PdfDict, PdfObject, PdfRef, PdfStream } from '../../electron/core/pdf/objects.ts';
import { appended, opened } from './signing.ts';

/** The file with one more revision, made by `change`. */
export function revised(
  bytes: Uint8Array,
  change: (update: PdfUpdate, document: PdfDocument) => void,
): Uint8Array {
  const document = opened(bytes);
  const update = beginUpdate(document);
  change(update, document);
  return appended(bytes, update.build().tail);
}

/** A dictionary with other entries; `undefined` takes one away. */
export function withEntries(
  dictionary: PdfDict,
  entries: Readonly<Record<string, PdfObject | undefined>>,
): PdfDict {
  const changed = new Map(dictionary.entries);
  for (const [key, value] of Object.entries(entries))
    if (value === undefined) changed.delete(key);
    else changed.set(key, value);
  return { kind: 'dict', entries: changed };
}

/** Changes the dictionary behind a reference. */
export function edit(
  update: PdfUpdate,
  target: PdfObject | undefined,
  entries: Readonly<Record<string, PdfObject | undefined>>,
): void {
  if (!isRef(target)) throw new Error('only an indirect object can be edited');
  const value = update.current(target);
  if (!isDict(value)) throw new Error('no dictionary stands there');
  update.set(target, withEntries(value, entries));
}

export function editCatalog(
  bytes: Uint8Array,
  entries: (update: PdfUpdate, document: PdfDocument) => Record<string, PdfObject | undefined>,
): Uint8Array {
  return revised(bytes, (update, document) =>
    edit(update, document.catalogRef, entries(update, document)),
  );
}

/** The first page's reference. */
export function firstPage(document: PdfDocument): PdfRef {
  const { ref } = document.page(0);
  if (ref === null) throw new Error('the page is a direct object');
  return ref;
}

export function editPage(
  bytes: Uint8Array,
  entries: (update: PdfUpdate, document: PdfDocument) => Record<string, PdfObject | undefined>,
): Uint8Array {
  return revised(bytes, (update, document) =>
    edit(update, firstPage(document), entries(update, document)),
  );
}

/** Puts an annotation on the first page, and where it is a field into the form too. */
export function addAnnotation(
  update: PdfUpdate,
  document: PdfDocument,
  annotation: PdfDict,
  isField = false,
): PdfRef {
  const ref = update.add(annotation);
  const page = document.page(0);
  const annots = document.arrayEntry(page.dict, 'Annots') ?? [];
  edit(update, firstPage(document), { Annots: [...annots, ref] });
  if (isField) {
    const form = document.catalog.entries.get('AcroForm');
    const fields = document.arrayEntry(
      document.dictEntry(document.catalog, 'AcroForm') ?? dict({}),
      'Fields',
    );
    edit(update, form, { Fields: [...(fields ?? []), ref] });
  }
  return ref;
}

/** A form XObject of that size with that content. */
export function form(width: number, height: number, content: string): PdfStream {
  return stream(
    dict({
      Type: { kind: 'name', value: 'XObject' },
      Subtype: { kind: 'name', value: 'Form' },
      BBox: [0, 0, width, height],
      Length: content.length,
    }),
    latin1(content),
  );
}

/** The file as text, one char per byte, edited and as bytes again; the length may not change. */
export function patched(bytes: Uint8Array, edits: (text: string) => string): Uint8Array {
  const text = edits(Buffer.from(bytes).toString('latin1'));
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** Writes another /ByteRange into the last signature, in the room of the old one. */
export function withByteRange(bytes: Uint8Array, change: (range: number[]) => string): Uint8Array {
  return patched(bytes, (text) => {
    const at = text.lastIndexOf('/ByteRange');
    const match = /^\/ByteRange ?(\[([\d ]+)\] *)/.exec(text.slice(at));
    if (match?.[1] === undefined || match[2] === undefined) throw new Error('no byte range');
    const old = match[1];
    const fresh = change(match[2].trim().split(/ +/).map(Number));
    if (fresh.length > old.length) throw new Error('the new byte range is too long');
    const from = at + match[0].length - old.length;
    return text.slice(0, from) + fresh.padEnd(old.length, ' ') + text.slice(from + old.length);
  });
}
