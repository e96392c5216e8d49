/**
 * What one revision changed, judged object by object: only objects whose cross-reference entries the
 * revision touched can differ, and each of them is judged in every role it had before.
 */
import type { PdfDocument } from '../../pdf/document.ts';
import { isDict, isName, isRef, isStream } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { formNodes, inherited, signatureFields } from '../field-tree.ts';
import type { ChangePolicy } from '../policy.ts';
import { judgeAnnotation, judgeAnnotations } from './annotation-changes.ts';
import {
  judgeCatalog,
  judgeExtensions,
  judgeInfo,
  judgePage,
  judgePageTree,
  judgeTrailer,
} from './document-changes.ts';
import { same } from './equal.ts';
import { fieldsSigned, judgeField, judgeFields, judgeOwned } from './field-changes.ts';
import { judgeFillCover } from './fill-cover.ts';
import { judgeForm, judgeFormResources } from './form-changes.ts';
import { FIXED, ROLE, ROLES } from './role.ts';
import type { Role } from './role.ts';
import { generationOf } from './roles.ts';
import type { ObjectRoles } from './roles.ts';
import { changeOf } from './step.ts';
import type { Change, Pages, Step } from './step.ts';
import { judgeStructure } from './structure-changes.ts';

/**
 * The changes between two neighbouring revisions under `policy`, each sentence once. `objects`: what
 * the later revision's own cross-reference names. `roles` must describe `before`, and describes
 * `after` as well when this returns.
 */
export function revisionChanges(
  before: PdfDocument,
  after: PdfDocument,
  objects: ReadonlySet<number>,
  policy: ChangePolicy,
  roles: ObjectRoles,
  pages: Pages,
): readonly Change[] {
  const changes = new Map<string, Change>();
  const filled = new Set<string>();
  const numbers = touched(before, after, objects);
  const step: Step = {
    before,
    after,
    policy,
    roles,
    ...pages,
    signed: newlySigned(before, after, roles, numbers),
    hasField: namesBefore(before),
    fieldOfKid: kidsOfNewFields(after, roles),
    note(level, code, about = {}) {
      if (code === 'field-filled' && about.field !== undefined) filled.add(about.field);
      const change = changeOf(pages, level, code, about);
      changes.set(`${level} ${change.text}`, change);
    },
  };
  judgeTrailer(step);
  for (const number of numbers) {
    const mask = roles.of(number);
    if (mask === 0) continue;
    const old = valueOf(before, number);
    // 7.3.10: references of before lead to nothing where the generation is another one.
    const renumbered = generationOf(before, number) !== generationOf(after, number);
    const now = old !== null && renumbered ? null : valueOf(after, number);
    if (same(step, old, now)) continue;
    for (const role of ROLES) if ((mask & role) !== 0) judge(step, role, number, old, now);
  }
  roles.advance(after, numbers);
  judgeFillCover(step, new Set([...filled, ...step.signed]));
  // At least the file identifier and the cross-reference are new.
  if (changes.size === 0) step.note('allowed', 'nothing-changed');
  return [...changes.values()];
}

/**
 * Numbers the revision's own sections name; and where it replaced an object stream, what lies in it:
 * the entries of those objects stay as they are while their bytes change.
 */
function touched(
  before: PdfDocument,
  after: PdfDocument,
  objects: ReadonlySet<number>,
): ReadonlySet<number> {
  const numbers = new Set(objects);
  if (!touchesContainer(before, after, objects)) return numbers;
  // Whatever lies in object streams may lie in one that this revision replaced, or extended.
  for (const number of after.objectNumbers())
    if (after.xrefEntry(number)?.type === 'compressed') numbers.add(number);
  return numbers;
}

