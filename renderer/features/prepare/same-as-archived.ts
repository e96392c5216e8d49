/** Whether the archive's draft says what ours says: it keeps its own order of keys, and masks what it gives out. */
import { maskId } from '../../../shared/job/masks.ts';
import type { Draft } from './store.ts';

function plain(key: string, value: unknown): unknown {
  if (key === 'nationalId' && typeof value === 'string') return maskId(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

export function sameAsArchived(theirs: unknown, ours: unknown): boolean {
  return JSON.stringify(theirs, plain) === JSON.stringify(ours, plain);
}

export const draftParts = ['details', 'signers', 'fields', 'documents'] as const;
export type DraftPart = (typeof draftParts)[number];

function partOf({ spec, titles, order }: Draft, part: DraftPart): unknown {
  const { signers, fields, ...details } = spec;
  return { details, signers, fields, documents: { titles, order } }[part];
}

/** What `draft` says otherwise than `base` does, in the order of the screen. */
export function changedParts(draft: Draft, base: Draft): readonly DraftPart[] {
  return draftParts.filter((part) => !sameAsArchived(partOf(draft, part), partOf(base, part)));
}
