/** What can be done with fields, from the mouse, the keyboard and the buttons alike. */
import type { FieldSpec } from '../../../shared/job/job.ts';
import { defaultSize, fieldsOn, freePlace, onPage, pageSize, proposeFields } from './geometry.ts';
import { orderedDocuments, usePrepare } from './store.ts';

interface At {
  readonly document: string;
  readonly page: number;
  /** The middle of the new field, in points. */
  readonly x: number;
  readonly y: number;
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
  const { draft, documents, shown } = usePrepare.getState();
  const id = at?.document ?? shown.document;
  const document = documents.find((each) => each.id === id);
  if (document === undefined) return false;
  const page = at?.page ?? shown.page;
  const size = pageSize(document, page);
  const place =
    at === undefined
      ? freePlace(
          size,
          fieldsOn(draft.spec.fields, document.id, page).map((field) => field.placement),
        )
      : onPage(
          {
            x: at.x - defaultSize.width / 2,
            y: at.y - defaultSize.height / 2,
            ...defaultSize,
          },
          size,
        );
  if (place === null) return false;
  put({
    id: crypto.randomUUID(),
    document: document.id,
    signer,
    placement: { page, ...place },
  });
  return true;
}

export function removeField(id: string): void {
  const { draft, editSpec, look } = usePrepare.getState();
  editSpec({ fields: draft.spec.fields.filter((field) => field.id !== id) });
  look({ field: null });
}

/** A copy of `field` on the page that is shown: beside itself on its own page, at the same place on another. */
export function pasteField(field: FieldSpec): void {
  const { documents, shown } = usePrepare.getState();
  const document = documents.find((each) => each.id === shown.document);
  if (document === undefined) return;
  const same = field.document === document.id && field.placement.page === shown.page;
  const { x, y, width, height } = field.placement;
  const moved = same ? { x: x + 12, y: y + height + 12, width, height } : { x, y, width, height };
  put({
    id: crypto.randomUUID(),
    document: document.id,
    signer: field.signer,
    placement: { page: shown.page, ...onPage(moved, pageSize(document, shown.page)) },
  });
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
