/** The check before signing: what a document is and carries, in codes that the window puts in words. */
import type { DocumentFindings, PageGeometry } from '../../../shared/document.ts';
import type { Result } from '../../../shared/result.ts';
import { attempt } from '../../../shared/result.ts';
import { inherited, signatureFields } from '../verify/field-tree.ts';
import { certification } from '../verify/policy.ts';
import type { PdfDocument } from './document.ts';
import { hiddenContent } from './hidden-content.ts';
import { misplacedObjects } from './misplaced-objects.ts';
import { walkObjects } from './object-graph.ts';
import { isDict } from './objects.ts';
import { pdfaClaim } from './pdfa-claim.ts';

/** Pages whose geometry goes along. */
const PAGES = 5000;

/**
 * Inspects a document without decoding its pages. Reads each object once (at most
 * `limits.inspectObjects`), so it belongs in a worker for large files.
 *
 * Failures: `pdf.damaged` (a document opened with `repair: 'strict'` only), `pdf.no-pages`, `pdf.limit`.
 */
export function inspectPdf(document: PdfDocument): Result<DocumentFindings> {
  return attempt(() => {
    const pageCount = document.pageCount();
    const pages: PageGeometry[] = [];
    for (let index = 0; index < Math.min(pageCount, PAGES); index++)
      pages.push(document.page(index).geometry);
    const graph = walkObjects(document);
    const fields = signatureFields(document);
    const values = fields.map((field) => inherited(document, field.dict, 'V'));
    const hidden = hiddenContent(document, graph);
    const codes = new Set(document.anomalies.map((one) => one.code));
    if (graph.orphans > 0) codes.add('structure.orphaned-objects');
    if (misplacedObjects(document).length > 0) codes.add('structure.objects-misplaced');
    return {
      pageCount,
      pages,
      pdfVersion: document.version,
      pdfa: pdfaClaim(document),
      encrypted: document.encryption !== null,
      signatures: values.filter((value) => value !== null).length,
      certified: certifiedLevel(document),
      emptySignatureFields: fields
        .filter((_, index) => values[index] === null)
        .map((field) => field.name),
      hidden,
      anomalies: [...codes],
    };
  });
}

/** ISO 32000-2, 12.8.6: the signature that /Perms /DocMDP names certifies the document. */
function certifiedLevel(document: PdfDocument): DocumentFindings['certified'] {
  const permissions = document.dictEntry(document.catalog, 'Perms');
  const signature = permissions && document.entry(permissions, 'DocMDP');
  // A certification without a readable DocMDP reference counts with the default level.
  return signature !== null && isDict(signature) ? (certification(document, signature) ?? 2) : null;
}
