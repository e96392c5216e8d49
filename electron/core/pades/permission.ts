/** What earlier signatures leave open to the next one: `sign` never makes what `verify` would not pass. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { isDict } from '../pdf/objects.ts';
import { inherited, signatureFields } from '../verify/field-tree.ts';
import type { SignatureField } from '../verify/field-tree.ts';
import { OPEN_POLICY, certification, isLocked, policyOf, stricter } from '../verify/policy.ts';
import type { ChangePolicy } from '../verify/policy.ts';

/** The signatures of a document and what they permit together. */
export interface Standing {
  readonly fields: readonly SignatureField[];
  readonly signed: readonly SignatureField[];
  readonly policy: ChangePolicy;
  /** Whether some signature certifies the document (/Perms /DocMDP or a DocMDP reference). */
  readonly certified: boolean;
}

export function isSigned(document: PdfDocument, field: SignatureField): boolean {
  return inherited(document, field.dict, 'V') !== null;
}

/**
 * Refuses `pdf.damaged` where the cross-reference had to be rebuilt. Asked once more when a revision is
 * made: the reader is lazy, and damage may show only in what was read since.
 */
export function refuseDamaged(document: PdfDocument): void {
  if (document.repaired)
    throw new Refusal(
      'pdf.damaged',
      'The file is damaged and could only be read by repairing it; it is not signed as it is.',
      { anomalies: document.anomalies.map((anomaly) => anomaly.code) },
    );
}

/** Reads the standing of a document; refuses `pdf.damaged`. */
export function standingOf(document: PdfDocument): Standing {
  refuseDamaged(document);
  const fields = signatureFields(document);
  const signed = fields.filter((field) => isSigned(document, field));
  let policy = OPEN_POLICY;
  let certified = false;
  for (const field of signed) {
    const signature = inherited(document, field.dict, 'V');
    if (!isDict(signature)) continue;
    policy = stricter(policy, policyOf(document, signature, field.dict));
    certified ||= certification(document, signature) !== null;
  }
  const perms = document.dictEntry(document.catalog, 'Perms');
  const certifying = perms === null ? null : document.dictEntry(perms, 'DocMDP');
  if (certifying !== null) {
    certified = true;
    policy = stricter(policy, policyOf(document, certifying, null));
  }
  return { fields, signed, policy, certified };
}

function refuseClosed(standing: Standing): void {
  if (standing.policy.permission === 1)
    throw new Refusal(
      'sign.certified-no-changes',
      'The document is certified and permits no changes: no signature can be added.',
    );
}

function refuseLocked(standing: Standing, field: string): void {
  if (isLocked(standing.policy, field))
    throw new Refusal('sign.field-locked', 'An earlier signature locks this field.', { field });
}

/** Whether a field that stands ready may be signed: `sign.certified-no-changes`, `sign.field-locked`. */
export function permitFilling(standing: Standing, field: string): void {
  refuseClosed(standing);
  refuseLocked(standing, field);
}

/** Whether a new field may be added: as `permitFilling`, and `sign.not-allowed` for a visible one after P=2. */
export function permitNewField(standing: Standing, field: string, visible: boolean): void {
  permitFilling(standing, field);
  if (visible && standing.policy.permission === 2)
    throw new Refusal(
      'sign.not-allowed',
      'The document is certified: a visible signature needs a field that stands ready in it.',
      { field },
    );
}

/** Whether the next signature may certify: only the first one of a file (ISO 32000-2, 12.8.2.2.1). */
export function permitCertifying(standing: Standing): void {
  if (standing.signed.length > 0 || standing.certified)
    throw new Refusal(
      'sign.certify-not-first',
      'Only the first signature of a file can certify it; this one bears signatures already.',
      { signatures: standing.signed.length },
    );
}
