/** Which objects the trailer reaches, and what is left over. */
import type { PdfDocument } from './document.ts';
import { sectionsOf } from './document-view.ts';
import { limits } from './limits.ts';
import { misplacedObjects } from './misplaced-objects.ts';
import type { PdfDict, PdfObject, PdfRef } from './objects.ts';
import { isArray, isDict, isName, isRef, isStream } from './objects.ts';
import { FREE, COMPRESSED, highestNumber, visitEntries } from './xref.ts';

export interface GraphFindings {
  /** False where the file has more objects than are walked through; the rest then says nothing. */
  readonly complete: boolean;
  /** Objects in use that nothing refers to. */
  readonly orphans: number;
  /** Orphans that a viewer could be made to show: pages, annotations, fields, forms, images, fonts. */
  readonly hiddenContent: number;
  /** What the objects in reach carry. */
  readonly actions: ReadonlySet<string>;
}

/**
 * Reads every object (never its stream data) once, from the trailer on.
 * @throws Refusal as `document.resolve` does.
 */
export function walkObjects(document: PdfDocument): GraphFindings {
  const sections = sectionsOf(document);
  const reached = new Uint8Array(highestNumber(sections) + 1);
  const actions = new Set<string>();
  const waiting: PdfRef[] = [];
  let visited = 0;

  const take = (object: PdfObject, depth: number): void => {
    if (isRef(object)) {
      if (object.number < reached.length && reached[object.number] === 0) {
        reached[object.number] = 1;
        waiting.push(object);
      }
    } else if (isArray(object)) {
      for (const item of object) take(item, depth + 1);
    } else if (isDict(object)) {
      noteAction(object, actions);
      for (const value of object.entries.values()) take(value, depth + 1);
    } else if (isStream(object)) {
      // Notes a stream whose /Length is wrong; the data itself is not read.
      object.place?.();
      take(object.dict, depth);
    }
  };
  // Earlier trailers too: what only an older revision's trailer names is no orphan.
  for (const section of sections) take(section.trailer, 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (++visited > limits.inspectObjects)
      return { complete: false, orphans: 0, hiddenContent: 0, actions };
    take(document.resolve(next), 0);
  }

  const left: PdfRef[] = [];
  visitEntries(sections, (number, type, at, generation) => {
    if (type === FREE || reached[number] === 1 || at === document.headerOffset) return;
    left.push({ kind: 'ref', number, generation: type === COMPRESSED ? 0 : generation });
  });
  // Reading what is not in its place would have the whole file repaired, for nothing anybody asked for.
  const misplaced = new Set(misplacedObjects(document).map((one) => one.number));
  let orphans = 0;
  let hiddenContent = 0;
  for (const ref of left) {
    if (++visited > limits.inspectObjects) break;
    const object = misplaced.has(ref.number) ? null : document.resolve(ref);
    if (object === null || isStructure(object)) continue;
    orphans++;
    if (isContent(object)) hiddenContent++;
  }
  return { complete: true, orphans, hiddenContent, actions };
}

function dictOf(object: PdfObject): PdfDict | null {
  return isDict(object) ? object : isStream(object) ? object.dict : null;
}

/** Objects that nothing refers to by their nature: the file's own structure and linearization. */
function isStructure(object: PdfObject): boolean {
  const dict = dictOf(object);
  if (dict === null) return false;
  const type = dict.entries.get('Type');
  if (isName(type, 'XRef') || isName(type, 'ObjStm') || dict.entries.has('Linearized')) return true;
  // Annex F: the hint stream is found by its offset; /S is where its shared object table begins.
  return isStream(object) && !isName(type) && typeof dict.entries.get('S') === 'number';
}

const contentTypes = new Set(['Page', 'Pages', 'Annot', 'XObject', 'Font', 'Sig', 'Catalog']);

function isContent(object: PdfObject): boolean {
  const dict = dictOf(object);
  const type = dict?.entries.get('Type');
  const subtype = dict?.entries.get('Subtype');
  if (isName(type) && contentTypes.has(type.value)) return true;
  return isStream(object) && (isName(subtype, 'Form') || isName(subtype, 'Image'));
}

/** Actions (ISO 32000-2, 12.6.4) that do more than move within the document. */
const telling = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToR',
  'GoToE',
  'Rendition',
  'Movie',
  'Sound',
  'RichMediaExecute',
  'SetOCGState',
  'Hide',
]);

function noteAction(dict: PdfDict, actions: Set<string>): void {
  const action = dict.entries.get('S');
  if (isName(action) && telling.has(action.value)) actions.add(action.value);
}
