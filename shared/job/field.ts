/** What stands in a place on a page, who writes it, and whether what was written will do. Pure. */
import { fail } from '../result.ts';
import type { FieldSpec, JobSpec } from './job.ts';

export const fieldKinds = ['signature', 'initials', 'date', 'name', 'text', 'check'] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** Characters that any text field takes at most. */
export const longestText = 500;

/** The value of a check box that is ticked; the empty string is one that is not. */
export const ticked = 'yes';

/** How large a new field is, in points: two signatures go abreast on A4. */
export const fieldSizes: Readonly<Record<FieldKind, { width: number; height: number }>> = {
  signature: { width: 216, height: 64 },
  initials: { width: 60, height: 28 },
  date: { width: 90, height: 20 },
  name: { width: 190, height: 20 },
  text: { width: 190, height: 20 },
  check: { width: 16, height: 16 },
};

/** What a field says once its signer has signed; '' where it was left empty. */
export interface FilledField {
  readonly field: string;
  readonly value: string;
}

type Spec = Pick<JobSpec, 'fields'>;

export function kindOf(field: Pick<FieldSpec, 'kind'>): FieldKind {
  return field.kind ?? 'signature';
}

export function isSignature(field: Pick<FieldSpec, 'kind'>): boolean {
  return kindOf(field) === 'signature';
}

/** Whether the signer writes in it by hand: a text or check box that the clerk has not settled. */
export function isAsked(field: FieldSpec): boolean {
  const kind = kindOf(field);
  return (kind === 'text' || kind === 'check') && field.fixed !== true;
}

/** The places where this signer's signatures are drawn, in one document or in all. */
export function signaturePlaces(
  spec: Spec,
  signer: string,
  document: string,
): readonly FieldSpec[] {
  return spec.fields.filter(
    (field) => field.signer === signer && field.document === document && isSignature(field),
  );
}

/** The fields that this signer's signing fills in: everything but the signatures and what is settled. */
export function fillable(spec: Spec, signer: string): readonly FieldSpec[] {
  return spec.fields.filter(
    (field) => field.signer === signer && !isSignature(field) && field.fixed !== true,
  );
}

export function lengthLimit(field: Pick<FieldSpec, 'maxLength'>): number {
  return Math.min(field.maxLength ?? longestText, longestText);
}

/**
 * Why a signer's answers cannot stand; null where they can. `field` in the detail says which.
 *
 * Codes: `field.unknown`, `field.twice`, `field.required`, `field.too-long`, `field.characters`,
 * `field.not-a-tick`.
 */
export function wrongFilling(
  spec: Spec,
  signer: string,
  filled: readonly FilledField[],
): ReturnType<typeof fail> | null {
  const fields = new Map(fillable(spec, signer).map((field) => [field.id, field]));
  const values = new Map<string, string>();
  for (const { field, value } of filled) {
    if (!fields.has(field))
      return fail('field.unknown', 'That is no field of this signer.', { field });
    if (values.has(field)) return fail('field.twice', 'A field is filled in twice.', { field });
    values.set(field, value);
  }
  for (const field of fields.values()) {
    const wrong = wrongValue(field, values.get(field.id) ?? '');
    if (wrong !== null) return wrong;
  }
  return null;
}

/** As `wrongFilling` for one field. */
export function wrongValue(
  field: Pick<FieldSpec, 'id' | 'kind' | 'label' | 'required' | 'maxLength'>,
  value: string,
): ReturnType<typeof fail> | null {
  const about = { field: field.id, label: field.label ?? '' };
  if (kindOf(field) === 'check' && value !== '' && value !== ticked)
    return fail('field.not-a-tick', 'A check box is ticked or empty.', about);
  if (field.required === true && value.trim() === '')
    return fail('field.required', 'A field that must be filled in is empty.', about);
  if (kindOf(field) === 'text' && value.length > lengthLimit(field))
    return fail('field.too-long', 'The text is longer than the field takes.', {
      ...about,
      longest: lengthLimit(field),
    });
  // Control and bidirectional characters make a page say something else than what is stored.
  if (
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/.test(
      value,
    )
  )
    return fail('field.characters', 'The text has characters that cannot be seen.', about);
  return null;
}

/** The letters of a name, as people shorten it: `Kari Anne Nordmann-Lie` is `KANL`. */
export function initialsOf(name: string): string {
  const words = name.normalize('NFC').split(/[\s\-–.]+/u);
  const letters = words.flatMap((word) => /\p{L}/u.exec(word)?.[0] ?? []);
  return letters.slice(0, 4).join('').toLocaleUpperCase('nb');
}
