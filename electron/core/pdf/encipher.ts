/** Encryption of what the writer adds to an encrypted file. */
import { Refusal } from '../../../shared/result.ts';
import type { Random } from '../ports.ts';
import type { PdfDocument } from './document.ts';
import type { PdfRef } from './objects.ts';
import type { Encipher } from './serialize.ts';

/** The cipher of one indirect object; null for a file in the clear. */
export function encipherFor(document: PdfDocument, _ref: PdfRef, _random: Random): Encipher | null {
  if (document.encryption === null) return null;
  throw new Refusal('pdf.encryption-unsupported', 'The file is encrypted.');
}
