/** Several PDFs as one, page after page. Made before anyone signs: a merged file carries no signature. */
import { PDFDocument } from 'pdf-lib';
import { fail, ok, type Result } from '../../shared/result.ts';

export async function mergePdfs(files: readonly Uint8Array[]): Promise<Result<Uint8Array>> {
  const merged = await PDFDocument.create();
  for (const [index, bytes] of files.entries()) {
    try {
      const document = await PDFDocument.load(bytes, { updateMetadata: false });
      const pages = await merged.copyPages(document, document.getPageIndices());
      for (const page of pages) merged.addPage(page);
    } catch {
      // pdf-lib tells of what it cannot read with plain errors.
      return fail('document.not-mergeable', 'A document cannot be merged.', { index });
    }
  }
  return ok(await merged.save({ useObjectStreams: false }));
}