/** Whether an object stream of earlier revisions was replaced, or one they only named now exists. */
function touchesContainer(
  before: PdfDocument,
  after: PdfDocument,
  objects: ReadonlySet<number>,
): boolean {
  const made = new Set<number>();
  for (const number of objects) {
    if (isObjectStream(valueOf(before, number))) return true;
    if (isObjectStream(valueOf(after, number))) made.add(number);
  }
  if (made.size === 0) return false;
  for (const number of after.objectNumbers()) {
    const entry = after.xrefEntry(number);
    if (entry?.type === 'compressed' && made.has(entry.at) && !objects.has(number)) return true;
  }
  return false;
}

function isObjectStream(value: PdfObject): boolean {
  return isStream(value) && isName(value.dict.entries.get('Type'), 'ObjStm');
}

/** Names of the fields that this step signs; a second field of a name signed before is not among them. */
function newlySigned(
  before: PdfDocument,
  after: PdfDocument,
  roles: ObjectRoles,
  numbers: ReadonlySet<number>,
): ReadonlySet<string> {
  const names = fieldsSigned({ before, after, roles }, numbers);
  if (names.size > 0)
    for (const { name, dict } of signatureFields(before))
      if (inherited(before, dict, 'V') !== null) names.delete(name);
  return names;
}

/** Whether a name is taken, asked only where a field is new. */
function namesBefore(before: PdfDocument): (name: string) => boolean {
  let names: Set<string> | null = null;
  return (name) => {
    names ??= new Set(formNodes(before).flatMap((node) => (node.named ? [node.name] : [])));
    return names.has(name);
  };
}

/** Finds the field of a widget among the kids of the fields that `roles` does not know yet. */
function kidsOfNewFields(
  after: PdfDocument,
  roles: ObjectRoles,
): (number: number) => PdfDict | undefined {
  let kids: Map<number, PdfDict> | null = null;
  const find = (): Map<number, PdfDict> => {
    const found = new Map<number, PdfDict>();
    const form = after.dictEntry(after.catalog, 'AcroForm');
    for (const item of (form === null ? null : after.arrayEntry(form, 'Fields')) ?? []) {
      if (!isRef(item) || roles.of(item.number) !== 0) continue;
      const field = after.resolve(item);
      if (!isDict(field)) continue;
      for (const kid of after.arrayEntry(field, 'Kids') ?? [])
        if (isRef(kid)) found.set(kid.number, field);
    }
    return found;
  };
  return (number) => (kids ??= find()).get(number);
}

/** The object with this number; null where it is free or missing. */
export function valueOf(document: PdfDocument, number: number): PdfObject {
  return document.resolve({ kind: 'ref', number, generation: generationOf(document, number) });
}

function judge(step: Step, role: Role, number: number, old: PdfObject, now: PdfObject): void {
  switch (role) {
    case ROLE.catalog:
      return judgeCatalog(step, old, now);
    case ROLE.pageTree:
      return judgePageTree(step, old, now);
    case ROLE.page:
      return judgePage(step, old, now, number);
    case ROLE.annots: {
      const pages = [...step.roles.owners(number)].map(Number);
      for (const page of pages.length === 0 ? [null] : pages)
        judgeAnnotations(step, old, now, page);
      return;
    }
    case ROLE.annotation:
      return judgeAnnotation(step, old, now, null);
    case ROLE.field:
      return judgeField(step, old, now, [...step.roles.owners(number)][0]);
    case ROLE.fields:
      return judgeFields(step, old, now);
    case ROLE.form:
      return judgeForm(step, old, isDict(now) ? now : undefined);
    case ROLE.appearance:
    case ROLE.appearanceResource:
      return judgeOwned(step, step.roles.owners(number), false);
    case ROLE.value:
      return judgeOwned(step, step.roles.owners(number), true);
    case ROLE.validationData:
      return step.note('allowed', 'validation-data-added');
    case ROLE.info:
    case ROLE.metadata:
      return judgeInfo(step);
    case ROLE.structure:
      return judgeStructure(step, old, now);
    case ROLE.extensions:
      return judgeExtensions(step);
    case ROLE.formResources:
      return judgeFormResources(step, old, now, step.roles.owners(number).has('category'));
    default:
      return step.note('forbidden', FIXED.get(role) ?? 'part-changed');
  }
}
