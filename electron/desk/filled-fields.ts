/** What one signer's fields will say: what they wrote themselves, and what fills itself. */
import { fillable, initialsOf, kindOf } from '../../shared/job/field.ts';
import type { FilledField } from '../../shared/job/field.ts';
import type { FieldSpec, Job, Language, SignerStatus } from '../../shared/job/job.ts';
import type { Json } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { locales } from '../../shared/words/locales.ts';
import type { Filling } from '../core/pades/fill.ts';
import type { FieldFigure } from '../core/pdf/form-appearance.ts';
import { sha256Hex } from './desk.ts';

type SignInput = ParsedOf<'signing.sign'>;

/** What the signer gave besides the mark. */
export interface Given {
  readonly filled?: SignInput['filled'];
  readonly initials?: SignInput['initials'];
}

/** `27.11.2026`, or `27 November 2026` in English, where a number alone is read in two ways. */
export function dateText(time: Date, zone: string, language: Language): string {
  const parts = { timeZone: zone, year: 'numeric' } as const;
  return language === 'en'
    ? new Intl.DateTimeFormat([...locales.en], { ...parts, day: 'numeric', month: 'long' }).format(
        time,
      )
    : new Intl.DateTimeFormat([...locales[language]], {
        ...parts,
        ...{ day: '2-digit', month: '2-digit' },
      }).format(time);
}

/**
 * A value for every field of this signer's, in the job's order. What the signer wrote is not judged here
 * but by `decide`; answers to fields that are not theirs are passed on, so that it can refuse them.
 */
export function filledBy(
  job: Pick<Job, 'spec'>,
  signer: SignerStatus,
  given: Given,
  at: { readonly time: Date; readonly zone: string },
): readonly FilledField[] {
  const answers = given.filled ?? [];
  const fields = fillable(job.spec, signer.id);
  const own = fields.map((field) => ({
    field: field.id,
    value: valueOf(field, signer, given, at),
  }));
  const written = new Set(fields.filter(isWritten).map(({ id }) => id));
  const first = new Set<string>();
  const others = answers.filter(({ field }) => {
    const again = first.has(field);
    first.add(field);
    return again || !written.has(field);
  });
  return [...own, ...others];
}

function isWritten(field: FieldSpec): boolean {
  return kindOf(field) === 'text' || kindOf(field) === 'check';
}

/** What the field will say. */
export function valueOf(
  field: FieldSpec,
  signer: SignerStatus,
  { filled = [], initials }: Given,
  { time, zone }: { readonly time: Date; readonly zone: string },
): string {
  switch (kindOf(field)) {
    case 'date':
      return dateText(time, zone, signer.language);
    case 'name':
      return signer.name;
    case 'initials':
      return initials?.type === 'typed' ? initials.text.trim() : initialsOf(signer.name);
    default:
      return (filled.find((one) => one.field === field.id)?.value ?? field.value ?? '').trim();
  }
}

/** How the core is to fill them in one document; they close with it. */
export function fillingsOf(
  job: Pick<Job, 'spec' | 'fieldNames'>,
  document: string,
  filled: readonly FilledField[],
  initials: Given['initials'],
): readonly Filling[] {
  const drawn = initials?.type === 'drawn' ? strokesOf(initials) : null;
  const written = new Map<string, FieldFigure>();
  return filled.flatMap(({ field: id, value }): Filling[] => {
    const field = job.spec.fields.find((one) => one.id === id && one.document === document);
    if (field === undefined) return [];
    const name = job.fieldNames[id] ?? '';
    const filling = { field: name, value, readOnly: true };
    if (kindOf(field) !== 'initials') return [filling];
    const figure = drawn ?? written.get(value) ?? { type: 'written', text: value };
    written.set(value, figure);
    return [{ ...filling, figure }];
  });
}

function strokesOf(drawn: Extract<NonNullable<Given['initials']>, { type: 'drawn' }>): FieldFigure {
  const paths = drawn.paths.map((path) => path.map(({ x, y }) => ({ x, y })));
  return { type: 'strokes', strokes: { aspect: drawn.aspect, paths } };
}

/** As the evidence tells it: where, what was asked, and what was answered. */
export function filledInEvidence(
  job: Pick<Job, 'spec' | 'fieldNames'>,
  filled: readonly FilledField[],
  initials: Given['initials'],
): Readonly<Record<string, Json>> {
  const fields = filled.flatMap(({ field: id, value }) => {
    const field = job.spec.fields.find((one) => one.id === id);
    if (field === undefined) return [];
    const label = (field.label ?? '').trim();
    return [
      {
        ...{ document: field.document, page: field.placement.page + 1 },
        ...{ name: job.fieldNames[id] ?? '', kind: kindOf(field) },
        ...(label === '' ? {} : { label }),
        value,
      },
    ];
  });
  if (fields.length === 0) return {};
  const drawn = initials?.type === 'drawn' ? sha256Hex(JSON.stringify(initials)) : null;
  return { fields, ...(drawn === null ? {} : { initials: { type: 'drawn', sha256: drawn } }) };
}
