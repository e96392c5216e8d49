/** Signing a field that stands ready in the file: its widget, its lock, its seed value. */
import type { PageGeometry } from '../../../shared/document.ts';
import { toDisplayed } from '../../../shared/document.ts';
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { pageShowing } from '../pdf/fields.ts';
import { isDict, isName, isRef, numberOf } from '../pdf/objects.ts';
import type { PdfDict, PdfRef } from '../pdf/objects.ts';
import { inherited, textOf } from '../verify/field-tree.ts';
import type { SignatureField } from '../verify/field-tree.ts';
import { boxOf } from '../verify/changes/geometry.ts';
import { isSigned, permitFilling } from './permission.ts';
import type { Standing } from './permission.ts';
import type { FieldLock, SignatureRequest } from './signature.ts';

/** A widget of a field, with the page it stands on. */
export interface Widget {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly geometry: PageGeometry;
  /** Size as displayed, in points; zero for an invisible one. */
  readonly width: number;
  readonly height: number;
}

export interface ExistingField {
  readonly name: string;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** The field's own widget: the same object where they are merged. */
  readonly widget: Widget | null;
  readonly lock: FieldLockTerms | null;
}

/** A lock as it goes into a FieldMDP reference; `permission` is PDF 2.0's /P. */
export interface FieldLockTerms extends FieldLock {
  readonly permission: 1 | 2 | 3 | null;
}

/** ISO 32000-2, table 227: the field may not be changed. */
const readOnly = 1;
const upright: PageGeometry = {
  crop: { x0: 0, y0: 0, x1: 0, y1: 0 },
  rotate: 0,
  userUnit: 1,
};

/** The dictionary as a widget with its place; null where it is none. */
export function widgetOf(document: PdfDocument, ref: PdfRef, dictionary: PdfDict): Widget | null {
  if (!isName(document.entry(dictionary, 'Subtype'), 'Widget')) return null;
  const box = boxOf(document, dictionary.entries.get('Rect'));
  const area = box !== null && box.x1 > box.x0 && box.y1 > box.y0;
  const page = area ? pageShowing(document, ref, dictionary) : null;
  const geometry = page?.geometry ?? upright;
  const { width, height } = area ? toDisplayed(geometry, box) : { width: 0, height: 0 };
  return { ref, dict: dictionary, geometry, width, height };
}

function findWidget(document: PdfDocument, ref: PdfRef, dictionary: PdfDict): Widget | null {
  const merged = widgetOf(document, ref, dictionary);
  if (merged !== null) return merged;
  for (const kid of document.arrayEntry(dictionary, 'Kids') ?? []) {
    const child = document.resolve(kid);
    const widget = isRef(kid) && isDict(child) ? widgetOf(document, kid, child) : null;
    if (widget !== null) return widget;
  }
  return null;
}

function lockOf(document: PdfDocument, field: PdfDict): FieldLockTerms | null {
  const lock = document.dictEntry(field, 'Lock');
  if (lock === null) return null;
  const action = document.entry(lock, 'Action');
  const fields = (document.arrayEntry(lock, 'Fields') ?? []).flatMap((item) => {
    const text = textOf(document.resolve(item));
    return text === null ? [] : [text];
  });
  const p = document.entry(lock, 'P');
  const permission = p === 1 || p === 2 || p === 3 ? p : null;
  if (isName(action, 'Include') || isName(action, 'Exclude'))
    return { action: isName(action, 'Include') ? 'Include' : 'Exclude', fields, permission };
  return { action: 'All', fields: [], permission };
}

// ISO 32000-2, table 237: bits of /Ff say which of the constraints must be met.
const seedBits = { filter: 1, subFilter: 2, reasons: 8, digest: 64 } as const;

function refuseSeed(field: string, constraint: string): never {
  throw new Refusal(
    'sign.seed-value',
    `The field demands something of its signature that this one does not meet (${constraint}).`,
    { field, constraint },
  );
}

