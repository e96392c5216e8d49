/**
 * Changes of the structure tree (ISO 32000-2, 14.7): a tagged document gets an element for each new
 * widget. Only that: elements and parent tree entries may be added, none may be changed.
 */
import { isArray, isDict, isName, isRef } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { changedKeys, same } from './equal.ts';
import { compareLists } from './step.ts';
import type { Step } from './step.ts';

const MAX_DEPTH = 16;
// /ActualText, /Alt and /E are what a screen reader says instead of what is shown.
const NEW_ELEMENT_KEYS = new Set(['Type', 'S', 'P', 'Pg', 'K', 'ID', 'T', 'Lang', 'R']);

/** An object of the structure tree that was changed in place. */
export function judgeStructure(step: Step, before: PdfObject, after: PdfObject): void {
  if (isAdditive(step, before, after)) step.note('allowed', 'structure-extended');
  else step.note('forbidden', 'structure-changed');
}

function isAdditive(step: Step, before: PdfObject, after: PdfObject): boolean {
  if (isArray(before) && isArray(after)) return grows(step, before, after);
  if (!isDict(before) || !isDict(after)) return same(step, before, after);
  return changedKeys(step, before, after).every((key) => {
    const old = before.entries.get(key);
    const now = after.entries.get(key);
    switch (key) {
      case 'K':
        return grows(step, kidsOf(step.before, old), kidsOf(step.after, now));
      case 'ParentTreeNextKey':
        return typeof now === 'number' && (typeof old !== 'number' || now > old);
      case 'ParentTree':
        return treeGrows(step, step.before.resolve(old), step.after.resolve(now));
      case 'Nums':
      case 'Kids':
      case 'Limits':
        return treeGrows(step, before, after);
      default:
        return false;
    }
  });
}

/** /K may be one kid or an array of them. */
function kidsOf(document: PdfDocument, value: PdfObject | undefined): readonly PdfObject[] {
  const resolved = document.resolve(value);
  if (resolved === null) return [];
  return isArray(resolved) ? resolved : [value ?? null];
}

function grows(step: Step, before: readonly PdfObject[], after: readonly PdfObject[]): boolean {
  const { kept, added, removed } = compareLists(before, after);
  return (
    removed.length === 0 &&
    kept.every(([a, b]) => same(step, a, b)) &&
    added.every((item) => isNewElement(step, item, 0))
  );
}

/** An element that holds nothing but references to annotations: no existing content under new tags. */
function isNewElement(step: Step, item: PdfObject, depth: number): boolean {
  if (isRef(item) && step.roles.of(item.number) !== 0) return false;
  const element = step.after.resolve(item);
  if (!isDict(element) || depth > MAX_DEPTH) return false;
  if (isName(element.entries.get('Type'), 'OBJR'))
    return isDict(step.after.resolve(element.entries.get('Obj')));
  return (
    [...element.entries.keys()].every((key) => NEW_ELEMENT_KEYS.has(key)) &&
    kidsOf(step.after, element.entries.get('K')).every((kid) => isNewElement(step, kid, depth + 1))
  );
}

/** Every number of the earlier tree is in the later one with the same value. */
function treeGrows(step: Step, before: PdfObject, after: PdfObject): boolean {
  if (!isDict(after)) return false;
  const old = flatten(step.before, before);
  const now = flatten(step.after, after);
  if (old === null || now === null) return false;
  for (const [key, value] of old)
    if (!now.has(key) || !same(step, value, now.get(key))) return false;
  return true;
}

/** ISO 32000-2, 7.9.7: number trees. Null for one that is none, or loops. */
function flatten(document: PdfDocument, root: PdfObject): Map<number, PdfObject> | null {
  const entries = new Map<number, PdfObject>();
  const seen = new Set<PdfDict>();
  const visit = (node: PdfObject, depth: number): boolean => {
    if (node === null) return true;
    if (!isDict(node) || depth > MAX_DEPTH || seen.has(node)) return false;
    seen.add(node);
    const numbers = document.arrayEntry(node, 'Nums') ?? [];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const key = document.resolve(numbers[i]);
      if (typeof key !== 'number' || entries.has(key)) return false;
      entries.set(key, numbers[i + 1] ?? null);
    }
    return (document.arrayEntry(node, 'Kids') ?? []).every((kid) =>
      visit(document.resolve(kid), depth + 1),
    );
  };
  return visit(root, 0) ? entries : null;
}
