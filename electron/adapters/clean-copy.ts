/**
 * A clean copy of a damaged (or encrypted) document, made before anyone signs: only what the catalog and
 * the information dictionary reach goes along (`copy-objects.ts`).
 */
import { PDFContext, PDFName, PDFWriter } from 'pdf-lib';
import type { PDFRef } from 'pdf-lib';
import { Refusal, attemptAsync } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { PdfDocument } from '../core/pdf/document.ts';
import { isDict, isRef } from '../core/pdf/objects.ts';
import { createCopier, flatPage, hasSignature } from './copy-objects.ts';

/**
 * Bytes of the copy. Refuses `pdf.signed-damaged` where a signature would be destroyed (a signed file
 * can't be mended), `pdf.beyond-repair` where no page is left.
 */
export async function cleanCopy(document: PdfDocument): Promise<Result<Uint8Array>> {
  return attemptAsync(async () => {
    if (hasSignature(document))
      throw new Refusal(
        'pdf.signed-damaged',
        'The file is signed: a clean copy would destroy its signatures.',
      );
    const pageCount = pageCountOf(document);
    if (pageCount === 0) throw new Refusal('pdf.beyond-repair', 'No page of the file can be read.');
    const context = PDFContext.create();
    const pagesRef = context.nextRef();
    const pageRefs = new Map<number, PDFRef>();
    const copier = createCopier(context, document, (number) => pageRefs.get(number));
    const pages = Array.from({ length: pageCount }, (_, index) => {
      const page = document.page(index);
      const ref = context.nextRef();
      // The first of a page that stands twice is the one that is referred to.
      if (page.ref !== null && !pageRefs.has(page.ref.number)) pageRefs.set(page.ref.number, ref);
      return { ref, flat: flatPage(document, page) };
    });
    for (const { ref, flat } of pages) {
      // A flat tree: a page says of itself what it inherited, and loops and lost counts are left behind.
      const copy = copier.dictOf(flat, ['Parent']);
      copy.set(PDFName.of('Parent'), pagesRef);
      context.assign(ref, copy);
    }
    const kids = pages.map(({ ref }) => ref);
    context.assign(pagesRef, context.obj({ Type: 'Pages', Count: kids.length, Kids: kids }));
    const catalog = copier.dictOf(document.catalog, ['Pages']);
    catalog.set(PDFName.of('Pages'), pagesRef);
    context.trailerInfo.Root = context.register(catalog);
    const info = document.trailer.entries.get('Info');
    if (isRef(info) && isDict(document.resolve(info)))
      context.trailerInfo.Info = copier.refFor(info.number);
    copier.finish();
    return new Uint8Array(await PDFWriter.forContext(context, 1000).serializeToBuffer());
  });
}

function pageCountOf(document: PdfDocument): number {
  try {
    return document.pageCount();
  } catch (error) {
    if (error instanceof Refusal) return 0;
    throw error;
  }
}
