/** Changes of form fields: what signing and filling in may do to them, and which may be added. */
import { isArray, isDict, isName, isRef, numberOf } from '../../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../../pdf/objects.ts';
import { fieldName, fieldType, inherited, lineage } from '../field-tree.ts';
import { isLocked } from '../policy.ts';
import { changedKeys } from './equal.ts';
import { FLAG, flagsOf, isInvisible } from './geometry.ts';
import { ROLE } from './role.ts';
import { fieldLabel } from './roles.ts';
import { compareLists, fillLevel, listOf } from './step.ts';
import type { ChangeLevel, Step } from './step.ts';

/** Keys that a new signature field, or its widget, may have. Actions are not among them. */
const NEW_FIELD_KEYS = new Set(
  (
    'Type Subtype FT T TU TM Ff V Rect P AP AS F MK Border BS H Kids Parent Lock SV DA Q DR ' +
    'NM M C Contents StructParent Lang OC'
  ).split(' '),
);
/** ISO 32000-2, table 227: a lock makes other fields read-only when its own field is signed. */
const READ_ONLY = 1;

/** The array of fields (/Fields or /Kids) of the form. */
export function judgeFields(step: Step, before: PdfObject, after: PdfObject): void {
  const old = listOf(step.before, before);
  const now = listOf(step.after, after);
  if (old === null || now === null) return step.note('forbidden', 'fields-replaced');
  const { kept, added, removed } = compareLists(old, now);
  if (removed.length > 0) step.note('forbidden', 'field-removed');
  for (const [a, b] of kept)
    if (!isRef(a)) judgeField(step, step.before.resolve(a), step.after.resolve(b));
  for (const item of added) judgeNewField(step, item);
}

function judgeNewField(step: Step, item: PdfObject): void {
  const field = step.after.resolve(item);
  if (!isDict(field)) return step.note('forbidden', 'field-invalid');
  if (isRef(item) && step.roles.of(item.number) !== 0)
    return step.note('forbidden', 'object-reused-as-field');
  const name = fieldName(step.after, field);
  if (fieldType(step.after, field) !== 'Sig')
    return step.note('forbidden', 'field-added', { field: name });
  // ISO 32000-2, 12.7.4.2: one name, one field; a second one would speak for the first.
  if (step.hasField(name)) return step.note('forbidden', 'field-takes-over', { field: name });
  const odd = [...field.entries.keys()].find((key) => !NEW_FIELD_KEYS.has(key));
  if (odd !== undefined) return step.note('forbidden', 'field-odd', { field: name, entry: odd });
  const kids = listOf(step.after, field.entries.get('Kids'));
  if (kids === null || kids.some((kid) => !isNewWidget(step, kid)))
    return step.note('forbidden', 'field-takes-over', { field: name });
  judgeNewSignature(step, field, name);
}

function isNewWidget(step: Step, kid: PdfObject): boolean {
  const widget = step.after.resolve(kid);
  return (
    isDict(widget) &&
    !widget.entries.has('T') &&
    !(isRef(kid) && step.roles.of(kid.number) !== 0) &&
    [...widget.entries.keys()].every((key) => NEW_FIELD_KEYS.has(key))
  );
}

/** What stands in a new signature field, and whether the policy lets it be there. */
export function judgeNewSignature(step: Step, field: PdfDict, name: string): void {
  const signature = inherited(step.after, field, 'V');
  if (signature !== null && isBorrowed(step, field))
    return step.note('forbidden', 'object-reused-as-field');
  if (isTimestamp(signature))
    // ISO 32000-2, 12.8.2.2.2: document timestamps and validation data are outside every permission.
    return step.note('allowed', 'timestamp-added');
  const what = signature === null ? 'signature-field-added' : 'signature-added';
  const forbidden = step.policy.permission === 1 || isLocked(step.policy, name);
  step.note(forbidden ? 'forbidden' : 'allowed', what, { field: name });
}

