/** The evidence for people, to be printed at the desk: what an export lays beside the documents, on paper. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { paperFonts } from '../adapters/fonts.ts';
import { toHex } from '../core/pades/sign.ts';
import { saveAsPdfA } from '../paper/pdfa.ts';
import { proofPages } from '../paper/proof-pages.ts';
import { jobOr, type Desk } from './desk.ts';
import { paperLook } from './office-look.ts';
import { proofOf } from './proof-of.ts';

/** Of a job that has ended, PDF/A-2b; never sealed: ink carries no seal. In the worker. */
export async function printedProof(
  desk: Desk,
  input: ParsedOf<'job.proof'>,
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>> {
  const found = jobOr(desk, input.job);
  if (!found.ok) return found;
  const job = found.value;
  if (['draft', 'open', 'at-service'].includes(job.state))
    return fail('job.state', 'The job is in another state.', { state: job.state });
  const files = job.documents.map((_, index) => `document-${index + 1}.pdf`);
  const content = proofOf(desk, job, { files, evidenceSha256: null, seal: null });
  const fonts = paperFonts();
  const pages = await proofPages(content, fonts, paperLook(desk));
  const bytes = await saveAsPdfA(pages, {
    ...{ part: 2, title: `${content.label}: ${content.title}`, language: content.language },
    ...{ time: desk.clock.now(), id: toHex(desk.random.bytes(16)) },
    about: job.revisions.map(({ document, sha256 }) => ({
      name: files[job.documents.findIndex(({ id }) => id === document)] ?? document,
      sha256,
    })),
  });
  return ok({ name: 'signeringsbevis.pdf', bytes });
}
