/** Whether a new mark may stand where it does in a document that bears signatures already. */
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument, PdfPage, PdfUpdate } from '../pdf/document.ts';
import { isArray, isDict, isStream } from '../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../pdf/objects.ts';
import { boxOf, isInvisible, overlaps } from '../verify/changes/geometry.ts';
import { newlyHides } from '../verify/changes/newly-hidden.ts';
import { coverOf, pageInk } from '../verify/changes/page-cover.ts';
import { pageShowing } from '../pdf/fields.ts';
import type { Widget } from './existing-field.ts';
import type { Standing } from './permission.ts';

/** The document as an update leaves it, for reading alone. */
function updated(update: PdfUpdate): PdfDocument {
  const resolve = (object: PdfObject | undefined): PdfObject => update.current(object);
  const entry = (from: PdfDict, key: string): PdfObject => resolve(from.entries.get(key));
  const view: PdfDocument = Object.create(update.document, {
    resolve: { value: resolve },
    entry: { value: entry },
    dictEntry: {
      value(from: PdfDict, key: string): PdfDict | null {
        const found = entry(from, key);
        return isDict(found) ? found : isStream(found) ? found.dict : null;
      },
    },
    arrayEntry: {
      value(from: PdfDict, key: string): readonly PdfObject[] | null {
        const found = entry(from, key);
        return isArray(found) ? found : null;
      },
    },
  }) as PdfDocument;
  return view;
}

function liesOverAnother(document: PdfDocument, page: PdfPage, widget: PdfDict): boolean {
  const rect = boxOf(document, widget.entries.get('Rect'));
  return (document.arrayEntry(page.dict, 'Annots') ?? []).some((item) => {
    const annotation = document.resolve(item);
    if (!isDict(annotation) || isInvisible(document, annotation)) return false;
    const box = boxOf(document, annotation.entries.get('Rect'));
    return rect !== null && box !== null && overlaps(rect, box);
  });
}

function refuse(page: PdfPage, over: 'field' | 'content' | 'opaque'): never {
  throw new Refusal(
    'sign.overlaps',
    'The document is signed already; a new mark must not cover what stands in it.',
    { page: page.index + 1, over },
  );
}

/**
 * Judges a new widget by the very functions that `verify` judges it with later: over a field, a note or
 * what stands on the page, or opaque, it would be shown as a doubt, never as good. Before the first
 * signature whoever prepares the document decides.
 *
 * @param page as it was before the update
 * @throws Refusal `sign.overlaps` ({page, over: 'field' | 'content' | 'opaque'})
 */
export function permitPlace(
  update: PdfUpdate,
  standing: Standing,
  page: PdfPage,
  widget: PdfDict,
): void {
  const { document } = update;
  if (standing.signed.length === 0 || isInvisible(document, widget)) return;
  if (liesOverAnother(document, page, widget)) refuse(page, 'field');
  const cover = coverOf(updated(update), widget, pageInk(document, page.dict));
  if (cover !== 'nothing') refuse(page, cover);
}

/**
 * As `permitPlace` for a field that stood ready: its mark may lie over what is there, so that both are
 * seen, but it may not hide it.
 *
 * @param now the widget with its mark
 * @param signature false for a field that is filled in
 * @throws Refusal `sign.overlaps`
 */
export function permitMark(
  update: PdfUpdate,
  standing: Standing,
  widget: Widget,
  now: PdfDict,
  signature = true,
): void {
  const { document } = update;
  if (standing.signed.length === 0 || isInvisible(document, now)) return;
  const page = pageShowing(document, widget.ref, widget.dict);
  if (page === null) return;
  const hides = newlyHides({
    before: document,
    after: updated(update),
    old: widget.dict,
    now,
    number: widget.ref.number,
    signature,
    annots: document.arrayEntry(page.dict, 'Annots') ?? [],
    ink: pageInk(document, page.dict),
    page: page.geometry.crop,
  });
  if (hides) refuse(page, 'content');
}
