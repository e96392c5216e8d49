/** A verification report as PDF/A-2b: what a court can read, about the file with one SHA-256. */
import type { VerificationReport } from '../../shared/report.ts';
import type { FontFiles } from '../core/pdf/font.ts';
import type { Weight } from './letters.ts';
import { saveAsPdfA } from './pdfa.ts';
import { proofPages } from './proof-pages.ts';
import { reportContent } from './report-content.ts';
import type { ReportedFile } from './report-content.ts';

/** `id`: 16 bytes in hex, the identity of the PDF. */
export async function reportFile(
  report: VerificationReport,
  file: ReportedFile & { readonly id: string },
  fonts: Readonly<Record<Weight, FontFiles>>,
): Promise<Uint8Array> {
  const content = reportContent(report, file);
  const document = await proofPages(content, fonts);
  return saveAsPdfA(document, {
    ...{ part: 2, title: `${content.label}: ${content.title}`, language: content.language },
    ...{ time: new Date(file.at), id: file.id },
    about: [{ name: 'file', sha256: file.sha256 }],
  });
}
