/** What a file says of itself in its metadata (ISO 19005, the PDF/A identification schema). */
import { Refusal } from '../../../shared/result.ts';
import { latin1Text } from './chars.ts';
import type { PdfDocument } from './document.ts';
import { isStream } from './objects.ts';

/** E.g. `PDF/A-2b`, `PDF/A-4`; null where the metadata claims nothing or cannot be read. */
export function pdfaClaim(document: PdfDocument): string | null {
  const text = metadataText(document);
  if (text === null) return null;
  const part = property(text, 'part');
  if (part === null || !/^\d$/.test(part)) return null;
  const conformance = property(text, 'conformance');
  const letter =
    conformance !== null && /^[A-Za-z]$/.test(conformance) ? conformance.toLowerCase() : '';
  return `PDF/A-${part}${letter}`;
}

/** A property of the schema as an element or as an attribute (XMP allows both). */
function property(text: string, name: string): string | null {
  const element = new RegExp(`<pdfaid:${name}\\s*>\\s*([^<\\s]*)\\s*<`).exec(text);
  const attribute = new RegExp(`pdfaid:${name}\\s*=\\s*["']\\s*([^"'\\s]*)\\s*["']`).exec(text);
  return element?.[1] ?? attribute?.[1] ?? null;
}

function metadataText(document: PdfDocument): string | null {
  const stream = document.entry(document.catalog, 'Metadata');
  if (!isStream(stream)) return null;
  try {
    const bytes = document.decode(stream).subarray(0, 1024 * 1024);
    // What is looked for is ASCII: UTF-8 is read byte by byte, UTF-16 without its zero bytes.
    const wide =
      (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe);
    return latin1Text(wide ? bytes.filter((byte) => byte !== 0) : bytes);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