/** The signature of a new field stood in the document before: it would be shown as given twice. */
function isBorrowed(step: Step, field: PdfDict): boolean {
  let standsBefore = false;
  for (const ancestor of lineage(step.after, field)) {
    const value = ancestor.entries.get('V');
    if (value !== undefined && step.after.resolve(value) !== null)
      return standsBefore || (isRef(value) && step.roles.of(value.number) !== 0);
    const parent = ancestor.entries.get('Parent');
    standsBefore ||= isRef(parent) && step.roles.of(parent.number) !== 0;
  }
  return false;
}

function isTimestamp(signature: PdfObject): boolean {
  return (
    isDict(signature) &&
    isName(signature.entries.get('Type'), 'DocTimeStamp') &&
    isName(signature.entries.get('SubFilter'), 'ETSI.RFC3161')
  );
}

/** A field, or a widget of one, that stood there before. `owner`: the field that leads to a widget. */
export function judgeField(step: Step, before: PdfObject, after: PdfObject, owner?: string): void {
  if (!isDict(before) || !isDict(after)) return step.note('forbidden', 'field-removed');
  const label = fieldLabel(step.before, before, owner);
  const name = label.slice(label.indexOf(':') + 1);
  const signing = label.startsWith('Sig:');
  for (const key of changedKeys(step, before, after)) {
    if (key === 'AP' && isShared(step, before)) {
      step.note('forbidden', 'field-appearance-shared', { field: name });
      continue;
    }
    if (judgeShared(step, name, key, before, after, signing)) continue;
    if (key === 'AP' && label.startsWith('Btn:')) {
      judgeFace(step, name);
      continue;
    }
    const level = signing
      ? signedKey(step, name, key, before, after)
      : filledKey(step, name, key, after);
    const timestamp = signing && isTimestamp(inherited(step.after, after, 'V'));
    step.note(
      level,
      level === 'forbidden'
        ? 'field-changed'
        : timestamp
          ? 'timestamp-added'
          : signing
            ? 'field-signed'
            : 'field-filled',
      level === 'forbidden' ? { field: name, entry: key } : timestamp ? {} : { field: name },
    );
  }
}

/** The face of a button is no value: filling it in chooses one of the faces it has. */
function judgeFace(step: Step, field: string): void {
  const closed = fillLevel(step, field) === 'forbidden';
  step.note(closed ? 'forbidden' : 'visible', 'annotation-appearance-changed');
}

/** An appearance dictionary that something else refers to as well: then it is not the field's to change. */
function isShared(step: Step, before: PdfDict): boolean {
  const appearance = before.entries.get('AP');
  return isRef(appearance) && (step.roles.of(appearance.number) & ~ROLE.appearance) !== 0;
}

/** Entries that are judged alike in every field; true when this was one of them and is dealt with. */
function judgeShared(
  step: Step,
  name: string,
  key: string,
  before: PdfDict,
  after: PdfDict,
  signing: boolean,
): boolean {
  const old = numberOf(step.before.entry(before, key)) ?? 0;
  const now = numberOf(step.after.entry(after, key)) ?? 0;
  switch (key) {
    case 'Kids':
      judgeFields(step, before.entries.get(key) ?? null, after.entries.get(key) ?? null);
      return true;
    case 'Ff':
      return (old | READ_ONLY) === now;
    case 'F':
      if (isInvisible(step.before, before) && !isInvisible(step.after, after))
        step.note('visible', 'field-shown', { field: name });
      else if (!mayFlag(step, before, after, signing && step.signed.has(name)))
        step.note('forbidden', 'field-hidden', { field: name });
      return true;
    case 'StructParent':
      return !before.entries.has(key);
    case 'Type':
      return !before.entries.has(key) && isName(after.entries.get(key), 'Annot');
    case 'M':
      return true;
    default:
      return false;
  }
}

/** Flags that keep a field from being changed change nothing that is seen; signing may have its mark printed. */
function mayFlag(step: Step, before: PdfDict, after: PdfDict, signed: boolean): boolean {
  const changed = flagsOf(step.before, before) ^ flagsOf(step.after, after);
  const harmless = FLAG.readOnly | FLAG.locked | FLAG.lockedContents;
  const printed = signed && (flagsOf(step.after, after) & FLAG.print) !== 0 ? FLAG.print : 0;
  return (changed & ~(harmless | printed)) === 0;
}

