/** What can be done with fields, from the mouse, the keyboard and the buttons alike. */
import { fieldSizes, isSignature, kindOf } from '../../../shared/job/field.ts';
import type { Placement } from '../../../shared/document.ts';
import type { FieldSpec } from '../../../shared/job/job.ts';
import {
  aligned,
  fieldsOn,
  freePlace,
  leastOf,
  onPage,
  pageSize,
  proposeFields,
} from './geometry.ts';
import type { Alignment } from './geometry.ts';
import { orderedDocuments, usePrepare } from './store.ts';

interface At {
  readonly document: string;
  readonly page: number;
  /** The middle of the new field, in points. */
  readonly x: number;
  readonly y: number;
  /** Where it was drawn rather than dropped. */
  readonly size?: { readonly width: number; readonly height: number };
}

function put(field: FieldSpec): void {
  const { draft, editSpec, look, show, shown } = usePrepare.getState();
  editSpec({ fields: [...draft.spec.fields, field] });
  if (shown.document !== field.document || shown.page !== field.placement.page) {
    show(field.document, field.placement.page);
  }
  look({ field: field.id, signer: field.signer });
}

/** A field for `signer` where the pointer is, or at a free place of the page that is shown. */
export function addField(signer: string, at?: At): boolean {
  const { draft, documents, shown, kind } = usePrepare.getState();
  const id = at?.document ?? shown.document;
  const document = documents.find((each) => each.id === id);
  if (document === undefined) return false;
  const page = at?.page ?? shown.page;
  const size = pageSize(document, page);
  const wanted = at?.size ?? fieldSizes[kind];
  const least = leastOf(kind);
  const place =
    at === undefined
      ? freePlace(
          size,
          fieldsOn(draft.spec.fields, document.id, page).map((field) => field.placement),
          wanted,
          least,
        )
      : onPage({ x: at.x - wanted.width / 2, y: at.y - wanted.height / 2, ...wanted }, size, least);
  if (place === null) return false;
  put({
    id: crypto.randomUUID(),
    document: document.id,
    signer,
    placement: { page, ...place },
    ...(kind === 'signature' ? {} : { kind }),
  });
  return true;
}

export function removeField(id: string): void {
  const { draft, editSpec, look, group } = usePrepare.getState();
  const gone = new Set([id, ...group]);
  editSpec({ fields: draft.spec.fields.filter((field) => !gone.has(field.id)) });
  look({ field: null });
}

/** All of a field but where it is; one of the file is copied as a new one. */
function likeness({ id: _, existing: __, ...field }: FieldSpec): Omit<FieldSpec, 'id'> {
  return field;
}

/** A copy of `field` on the page that is shown: beside itself on its own page, at the same place on another. */
export function pasteField(field: FieldSpec): void {
  const { documents, shown } = usePrepare.getState();
  const document = documents.find((each) => each.id === shown.document);
  if (document === undefined) return;
  const same = field.document === document.id && field.placement.page === shown.page;
  const { x, y, width, height } = field.placement;
  const moved = same ? { x: x + 12, y: y + height + 12, width, height } : { x, y, width, height };
  const placed = onPage(moved, pageSize(document, shown.page), leastOf(kindOf(field)));
  put({
    ...likeness(field),
    id: crypto.randomUUID(),
    document: document.id,
    placement: { page: shown.page, ...placed },
  });
}

/** A copy at the same place of every page but those; where one like it stands already there is none. */
export function copyToPages(field: FieldSpec, except: ReadonlySet<number>): number {
  const { draft, documents, editSpec } = usePrepare.getState();
  const document = documents.find((each) => each.id === field.document);
  if (document === undefined) return 0;
  const { page: own, ...place } = field.placement;
  const stands = (page: number) =>
    fieldsOn(draft.spec.fields, document.id, page).some(
      (other) =>
        other.signer === field.signer &&
        kindOf(other) === kindOf(field) &&
        Math.abs(other.placement.x - place.x) < 1 &&
        Math.abs(other.placement.y - place.y) < 1,
    );
  const added: FieldSpec[] = [];
  for (let page = 0; page < document.findings.pageCount; page += 1) {
    if (page === own || except.has(page) || stands(page)) continue;
    const placed = onPage(place, pageSize(document, page), leastOf(kindOf(field)));
    added.push({ ...likeness(field), id: crypto.randomUUID(), placement: { page, ...placed } });
  }
  if (added.length > 0) editSpec({ fields: [...draft.spec.fields, ...added] });
  return added.length;
}

