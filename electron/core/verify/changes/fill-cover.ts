/** Fields that are filled in so that they hide what the page says below them (a shadow attack). */
import type { PdfDocument } from '../../pdf/document.ts';
import { isDict, isName, isRef } from '../../pdf/objects.ts';
import { hidesContent } from './page-cover.ts';
import { fieldLabel } from './roles.ts';
import type { Step } from './step.ts';

// Widgets beyond this many pages are not looked for.
const MAX_PAGES = 5_000;

/**
 * Notes each of the fields `filled` that did not hide content of its page before this step and does
 * now. A field that was opaque when the document was signed had been seen so.
 */
export function judgeFillCover(step: Step, filled: ReadonlySet<string>): void {
  if (filled.size === 0) return;
  const { after, before } = step;
  const count = Math.min(after.pageCount(), MAX_PAGES);
  for (let index = 0; index < count; index++) {
    const { ref, dict } = after.page(index);
    if (ref === null) continue;
    for (const item of after.arrayEntry(dict, 'Annots') ?? []) {
      const widget = after.resolve(item);
      if (!isDict(widget) || !isName(after.entry(widget, 'Subtype'), 'Widget')) continue;
      const name = nameOf(step, after, widget, isRef(item) ? item.number : null);
      if (!filled.has(name)) continue;
      const ink = step.pageInk(ref.number);
      const old = isRef(item) ? before.resolve(item) : null;
      const hidBefore = isDict(old) && hidesContent(before, old, ink);
      if (!hidBefore && hidesContent(after, widget, ink))
        step.note('visible', 'field-covers', { field: name, page: ref.number });
    }
  }
}

function nameOf(
  step: Step,
  document: PdfDocument,
  widget: Parameters<typeof fieldLabel>[1],
  number: number | null,
): string {
  const owner = number === null ? undefined : [...step.roles.owners(number)][0];
  const label = fieldLabel(document, widget, owner);
  return label.slice(label.indexOf(':') + 1);
}
