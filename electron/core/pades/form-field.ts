/** New text fields and check boxes: made empty, or with what was written beforehand, when a job is opened. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfUpdate } from '../pdf/document.ts';
import { emptyAppearance } from '../pdf/appearance.ts';
import { withEntries } from '../pdf/fields.ts';
import { tickAppearance } from '../pdf/form-appearance.ts';
import type { FieldBox } from '../pdf/form-appearance.ts';
import { bytesString, dict, isDict, isRef, latin1, name, textString } from '../pdf/objects.ts';
import type { PdfObject } from '../pdf/objects.ts';
import type { FieldInk } from './field-ink.ts';
import type { Standing } from './permission.ts';

/** A field that is filled in, not signed. */
export interface FormField {
  readonly type: 'text' | 'check';
  /** What stands in it from the beginning; of a check box: anything ticks it. */
  readonly value?: string;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  readonly multiline?: boolean;
  readonly maxLength?: number;
}

// ISO 32000-2, tables 227 and 231: bits of /Ff.
const flags = { readOnly: 1, required: 2, multiline: 1 << 12 } as const;

/** The state of a ticked box, as most programs call it. */
export const on = 'Yes';

/**
 * After P=2 and after anybody's signature no field but a signature's may come (ISO 32000-2, 12.8.2.2):
 * `sign.not-allowed`.
 */
export function permitFormField(standing: Standing, field: string): void {
  if (standing.signed.length > 0 || standing.certified)
    throw new Refusal(
      'sign.not-allowed',
      'The document is signed already: a field to fill in can no longer be added.',
      { field },
    );
}

/** The entries that make a widget a text field or a check box of that size. */
export function formEntries(
  update: PdfUpdate,
  field: FormField,
  box: FieldBox,
  ink: FieldInk,
): Readonly<Record<string, PdfObject | undefined>> {
  const value = field.value ?? '';
  const Ff =
    (field.readOnly === true ? flags.readOnly : 0) |
    (field.required === true ? flags.required : 0) |
    (field.multiline === true && field.type === 'text' ? flags.multiline : 0);
  const common = { Ff: Ff === 0 ? undefined : Ff };
  switch (field.type) {
    case 'text':
      return {
        ...common,
        FT: name('Tx'),
        // 12.7.4.3: must be there; what stands in the field brings its own font.
        DA: bytesString(latin1('/Helv 0 Tf 0 g')),
        MaxLen: field.maxLength,
        V: value === '' ? undefined : textString(value),
        AP: dict({
          N:
            value === ''
              ? update.add(emptyAppearance(box.width, box.height))
              : ink.draw({ type: 'text', text: value }, box),
        }),
      };
    case 'check': {
      const state = name(value === '' ? 'Off' : on);
      return {
        ...common,
        FT: name('Btn'),
        V: state,
        AS: state,
        AP: dict({
          N: dict({
            [on]: update.add(tickAppearance(true, box)),
            Off: update.add(tickAppearance(false, box)),
          }),
        }),
      };
    }
  }
}

/** The font that /DA names, among the form's default resources (12.7.3): one that every viewer has. */
export function nameDefaultFont(update: PdfUpdate): void {
  const { catalogRef } = update.document;
  const catalog = update.current(catalogRef);
  if (!isDict(catalog)) return;
  const formObject = catalog.entries.get('AcroForm');
  const form = update.current(formObject);
  if (!isDict(form)) return;
  const resources = update.current(form.entries.get('DR'));
  const fonts = isDict(resources) ? update.current(resources.entries.get('Font')) : null;
  if (isDict(fonts) && fonts.entries.has('Helv')) return;
  const helvetica = update.add(
    dict({
      Type: name('Font'),
      Subtype: name('Type1'),
      BaseFont: name('Helvetica'),
      Encoding: name('WinAnsiEncoding'),
    }),
  );
  const named = withEntries(isDict(fonts) ? fonts : dict({}), { Helv: helvetica });
  const changed = withEntries(form, {
    DR: withEntries(isDict(resources) ? resources : dict({}), { Font: named }),
  });
  if (isRef(formObject)) update.set(formObject, changed);
  else update.set(catalogRef, withEntries(catalog, { AcroForm: changed }));
}
