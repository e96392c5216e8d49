/** Changes of a page's annotations (ISO 32000-2, 12.5): later widgets of signatures, and everything else. */
import { isDict, isName, isRef } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { fieldName, fieldType, inherited } from '../field-tree.ts';
import { judgeField, judgeNewSignature } from './field-changes.ts';
import { coverOf } from './page-cover.ts';
import { boxOf, isInvisible, overlaps } from './geometry.ts';

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
  const where = step.pageLabel(page);
  if (old === null || now === null)
    return step.note('forbidden', `The annotations of ${where} were replaced.`);
  const { kept, added, removed } = compareLists(old, now);
  if (removed.length > 0) step.note('forbidden', `An annotation on ${where} was removed.`);
  for (const [a, b] of kept)
    if (!isRef(a)) judgeDirect(step, step.before.resolve(a), step.after.resolve(b), where);
  for (const item of added) judgeNewAnnotation(step, item, page, old);
}

function judgeDirect(step: Step, before: PdfObject, after: PdfObject, where: string): void {
  if (isDict(before) && isName(step.before.entry(before, 'Subtype'), 'Widget'))
    return judgeField(step, before, after);
  judgeAnnotation(step, before, after, where);
}

/** An annotation that is no widget and stood there before. */
export function judgeAnnotation(
  step: Step,
  before: PdfObject,
  after: PdfObject,
  where: string,
): void {
  if (step.before.resolve(before) === null && step.after.resolve(after) === null) return;
  step.note('forbidden', `An existing annotation on ${where} was changed or removed.`);
}

function judgeNewAnnotation(
  step: Step,
  item: PdfObject,
  page: number | null,
  old: readonly PdfObject[],
): void {
  const where = step.pageLabel(page);
  const annotation = step.after.resolve(item);
  if (!isDict(annotation) || (isRef(item) && step.roles.of(item.number) !== 0))
    return step.note('forbidden', `An object of the signed document was put on ${where}.`);
  if (ACTION_KEYS.some((key) => annotation.entries.has(key)))
    return step.note('forbidden', `An annotation with an action was added on ${where}.`);
  const subtype = step.after.entry(annotation, 'Subtype');
  if (isName(subtype, 'Widget')) return judgeNewWidget(step, item, annotation, page, old);
  const kind = isName(subtype) ? subtype.value : 'unknown kind';
  const closed = step.policy.permission === 1 || step.policy.permission === 2;
  step.note(closed ? 'forbidden' : 'visible', `An annotation (${kind}) was added on ${where}.`);
}

function judgeNewWidget(
  step: Step,
  item: PdfObject,
  widget: PdfDict,
  page: number | null,
  old: readonly PdfObject[],
): void {
  const where = step.pageLabel(page);
  const field =
    isRef(item) && !widget.entries.has('Parent') ? step.fieldOfKid(item.number) : undefined;
  const owner = field ?? widget;
  const name = fieldName(step.after, owner);
  if (fieldType(step.after, owner) !== 'Sig')
    return step.note('forbidden', `A form field was added on ${where}: "${name}".`);
  const parent = widget.entries.get('Parent');
  if (isRef(parent) && widget.entries.get('T') === undefined && step.roles.of(parent.number) !== 0)
    return step.note('forbidden', `The field "${name}" was given another place, on ${where}.`);
  judgeNewSignature(step, owner, name);
  if (isInvisible(step.after, widget)) return;
  // A mark that appears after a certification which knew of no such field is shown to people, never
  // passed in silence; so is a timestamp that shows itself.
  const signature = inherited(step.after, owner, 'V');
  const timestamp = isDict(signature) && isName(signature.entries.get('Type'), 'DocTimeStamp');
  if (step.policy.permission === 2 || timestamp)
    return step.note('visible', `A new visible mark stands on ${where}: "${name}".`);
  const box = boxOf(step.after, widget.entries.get('Rect'));
  const neighbour = old.some((other) => {
    const existing = step.before.resolve(other);
    if (!isDict(existing) || isInvisible(step.before, existing)) return false;
    const theirs = boxOf(step.before, existing.entries.get('Rect'));
    return box !== null && theirs !== null && overlaps(box, theirs);
  });
  if (neighbour)
    return step.note(
      'visible',
      `The new mark "${name}" lies over another field or note on ${where}.`,
    );
  switch (coverOf(step.after, widget, step.pageInk(page))) {
    case 'nothing':
      return;
    case 'opaque':
      return step.note('visible', `The new mark "${name}" on ${where} is opaque.`);
    case 'content':
      return step.note('visible', `The new mark "${name}" lies over what stands on ${where}.`);
  }
}
