/** Finds words, or marks like `{{sign:1}}`, in the documents of a job: where fields could stand. In the worker. */
import { findTags, findText } from '../../shared/anchor.ts';
import type { FieldTag, TextHit } from '../../shared/anchor.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { DocumentHits } from '../../shared/rpc/views-fields.ts';
import type { TextPlace } from '../../shared/text-places.ts';
import { pdfTextPlaces } from '../adapters/pdf-text.ts';
import { jobOr, type Act, type Desk } from './desk.ts';

/** Nobody looks through more; a word that stands so often is no place for a field. */
const mostHits = 500;

export async function findPlaces(
  desk: Desk,
  input: { readonly job: string; readonly text: string | null },
  act: Act,
): Promise<Result<DocumentHits>> {
  const found = jobOr(desk, input.job);
  if (!found.ok) return found;
  if (found.value.state !== 'draft') return fail('job.state', 'The job is no draft.');
  const hits: (TextHit & { document: string })[] = [];
  const tags: (FieldTag & { document: string })[] = [];
  for (const { id } of found.value.documents) {
    const read = await lookThrough(desk, id, act, (places, page) => {
      const { text } = input;
      if (hits.length + tags.length >= mostHits) return;
      const own = text === null ? [] : findText(places, page, text);
      hits.push(...own.map((hit) => ({ ...hit, document: id })));
      if (text === null)
        tags.push(...findTags(places, page).map((tag) => ({ ...tag, document: id })));
    });
    if (!read.ok) return read;
  }
  return ok({ hits: hits.slice(0, mostHits), tags: tags.slice(0, mostHits) });
}

/** Page by page as the document came; nothing where its text cannot be read. */
async function lookThrough(
  desk: Pick<Desk, 'archive'>,
  document: string,
  act: Act,
  see: (places: readonly TextPlace[], page: number) => void,
): Promise<Result<null>> {
  const source = desk.archive.source(document, 0);
  if (!source.ok) return source;
  try {
    await pdfTextPlaces(source.value, (places, page, pages) => {
      act.progress({ step: 'text', done: page, total: pages });
      see(places, page);
    });
    return ok(null);
  } finally {
    source.value.close();
  }
}
