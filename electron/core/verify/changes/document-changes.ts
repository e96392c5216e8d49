/** Changes of the trailer, the catalog and pages: what a later signature touches in passing. */
import { isArray, isDict, isName, isRef } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { judgeAnnotations } from './annotation-changes.ts';
import type { ChangeCode } from './change-text.ts';
import { changedKeys, same } from './equal.ts';
import { judgeForm } from './form-changes.ts';
import type { Step } from './step.ts';
import { judgeStructure } from './structure-changes.ts';

/** Entries of a trailer or xref stream dictionary that say how the file is stored, and nothing more. */
const HOUSEKEEPING = new Set(
  'Size Prev ID XRefStm Type W Index Filter DecodeParms Length DocChecksum'.split(' '),
);

/** ISO 32000-2, 7.5.5. */
export function judgeTrailer(step: Step): void {
  const before = step.before.trailer;
  const after = step.after.trailer;
  for (const key of changedKeys(step, before, after)) {
    if (HOUSEKEEPING.has(key)) continue;
    if (key === 'Info') judgeInfo(step);
    else if (key === 'Root') step.note('forbidden', 'root-replaced');
    // Without it, what was encrypted is read as it stands.
    else if (after.entries.has(key) || key === 'Encrypt')
      step.note('forbidden', 'trailer-changed', { entry: key });
  }
  const root = after.entries.get('Root');
  const oldRoot = before.entries.get('Root');
  if (isRef(root) && isRef(oldRoot) && root.number !== oldRoot.number)
    step.note('forbidden', 'root-replaced');
}

/** The document information dictionary: title, author, dates. */
export function judgeInfo(step: Step): void {
  step.note('allowed', 'metadata-updated');
}

const ACTIONS = new Set(['OpenAction', 'AA', 'URI']);

/** ISO 32000-2, 7.7.2. */
export function judgeCatalog(step: Step, before: PdfObject, after: PdfObject): void {
  if (!isDict(before) || !isDict(after)) return step.note('forbidden', 'root-replaced');
  for (const key of changedKeys(step, before, after)) {
    const old = before.entries.get(key);
    const now = after.entries.get(key);
    if (key === 'AcroForm') judgeForm(step, old, now);
    else if (key === 'DSS') judgeValidationData(step, now);
    else if (key === 'Metadata' && now !== undefined) judgeInfo(step);
    else if (key === 'Extensions' && now !== undefined) judgeExtensions(step);
    else if (key === 'Version' && isLaterVersion(step, old, now))
      step.note('allowed', 'version-raised');
    else if (key === 'StructTreeRoot' && old !== undefined)
      judgeStructure(step, step.before.resolve(old), step.after.resolve(now));
    else if (ACTIONS.has(key)) step.note('forbidden', 'action-changed', { entry: key });
    else step.note('forbidden', 'catalog-changed', { entry: key });
  }
}

function isLaterVersion(
  step: Step,
  before: PdfObject | undefined,
  after: PdfObject | undefined,
): boolean {
  const now = step.after.resolve(after);
  const old = step.before.resolve(before);
  if (!isName(now) || !/^(1\.[0-7]|2\.0)$/.test(now.value)) return false;
  return !isName(old) || old.value <= now.value;
}

/** EN 319 142-1, 5.4.2: the document security store. It is data for validators, shown to nobody. */
export function judgeValidationData(step: Step, after: PdfObject | undefined): void {
  if (isDict(step.after.resolve(after)) || isArray(step.after.resolve(after)))
    step.note('allowed', 'validation-data-added');
  else step.note('forbidden', 'validation-data-removed');
}

/** ISO 32000-2, 7.12. */
export function judgeExtensions(step: Step): void {
  step.note('allowed', 'extensions-updated');
}

/** The page tree's nodes and arrays: which pages there are, in which order. */
export function judgePageTree(step: Step, before: PdfObject, after: PdfObject): void {
  if (isArray(before) && isArray(after) && before.length === after.length) {
    before.forEach((kid, i) => {
      const old = step.before.resolve(kid);
      const now = step.after.resolve(after[i]);
      const direct = !isRef(kid) && !isRef(after[i]);
      if (direct && isDict(old) && isDict(now)) judgePageOrNode(step, old, now);
      else if (!same(step, kid, after[i])) step.note('forbidden', 'pages-changed');
    });
    return;
  }
  if (isDict(before) && isDict(after)) return judgePageOrNode(step, before, after);
  step.note('forbidden', 'pages-changed');
}

function judgePageOrNode(step: Step, before: PdfDict, after: PdfDict): void {
  if (!before.entries.has('Kids')) return judgePage(step, before, after, null);
  for (const key of changedKeys(step, before, after)) {
    const old = step.before.entry(before, key);
    const now = step.after.entry(after, key);
    if (key === 'Kids' && isArray(old) && isArray(now)) judgePageTree(step, old, now);
    else step.note('forbidden', 'page-tree-changed', { entry: key });
  }
}

const PAGE_CODES: ReadonlyMap<string, ChangeCode> = new Map([
  ['Contents', 'page-content-changed'],
  ['Resources', 'page-resources-changed'],
  ['MediaBox', 'page-cropped'],
  ['CropBox', 'page-cropped'],
  ['Rotate', 'page-rotated'],
  ['AA', 'page-action-added'],
]);

/** ISO 32000-2, 7.7.3.3. */
export function judgePage(
  step: Step,
  before: PdfObject,
  after: PdfObject,
  page: number | null,
): void {
  if (!isDict(before) || !isDict(after)) return step.note('forbidden', 'page-removed', { page });
  for (const key of changedKeys(step, before, after)) {
    const now = after.entries.get(key);
    if (key === 'Annots')
      judgeAnnotations(step, before.entries.get(key) ?? null, now ?? null, page);
    else if (key === 'LastModified' || (key === 'Tabs' && isName(step.after.resolve(now))))
      continue;
    else step.note('forbidden', PAGE_CODES.get(key) ?? 'page-changed', { page, entry: key });
  }
}
