/** One step from a revision to the next, and the finding of what it changed. */
import type { ChangeFact } from '../../../../shared/report.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isRef } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { isLocked } from '../policy.ts';
import type { ChangePolicy } from '../policy.ts';
import type { Sides } from './equal.ts';
import type { Ink } from './ink.ts';
import { CHANGE_TEXT } from './change-text.ts';
import type { ChangeCode } from './change-text.ts';
import type { ObjectRoles } from './roles.ts';

export type ChangeLevel = ChangeFact['level'];

/** What a change is about; `page` is the page's object number. */
export interface NoteAbout {
  readonly field?: string;
  readonly page?: number | null;
  readonly entry?: string;
  readonly annotation?: string;
}

export interface Change extends ChangeFact {
  readonly code: ChangeCode;
  /** One English sentence. */
  readonly text: string;
}

export interface Step extends Sides {
  readonly policy: ChangePolicy;
  /** Roles as they were before this step. */
  readonly roles: ObjectRoles;
  /** Names of the signature fields that this step signs. */
  readonly signed: ReadonlySet<string>;
  /** Whether a field of this full name stood there before. */
  hasField(name: string): boolean;
  /** The new field that a new widget without /Parent belongs to. */
  fieldOfKid(number: number): PdfDict | undefined;
  /** 0-based index of the page with this object number; null where unknown. */
  pageIndex(number: number | null): number | null;
  /** What the content of the page paints. */
  pageInk(number: number | null): readonly Ink[];
  note(level: ChangeLevel, code: ChangeCode, about?: NoteAbout): void;
}

/** What is known of the pages of a document, by object number. */
export type Pages = Pick<Step, 'pageIndex' | 'pageInk'>;

/** A change as a fact and as a sentence. */
export function changeOf(
  pages: Pick<Pages, 'pageIndex'>,
  level: ChangeLevel,
  code: ChangeCode,
  about: NoteAbout,
): Change {
  const { field, entry, annotation } = about;
  const page = pages.pageIndex(about.page ?? null);
  const text = CHANGE_TEXT[code]({
    field: field ?? '',
    where: page === null ? 'a page' : `page ${page + 1}`,
    entry: entry ?? '',
    annotation: annotation ?? '',
  });
  return {
    level,
    code,
    text,
    ...(field === undefined ? {} : { field }),
    ...(page === null ? {} : { page }),
    ...(entry === undefined ? {} : { entry }),
    ...(annotation === undefined ? {} : { annotation }),
  };
}

/** Filling in a field (not signing it): ISO 32000-2, table 257. */
export function fillLevel(step: Step, field: string): ChangeLevel {
  return step.policy.permission === 1 || isLocked(step.policy, field) ? 'forbidden' : 'allowed';
}

/** Before and after of a list that may only grow. */
export interface ListChange {
  readonly kept: readonly (readonly [PdfObject, PdfObject])[];
  readonly added: readonly PdfObject[];
  readonly removed: readonly PdfObject[];
}

/** Pairs the elements of two arrays: references by number and in order, direct objects by position. */
export function compareLists(
  before: readonly PdfObject[],
  after: readonly PdfObject[],
): ListChange {
  const places = new Map<number, number>();
  after.forEach((item, i) => {
    if (isRef(item) && !places.has(item.number)) places.set(item.number, i);
  });
  const kept: [PdfObject, PdfObject][] = [];
  const removed: PdfObject[] = [];
  const used = new Set<number>();
  let next = 0;
  for (const item of before) {
    const place = isRef(item) ? places.get(item.number) : next;
    const partner = place === undefined ? undefined : after[place];
    const fits =
      place !== undefined &&
      place >= next &&
      partner !== undefined &&
      isRef(item) === isRef(partner);
    if (!fits) {
      removed.push(item);
      continue;
    }
    kept.push([item, partner]);
    used.add(place);
    next = place + 1;
  }
  return { kept, removed, added: after.filter((_, i) => !used.has(i)) };
}

/** An array behind `object`; a missing one is empty, anything else null. */
export function listOf(
  document: PdfDocument,
  object: PdfObject | undefined,
): readonly PdfObject[] | null {
  const value = document.resolve(object);
  return value === null ? [] : isArray(value) ? value : null;
}

/** The dictionary behind `object`; a missing one is empty, anything else null. */
export function dictOf(document: PdfDocument, object: PdfObject | undefined): PdfDict | null {
  const value = document.resolve(object);
  return value === null ? { kind: 'dict', entries: new Map() } : isDict(value) ? value : null;
}
