/**
 * What each object of a document is *for*: its roles, told from the paths that lead to it from the
 * trailer (ISO 32000-2, 7.7). One object may have several; a change must be allowed in all of them,
 * so that a stream which is both a field's appearance and a page's content cannot pass as the former.
 */
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, isRef, isStream } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { fieldName, fieldType } from '../field-tree.ts';
import {
  ANNOTATION,
  CATALOG,
  FIELD,
  FORM,
  PAGE,
  POINTERS,
  ROLE,
  ROLES,
  STRUCTURE,
} from './role.ts';
import type { Role } from './role.ts';

export interface ObjectRoles {
  /** Bit set of `ROLE`; 0 where nothing reachable refers to the object. */
  of(number: number): number;
  /** Labels of the fields an appearance or value belongs to; the page's object number for /Annots. */
  owners(number: number): ReadonlySet<string>;
  /** Follows everything below `value`, which stands in `role` (and belongs to `owner`). */
  follow(document: PdfDocument, value: PdfObject | undefined, role: Role, owner?: string): void;
  /** Follows the trailer's entries. */
  followTrailer(document: PdfDocument, trailer: PdfDict): void;
  /** Follows what stands below an object in all the roles it has: after it changed. */
  refollow(document: PdfDocument, number: number): void;
}

const NO_OWNERS: ReadonlySet<string> = new Set();

interface Visit {
  readonly value: PdfObject | undefined;
  readonly role: Role;
  readonly owner: string | undefined;
  readonly self: number | undefined;
}

/** Roles only grow: an object that once was page content is treated as such for good. */
export function createRoles(): ObjectRoles {
  const masks = new Map<number, number>();
  const owners = new Map<number, Set<string>>();

  function admit(document: PdfDocument, visit: Visit, queue: Visit[]): void {
    const { value, role, owner } = visit;
    if (!isRef(value)) {
      if (typeof value === 'object' && value !== null) queue.push(visit);
      return;
    }
    const mask = masks.get(value.number) ?? 0;
    const known = owners.get(value.number);
    if ((mask & role) !== 0 && (owner === undefined || known?.has(owner))) return;
    const target = document.resolve(value);
    if (isDict(target) && hasPlaceOfItsOwn(target, mask, role)) return;
    masks.set(value.number, mask | role);
    if (owner !== undefined) {
      if (known) known.add(owner);
      else owners.set(value.number, new Set([owner]));
    }
    queue.push({ value: target, role, owner, self: value.number });
  }

  function expand(document: PdfDocument, visit: Visit, queue: Visit[]): void {
    const { value, role, owner, self } = visit;
    const push = (child: PdfObject | undefined, childRole: Role, childOwner?: string): void =>
      admit(document, { value: child, role: childRole, owner: childOwner, self: undefined }, queue);
    if (isArray(value)) {
      for (const item of value) push(item, elementRole(document, role, item), owner);
      return;
    }
    const dictionary = isStream(value) ? value.dict : isDict(value) ? value : null;
    if (dictionary === null) return;
    const from = (table: Readonly<Record<string, Role>>, fallback: Role, label?: string): void => {
      for (const [key, child] of dictionary.entries) {
        if (POINTERS.has(key)) continue;
        const childRole = Object.hasOwn(table, key) ? table[key] : undefined;
        const owned = childRole !== undefined && (childRole & OWNED) !== 0;
        push(child, childRole ?? fallback, owned ? label : undefined);
      }
    };
    switch (role) {
      case ROLE.catalog:
        return from(CATALOG, ROLE.other);
      case ROLE.pageTree:
        for (const [key, child] of dictionary.entries)
          if (!POINTERS.has(key)) push(child, key === 'Kids' ? ROLE.pageTree : ROLE.resource);
        return;
      case ROLE.page:
        return from(PAGE, ROLE.other, self === undefined ? undefined : String(self));
      case ROLE.field:
        return from(FIELD, ROLE.other, fieldLabel(document, dictionary, owner));
      case ROLE.annotation:
        return from(ANNOTATION, ROLE.other);
      case ROLE.form:
        return from(FORM, ROLE.other);
      case ROLE.structure:
        return from(STRUCTURE, ROLE.other);
      case ROLE.formResources:
        // /DR holds categories (Font, XObject, ...), a category holds the resources.
        for (const child of dictionary.entries.values())
          if (owner === undefined && isDict(document.resolve(child)))
            push(child, ROLE.formResources, 'category');
          else push(child, ROLE.formResource);
        return;
      case ROLE.appearance:
        for (const [key, child] of dictionary.entries)
          if (!POINTERS.has(key))
            push(child, isStream(value) ? ROLE.appearanceResource : ROLE.appearance, owner);
        return;
      default:
        for (const [key, child] of dictionary.entries)
          if (!POINTERS.has(key)) push(child, role, owner);
    }
  }

  function follow(
    document: PdfDocument,
    value: PdfObject | undefined,
    role: Role,
    owner?: string,
  ): void {
    const queue: Visit[] = [];
    admit(document, { value, role, owner, self: undefined }, queue);
    for (let visit = queue.pop(); visit !== undefined; visit = queue.pop())
      expand(document, visit, queue);
  }

  return {
    of: (number) => masks.get(number) ?? 0,
    owners: (number) => owners.get(number) ?? NO_OWNERS,
    follow,
    followTrailer(document, trailer) {
      for (const [key, value] of trailer.entries) {
        if (key === 'Root') follow(document, value, ROLE.catalog);
        else if (key === 'Info') follow(document, value, ROLE.info);
        else if (key !== 'Prev' && key !== 'XRefStm') follow(document, value, ROLE.other);
      }
    },
    refollow(document, number) {
      const mask = masks.get(number) ?? 0;
      if (mask === 0) return;
      const value = document.resolve({
        kind: 'ref',
        number,
        generation: generationOf(document, number),
      });
      for (const role of ROLES) {
        if ((mask & role) === 0) continue;
        const own = [...(owners.get(number) ?? [])];
        for (const owner of own.length === 0 ? [undefined] : own) {
          const queue: Visit[] = [{ value, role, owner, self: number }];
          for (let visit = queue.pop(); visit !== undefined; visit = queue.pop())
            expand(document, visit, queue);
        }
      }
    },
  };
}

