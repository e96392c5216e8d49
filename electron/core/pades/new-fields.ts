/** New fields of one revision: names, places, and the marks or blanks that stand in them. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument, PdfUpdate } from '../pdf/document.ts';
import { emptyAppearance } from '../pdf/appearance.ts';
import { addToForm, addToPage, fieldDictionary, pageAt, rectAt } from '../pdf/fields.ts';
import { dict, name } from '../pdf/objects.ts';
import type { PdfObject, PdfRef, PdfStream } from '../pdf/objects.ts';
import { formNodes } from '../verify/field-tree.ts';
import type { FieldInk } from './field-ink.ts';
import { formEntries, nameDefaultFont, permitFormField } from './form-field.ts';
import { permitNewField } from './permission.ts';
import { permitPlace } from './place.ts';
import type { Standing } from './permission.ts';
import { lockEntries } from './signature-dictionary.ts';
import type { FieldRequest } from './signature.ts';

/** Full names of the fields of the form. */
export function takenNames(document: PdfDocument): Set<string> {
  return new Set(formNodes(document).flatMap((node) => (node.named ? [node.name] : [])));
}

/** The first of `Signature1`, `Signature2`, … that is free. */
export function freeName(stem: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) if (!taken.has(`${stem}${i}`)) return `${stem}${i}`;
}

function checkName(name: string, taken: ReadonlySet<string>): void {
  // ISO 32000-2, 12.7.4.2: a partial name has no period, it would read as a hierarchy.
  if (name === '' || name.includes('.'))
    throw new Refusal('sign.field-name', 'A field needs a name without periods.', { field: name });
  if (taken.has(name))
    throw new Refusal('sign.field-exists', 'A field of this name is in the document already.', {
      field: name,
    });
}

export interface NewField {
  readonly request: FieldRequest;
  /** The appearance for the size it is displayed at; a blank where there is none. */
  readonly appearance?:
    | ((size: {
        readonly width: number;
        readonly height: number;
        readonly rotate: 0 | 90 | 180 | 270;
      }) => PdfStream)
    | undefined;
  readonly extra?: Readonly<Record<string, PdfObject | undefined>>;
}

/**
 * Writes new fields with their widgets into the update. An invisible field's widget hangs on the first
 * page: readers look for signatures among the annotations too.
 *
 * @throws Refusal `sign.no-page`, `sign.off-page`, `sign.field-name`, `sign.field-exists`, `sign.overlaps`, and what
 *   `permitNewField` refuses
 */
export function writeNewFields(
  update: PdfUpdate,
  standing: Standing,
  taken: Set<string>,
  fields: readonly NewField[],
  ink?: FieldInk,
): void {
  const { document } = update;
  const blanks = new Map<string, PdfRef>();
  const blank = (width: number, height: number): PdfRef => {
    const size = `${width}x${height}`;
    const known = blanks.get(size) ?? update.add(emptyAppearance(width, height));
    blanks.set(size, known);
    return known;
  };
  const added: PdfRef[] = [];
  for (const { request, appearance, extra } of fields) {
    const { placement } = request;
    checkName(request.name, taken);
    const { form } = request;
    if (form === undefined) permitNewField(standing, request.name, placement !== null);
    else permitFormField(standing, request.name);
    taken.add(request.name);
    const page =
      placement !== null
        ? pageAt(document, placement.page)
        : document.pageCount() > 0
          ? document.page(0)
          : null;
    const rect = placement === null || page === null ? null : rectAt(page.geometry, placement);
    const drawn = (): PdfRef | undefined => {
      if (placement === null || page === null || form !== undefined) return undefined;
      const { width, height } = placement;
      if (appearance === undefined) return blank(width, height);
      return update.add(appearance({ width, height, rotate: page.geometry.rotate }));
    };
    const asked = () => {
      if (form === undefined || placement === null || page === null || ink === undefined) return {};
      const { width, height } = placement;
      return formEntries(update, form, { width, height, rotate: page.geometry.rotate }, ink);
    };
    const normal = drawn();
    const widget = fieldDictionary({
      name: request.name,
      label: request.label,
      page: page?.ref ?? null,
      rect,
      extra: {
        // ISO 19005-2, 6.3.3: a widget with an area has a normal appearance.
        ...(normal === undefined ? {} : { AP: dict({ N: normal }) }),
        ...(request.locks === undefined || request.locks.length === 0
          ? {}
          : { Lock: lockOn(update, request.locks) }),
        ...asked(),
        ...extra,
      },
    });
    if (page !== null) permitPlace(update, standing, page, widget);
    const field = update.add(widget);
    if (page !== null) addToPage(update, page, field);
    added.push(field);
  }
  ink?.finish();
  addToForm(update, added);
  if (fields.some(({ request }) => request.form?.type === 'text')) nameDefaultFont(update);
}

/** ISO 32000-2, table 235: a lock is an indirect object. */
function lockOn(update: PdfUpdate, fields: readonly string[]): PdfRef {
  const entries = lockEntries({ action: 'Include', fields });
  return update.add(dict({ Type: name('SigFieldLock'), ...entries }));
}
