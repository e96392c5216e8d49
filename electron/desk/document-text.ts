/** Makes what stands in a document searchable, in the background after the import. In the worker. */
import { ok, type Result } from '../../shared/result.ts';
import { pdfText } from '../adapters/pdf-text.ts';
import type { Act, Desk } from './desk.ts';

export async function indexDocument(
  desk: Desk,
  input: { readonly job: string; readonly document: string },
  act: Act,
): Promise<Result<null>> {
  const source = desk.archive.source(input.document, 0);
  // Removed from its job in the meantime: there is nothing to find.
  if (!source.ok) return ok(null);
  try {
    const text = await pdfText(source.value, (done, total) =>
      act.progress({ step: 'text', done, total }),
    );
    if (text.trim() !== '') desk.archive.indexText(input.job, input.document, text);
    return ok(null);
  } finally {
    source.value.close();
  }
}
