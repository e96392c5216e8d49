/** What a signer is asked to fill in: their fields, one question at a time, initials once for all places. */
import { createContext } from 'react';
import type { SigningView } from '../../../shared/rpc/views.ts';
import type { SigningField } from '../../../shared/rpc/views-fields.ts';

/** Whether there is anything to fill in at all. */
export const Fills = createContext(false);

export interface FieldSpot {
  readonly document: SigningView['documents'][number];
  readonly field: SigningField;
}

/** A question, with every place where its answer will stand. */
export interface FillItem {
  readonly kind: 'text' | 'check' | 'initials';
  readonly spots: readonly [FieldSpot, ...FieldSpot[]];
}

/** Every field of this signer's, in the order of the pages. */
export function spotsOf(view: SigningView): readonly FieldSpot[] {
  return view.documents.flatMap((document) =>
    [...document.fields]
      .sort(({ placement: a }, { placement: b }) => a.page - b.page || a.y - b.y || a.x - b.x)
      .map((field) => ({ document, field })),
  );
}

/** In the order of the pages; the initials where the first of them stand. */
export function itemsOf(view: SigningView): readonly FillItem[] {
  const spots = spotsOf(view);
  const initials = spots.filter(({ field }) => field.kind === 'initials');
  return spots.flatMap((spot): FillItem[] => {
    const { kind } = spot.field;
    switch (kind) {
      case 'text':
      case 'check':
        return [{ kind, spots: [spot] }];
      case 'initials': {
        const [first, ...others] = initials;
        return first === spot ? [{ kind, spots: [first, ...others] }] : [];
      }
      default:
        return [];
    }
  });
}
