/** What the signatures of a file allow to happen after them (ISO 32000-2, 12.8.2.2 and 12.8.2.4). */
import type { PdfDocument } from '../pdf/document.ts';
import { isDict, isName } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';
import { textOf } from './field-tree.ts';

/** ISO 32000-2, table 257: 1 nothing, 2 filling in and signing, 3 annotating too. */
export type Permission = 1 | 2 | 3;

export interface FieldRule {
  readonly action: 'All' | 'Include' | 'Exclude';
  readonly fields: readonly string[];
}

export interface ChangePolicy {
  /** Null where no signature speaks of it; then ordinary filling, signing and annotating is judged. */
  readonly permission: Permission | null;
  readonly locks: readonly FieldRule[];
}

export const OPEN_POLICY: ChangePolicy = { permission: null, locks: [] };

/** Both policies at once: the smaller permission, all locks. */
export function stricter(a: ChangePolicy, b: ChangePolicy): ChangePolicy {
  const permission =
    a.permission === null || b.permission === null
      ? (a.permission ?? b.permission)
      : a.permission < b.permission
        ? a.permission
        : b.permission;
  return { permission, locks: [...a.locks, ...b.locks] };
}

/** Whether a lock closes the field. A name covers the fields below it. */
export function isLocked(policy: ChangePolicy, field: string): boolean {
  return policy.locks.some((rule) => {
    const named = rule.fields.some((name) => field === name || field.startsWith(`${name}.`));
    switch (rule.action) {
      case 'All':
        return true;
      case 'Include':
        return named;
      case 'Exclude':
        return !named;
    }
  });
}

/** DocMDP permission that this signature dictionary certifies with; null where it does not. */
export function certification(document: PdfDocument, signature: PdfDict): Permission | null {
  const parameters = transform(document, signature, 'DocMDP');
  if (parameters === null) return null;
  const p = document.entry(parameters, 'P');
  // ISO 32000-2, table 257: the default is 2.
  return p === 1 || p === 3 ? p : 2;
}

/** The policy one signature lays down: its own transforms, and its field's /Lock. */
export function policyOf(
  document: PdfDocument,
  signature: PdfDict,
  field: PdfDict | null,
): ChangePolicy {
  let policy: ChangePolicy = { permission: certification(document, signature), locks: [] };
  const fieldMdp = transform(document, signature, 'FieldMDP');
  const lock = field === null ? null : document.dictEntry(field, 'Lock');
  for (const dictionary of [fieldMdp, lock]) {
    if (dictionary === null) continue;
    policy = stricter(policy, { permission: null, locks: ruleOf(document, dictionary) });
  }
  // ISO 32000-2, table 236: /P in a field's lock restricts like DocMDP once the field is signed.
  const p = lock === null ? null : document.entry(lock, 'P');
  return p === 1 || p === 2 || p === 3 ? stricter(policy, { permission: p, locks: [] }) : policy;
}

function ruleOf(document: PdfDocument, dictionary: PdfDict): FieldRule[] {
  const action = document.entry(dictionary, 'Action');
  if (!isName(action)) return [];
  const fields = (document.arrayEntry(dictionary, 'Fields') ?? []).flatMap((item) => {
    const text = textOf(document.resolve(item));
    return text === null ? [] : [text];
  });
  switch (action.value) {
    case 'Include':
    case 'Exclude':
      return [{ action: action.value, fields }];
    default:
      // An action nobody knows closes everything rather than nothing.
      return [{ action: 'All', fields: [] }];
  }
}

function transform(document: PdfDocument, signature: PdfDict, method: string): PdfDict | null {
  for (const item of document.arrayEntry(signature, 'Reference') ?? []) {
    const reference = document.resolve(item);
    if (!isDict(reference) || !isName(document.entry(reference, 'TransformMethod'), method))
      continue;
    return document.dictEntry(reference, 'TransformParams') ?? { kind: 'dict', entries: new Map() };
  }
  return null;
}