/** The demands of the form's author (/SV) that bind; wishes are no demands. */
function meetSeedValue(
  document: PdfDocument,
  field: SignatureField,
  request: Pick<SignatureRequest, 'digest' | 'reason' | 'certify'>,
): void {
  const seed = document.dictEntry(field.dict, 'SV');
  if (seed === null) return;
  const flags = numberOf(document.entry(seed, 'Ff')) ?? 0;
  const names = (key: string): string[] =>
    (document.arrayEntry(seed, key) ?? []).flatMap((item) => {
      const value = document.resolve(item);
      return isName(value) ? [value.value] : [textOf(value) ?? ''];
    });
  const demands = (bit: number, key: string): boolean =>
    (flags & bit) !== 0 && document.entry(seed, key) !== null;
  if (
    demands(seedBits.filter, 'Filter') &&
    !isName(document.entry(seed, 'Filter'), 'Adobe.PPKLite')
  )
    refuseSeed(field.name, 'Filter');
  if (
    demands(seedBits.subFilter, 'SubFilter') &&
    !names('SubFilter').includes('ETSI.CAdES.detached')
  )
    refuseSeed(field.name, 'SubFilter');
  const digests = names('DigestMethod').map((each) => each.toLowerCase().replace('-', ''));
  if (demands(seedBits.digest, 'DigestMethod') && !digests.includes(request.digest))
    refuseSeed(field.name, 'DigestMethod');
  if (demands(seedBits.reasons, 'Reasons')) {
    const reasons = names('Reasons');
    // Table 237: a lone period, or no reason at all, means that none may be given.
    const unwanted = reasons.length === 0 || (reasons.length === 1 && reasons[0] === '.');
    if (unwanted ? request.reason !== undefined : !reasons.includes(request.reason ?? ''))
      refuseSeed(field.name, 'Reasons');
  }
  // Table 238: any bit set demands something of the certificate, which nobody has met here.
  const certificate = document.dictEntry(seed, 'Cert');
  if (certificate !== null && (numberOf(document.entry(certificate, 'Ff')) ?? 0) !== 0)
    refuseSeed(field.name, 'Cert');
  const mdp = document.dictEntry(seed, 'MDP');
  const p = mdp === null ? null : numberOf(document.entry(mdp, 'P'));
  // Table 237: 0 wants an ordinary signature, 1 to 3 a certification with that permission.
  if (p !== null && (request.certify ?? 0) !== p) refuseSeed(field.name, 'MDP');
}

/**
 * The empty field of that (fully qualified) name.
 *
 * @throws Refusal `sign.no-field`, `sign.field-signed`, `sign.field-locked`, `sign.seed-value`,
 *   `sign.certified-no-changes`, `sign.field-has-lock` where the request brings a lock of its own
 */
export function existingField(
  document: PdfDocument,
  standing: Standing,
  fieldName: string,
  request: SignatureRequest,
): ExistingField {
  const field = standing.fields.find((each) => each.name === fieldName);
  if (field === undefined || field.ref === null)
    throw new Refusal('sign.no-field', 'The document has no signature field of this name.', {
      field: fieldName,
      fields: standing.fields.map((each) => each.name),
    });
  if (isSigned(document, field))
    throw new Refusal('sign.field-signed', 'This field is signed already.', { field: fieldName });
  permitFilling(standing, fieldName);
  if (((numberOf(inherited(document, field.dict, 'Ff')) ?? 0) & readOnly) !== 0)
    throw new Refusal('sign.field-locked', 'The field is read-only.', { field: fieldName });
  meetSeedValue(document, field, request);
  const lock = lockOf(document, field.dict);
  if (lock !== null && request.lock !== undefined)
    throw new Refusal('sign.field-has-lock', 'The field has a lock of its own.', {
      field: fieldName,
    });
  return {
    name: fieldName,
    ref: field.ref,
    dict: field.dict,
    widget: findWidget(document, field.ref, field.dict),
    lock,
  };
}