const SIGNED_KEYS = new Set(['AP', 'AS', 'Lock', 'MK', 'P', 'DA', 'DR', 'TU']);

function signedKey(
  step: Step,
  name: string,
  key: string,
  before: PdfDict,
  after: PdfDict,
): ChangeLevel {
  const signature = inherited(step.after, after, 'V');
  const wasEmpty = inherited(step.before, before, 'V') === null;
  // A widget without /Parent knows nothing of its field's value.
  const signed = step.signed.has(name) || isSignature(signature);
  if (!wasEmpty || !signed) return 'forbidden';
  const timestamp = isTimestamp(signature);
  if (!timestamp && (step.policy.permission === 1 || isLocked(step.policy, name)))
    return 'forbidden';
  if (key === 'V') return isBorrowed(step, after) ? 'forbidden' : 'allowed';
  if (key === 'AP' && !isDict(step.after.entry(after, key))) return 'forbidden';
  return SIGNED_KEYS.has(key) && (key === 'AP' || !before.entries.has(key))
    ? 'allowed'
    : 'forbidden';
}

function isSignature(value: PdfObject): boolean {
  return isDict(value) && value.entries.has('ByteRange') && value.entries.has('Contents');
}

const FILLED_KEYS = new Set(['V', 'AP', 'AS', 'I']);

function filledKey(step: Step, name: string, key: string, after: PdfDict): ChangeLevel {
  if (!FILLED_KEYS.has(key)) return 'forbidden';
  if (key === 'V' && !isFieldValue(step, after)) return 'forbidden';
  const value = step.after.entry(after, key);
  if (key === 'AP' && value !== null && !isDict(value)) return 'forbidden';
  return fillLevel(step, name);
}

/** ISO 32000-2, 12.7.5: text, name, or a list of them; a dictionary is no value of such a field. */
function isFieldValue(step: Step, field: PdfDict): boolean {
  const value = step.after.entry(field, 'V');
  return (
    !isDict(value) && !(isArray(value) && value.some((item) => isDict(step.after.resolve(item))))
  );
}

/** Names of the signature fields among `numbers` that had no value before this step and have one now. */
export function fieldsSigned(
  step: Pick<Step, 'before' | 'after' | 'roles'>,
  numbers: Iterable<number>,
): Set<string> {
  const names = new Set<string>();
  for (const number of numbers) {
    if ((step.roles.of(number) & ROLE.field) === 0) continue;
    const before = resolveNumber(step.before, number);
    const after = resolveNumber(step.after, number);
    if (!isDict(before) || !isDict(after) || fieldType(step.before, before) !== 'Sig') continue;
    if (
      inherited(step.before, before, 'V') === null &&
      isSignature(inherited(step.after, after, 'V'))
    )
      names.add(fieldName(step.before, before));
  }
  return names;
}

function resolveNumber(document: Step['before'], number: number): PdfObject {
  const entry = document.xrefEntry(number);
  if (entry === undefined || entry.type === 'free') return null;
  return document.resolve({
    kind: 'ref',
    number,
    generation: entry.type === 'offset' ? entry.generation : 0,
  });
}

/** The appearance or value of fields, changed in place. `owners` are labels as the roles keep them. */
export function judgeOwned(step: Step, owners: Iterable<string>, isValue: boolean): void {
  for (const owner of owners) {
    const colon = owner.indexOf(':');
    const name = owner.slice(colon + 1);
    if (owner.slice(0, colon) === 'Btn' && !isValue) judgeFace(step, name);
    else if (owner.slice(0, colon) !== 'Sig') {
      const level = fillLevel(step, name);
      step.note(level, level === 'allowed' ? 'field-filled' : 'field-closed', { field: name });
    } else if (isValue) step.note('forbidden', 'signature-replaced', { field: name });
    else if (!step.signed.has(name))
      step.note('forbidden', 'signature-appearance-changed', { field: name });
  }
}
