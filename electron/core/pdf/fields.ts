/** Writing signature fields into a document's interactive form (ISO 32000-2, 12.7.3, 12.7.5.5). */
import type { Box, PageGeometry, Placement } from '../../../shared/document.ts';
import { toUserSpace } from '../../../shared/document.ts';
import { Refusal } from '../../../shared/result.ts';
import { inherited, signatureFields } from '../verify/field-tree.ts';
import type { PdfDocument, PdfPage, PdfUpdate } from './document.ts';
import {
  dict,
  isArray,
  isDict,
  isName,
  isRef,
  name,
  numberOf,
  real,
  textString,
} from './objects.ts';
import type { PdfArray, PdfDict, PdfObject, PdfRef } from './objects.ts';

/** ISO 32000-2, table 167: print (PDF/A wants it) and locked (not to be dragged about). */
const printAndLocked = 4 | 128;
/** ISO 32000-2, table 225: signatures exist, and the file is to be appended to only. */
const signaturesAppendOnly = 3;

/** The dictionary with some entries set, or taken out where the value is undefined. */
export function withEntries(
  dictionary: PdfDict,
  changes: Readonly<Record<string, PdfObject | undefined>>,
): PdfDict {
  const entries = new Map(dictionary.entries);
  for (const [key, value] of Object.entries(changes))
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
  return { kind: 'dict', entries };
}

function currentDict(update: PdfUpdate, object: PdfObject | undefined): PdfDict | null {
  const found = update.current(object);
  return isDict(found) ? found : null;
}

function rewriteCatalog(
  update: PdfUpdate,
  changes: Readonly<Record<string, PdfObject | undefined>>,
): void {
  const { catalog, catalogRef } = update.document;
  update.set(catalogRef, withEntries(currentDict(update, catalogRef) ?? catalog, changes));
}

/**
 * Adds fields to the form and says that the file bears signatures (/SigFlags 3). Touches as little as
 * it can: an indirect form or field list is rewritten alone, a direct one with what carries it; a new
 * form is indirect, so that the next signature leaves the catalog be. /NeedAppearances stays as it
 * is: `settleAppearances` takes it away, where the fields have been drawn.
 *
 * @param added references of the new fields; none to set the flags only
 */
export function addToForm(update: PdfUpdate, added: readonly PdfRef[]): void {
  const catalog = currentDict(update, update.document.catalogRef) ?? update.document.catalog;
  const formObject = catalog.entries.get('AcroForm');
  const form = currentDict(update, formObject);
  if (form === null) {
    const created = dict({ Fields: added, SigFlags: signaturesAppendOnly });
    rewriteCatalog(update, { AcroForm: update.add(created) });
    return;
  }
  const fieldsObject = form.entries.get('Fields');
  const current = update.current(fieldsObject);
  const fields = isArray(current) ? current : [];
  const flags = numberOf(update.current(form.entries.get('SigFlags'))) ?? 0;
  const changes: Record<string, PdfObject> = {};
  if ((flags & signaturesAppendOnly) !== signaturesAppendOnly)
    changes['SigFlags'] = flags | signaturesAppendOnly;
  if (added.length > 0) {
    if (isRef(fieldsObject) && isArray(current)) update.set(fieldsObject, [...fields, ...added]);
    else changes['Fields'] = [...fields, ...added];
  }
  if (Object.keys(changes).length === 0) return;
  const changed = withEntries(form, changes);
  if (isRef(formObject)) update.set(formObject, changed);
  else rewriteCatalog(update, { AcroForm: changed });
}

/** Puts a widget among a page's annotations; the list becomes indirect when the page must be rewritten. */
export function addToPage(update: PdfUpdate, page: PdfPage, widget: PdfRef): void {
  if (page.ref === null) return;
  const dictionary = currentDict(update, page.ref) ?? page.dict;
  const annotsObject = dictionary.entries.get('Annots');
  const current = update.current(annotsObject);
  const annots: PdfArray = [...(isArray(current) ? current : []), widget];
  if (isRef(annotsObject) && isArray(current)) update.set(annotsObject, annots);
  else update.set(page.ref, withEntries(dictionary, { Annots: update.add(annots) }));
}

