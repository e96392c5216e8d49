/** The page tree (ISO 32000-2, 7.7.3), read in order and only as far as asked. */
import type { Box, PageGeometry } from '../../../shared/document.ts';
import { Refusal } from '../../../shared/result.ts';
import type { Note } from './cursor.ts';
import type { PdfPage } from './document.ts';
import type { Resolve } from './filters.ts';
import { limits } from './limits.ts';
import type { PdfDict, PdfObject, PdfRef } from './objects.ts';
import { isArray, isDict, isName, isRef, numberOf } from './objects.ts';

export interface PageTree {
  count(): number;
  /** 0-based; refuses `pdf.no-pages` where there is none of that number. */
  page(index: number): PdfPage;
}

const inheritable = ['MediaBox', 'CropBox', 'Rotate', 'Resources'] as const;
type Inherited = Readonly<Partial<Record<(typeof inheritable)[number], PdfObject>>>;

/** Makes a page tree over a catalog; nothing is read yet. */
export function createPageTree(catalog: PdfDict, resolve: Resolve, note: Note): PageTree {
  const known: PdfPage[] = [];
  const walk = leaves(catalog, resolve, note);
  let done = false;
  let broken: Refusal | null = null;

  function reach(index: number): PdfPage | undefined {
    while (!done && known.length <= index) {
      const next = step();
      if (next.done === true) done = true;
      else known.push(pageOf(known.length, next.value, resolve));
      if (known.length > limits.pages)
        throw new Refusal('pdf.limit', 'The document has too many pages.');
    }
    return known[index];
  }

  /** A generator that threw is over; asked again it must refuse again, not say that there are no more pages. */
  function step(): IteratorResult<Leaf> {
    if (broken !== null) throw broken;
    try {
      return walk.next();
    } catch (error) {
      if (error instanceof Refusal) broken = error;
      throw error;
    }
  }

  return {
    count() {
      reach(Number.MAX_SAFE_INTEGER);
      const root = resolve(catalog.entries.get('Pages'));
      if (!isDict(root) || resolve(root.entries.get('Count')) !== known.length)
        note('structure.page-count', 'The page tree has another number of pages than it says.');
      return known.length;
    },
    page(index) {
      const page = reach(index);
      if (page === undefined)
        throw new Refusal('pdf.no-pages', 'The document has no such page.', { page: index + 1 });
      return page;
    },
  };
}

interface Leaf {
  readonly ref: PdfRef | null;
  readonly dict: PdfDict;
  readonly inherited: Inherited;
}

function* leaves(catalog: PdfDict, resolve: Resolve, note: Note): Generator<Leaf> {
  // A node stands on the path from the root once; a page may be listed twice (viewers show it twice).
  const path = new Set<number>();
  const visited = new Map<number, number>();

  function* visit(
    object: PdfObject | undefined,
    inherited: Inherited,
    depth: number,
  ): Generator<Leaf> {
    const ref = isRef(object) ? object : null;
    const node = resolve(object);
    if (!isDict(node)) {
      if (depth > 0) note('structure.page-tree', 'A page tree has a kid that is no page.');
      return;
    }
    const kids = resolve(node.entries.get('Kids'));
    const type = resolve(node.entries.get('Type'));
    if (!isArray(kids) || (isName(type, 'Page') && depth > 0)) {
      if (isName(type, 'Pages')) {
        if (resolve(node.entries.get('Count')) !== 0)
          note('structure.page-tree', 'A node of the page tree has no kids.');
        return;
      }
      yield { ref, dict: node, inherited: inherit(node, inherited) };
      return;
    }
    if (depth >= limits.pageTreeDepth)
      throw new Refusal('pdf.limit', 'The page tree is nested too deep.');
    if (ref !== null) {
      const times = (visited.get(ref.number) ?? 0) + 1;
      visited.set(ref.number, times);
      if (path.has(ref.number) || times > 64) {
        note('structure.page-loop', 'The page tree has a loop.');
        return;
      }
      path.add(ref.number);
    }
    const passedOn = inherit(node, inherited);
    for (const kid of kids) yield* visit(kid, passedOn, depth + 1);
    if (ref !== null) path.delete(ref.number);
  }

  yield* visit(catalog.entries.get('Pages'), {}, 0);
}

function inherit(node: PdfDict, inherited: Inherited): Inherited {
  if (!inheritable.some((key) => node.entries.has(key))) return inherited;
  const own: Record<string, PdfObject> = { ...inherited };
  for (const key of inheritable) {
    const value = node.entries.get(key);
    if (value !== undefined && value !== null) own[key] = value;
  }
  return own;
}

function pageOf(index: number, leaf: Leaf, resolve: Resolve): PdfPage {
  const resources = resolve(leaf.inherited.Resources);
  return {
    index,
    ref: leaf.ref,
    dict: leaf.dict,
    resources: isDict(resources) ? resources : null,
    geometry: geometryOf(leaf, resolve),
  };
}

/** US Letter, which viewers fall back on where a page has no usable media box. */
const letter: Box = { x0: 0, y0: 0, x1: 612, y1: 792 };

function geometryOf(leaf: Leaf, resolve: Resolve): PageGeometry {
  const media = boxOf(leaf.inherited.MediaBox, resolve) ?? letter;
  const crop = boxOf(leaf.inherited.CropBox, resolve);
  const turn = numberOf(resolve(leaf.inherited.Rotate)) ?? 0;
  const unit = numberOf(resolve(leaf.dict.entries.get('UserUnit')));
  return {
    crop: (crop && clip(crop, media)) ?? media,
    rotate: turn % 90 === 0 ? ((((turn % 360) + 360) % 360) as PageGeometry['rotate']) : 0,
    userUnit: unit !== null && unit > 0 ? unit : 1,
  };
}

/** A rectangle with its corners in order; null where it is none or has no area. */
export function boxOf(object: PdfObject | undefined, resolve: Resolve): Box | null {
  const list = resolve(object);
  if (!isArray(list)) return null;
  const corners = list.slice(0, 4).map((one) => numberOf(resolve(one)));
  const [a = null, b = null, c = null, d = null] = corners;
  if (a === null || b === null || c === null || d === null) return null;
  const box = { x0: Math.min(a, c), y0: Math.min(b, d), x1: Math.max(a, c), y1: Math.max(b, d) };
  return box.x1 > box.x0 && box.y1 > box.y0 ? box : null;
}

/** The common part of two boxes; null where they have none. */
function clip(box: Box, by: Box): Box | null {
  const common = {
    x0: Math.max(box.x0, by.x0),
    y0: Math.max(box.y0, by.y0),
    x1: Math.min(box.x1, by.x1),
    y1: Math.min(box.y1, by.y1),
  };
  return common.x1 > common.x0 && common.y1 > common.y0 ? common : null;
}
