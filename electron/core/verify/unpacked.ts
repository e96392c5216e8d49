/** Stream data where it can be had. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import type { PdfStream } from '../pdf/objects.ts';

/**
 * Decoded data, or null for a stream that is damaged, in an unknown format or beyond the limits; `cap`:
 * bytes, where a stream of the kind is smaller than the reader's own limit.
 */
export function unpacked(
  document: PdfDocument,
  stream: PdfStream,
  cap?: number,
): Uint8Array | null {
  try {
    return document.decode(stream, cap);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
