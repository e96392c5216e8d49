/** pdf.js, set up once: worker and helpers same-origin, nothing of a document may run. */
import { AnnotationMode, GlobalWorkerOptions, getDocument } from 'pdfjs-dist';
import type { PDFDocumentLoadingTask, PDFDataRangeTransport } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { rangeChunk } from './range-transport.ts';

GlobalWorkerOptions.workerSrc = workerUrl;

/** Forms and stamps are drawn as they stand in the file; no field is made live. */
export const drawnAnnotations = AnnotationMode.ENABLE;

const assets = (folder: string) => new URL(`./pdfjs/${folder}/`, document.baseURI).href;

/** Starts opening a document; scripts, XFA and prefetching are off. */
export function startLoading(
  transport: PDFDataRangeTransport,
  password?: string,
): PDFDocumentLoadingTask {
  return getDocument({
    range: transport,
    rangeChunkSize: rangeChunk,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    useSystemFonts: false,
    cMapUrl: assets('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: assets('standard_fonts'),
    wasmUrl: assets('wasm'),
    iccUrl: assets('iccs'),
    // 0: errors only; pdf.js' warnings quote the document, which is nobody's to log.
    verbosity: 0,
    ...(password === undefined ? {} : { password }),
  });
}
