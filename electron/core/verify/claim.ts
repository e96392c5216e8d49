/** Who the organisation says signed: our own entry of the signature dictionary (ISO 32000-2, annex E). */
import type { Claim } from '../../../shared/report.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { isName, isString } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';
import { hex } from '../cms/certificate.ts';
import { textOf } from './field-tree.ts';

/** /SkrankeClaim as it stands in the signed dictionary; whether to believe it is the caller's to say. */
export function readClaim(document: PdfDocument, signature: PdfDict): Claim | null {
  const entry = document.dictEntry(signature, 'SkrankeClaim');
  if (entry === null) return null;
  const kind = document.entry(entry, 'Kind');
  const person = textOf(document.entry(entry, 'Person'));
  const evidence = document.entry(entry, 'EvidenceHash');
  if (person === null || !isString(evidence) || !isName(kind)) return null;
  if (kind.value !== 'simple' && kind.value !== 'authenticated') return null;
  return { kind: kind.value, person, evidenceHash: hex(evidence.bytes) };
}
