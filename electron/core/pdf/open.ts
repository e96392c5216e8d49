/** Opening a PDF: header, cross-reference chain, encryption, catalog; everything else when asked for. */
import type { Result } from '../../../shared/result.ts';
import { attempt, Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { charClass } from './chars.ts';
import type { Note } from './cursor.ts';
import { damaged, readUpTo } from './cursor.ts';
import { createAnomalies } from './anomalies.ts';
import type { OpenOptions, PdfDocument } from './document.ts';
import type { DocumentParts } from './document-view.ts';
import { viewDocument } from './document-view.ts';
import type { Header } from './header.ts';
import { readHeader } from './header.ts';
import { repairParts } from './repair.ts';
import { groupRevisions, looseEnd } from './revisions.ts';
import { highestNumber } from './xref.ts';
import { findStartxref, readChain, readFileEnd } from './xref-chain.ts';

/**
 * Opens a PDF without reading more than its cross-reference and catalog (ISO 32000-2, 7.5).
 *
 * Failures: `pdf.empty`, `pdf.not-a-pdf`, `pdf.truncated`, `pdf.damaged` with `repair: 'strict'` and
 * `pdf.beyond-repair` without (detail says where), `pdf.password`, `pdf.encryption-unsupported`,
 * `pdf.no-pages`, `pdf.limit`. What a strict reading would not accept stands in `anomalies`.
 */
export function openPdf(source: ByteSource, options: OpenOptions = {}): Result<PdfDocument> {
  return attempt(() => {
    const anomalies = createAnomalies();
    const header = readHeader(source, anomalies.note);
    const mayRepair = options.repair !== 'strict';
    const repair = (cause: Refusal): DocumentParts => {
      anomalies.note('structure.repaired', cause.failure.message, offsetOf(cause));
      return repairParts(source, header, options, cause, anomalies.note);
    };
    try {
      if (!header.found) throw damaged('The file does not begin with "%PDF-".', 0);
      const parts = readParts(source, header, anomalies.note);
      const document = viewDocument(parts, options, anomalies, mayRepair ? repair : null);
      // A document whose first page cannot be reached is damaged, or has none.
      document.page(0);
      return document;
    } catch (error) {
      if (!mayRepair || !isDamage(error)) throw error;
      return mended(error, () => {
        const document = viewDocument(repair(error), options, anomalies, null);
        document.page(0);
        return document;
      });
    }
  });
}

/**
 * Where damage is left after the repair, or no page, the file is past it; one that breaks off is told by
 * that.
 */
function mended(cause: Refusal, repaired: () => PdfDocument): PdfDocument {
  try {
    return repaired();
  } catch (error) {
    const isPast =
      isDamage(error) || (error instanceof Refusal && error.failure.code === 'pdf.no-pages');
    if (!isPast) throw error;
    if (cause.failure.code === 'pdf.truncated') throw cause;
    const { message, detail } = error.failure;
    throw new Refusal('pdf.beyond-repair', `Damaged beyond repair: ${message}`, detail);
  }
}

function isDamage(error: unknown): error is Refusal {
  return error instanceof Refusal && ['pdf.damaged', 'pdf.truncated'].includes(error.failure.code);
}

function offsetOf(cause: Refusal): number | undefined {
  const offset = cause.failure.detail?.['offset'];
  return typeof offset === 'number' ? offset : undefined;
}

/** The document's structure by its cross-reference. */
function readParts(source: ByteSource, header: Header, note: Note): DocumentParts {
  const { at, target } = findStartxref(source, note);
  const shift = header.offset;
  const sections = readChain(source, target + shift, shift, note);
  const tail = readFileEnd(source, at, note);
  if (tail === null) throw damaged('The file does not end as a PDF does.', at);
  if (!tail.marked)
    note('structure.eof-missing', 'No "%%EOF" stands after the last "startxref".', at);
  const end = tail.marked ? tail : looseEnd(source, tail.end);
  if (!blank(source, end.end))
    note('structure.bytes-after-end', 'Bytes stand after the last "%%EOF".', end.end);
  const size = sections[0]?.trailer.entries.get('Size');
  if (size !== highestNumber(sections) + 1)
    note('structure.size', '/Size is not one more than the highest object number.');
  if (shift > 0) note('structure.header-offset', 'Bytes stand before "%PDF-".', 0);
  return {
    source,
    header,
    sections,
    revisions: groupRevisions(source, sections, shift, end, note),
    repaired: false,
  };
}

/** True where nothing but white space (and the odd end-of-file byte) follows. */
function blank(source: ByteSource, offset: number): boolean {
  for (let at = offset; at < source.length; at += 65_536)
    for (const byte of readUpTo(source, at, 65_536))
      if (charClass[byte] !== 1 && byte !== 0x1a) return false;
  return true;
}
