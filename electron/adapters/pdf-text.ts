/** The words of a PDF, by pdf.js: what the windows show is what the search finds. */
import {
  getDocument,
  PDFDataRangeTransport,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
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
    const pages = Math.min(document.numPages, maxPages);
    const parts: string[] = [];
    let length = 0;
    for (let number = 1; number <= pages && length < maxLength; number++) {
      progress(number - 1, pages);
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ('str' in item ? item.str : '')).join(' ');
      page.cleanup();
      parts.push(text);
      length += text.length;
    }
    return parts.join('\n').slice(0, maxLength);
  } catch (error) {
    if (error instanceof Error && pdfErrors.has(error.name)) return '';
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
