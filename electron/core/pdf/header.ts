/** The first line of the file (ISO 32000-2, 7.5.2). */
import { Refusal } from '../../../shared/result.ts';
import type { ByteSource } from '../ports.ts';
import { indexOfText, latin1Text } from './chars.ts';
import type { Note } from './cursor.ts';
import { readUpTo } from './cursor.ts';
import { limits } from './limits.ts';

export interface Header {
  /** Absolute offset of `%PDF-`; 0 where it is missing. */
  readonly offset: number;
  /** E.g. `1.7`; `1.0` where the header names none that makes sense. */
  readonly version: string;
  /** False where the file has a PDF's end but not its beginning. */
  readonly found: boolean;
}

/**
 * Finds the header in the first 1,024 bytes.
 * @throws Refusal `pdf.empty`, or `pdf.not-a-pdf` where nothing makes the file look like a PDF.
 */
export function readHeader(source: ByteSource, note: Note): Header {
  if (source.length === 0) throw new Refusal('pdf.empty', 'The file is empty.');
  const bytes = readUpTo(source, 0, limits.headerSearch + 16).slice();
  const offset = indexOfText(bytes, '%PDF-');
  if (offset === -1 || offset > limits.headerSearch) {
    const tail = readUpTo(source, Math.max(0, source.length - 2048), 2048);
    if (indexOfText(bytes, ' obj') === -1 || indexOfText(tail, 'startxref') === -1)
      throw new Refusal('pdf.not-a-pdf', 'The file is not a PDF: it does not begin with "%PDF-".');
    return { offset: 0, version: '1.0', found: false };
  }
  const line = latin1Text(bytes, offset, Math.min(bytes.length, offset + 16));
  const match = /^%PDF-(\d\.\d+)/.exec(line);
  if (match === null) note('structure.header', 'The header names no version.', offset);
  return { offset, version: match?.[1] ?? '1.0', found: true };
}

/** The later of two versions such as `1.4` and `2.0`. */
export function laterVersion(a: string, b: string): string {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return bMajor > aMajor || (bMajor === aMajor && bMinor > aMinor) ? b : a;
}
