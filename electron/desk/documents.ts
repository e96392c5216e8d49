/** Documents into a job: import with the check before signing. Runs in the worker. */
import { extname } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { JobDocument } from '../../shared/job/job.ts';
import type { DocumentFindings } from '../../shared/document.ts';
import { cleanCopy } from '../adapters/clean-copy.ts';
import { openFileSource } from '../adapters/file-source.ts';
import { fileKind, officeFormats, pictureFormats } from '../adapters/file-kind.ts';
import { imageToPdf } from '../adapters/image-to-pdf.ts';
import { addFields } from '../core/pades/add-fields.ts';
import { checked } from './document-check.ts';
import { openPdf } from '../core/pdf/open.ts';
import type { PdfDocument } from '../core/pdf/document.ts';
import { memorySource } from '../core/pdf/objects.ts';
import type { ByteSource, Hash } from '../core/ports.ts';
import type { StagedDocument } from '../archive/archive.ts';
import { jobOr, newId, perform, type Act, type Desk } from './desk.ts';
import { maskNationalIds } from './national-id.ts';
import { convertOffice } from './office-files.ts';
import { convertPicture } from './pictures.ts';

export interface ImportInput {
  readonly job: string;
  /** Where the upload lies. */
  readonly path: string;
  readonly name: string;
  readonly password?: string;
  readonly repair?: boolean;
}

/** DOMAIN, a job: bounded by the machine. */
export const maxPages = 5000;

/** What a clean copy may help against. */
const mendable = new Set(['pdf.damaged', 'pdf.truncated']);

/** What will be stored as revision 0, and from what it was made when it is not the file as it came. */
interface Made {
  readonly source: ByteSource;
  readonly findings: DocumentFindings;
  readonly original?: JobDocument['original'];
}

export async function importDocument(
  desk: Desk,
  input: ImportInput,
  act: Act,
): Promise<Result<{ job: string; version: number; document: JobDocument }>> {
  const job = jobOr(desk, input.job);
  if (!job.ok) return job;
  if (job.value.state !== 'draft')
    return fail('job.state', 'The job is in another state.', { state: job.value.state });
  return withMade(desk, input, act, ({ source, ...made }) =>
    storeDocument(desk, act, input.job, source, (staged) => describe(staged, input.name, made)),
  );
}

/**
 * The same for a job that is not made yet: the file is in the archive's folder, and no row names it until
 * the caller appends what is answered here, with the text it is to be searched by.
 */
export async function stageDocument(
  desk: Desk,
  input: ImportInput,
  act: Act,
): Promise<Result<{ staged: StagedDocument; document: JobDocument }>> {
  return withMade(desk, input, act, ({ source, ...made }) => {
    const staged = desk.archive.stage(input.job, source, act.progress);
    if (!staged.ok) return staged;
    return ok({ staged: staged.value, document: describe(staged.value, input.name, made) });
  });
}

async function withMade<T>(
  desk: Desk,
  input: ImportInput,
  act: Act,
  use: (made: Made) => Result<T>,
): Promise<Result<T>> {
  const file = openFileSource(input.path);
  if (!file.ok) return file;
  try {
    const made = await make(desk, file.value, input, act);
    if (!made.ok) return made;
    const { findings } = made.value;
    if (findings.certified === 1)
      return fail('document.certified', 'The file is certified against any change.');
    if (findings.pageCount > maxPages)
      return fail('document.too-many-pages', `A document has at most ${maxPages} pages.`, {
        pages: findings.pageCount,
      });
    return use(made.value);
  } finally {
    file.value.close();
  }
}

/** A name is text and nothing else: no control characters, and none that turn the reading around. */
const misleading = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** As people write it, whichever system it comes from: one sign for a letter and its accent. */
function nameOf(name: string): string {
  return maskNationalIds(name.normalize('NFC').replace(misleading, '').toWellFormed());
}

/** Between letters as people see them: an emoji is whole or gone. */
function cut(text: string, most: number): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('nb').segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

function describe(
  staged: StagedDocument,
  name: string,
  { findings, original }: Omit<Made, 'source'>,
): JobDocument {
  const fileName = nameOf(name);
  const described = { ...staged, title: titleOf(fileName), fileName, findings };
  return original === undefined ? described : { ...described, original };
}

