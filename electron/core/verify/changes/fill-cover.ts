/** Fields that are filled in or signed so that they hide what the page says below them. */
import type { PdfDocument } from '../../pdf/document.ts';
import { isDict, isName, isRef } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { fieldType } from '../field-tree.ts';
import { newlyHides } from './newly-hidden.ts';
import { fieldLabel } from './roles.ts';
import type { Step } from './step.ts';

// Widgets beyond this many pages are not looked for; a field filled there cannot be judged.
const MAX_PAGES = 50_000;

/** Notes each of the fields `filled` that hides something now which could be seen before this step. */
export function judgeFillCover(step: Step, filled: ReadonlySet<string>): void {
  if (filled.size === 0) return;
  const { after, before } = step;
  const count = after.pageCount();
  if (count > MAX_PAGES) step.note('visible', 'field-covers', { field: [...filled].join(', ') });
  for (let index = 0; index < Math.min(count, MAX_PAGES); index++) {
    const { ref, dict, geometry } = after.page(index);
    if (ref === null) continue;
    const annots = (): readonly PdfObject[] => {
      const page = before.resolve(ref);
      return (isDict(page) ? before.arrayEntry(page, 'Annots') : null) ?? [];
    };
    for (const item of after.arrayEntry(dict, 'Annots') ?? []) {
      const now = after.resolve(item);
      if (!isDict(now) || !isName(after.entry(now, 'Subtype'), 'Widget')) continue;
      const number = isRef(item) ? item.number : null;
      const field = nameOf(step, after, now, number);
      const old = isRef(item) ? before.resolve(item) : null;
      if (!filled.has(field) || !isDict(old)) continue;
      const hides = newlyHides({
        ...{ before, after, old, now, number, annots: annots() },
        signature: fieldType(after, now) === 'Sig' || step.signed.has(field),
        ink: step.pageInk(ref.number),
        page: geometry.crop,
      });
      if (hides) step.note('visible', 'field-covers', { field, page: ref.number });
    }
  }
}

function nameOf(step: Step, document: PdfDocument, widget: PdfDict, number: number | null): string {
  const owner = number === null ? undefined : [...step.roles.owners(number)][0];
  const label = fieldLabel(document, widget, owner);
  return label.slice(label.indexOf(':') + 1);
}
