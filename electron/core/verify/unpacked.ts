/** Stream data where it can be had. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import type { PdfStream } from '../pdf/objects.ts';

/** Decoded data, or null for a stream that is damaged, in an unknown format or beyond the limits. */
export function unpacked(document: PdfDocument, stream: PdfStream): Uint8Array | null {
  try {
    return document.decode(stream);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
