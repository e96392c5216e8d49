/**
 * The pages of a draft's documents in another order: new documents are made of pages of the old ones, and
 * take their place in one step. The old ones stay in the archive, so that it can be undone. In the worker.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import {
  arrangedFields,
  arrangementProblem,
  pagesInWords,
  untouched,
  wholeOf,
  type ArrangedDocument,
  type Placed,
} from '../../shared/job/arrange.ts';
import type { JobCommand } from '../../shared/job/command.ts';
import type { Job, JobDocument } from '../../shared/job/job.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { arrangePages } from '../adapters/arrange-pages.ts';
import type { RevisionSource, StagedDocument } from '../archive/archive.ts';
import { memorySource } from '../core/pdf/objects.ts';
import { openPdf } from '../core/pdf/open.ts';
import type { PdfDocument } from '../core/pdf/document.ts';
import { draftOr, jobOr, perform, type Act, type Desk } from './desk.ts';
import { checked } from './document-check.ts';
import { maxPages } from './documents.ts';
import { refuseNationalId } from './national-id.ts';

type Input = Omit<ParsedOf<'document.arrange'>, 'task' | 'flatten'> & {
  readonly flatten?: boolean;
};
type Output = { readonly version: number; readonly documents: readonly JobDocument[] };

export async function arrangeDocuments(
  desk: Desk,
  input: Input,
  act: Act,
): Promise<Result<Output>> {
  const draft = draftOr(desk, input.job);
  if (!draft.ok) return draft;
  const job = draft.value;
  if (job.version !== input.version)
    return fail('job.moved', 'The job has changed since it was loaded.', { version: job.version });
  const results = input.documents;
  const problem = arrangementProblem(results, job.documents);
  if (problem !== null) return fail(problem, 'The documents cannot be arranged so.');
  for (const { title, pages } of results) {
    const refused = refuseNationalId(title, 'documentTitle');
    if (refused !== null) return refused;
    if (pages.length > maxPages)
      return fail('document.too-many-pages', `A document has at most ${maxPages} pages.`, {
        pages: pages.length,
      });
  }
  const kept = new Set(results.map((one) => untouched(one, job.documents)?.id));
  const changed = job.documents.filter(({ id }) => !kept.has(id));
  if (changed.some(({ findings }) => findings.signatures > 0 || findings.certified !== null))
    return fail('document.signed', 'The pages of a signed file cannot be moved.');
  const sources = createSources(desk);
  const staged: StagedDocument[] = [];
  try {
    const made: JobDocument[] = [];
    const total = results.reduce((sum, { pages }) => sum + pages.length, 0);
    let done = 0;
    for (const result of results) {
      const same = untouched(result, job.documents);
      const tell = (within: number) =>
        act.progress({ step: 'arrange', done: done + within, total: total + 1 });
      const one = same === null ? await make(desk, job, result, input, sources, tell, act) : null;
      if (one !== null && !one.ok) return undone(desk, staged, one);
      if (one !== null) staged.push(one.value.staged);
      made.push(one === null ? { ...(same as JobDocument) } : one.value.document);
      done += result.pages.length;
    }
    const placed = results.map((one, index): Placed => ({ ...one, id: made[index]?.id ?? '' }));
    const fields = arrangedFields(job.spec.fields, placed, job.documents);
    const stored = perform(
      desk,
      input.job,
      act.actor,
      [
        ...changed.map(({ id }): JobCommand => ({ type: 'remove-document', document: id })),
        ...made
          .filter(({ id }) => !kept.has(id))
          .map((document): JobCommand => ({ type: 'add-document', document })),
        {
          type: 'edit',
          spec: { ...job.spec, fields },
          titles: Object.fromEntries(placed.map(({ id, title }) => [id, title])),
          order: made.map(({ id }) => id),
        },
      ],
      {
        on: job,
        documents: staged,
        outbox: staged.map(({ id }) => ({ topic: 'text', body: { job: input.job, document: id } })),
      },
    );
    if (!stored.ok) return undone(desk, staged, stored);
    return ok({ version: stored.value.version, documents: stored.value.documents });
  } catch (error) {
    // Cancelled, or a full disk.
    undone(desk, staged, null);
    throw error;
  } finally {
    sources.close();
  }
}

function undone<T>(desk: Desk, staged: readonly StagedDocument[], result: T): T {
  for (const one of staged) desk.archive.unstage(one);
  return result;
}

interface Sources {
  open(document: string): Result<PdfDocument>;
  close(): void;
}

/** Each file is opened once, and read where it lies. */
function createSources(desk: Desk): Sources {
  const files: RevisionSource[] = [];
  const open = new Map<string, PdfDocument>();
  return {
    open(document) {
      const known = open.get(document);
      if (known !== undefined) return ok(known);
      const source = desk.archive.source(document, 0);
      if (!source.ok) return source;
      files.push(source.value);
      const pdf = openPdf(source.value, { repair: 'strict' });
      if (pdf.ok) open.set(document, pdf.value);
      return pdf;
    },
    close: () => files.forEach((file) => file.close()),
  };
}

