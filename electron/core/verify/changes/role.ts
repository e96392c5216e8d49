/** The roles an object can have, and which entry of which dictionary gives which (ISO 32000-2, 7.7). */
import type { ChangeCode } from './change-text.ts';

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

/** What a change of a fixed role is called; of a page's content and resources without its page. */
export const FIXED: ReadonlyMap<Role, ChangeCode> = new Map<Role, ChangeCode>([
  [ROLE.content, 'page-content-changed'],
  [ROLE.resource, 'page-resources-changed'],
  [ROLE.outline, 'bookmarks-changed'],
  [ROLE.names, 'names-changed'],
  [ROLE.action, 'action-changed'],
  [ROLE.layers, 'layers-changed'],
  [ROLE.annotationAppearance, 'annotation-appearance-changed'],
  [ROLE.formResource, 'form-resource-changed'],
  [ROLE.permissions, 'permissions-changed'],
  [ROLE.xfa, 'form-xfa-changed'],
]);

export const CATALOG: Readonly<Record<string, Role>> = {
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
export const PAGE: Readonly<Record<string, Role>> = {
  Contents: ROLE.content,
  Resources: ROLE.resource,
  Annots: ROLE.annots,
  AA: ROLE.action,
  // Some viewers go by it for what a page inherits, wherever it leads.
  Parent: ROLE.pageTree,
};
export const FIELD: Readonly<Record<string, Role>> = {
  Kids: ROLE.fields,
  Parent: ROLE.field,
  AP: ROLE.appearance,
  V: ROLE.value,
  A: ROLE.action,
  AA: ROLE.action,
};
export const ANNOTATION: Readonly<Record<string, Role>> = {
  AP: ROLE.annotationAppearance,
  A: ROLE.action,
  AA: ROLE.action,
  PA: ROLE.action,
  Popup: ROLE.annotation,
};
export const FORM: Readonly<Record<string, Role>> = {
  Fields: ROLE.fields,
  DR: ROLE.formResources,
  XFA: ROLE.xfa,
};
export const STRUCTURE: Readonly<Record<string, Role>> = {
  K: ROLE.structure,
  P: ROLE.structure,
  ParentTree: ROLE.structure,
  Kids: ROLE.structure,
  Nums: ROLE.structure,
};
/** Private data of programs in a form or page, which may point anywhere (14.5). */
export const PRIVATE = 'PieceInfo';
