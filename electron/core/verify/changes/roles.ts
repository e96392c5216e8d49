/**
 * What each object of a document is *for*: its roles, told from the paths that lead to it from the
 * trailer (ISO 32000-2, 7.7). One object may have several; a change must be allowed in all of them,
 * so that a stream which is both a field's appearance and a page's content cannot pass as the former.
 */
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isDict, isName, isRef, isStream } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { fieldName, fieldType } from '../field-tree.ts';
import { ANNOTATION, CATALOG, FIELD, FORM, PAGE, PRIVATE, ROLE, ROLES, STRUCTURE } from './role.ts';
import type { Role } from './role.ts';

export interface ObjectRoles {
  /** Bit set of `ROLE`; 0 where nothing reachable refers to the object. */
  of(number: number): number;
  /** Labels of the fields an appearance or value belongs to; the page's object number for /Annots. */
  owners(number: number): ReadonlySet<string>;
  /** Follows the trailer's entries, and what stands below the objects that changed in the roles they have. */
  advance(document: PdfDocument, changed: Iterable<number>): void;
}

const NO_OWNERS: ReadonlySet<string> = new Set();

interface Visit {
  readonly value: PdfObject | undefined;
  readonly role: Role;
  readonly owner: string | undefined;
  readonly self: number | undefined;
  /** It is known that the target has no place of its own. */
  readonly settled?: boolean;
}

/** Roles only grow: an object that once was page content is treated as such for good. */
export function createRoles(): ObjectRoles {
  const masks = new Map<number, number>();
  const owners = new Map<number, Set<string>>();
  /** Pointers to what seems to have a place of its own, until it is known whether it has. */
  let deferred: Visit[] = [];

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
    if (POINTING.has(role) && isDict(target)) {
      if ((mask & PLACED) !== 0) return;
      if (!visit.settled && seemsPlaced(target)) {
        deferred.push(visit);
        return;
      }
    }
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
          push(child, key === 'Kids' || key === 'Parent' ? ROLE.pageTree : ROLE.resource);
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
          if (!isStream(value)) push(child, ROLE.appearance, owner);
          else if (key !== PRIVATE) push(child, ROLE.appearanceResource, owner);
        return;
      default:
        for (const [key, child] of dictionary.entries)
          if (!isStream(value) || key !== PRIVATE) push(child, role, owner);
    }
  }

  function run(document: PdfDocument, queue: Visit[]): void {
    for (let visit = queue.pop(); visit !== undefined; visit = queue.pop())
      expand(document, visit, queue);
  }

  function start(document: PdfDocument, visit: Visit): void {
    const queue: Visit[] = [];
    admit(document, visit, queue);
    run(document, queue);
  }

  function again(document: PdfDocument, number: number): void {
    const mask = masks.get(number) ?? 0;
    if (mask === 0) return;
    const generation = generationOf(document, number);
    const value = document.resolve({ kind: 'ref', number, generation });
    for (const role of ROLES) {
      if ((mask & role) === 0) continue;
      const own = [...(owners.get(number) ?? [])];
      for (const owner of own.length === 0 ? [undefined] : own)
        run(document, [{ value, role, owner, self: number }]);
    }
  }

  /** What turned out to have no place of its own has the role of the pointer. */
  function settle(document: PdfDocument): void {
    while (deferred.length > 0) {
      const waiting = deferred;
      deferred = [];
      for (const visit of waiting) start(document, { ...visit, settled: true });
    }
  }

  return {
    of: (number) => masks.get(number) ?? 0,
    owners: (number) => owners.get(number) ?? NO_OWNERS,
    advance(document, changed) {
      for (const [key, value] of document.trailer.entries) {
        if (key === 'Prev' || key === 'XRefStm') continue;
        const role = key === 'Root' ? ROLE.catalog : key === 'Info' ? ROLE.info : ROLE.other;
        start(document, { value, role, owner: undefined, self: undefined });
      }
      for (const number of changed) again(document, number);
      settle(document);
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

/**
 * Destinations, structure, scripts and the like point at pages and widgets without owning them, and
 * give them no further role. What draws owns whatever it refers to, be it called a page or a widget:
 * else a field that is also a page's resource could be filled in with content.
 */
const POINTING: ReadonlySet<Role> = new Set([
  ROLE.value,
  ROLE.validationData,
  ROLE.info,
  ROLE.metadata,
  ROLE.extensions,
  ROLE.outline,
  ROLE.names,
  ROLE.action,
  ROLE.permissions,
  ROLE.xfa,
  ROLE.other,
]);

/** It says that it is something with a place of its own; a file may say so of anything. */
function seemsPlaced(target: PdfDict): boolean {
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
