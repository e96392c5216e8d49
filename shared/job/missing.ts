/** What keeps a draft from being opened; the prepare window's checklist and `decide` ask the same. */
import { displayedSize, type Placement } from '../document.ts';
import { isAsked, isSignature, kindOf, wrongValue } from './field.ts';
import type { FieldSpec, Job, JobDocument, JobSpec } from './job.ts';
import { isRestricted } from './records.ts';
import { beyondService } from './service-limits.ts';

export interface Missing {
  /** `checklist.*`; the sentence lives in the language files. */
  readonly code: string;
  /** Id of the document, signer or field it speaks of. */
  readonly of?: string;
}

/** Half a point: what rounding of a dragged place may cost. */
const tolerance = 0.5;

export const maxDocuments = 20;
export const maxSigners = 100;

type Draft = Pick<Job, 'spec' | 'documents'>;

/** In the order a clerk would mend it. Empty when the job is ready to be opened. */
export function missing(job: Draft): readonly Missing[] {
  const { spec, documents } = job;
  // The service draws its own marks: it needs no place for them, but has limits of its own.
  const here = (spec.place ?? 'counter') === 'counter';
  const found: Missing[] = [];
  const title = spec.title.trim();
  if (documents.length === 0) found.push({ code: 'checklist.documents' });
  for (const document of documents)
    if (document.title.trim() === '')
      found.push({ code: 'checklist.document-title', of: document.id });
  if (title.length < 1 || title.length > 80) found.push({ code: 'checklist.title' });
  if (spec.signers.length === 0) found.push({ code: 'checklist.signers' });
  for (const signer of spec.signers) {
    if (signer.name.trim() === '') found.push({ code: 'checklist.signer-name', of: signer.id });
    if (signer.onBehalfOf === 'OTHER' && (signer.forWhom ?? '').trim() === '')
      found.push({ code: 'checklist.signer-for-whom', of: signer.id });
    if (here && !spec.fields.some((field) => field.signer === signer.id && isSignature(field)))
      found.push({ code: 'checklist.signer-field', of: signer.id });
  }
  const has = (text: string | undefined) => (text ?? '').trim() !== '';
  if (isRestricted(spec) && !has(spec.accessBasis)) found.push({ code: 'checklist.access-basis' });
  if (!isRestricted(spec) && (has(spec.accessBasis) || has(spec.shieldedTitle)))
    found.push({ code: 'checklist.access-code' });
  if (here) found.push(...missingOfIdentifier(spec), ...missingOfFields(spec.fields, documents));
  else found.push(...beyondService(job, null));
  return found;
}

/** What only a person can lack; a template's roles have none yet. */
const ofPersons =
  /^checklist\.(signer-(name|birth-date|national-id|for-whom)|service-(number|contact|email|mobile|identifier-number))$/;

/** What keeps a template from being used: roles instead of persons. */
export function missingOfTemplate(draft: Draft): readonly Missing[] {
  const roles = draft.spec.signers
    .filter(({ name, title }) => name.trim() === '' && title.trim() === '')
    .map(({ id }) => ({ code: 'checklist.role', of: id }));
  return [...missing(draft).filter(({ code }) => !ofPersons.test(code)), ...roles];
}

/** What is to be printed beside a mark and is not known. */
export function missingOfIdentifier(
  spec: Pick<JobSpec, 'signers' | 'identifierInDocument'>,
): readonly Missing[] {
  switch (spec.identifierInDocument) {
    case 'NAME':
      return [];
    case 'BIRTH_DATE_AND_NAME':
      return spec.signers
        .filter((signer) => signer.birthDate === undefined && signer.nationalId === undefined)
        .map((signer) => ({ code: 'checklist.signer-birth-date', of: signer.id }));
    case 'NATIONAL_ID_AND_NAME':
      return spec.signers
        .filter((signer) => signer.nationalId === undefined)
        .map((signer) => ({ code: 'checklist.signer-national-id', of: signer.id }));
  }
}

function missingOfFields(
  fields: readonly FieldSpec[],
  documents: readonly JobDocument[],
): readonly Missing[] {
  const found: Missing[] = [];
  for (const [index, field] of fields.entries()) {
    const document = documents.find((one) => one.id === field.document);
    if (document === undefined || !isInside(field.placement, document) || isGone(field, document)) {
      found.push({ code: 'checklist.field-outside', of: field.id });
      continue;
    }
    // A mark on top of another would hide what somebody signed.
    const covers = fields
      .slice(0, index)
      .some((other) => other.document === field.document && overlap(other, field));
    if (covers) found.push({ code: 'checklist.field-overlap', of: field.id });
    found.push(...missingOfForm(field, document));
  }
  return found;
}

/** What only a field that is filled in can lack. */
function missingOfForm(field: FieldSpec, { findings }: JobDocument): readonly Missing[] {
  const kind = kindOf(field);
  if (kind === 'signature') return [];
  const found: Missing[] = [];
  // After somebody's signature nothing but signature fields may come (ISO 32000-2, 12.8.2.2).
  if (field.existing === undefined && findings.signatures > 0)
    found.push({ code: 'checklist.field-signed-file', of: field.id });
  if (kind !== 'text' && kind !== 'check') return found;
  const value = field.value ?? '';
  if (isAsked(field) && (field.label ?? '').trim() === '')
    found.push({ code: 'checklist.field-label', of: field.id });
  const wrong = wrongValue({ ...field, required: kind === 'text' && field.fixed === true }, value);
  if (wrong !== null) found.push({ code: 'checklist.field-value', of: field.id });
  return found;
}

/** A field that was to be used but does not stand ready in the file. */
function isGone(field: FieldSpec, document: JobDocument): boolean {
  return (
    field.existing !== undefined &&
    isSignature(field) &&
    !document.findings.emptySignatureFields.includes(field.existing)
  );
}

/** Whether a place lies on its page as displayed. */
export function isInside(placement: Placement, document: Pick<JobDocument, 'findings'>): boolean {
  const page = document.findings.pages[placement.page];
  if (page === undefined) return false;
  const size = displayedSize(page);
  return (
    placement.x >= -tolerance &&
    placement.y >= -tolerance &&
    placement.x + placement.width <= size.width + tolerance &&
    placement.y + placement.height <= size.height + tolerance
  );
}

function overlap(a: FieldSpec, b: FieldSpec): boolean {
  if (a.placement.page !== b.placement.page) return false;
  const p = a.placement;
  const q = b.placement;
  return (
    p.x + tolerance < q.x + q.width &&
    q.x + tolerance < p.x + p.width &&
    p.y + tolerance < q.y + q.height &&
    q.y + tolerance < p.y + p.height
  );
}