async function make(
  desk: Desk,
  job: Job,
  result: ArrangedDocument,
  input: Input,
  sources: Sources,
  tell: (within: number) => void,
  act: Act,
): Promise<Result<{ readonly staged: StagedDocument; readonly document: JobDocument }>> {
  const parts = [];
  for (const { document, page, turn } of result.pages) {
    const opened = sources.open(document);
    if (!opened.ok) return opened;
    parts.push({ document: opened.value, page, turn });
  }
  const whole = wholeOf(result.pages, job.documents) !== null;
  const id = desk.random.bytes(16);
  const flatten = input.flatten === true;
  const bytes = await arrangePages(parts, { whole, flatten, id, tell });
  if (!bytes.ok) return bytes;
  const source = memorySource(bytes.value);
  const opened = openPdf(source, { repair: 'strict' });
  if (!opened.ok) return opened;
  const findings = await checked(opened.value);
  if (!findings.ok) return findings;
  const staged = desk.archive.stage(input.job, source, act.progress);
  if (!staged.ok) return staged;
  const used = [...new Set(result.pages.map(({ document }) => document))]
    .map((one) => job.documents.find((each) => each.id === one))
    .filter((one) => one !== undefined);
  const [first] = used;
  const title = result.title.trim() === '' ? (first?.title ?? '') : result.title;
  const original = used.length === 1 ? first?.original : undefined;
  return ok({
    staged: staged.value,
    document: {
      ...staged.value,
      ...{ title, fileName: used.length === 1 ? (first?.fileName ?? '') : `${title}.pdf` },
      findings: findings.value,
      ...(original === undefined ? {} : { original }),
      from: used.map((one) => ({
        ...{ document: one.id, name: one.fileName, sha256: one.sha256 },
        pages: pagesInWords(result.pages.filter(({ document }) => document === one.id)),
        ...(one.original === undefined ? {} : { original: one.original }),
      })),
    },
  });
}

/** Several documents of the job become one, in the order given, where the first of them stood. */
export async function mergeDocuments(
  desk: Desk,
  input: {
    readonly job: string;
    readonly flatten: boolean;
    readonly documents: readonly string[];
    readonly title: string;
  },
  act: Act,
): Promise<Result<{ version: number; document: JobDocument }>> {
  const job = jobOr(desk, input.job);
  if (!job.ok) return job;
  const { documents, version } = job.value;
  const parts = input.documents.map((id) => documents.find((one) => one.id === id));
  const known = parts.filter((part) => part !== undefined);
  if (known.length !== parts.length || new Set(input.documents).size !== parts.length)
    return fail('document.unknown', 'The job holds no such document.');
  const pagesOf = ({ id, findings }: JobDocument) =>
    Array.from({ length: findings.pageCount }, (_, page) => ({
      document: id,
      page,
      turn: 0 as const,
    }));
  const title = input.title.trim() === '' ? (known[0]?.title ?? '') : input.title;
  const merged = { title, pages: known.flatMap(pagesOf) };
  const at = documents.findIndex(({ id }) => input.documents.includes(id));
  const rest = documents
    .filter(({ id }) => !input.documents.includes(id))
    .map((one) => ({ title: one.title, pages: pagesOf(one) }));
  const before = documents.slice(0, at).length;
  const results = rest.toSpliced(before, 0, merged);
  const arranged = await arrangeDocuments(
    desk,
    { job: input.job, version, documents: results, flatten: input.flatten },
    act,
  );
  if (!arranged.ok) return arranged;
  const document = arranged.value.documents[before];
  if (document === undefined) throw new Error('the merged document is missing');
  return ok({ version: arranged.value.version, document });
}
