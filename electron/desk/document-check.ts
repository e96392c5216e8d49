/** The check before signing, with what the core alone cannot see: words under something that hides them. */
import { ok, type Result } from '../../shared/result.ts';
import type { DocumentFindings } from '../../shared/document.ts';
import { coversText } from '../adapters/pdf-text.ts';
import { coverings } from '../core/pdf/covering.ts';
import type { PdfDocument } from '../core/pdf/document.ts';
import { inspectPdf } from '../core/pdf/inspect.ts';

export async function checked(document: PdfDocument): Promise<Result<DocumentFindings>> {
  const findings = inspectPdf(document);
  if (!findings.ok) return findings;
  const covering = coverings(document);
  if (covering.length === 0 || !(await coversText(document.source, covering))) return findings;
  const { hidden } = findings.value;
  return ok({ ...findings.value, hidden: [...hidden, 'hidden.covered-text'] });
}
