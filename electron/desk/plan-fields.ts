/** Which fields a document gets when its job is opened, under which names, and what is written in them already. */
import { fillable, isSignature, kindOf } from '../../shared/job/field.ts';
import type { FieldKind } from '../../shared/job/field.ts';
import type { FieldSpec, Job, JobDocument, Language, SignerSpec } from '../../shared/job/job.ts';
import { invisibleFieldKey } from '../../shared/job/signer-turns.ts';
import type { Filling } from '../core/pades/fill.ts';
import type { FormField } from '../core/pades/form-field.ts';
import type { FieldRequest } from '../core/pades/signature.ts';
import type { Desk } from './desk.ts';

export interface DocumentPlan {
  readonly create: readonly FieldRequest[];
  /** Fields of the file that the clerk has written in. */
  readonly fill: readonly Filling[];
  /** Names of what is settled: nobody may change it after the certification. */
  readonly settled: readonly string[];
}

export interface FieldPlan {
  /** By document. */
  readonly documents: ReadonlyMap<string, DocumentPlan>;
  /** Name in the PDF by field id, or by document and signer for an invisible one. */
  readonly names: Readonly<Record<string, string>>;
}

const stems: Readonly<Record<FieldKind, string>> = {
  signature: 'Signature',
  initials: 'Initials',
  date: 'Date',
  name: 'Name',
  text: 'Text',
  check: 'Check',
};

/** What a screen reader says of a field that asks nothing in words of its own. */
const said: Readonly<Record<Language, Readonly<Record<'initials' | 'date' | 'name', string>>>> = {
  nb: { initials: 'Initialer', date: 'Dato', name: 'Navn' },
  nn: { initials: 'Initialar', date: 'Dato', name: 'Namn' },
  en: { initials: 'Initials', date: 'Date', name: 'Name' },
};

/** Taller than this a field takes several lines. */
const oneLine = 34;

/** Every signer signs every document: where no place was given, in a field that shows nothing. */
export function planFields(
  desk: Pick<Desk, 'random'>,
  job: Pick<Job, 'spec' | 'documents'>,
): FieldPlan {
  const names: Record<string, string> = {};
  const documents = new Map<string, DocumentPlan>();
  for (const document of job.documents)
    documents.set(document.id, planOf(desk, job, document, names));
  return { documents, names };
}

function planOf(
  desk: Pick<Desk, 'random'>,
  { spec }: Pick<Job, 'spec'>,
  document: JobDocument,
  names: Record<string, string>,
): DocumentPlan {
  const here = spec.fields.filter((field) => field.document === document.id);
  const numbers = new Map(spec.signers.map((signer, index) => [signer.id, index + 1]));
  for (const field of here)
    names[field.id] =
      field.existing ?? freeFieldName(desk, `${stems[kindOf(field)]}${numbers.get(field.signer)}`);
  const nameOf = (field: FieldSpec): string => names[field.id] ?? '';
  const settled = here.filter((field) => field.fixed === true && !isSignature(field));
  const create: FieldRequest[] = [];
  for (const [index, signer] of spec.signers.entries()) {
    // No names of people: the other signers see the file, too.
    const label = `${index + 1}/${spec.signers.length}`;
    const own = here.filter((field) => field.signer === signer.id);
    const closes = fillable({ fields: here }, signer.id);
    const locks = [...new Set([...closes, ...settled].map(nameOf))];
    const locking = locks.length === 0 ? {} : { locks };
    if (!own.some(isSignature)) {
      const name = freeFieldName(desk, `Signature${index + 1}`);
      names[invisibleFieldKey(document.id, signer)] = name;
      create.push({ name, placement: null, label, ...locking });
    }
    for (const field of own) {
      if (field.existing !== undefined) continue;
      const common = { name: nameOf(field), placement: field.placement };
      if (isSignature(field)) create.push({ ...common, label, ...locking });
      else create.push({ ...common, label: wordsOf(field, signer, label), form: formOf(field) });
    }
  }
  const written = here.filter(
    (field) => field.existing !== undefined && !isSignature(field) && (field.value ?? '') !== '',
  );
  return {
    create,
    fill: written.map((field) => ({
      field: nameOf(field),
      value: field.value ?? '',
      ...(field.fixed === true ? { readOnly: true } : {}),
    })),
    settled: settled.map(nameOf),
  };
}

function wordsOf(field: FieldSpec, signer: SignerSpec, number: string): string {
  const kind = kindOf(field);
  const asked = (field.label ?? '').trim();
  if (kind === 'signature' || kind === 'text' || kind === 'check') return asked || number;
  return `${said[signer.language][kind]} ${number}`;
}

function formOf(field: FieldSpec): FormField {
  const kind = kindOf(field);
  const shared = {
    ...(field.fixed === true ? { readOnly: true } : {}),
    ...(field.required === true ? { required: true } : {}),
  };
  if (kind === 'check') return { type: 'check', value: field.value ?? '', ...shared };
  return {
    type: 'text',
    multiline: kind === 'text' && field.placement.height > oneLine,
    ...(kind === 'text' ? { value: field.value ?? '' } : {}),
    ...(kind === 'text' && field.maxLength !== undefined ? { maxLength: field.maxLength } : {}),
    ...shared,
  };
}

/** A few random letters: the file may have fields of its own with any name. */
export function freeFieldName(desk: Pick<Desk, 'random'>, stem: string): string {
  return `${stem}-${Buffer.from(desk.random.bytes(4)).toString('hex')}`;
}