/** Brings the others that are chosen in line with the one that was chosen last. One step back undoes all. */
export function alignFields(how: Alignment): void {
  const { draft, documents, field: id, group, editSpec } = usePrepare.getState();
  const first = draft.spec.fields.find((each) => each.id === id);
  if (first === undefined) return;
  const fields = draft.spec.fields.map((each) => {
    const document = documents.find((one) => one.id === each.document);
    if (!group.includes(each.id) || each.existing !== undefined || document === undefined)
      return each;
    const { page, ...place } = each.placement;
    const to = aligned(place, first.placement, how);
    const { x, y, width, height } = onPage(to, pageSize(document, page), leastOf(kindOf(each)));
    return { ...each, placement: { page, x, y, width, height } satisfies Placement };
  });
  editSpec({ fields });
}

/** Chosen beside the one that is chosen, or no longer. */
/** Those that move when `id` is moved: all that are chosen with it on its page, but what stands in the file. */
export function movedWith(id: string): readonly FieldSpec[] {
  const { draft, field, group } = usePrepare.getState();
  const { fields } = draft.spec;
  const own = fields.find((each) => each.id === id);
  if (own === undefined) return [];
  const chosen = new Set(field === id || group.includes(id) ? [field, ...group, id] : [id]);
  return fields.filter(
    (each) =>
      chosen.has(each.id) &&
      each.existing === undefined &&
      each.document === own.document &&
      each.placement.page === own.placement.page,
  );
}

/** Moves the chosen ones together. Edits with the same key in a row are one step back. */
export function moveTogether(
  moved: readonly FieldSpec[],
  { dx, dy }: { readonly dx: number; readonly dy: number },
  key?: string,
): void {
  const ids = new Set(moved.map(({ id }) => id));
  const { draft, editSpec } = usePrepare.getState();
  const fields = draft.spec.fields.map((each) => {
    const { placement } = each;
    return ids.has(each.id)
      ? { ...each, placement: { ...placement, x: placement.x + dx, y: placement.y + dy } }
      : each;
  });
  editSpec({ fields }, key);
}

/** All fields of the page that is shown. */
export function chooseAll(): void {
  const { draft, shown, look } = usePrepare.getState();
  if (shown.document === null) return;
  const [first, ...others] = fieldsOn(draft.spec.fields, shown.document, shown.page);
  if (first !== undefined) look({ field: first.id, group: others.map(({ id }) => id) });
}

export function toggleInGroup(id: string): void {
  const { field, group, look } = usePrepare.getState();
  if (field === null || field === id) {
    look({ field: id });
    return;
  }
  look({ group: group.includes(id) ? group.filter((each) => each !== id) : [...group, id] });
}

/** One at the end of each document for every signer without one there, or for this one. */
export function placeForAll(only?: string): number {
  const { draft, documents, editSpec, show } = usePrepare.getState();
  const ordered = orderedDocuments(draft, documents);
  const { signers, fields } = draft.spec;
  const whose = only === undefined ? signers : signers.filter((signer) => signer.id === only);
  const added = proposeFields(whose, fields, ordered, () => crypto.randomUUID());
  const first = added[0];
  if (first !== undefined) {
    editSpec({ fields: [...fields, ...added] });
    show(first.document, first.placement.page);
  }
  return added.length;
}

/** Whether somebody has no place for a signature yet. */
export function lacksSignature(signer: string, fields: readonly FieldSpec[]): boolean {
  return !fields.some((field) => field.signer === signer && isSignature(field));
}