async function make(
  desk: Desk,
  file: ByteSource,
  input: ImportInput,
  act: Act,
): Promise<Result<Made>> {
  if (file.length === 0) return fail('file.empty', 'The file is empty.');
  const kind = fileKind(file, input.name);
  if (!kind.ok) return kind;
  const taken = (pdf: Result<Uint8Array>, media: string) =>
    pdf.ok ? converted(desk, file, pdf.value, media, input, act) : pdf;
  if (kind.value.type === 'image') {
    const { media } = kind.value;
    return taken(await imageToPdf(file.read(0, file.length), media), media);
  }
  if (kind.value.type === 'picture') {
    const { format } = kind.value;
    return taken(await convertPicture(desk, file, format, act), pictureFormats[format].media);
  }
  if (kind.value.type === 'office') {
    const { format } = kind.value;
    return taken(await convertOffice(desk, file, format, act), officeFormats[format]);
  }
  act.progress({ step: 'check', done: 0, total: 1 });
  const { password } = input;
  const options = password === undefined ? {} : { password };
  const strict = openSignable(desk, file, options);
  if (!strict.ok && (!mendable.has(strict.error.code) || input.repair !== true)) return strict;
  if (strict.ok && strict.value.encryption === null) return inspected(strict.value);
  // What an archive holds must open without a key that somebody may forget (DOMAIN, a job).
  if (strict.ok && password === undefined && input.repair !== true)
    return fail('document.encrypted', 'The file is encrypted; the archive keeps it in the clear.', {
      opensEmpty: strict.value.encryption?.opensEmpty ?? false,
    });
  const lenient = strict.ok ? strict : openPdf(file, { ...options, repair: 'allow' });
  if (!lenient.ok) return lenient;
  return fromCopy(desk, file, lenient.value, input, act);
}

/** Opened without repair, and such that a revision can be written after it: better to know it now. */
function openSignable(
  desk: Desk,
  file: ByteSource,
  options: { readonly password?: string },
): Result<PdfDocument> {
  const opened = openPdf(file, { ...options, repair: 'strict' });
  if (!opened.ok) return opened;
  const name = `Probe-${newId(desk)}`;
  const corner = { page: 0, x: 0, y: 0, width: 1, height: 1 };
  const tried = addFields(opened.value, [{ name, placement: corner }], {
    random: desk.random,
    fonts: desk.fonts(),
  });
  // What an earlier signature forbids is another matter, and said of the document as it is.
  return !tried.ok && tried.error.code === 'pdf.damaged' ? tried : opened;
}

async function fromCopy(
  desk: Desk,
  file: ByteSource,
  document: PdfDocument,
  input: ImportInput,
  act: Act,
): Promise<Result<Made>> {
  const copy = await cleanCopy(document);
  if (!copy.ok) return copy;
  const opened = openSignable(desk, memorySource(copy.value), {});
  if (!opened.ok) return fail('pdf.beyond-repair', 'The clean copy cannot be signed either.');
  const sha256 = hashOf(desk, file, act);
  return inspected(opened.value, {
    name: nameOf(input.name),
    type: 'application/pdf',
    sha256,
  });
}

function converted(
  desk: Desk,
  file: ByteSource,
  pdf: Uint8Array,
  type: string,
  input: ImportInput,
  act: Act,
): Promise<Result<Made>> | Result<Made> {
  const opened = openSignable(desk, memorySource(pdf), {});
  if (!opened.ok) return opened;
  const sha256 = hashOf(desk, file, act);
  return inspected(opened.value, { name: nameOf(input.name), type, sha256 });
}

/** The check before signing: what is found is shown before anybody is called. */
async function inspected(
  document: PdfDocument,
  original?: JobDocument['original'],
): Promise<Result<Made>> {
  const found = await checked(document);
  if (!found.ok) return found;
  const { source } = document;
  return ok({ source, findings: found.value, ...(original === undefined ? {} : { original }) });
}

function storeDocument(
  desk: Desk,
  act: Act,
  job: string,
  source: ByteSource,
  describe: (staged: { id: string; sha256: string; length: number }) => JobDocument,
): Result<{ job: string; version: number; document: JobDocument }> {
  const staged = desk.archive.stage(job, source, act.progress);
  if (!staged.ok) return staged;
  const { id, sha256, length } = staged.value;
  const document = describe({ id, sha256, length });
  const stored = perform(desk, job, act.actor, [{ type: 'add-document', document }], {
    documents: [staged.value],
    // In the same transaction: what stands in the job becomes searchable, whatever happens now.
    outbox: [{ topic: 'text', body: { job, document: id } }],
  });
  if (!stored.ok) {
    desk.archive.unstage(staged.value);
    return stored;
  }
  return ok({ job, version: stored.value.version, document });
}

/** The file's name without its ending, at most 80 characters. */
function titleOf(name: string): string {
  const words = name
    .slice(0, name.length - extname(name).length)
    .replaceAll('_', ' ')
    .trim();
  return cut(words.charAt(0).toLocaleUpperCase('nb') + words.slice(1), 80);
}

function hashOf(desk: Desk, source: ByteSource, act: Act): string {
  const hash = desk.crypto.hash('sha256') as Hash;
  const step = 4 * 1024 * 1024;
  for (let at = 0; at < source.length; at += step) {
    act.progress({ step: 'hash', done: at, total: source.length });
    hash.update(source.read(at, Math.min(step, source.length - at)));
  }
  return Buffer.from(hash.digest()).toString('hex');
}
