/**
 * What each object of a document is *for*: its roles, told from the paths that lead to it from the
 * trailer (ISO 32000-2, 7.7). One object may have several; a change must be allowed in all of them,
 * so that a stream which is both a field's appearance and a page's content cannot pass as the former.
 */
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, isRef, isStream } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { fieldName, fieldType } from '../field-tree.ts';

/** A bit each. The ones from `content` on are fixed: no change of them is ever harmless. */
export const ROLE = {
  catalog: 1,
  pageTree: 1 << 1,
  page: 1 << 2,
  annots: 1 << 3,
  annotation: 1 << 4,
  field: 1 << 5,
  fields: 1 << 6,
  form: 1 << 7,
  /** A field's /AP: its dictionaries and streams. */
  appearance: 1 << 8,
  /** What a field's appearance streams refer to. */
  appearanceResource: 1 << 9,
  /** A field's /V and what stands below it. */
  value: 1 << 10,
  validationData: 1 << 11,
  info: 1 << 12,
  metadata: 1 << 13,
  structure: 1 << 14,
  extensions: 1 << 15,
  /** The form's /DR and its categories, to which names may be added. */
  formResources: 1 << 16,
  content: 1 << 17,
  resource: 1 << 18,
  outline: 1 << 19,
  names: 1 << 20,
  action: 1 << 21,
  layers: 1 << 22,
  annotationAppearance: 1 << 23,
  formResource: 1 << 24,
  permissions: 1 << 25,
  xfa: 1 << 26,
  other: 1 << 27,
} as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

export const ROLES: readonly Role[] = Object.values(ROLE);

/** Fixed roles in words, for the list of changes. */
export const FIXED: ReadonlyMap<Role, string> = new Map<Role, string>([
  [ROLE.content, 'The content of a page'],
  [ROLE.resource, 'A font, image or other resource of a page'],
  [ROLE.outline, 'The bookmarks'],
  [ROLE.names, 'The names, attachments or scripts of the document'],
  [ROLE.action, 'An action'],
  [ROLE.layers, 'The layers (optional content)'],
  [ROLE.annotationAppearance, 'The appearance of an annotation'],
  [ROLE.formResource, 'A resource of the form'],
  [ROLE.permissions, 'The permissions of the certification'],
  [ROLE.xfa, 'The XFA form'],
  [ROLE.other, 'A part of the document that signatures leave alone'],
]);

const CATALOG: Readonly<Record<string, Role>> = {
  Pages: ROLE.pageTree,
  AcroForm: ROLE.form,
  DSS: ROLE.validationData,
  Metadata: ROLE.metadata,
  StructTreeRoot: ROLE.structure,
  Extensions: ROLE.extensions,
  Outlines: ROLE.outline,
  Names: ROLE.names,
  Dests: ROLE.names,
  OpenAction: ROLE.action,
  AA: ROLE.action,
  URI: ROLE.action,
  OCProperties: ROLE.layers,
  Perms: ROLE.permissions,
};
const PAGE: Readonly<Record<string, Role>> = {
  Contents: ROLE.content,
  Resources: ROLE.resource,
  Annots: ROLE.annots,
  AA: ROLE.action,
};
const FIELD: Readonly<Record<string, Role>> = {
  Kids: ROLE.fields,
  AP: ROLE.appearance,
  V: ROLE.value,
  A: ROLE.action,
  AA: ROLE.action,
};
const ANNOTATION: Readonly<Record<string, Role>> = {
  AP: ROLE.annotationAppearance,
  A: ROLE.action,
  AA: ROLE.action,
  PA: ROLE.action,
  Popup: ROLE.annotation,
};
const FORM: Readonly<Record<string, Role>> = {
  Fields: ROLE.fields,
  DR: ROLE.formResources,
  XFA: ROLE.xfa,
};
const STRUCTURE: Readonly<Record<string, Role>> = {
  K: ROLE.structure,
  ParentTree: ROLE.structure,
  Kids: ROLE.structure,
  Nums: ROLE.structure,
};
/** Keys that point back or across; following them would give a page every role there is. */
const POINTERS = new Set(['Parent', 'P', 'Pg', 'Obj', 'IRT', 'Prev', 'Last', 'StmOwn']);

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
