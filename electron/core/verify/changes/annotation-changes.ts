/** Changes of a page's annotations (ISO 32000-2, 12.5): later widgets of signatures, and everything else. */
import { isDict, isName, isRef } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { fieldName, fieldType, inherited } from '../field-tree.ts';
import { judgeField, judgeNewSignature } from './field-changes.ts';
import { coverOf, isBlank } from './page-cover.ts';
import { FLAG, boxOf, flagsOf, isInvisible, overlaps } from './geometry.ts';

import { compareLists, listOf } from './step.ts';
import type { Step } from './step.ts';

const ACTION_KEYS = ['A', 'AA', 'PA', 'Dest'];

/** The /Annots of the page with object number `page` (null for a page without one). */
export function judgeAnnotations(
  step: Step,
  before: PdfObject,
  after: PdfObject,
  page: number | null,
): void {
  const old = listOf(step.before, before);
  const now = listOf(step.after, after);
  if (old === null || now === null) return step.note('forbidden', 'annotations-replaced', { page });
  const { kept, added, removed } = compareLists(old, now);
  if (removed.length > 0) step.note('forbidden', 'annotation-removed', { page });
  for (const [a, b] of kept)
    if (!isRef(a)) judgeDirect(step, step.before.resolve(a), step.after.resolve(b), page);
  for (const item of added) judgeNewAnnotation(step, item, page, old);
}

function judgeDirect(step: Step, before: PdfObject, after: PdfObject, page: number | null): void {
  if (isDict(before) && isName(step.before.entry(before, 'Subtype'), 'Widget'))
    return judgeField(step, before, after);
  judgeAnnotation(step, before, after, page);
}

/** An annotation that is no widget and stood there before. */
export function judgeAnnotation(
  step: Step,
  before: PdfObject,
  after: PdfObject,
  page: number | null,
): void {
  if (step.before.resolve(before) === null && step.after.resolve(after) === null) return;
  step.note('forbidden', 'annotation-changed', { page });
}

function judgeNewAnnotation(
  step: Step,
  item: PdfObject,
  page: number | null,
  old: readonly PdfObject[],
): void {
  const annotation = step.after.resolve(item);
  if (!isDict(annotation) || (isRef(item) && step.roles.of(item.number) !== 0))
    return step.note('forbidden', 'object-reused', { page });
  if (ACTION_KEYS.some((key) => annotation.entries.has(key)))
    return step.note('forbidden', 'annotation-action-added', { page });
  const subtype = step.after.entry(annotation, 'Subtype');
  if (isName(subtype, 'Widget')) return judgeNewWidget(step, item, annotation, page, old);
  const kind = isName(subtype) ? subtype.value : '?';
  const closed = step.policy.permission === 1 || step.policy.permission === 2;
  step.note(closed ? 'forbidden' : 'visible', 'annotation-added', { page, annotation: kind });
}

function judgeNewWidget(
  step: Step,
  item: PdfObject,
  widget: PdfDict,
  page: number | null,
  old: readonly PdfObject[],
): void {
  const field =
    isRef(item) && !widget.entries.has('Parent') ? step.fieldOfKid(item.number) : undefined;
  const owner = field ?? widget;
  const name = fieldName(step.after, owner);
  if (fieldType(step.after, owner) !== 'Sig')
    return step.note('forbidden', 'field-added', { page, field: name });
  const parent = widget.entries.get('Parent');
  if (isRef(parent) && widget.entries.get('T') === undefined && step.roles.of(parent.number) !== 0)
    return step.note('forbidden', 'field-moved', { page, field: name });
  judgeNewSignature(step, owner, name);
  if (isInvisible(step.after, widget)) return;
  // A mark that appears after a certification which knew of no such field is shown to people, never
  // passed in silence; so is a timestamp that shows itself.
  const signature = inherited(step.after, owner, 'V');
  const timestamp = isDict(signature) && isName(signature.entries.get('Type'), 'DocTimeStamp');
  const floats = (flagsOf(step.after, widget) & (FLAG.noZoom | FLAG.noRotate)) !== 0;
  // Words in a field that nobody signed are nobody's words.
  const nobodys = signature === null && !isBlank(step.after, widget);
  if (step.policy.permission === 2 || timestamp || floats || nobodys)
    return step.note('visible', 'mark-added', { page, field: name });
  const box = boxOf(step.after, widget.entries.get('Rect'));
  const neighbour = old.some((other) => {
    const existing = step.before.resolve(other);
    if (!isDict(existing) || isInvisible(step.before, existing)) return false;
    const theirs = boxOf(step.before, existing.entries.get('Rect'));
    return box !== null && theirs !== null && overlaps(box, theirs);
  });
  if (neighbour) return step.note('visible', 'mark-over-field', { page, field: name });
  switch (coverOf(step.after, widget, step.pageInk(page))) {
    case 'nothing':
      return;
    case 'opaque':
      return step.note('visible', 'mark-opaque', { page, field: name });
    case 'content':
      return step.note('visible', 'mark-over-content', { page, field: name });
  }
}