/** Writes /Perms /DocMDP (ISO 32000-2, 12.8.6), keeping other permissions. */
export function addCertification(update: PdfUpdate, signature: PdfRef): void {
  const catalog = currentDict(update, update.document.catalogRef) ?? update.document.catalog;
  const permsObject = catalog.entries.get('Perms');
  const perms = currentDict(update, permsObject);
  if (perms === null) rewriteCatalog(update, { Perms: dict({ DocMDP: signature }) });
  else if (isRef(permsObject)) update.set(permsObject, withEntries(perms, { DocMDP: signature }));
  else rewriteCatalog(update, { Perms: withEntries(perms, { DocMDP: signature }) });
}

/** The page, or `sign.no-page` where the document has none of that number (0-based). */
export function pageAt(document: PdfDocument, index: number): PdfPage {
  const count = document.pageCount();
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new Refusal('sign.no-page', `The document has no page ${index + 1}.`, {
      page: index + 1,
      pages: count,
    });
  return document.page(index);
}

/** Pages searched for a widget that does not say where it stands. */
const searchedPages = 5000;

/** The page that shows a widget: by its /P, else by looking through the /Annots; null where none does. */
export function pageShowing(
  document: PdfDocument,
  widget: PdfRef | null,
  dictionary: PdfDict,
): PdfPage | null {
  const own = dictionary.entries.get('P');
  const count = Math.min(document.pageCount(), searchedPages);
  for (let i = 0; i < count; i++) {
    const page = document.page(i);
    if (isRef(own) && page.ref?.number === own.number) return page;
    if (isRef(own) || widget === null) continue;
    const annots = document.arrayEntry(page.dict, 'Annots') ?? [];
    if (annots.some((item) => isRef(item) && item.number === widget.number)) return page;
  }
  return null;
}

/** The signature fields of a document, in the form's order; `page` is 0-based, null where none shows it. */
export function listSignatureFields(
  document: PdfDocument,
): readonly { readonly name: string; readonly signed: boolean; readonly page: number | null }[] {
  return signatureFields(document).map((field) => {
    const kid = document.arrayEntry(field.dict, 'Kids')?.[0];
    const child = document.resolve(kid);
    const merged = isName(document.entry(field.dict, 'Subtype'), 'Widget') || !isDict(child);
    const page = merged
      ? pageShowing(document, field.ref, field.dict)
      : pageShowing(document, isRef(kid) ? kid : null, child);
    return {
      name: field.name,
      signed: inherited(document, field.dict, 'V') !== null,
      page: page?.index ?? null,
    };
  });
}

/** A box as a /Rect, in thousandths of a unit: finer than any printer. */
export function rectOf(box: Box): PdfArray {
  return [box.x0, box.y0, box.x1, box.y1].map((value) => {
    const rounded = Math.round(value * 1000) / 1000 || 0;
    return Number.isInteger(rounded) ? rounded : real(rounded);
  });
}

/** The /Rect of a place on a page; refuses `sign.off-page` where none of it would be seen. */
export function rectAt(geometry: PageGeometry, place: Placement): Box {
  const box = toUserSpace(geometry, place);
  const { crop } = geometry;
  const seen = box.x0 < crop.x1 && box.x1 > crop.x0 && box.y0 < crop.y1 && box.y1 > crop.y0;
  if (!(place.width > 0 && place.height > 0) || !seen)
    throw new Refusal('sign.off-page', 'The place of the signature lies outside the page.', {
      page: place.page + 1,
    });
  return box;
}

/** A signature field merged with its only widget, as a new dictionary. */
export function fieldDictionary(field: {
  readonly name: string;
  readonly label?: string | undefined;
  readonly page: PdfRef | null;
  /** Null for an invisible one: no area, no appearance (ISO 32000-2, 12.7.5.5). */
  readonly rect: Box | null;
  readonly extra?: Readonly<Record<string, PdfObject | undefined>>;
}): PdfDict {
  return dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: textString(field.name),
    TU: field.label === undefined ? undefined : textString(field.label),
    F: printAndLocked,
    Rect: field.rect === null ? [0, 0, 0, 0] : rectOf(field.rect),
    P: field.page ?? undefined,
    ...field.extra,
  });
}
