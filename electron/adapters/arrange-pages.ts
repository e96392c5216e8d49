/** Pages of documents as a document of their own, before anyone signs: what is left out is really gone. */
import { PDFArray, PDFContext, PDFHexString, PDFName, PDFWriter } from 'pdf-lib';
import type { PDFDict, PDFRef } from 'pdf-lib';
import { Refusal, attemptAsync, type Result } from '../../shared/result.ts';
import type { PdfDocument } from '../core/pdf/document.ts';
import { isDict, isRef, type PdfDict } from '../core/pdf/objects.ts';
import { pdfaClaim } from '../core/pdf/pdfa-claim.ts';
import { createCopier, flatPage, type Copier } from './copy-objects.ts';
import { drawFlattened, withoutWidgets } from './flatten-fields.ts';

export interface PagePart {
  readonly document: PdfDocument;
  /** 0-based. */
  readonly page: number;
  /** Degrees clockwise, a multiple of 90. */
  readonly turn: number;
}

export interface ArrangeOptions {
  /** All pages of one document: its form, tags, bookmarks and attachments stay. */
  readonly whole: boolean;
  /** Form fields become fixed where the form cannot stay; without it they are refused. */
  readonly flatten: boolean;
  /** Identifier of the new file, 16 bytes. */
  readonly id: Uint8Array;
  /** Throwing from it ends the work. */
  readonly tell: (done: number, total: number) => void;
}

/** What a part of one file keeps of its catalog: what it looks like, and what it claims to be. */
const kept = ['Lang', 'ViewerPreferences', 'OutputIntents', 'OCProperties', 'Metadata'];

/** `document.form`: fields would be fixed; `document.layers`: layers of several files cannot be one. */
export async function arrangePages(
  parts: readonly PagePart[],
  options: ArrangeOptions,
): Promise<Result<Uint8Array>> {
  return attemptAsync(async () => {
    const context = PDFContext.create();
    const pagesRef = context.nextRef();
    const refs = parts.map(() => context.nextRef());
    const sources = [...new Set(parts.map(({ document }) => document))];
    if (sources.length > 1 && sources.some((one) => one.catalog.entries.has('OCProperties')))
      throw new Refusal('document.layers', 'A file with layers cannot be joined with another.');
    let done = 0;
    const tell = () => options.tell(done, parts.length);
    const copiers = new Map<PdfDocument, Copier>();
    for (const document of sources) {
      const standIns = pageStandIns(document, parts, refs);
      copiers.set(
        document,
        createCopier(context, document, (number) => standIns.get(number)),
      );
    }
    for (const [index, part] of parts.entries()) {
      const copier = copiers.get(part.document);
      const ref = refs[index];
      if (copier === undefined || ref === undefined) continue;
      const copy = pageOf(part, copier, context, options);
      copy.set(PDFName.of('Parent'), pagesRef);
      context.assign(ref, copy);
      copier.finish(tell);
      done += 1;
      tell();
    }
    const kids = PDFArray.withContext(context);
    for (const ref of refs) kids.push(ref);
    context.assign(pagesRef, context.obj({ Type: 'Pages', Count: refs.length, Kids: kids }));
    const [first] = sources;
    const only = sources.length === 1 ? first : undefined;
    const catalog = catalogOf(only, copiers, options.whole) ?? context.obj({ Type: 'Catalog' });
    catalog.set(PDFName.of('Pages'), pagesRef);
    context.trailerInfo.Root = context.register(catalog);
    const info = only?.trailer.entries.get('Info');
    const copier = only === undefined ? undefined : copiers.get(only);
    if (copier !== undefined && isRef(info) && isDict(only?.resolve(info)))
      context.trailerInfo.Info = copier.refFor(info.number);
    for (const each of copiers.values()) each.finish(tell);
    const id = PDFHexString.of(Buffer.from(options.id).toString('hex'));
    context.trailerInfo.ID = context.obj([id, id]);
    return PDFWriter.forContext(context, 1000).serializeToBuffer();
  });
}

/** By object number: the pages that come along where they are now; other pages, and the page tree, nowhere. */
function pageStandIns(
  document: PdfDocument,
  parts: readonly PagePart[],
  refs: readonly PDFRef[],
): ReadonlyMap<number, PDFRef | null> {
  const standIns = new Map<number, PDFRef | null>();
  const chosen = new Map<number, PDFRef>();
  for (const [index, part] of parts.entries()) {
    const ref = refs[index];
    if (part.document === document && ref !== undefined) chosen.set(part.page, ref);
  }
  const count = document.pageCount();
  for (let index = 0; index < count; index++) {
    const { ref, dict } = document.page(index);
    if (ref !== null) standIns.set(ref.number, chosen.get(index) ?? null);
    for (let up = dict.entries.get('Parent'); isRef(up) && !standIns.has(up.number);) {
      standIns.set(up.number, null);
      const parent = document.resolve(up);
      up = isDict(parent) ? parent.entries.get('Parent') : undefined;
    }
  }
  return standIns;
}

function pageOf(
  { document, page: index, turn }: PagePart,
  copier: Copier,
  context: PDFContext,
  { whole, flatten }: ArrangeOptions,
): PDFDict {
  const page = document.page(index);
  const entries = new Map(flatPage(document, page).entries);
  entries.set('Rotate', (page.geometry.rotate + turn) % 360);
  // Threads of articles lead to pages that may be gone.
  entries.delete('B');
  if (whole) return copier.dictOf({ kind: 'dict', entries }, ['Parent']);
  // Without the tree of tags there is nothing that this could be the place of.
  entries.delete('StructParents');
  const { rest, widgets } = withoutWidgets(document, page);
  if (widgets.length > 0 && !flatten)
    throw new Refusal('document.form', 'The file has form fields, which would be fixed.');
  if (rest === null) entries.delete('Annots');
  else entries.set('Annots', rest);
  const copy = copier.dictOf({ kind: 'dict', entries }, ['Parent']);
  if (widgets.length > 0) drawFlattened({ document, page, widgets, copy, copier, context });
  return copy;
}

function catalogOf(
  document: PdfDocument | undefined,
  copiers: ReadonlyMap<PdfDocument, Copier>,
  whole: boolean,
): PDFDict | null {
  const copier = document === undefined ? undefined : copiers.get(document);
  if (document === undefined || copier === undefined) return null;
  if (whole) return copier.dictOf(document.catalog, ['Pages']);
  // Level A promises tags, and the tree of tags stays behind.
  const claimsTags = pdfaClaim(document)?.endsWith('a') === true;
  const entries = [...document.catalog.entries].filter(
    ([key]) => key === 'Type' || (kept.includes(key) && !(key === 'Metadata' && claimsTags)),
  );
  const part: PdfDict = { kind: 'dict', entries: new Map(entries) };
  return copier.dictOf(part);
}
