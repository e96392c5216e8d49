/** The words of a PDF, by pdf.js: what the windows show is what the search finds. */
import {
  getDocument,
  PDFDataRangeTransport,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist';
import { isUnder, runBox } from '../../shared/text-box.ts';
import { placeOfRun } from '../../shared/text-places.ts';
import type { TextPlace, TextRun } from '../../shared/text-places.ts';
import type { Covering } from '../core/pdf/covering.ts';
import type { ByteSource } from '../core/ports.ts';

/** Enough to find a document by; a scanned archive of laws must not fill the index. */
const maxPages = 500;
const maxLength = 1_000_000;
const chunk = 256 * 1024;

/** Empty where pdf.js cannot read the file: a search that lacks one document is no failure. */
export async function pdfText(
  source: ByteSource,
  progress: (done: number, total: number) => void,
): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  await eachPage(source, async (page, done, pages) => {
    progress(done, Math.min(pages, maxPages));
    const { items } = await page.getTextContent();
    const text = items.map((item) => ('str' in item ? item.str : '')).join(' ');
    parts.push(text);
    length += text.length;
    return done + 1 < maxPages && length < maxLength;
  });
  return parts.join('\n').slice(0, maxLength);
}

/** Where the words of each page stand as it is displayed; false where pdf.js cannot read the file. */
export async function pdfTextPlaces(
  source: ByteSource,
  see: (places: readonly TextPlace[], page: number, pages: number) => void,
): Promise<boolean> {
  return eachPage(source, async (page, index, pages) => {
    const { items } = await page.getTextContent();
    const view = page.getViewport({ scale: 1 }).transform as readonly number[];
    const runs = items.filter((item): item is typeof item & TextRun => 'str' in item);
    see(
      runs.map((run) => placeOfRun(run, view)),
      index,
      pages,
    );
    return true;
  });
}

/** Whether words stand under one of these; what a form prints to be written on is no word. */
export async function coversText(
  source: ByteSource,
  coverings: readonly Covering[],
): Promise<boolean> {
  const last = coverings.reduce((most, { page }) => Math.max(most, page), 0);
  let isCovered = false;
  await eachPage(source, async (page, index) => {
    const boxes = coverings.filter((one) => one.page === index).map(({ box }) => box);
    if (boxes.length > 0) {
      const { items } = await page.getTextContent();
      const runs = items.filter((item): item is typeof item & TextRun => 'str' in item);
      isCovered = runs.some((run) => /[\p{L}\p{N}]/u.test(run.str) && isUnder(runBox(run), boxes));
    }
    return !isCovered && index < last;
  });
  return isCovered;
}

/** Page by page, until `visit` has seen enough; false for a file that cannot be read. */
async function eachPage(
  source: ByteSource,
  visit: (page: PDFPageProxy, index: number, pages: number) => Promise<boolean>,
): Promise<boolean> {
  const head = source.read(0, Math.min(chunk, source.length)).slice();
  const transport = new PDFDataRangeTransport(source.length, head);
  transport.requestDataRange = (begin, end) => {
    // In a later turn: pdf.js registers its reader after it has asked.
    setImmediate(() => transport.onDataRange(begin, source.read(begin, end - begin).slice()));
  };
  const task = getDocument({
    range: transport,
    rangeChunkSize: chunk,
    disableAutoFetch: true,
    disableStream: true,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const more = await visit(page, number - 1, document.numPages);
      page.cleanup();
      if (!more) break;
    }
    return true;
  } catch (error) {
    if (error instanceof Error && pdfErrors.has(error.name)) return false;
    throw error;
  } finally {
    await task.destroy();
  }
}

/** What pdf.js throws at a file; anything else is a bug or a cancelled task. */
const pdfErrors = new Set([
  'InvalidPDFException',
  'PasswordException',
  'FormatError',
  'UnknownErrorException',
  'ResponseException',
  'MissingPDFException',
  'UnexpectedResponseException',
]);