/** What belongs to somebody: to a field, or (/Annots) to a page. */
const OWNED = ROLE.appearance | ROLE.value | ROLE.annots | ROLE.fields;

/**
 * A field as owner of its appearance, value and kids: `Sig:name`, `Tx:name`. A widget that does not
 * name its /Parent is known by the field that led to it.
 */
export function fieldLabel(document: PdfDocument, field: PdfDict, owner?: string): string {
  const type = fieldType(document, field);
  if (owner !== undefined && type === null && !field.entries.has('T')) return owner;
  return `${type ?? ''}:${fieldName(document, field)}`;
}

/** The generation under which an object in use can be reached (compressed objects have 0). */
export function generationOf(document: PdfDocument, number: number): number {
  const entry = document.xrefEntry(number);
  return entry?.type === 'offset' ? entry.generation : 0;
}

/** An array's elements have the array's role, except where the array is a list of things. */
function elementRole(document: PdfDocument, role: Role, item: PdfObject): Role {
  switch (role) {
    case ROLE.pageTree: {
      const kid = document.resolve(item);
      return isDict(kid) && !kid.entries.has('Kids') ? ROLE.page : ROLE.pageTree;
    }
    case ROLE.annots: {
      const annotation = document.resolve(item);
      return isDict(annotation) && isName(document.entry(annotation, 'Subtype'), 'Widget')
        ? ROLE.field
        : ROLE.annotation;
    }
    case ROLE.fields:
      return ROLE.field;
    default:
      return role;
  }
}

const PLACED = ROLE.catalog | ROLE.pageTree | ROLE.page | ROLE.field | ROLE.annotation;
const LISTS: readonly Role[] = [
  ROLE.catalog,
  ROLE.pageTree,
  ROLE.page,
  ROLE.field,
  ROLE.annotation,
  ROLE.structure,
];

/**
 * Destinations, structure and scripts point at pages and widgets without owning them. A dictionary
 * cannot be turned into content by the keys a later signature may change in it (/V, /AP, /Annots), so
 * such a pointer gives it no further role; streams and arrays get every role that leads to them.
 */
function hasPlaceOfItsOwn(target: PdfDict, mask: number, role: Role): boolean {
  if (LISTS.includes(role)) return false;
  if ((mask & PLACED) !== 0) return true;
  const type = target.entries.get('Type');
  return (
    isName(type, 'Page') ||
    isName(type, 'Pages') ||
    isName(type, 'Catalog') ||
    isName(type, 'StructElem') ||
    isName(type, 'StructTreeRoot') ||
    isName(target.entries.get('Subtype'), 'Widget') ||
    (target.entries.has('Rect') && isName(type, 'Annot'))
  );
}
