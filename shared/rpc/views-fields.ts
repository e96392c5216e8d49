/** What the calls answer about fields: JSON shapes made for the windows. */
import type { FieldTag, TextHit } from '../anchor.ts';
import type { Placement } from '../document.ts';
import type { FieldKind } from '../job/field.ts';

/** A field that the signer fills in, or that fills itself in when they sign. */
export interface SigningField {
  readonly id: string;
  /** In the document. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly placement: Placement;
  /** What is asked; may be empty. */
  readonly label: string;
  readonly required: boolean;
  readonly maxLength: number;
  /** As it will be unless the signer writes something else. */
  readonly value: string;
}

/** Where words, or the marks in a text, were found. */
export interface DocumentHits {
  readonly hits: readonly (TextHit & { readonly document: string })[];
  readonly tags: readonly (FieldTag & { readonly document: string })[];
}
