/**
 * pdf.js for a page without a network: its worker is part of this script, and what it would fetch
 * (character maps, fonts, decoders) lies in the page.
 */
import { AnnotationMode, getDocument } from 'pdfjs-dist';
import type { PDFDocumentLoadingTask, PDFDataRangeTransport } from 'pdfjs-dist';
import * as worker from 'pdfjs-dist/build/pdf.worker.min.mjs';
import { partNamed } from 'virtual:pdfjs-parts';
import { rangeChunk } from '../pdf/range-transport.ts';

// pdf.js asks for this before it would start a worker from an address.
Object.assign(globalThis, { pdfjsWorker: worker });

export const drawnAnnotations = AnnotationMode.ENABLE;

async function unpacked(base64: string): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class PagePartFactory {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const part = partNamed(filename);
    if (part === null) throw new Error(`pdf.js asks for ${filename}`);
    return unpacked(part);
  }
}

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
    useWorkerFetch: false,
    BinaryDataFactory: PagePartFactory,
    // Each must be there for pdf.js to ask; the factory takes only the name behind it.
    cMapUrl: 'cmaps/',
    cMapPacked: true,
    standardFontDataUrl: 'standard_fonts/',
    wasmUrl: 'wasm/',
    verbosity: 0,
    ...(password === undefined ? {} : { password }),
  });
}
