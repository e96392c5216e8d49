/** The interactive form's field tree (ISO 32000-2, 12.7.4): names, inherited entries, signature fields. */
import type { PdfDocument } from '../pdf/document.ts';
import { isDict, isName, isRef, isString } from '../pdf/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../pdf/objects.ts';

// Deeper than any honest form; a loop of parents or kids ends here too.
const MAX_DEPTH = 32;
const MAX_FIELDS = 100_000;

/** A signature field: its dictionary and where it stands. */
export interface SignatureField {
  readonly name: string;
  readonly ref: PdfRef | null;
  readonly dict: PdfDict;
}

/** Text of a text string (ISO 32000-2, 7.9.2.2): UTF-16BE, UTF-8 or PDFDocEncoding read as latin1. */
export function textOf(object: PdfObject | undefined): string | null {
  if (!isString(object)) return null;
  const { bytes } = object;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    let text = '';
    for (let i = 2; i + 1 < bytes.length; i += 2)
      text += String.fromCharCode(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
    return text;
  }
  const utf8 = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return utf8 ? decodeUtf8(bytes.subarray(3)) : String.fromCharCode(...bytes.subarray(0, 4096));
}

function decodeUtf8(bytes: Uint8Array): string {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(escaped);
  } catch {
    return String.fromCharCode(...bytes.subarray(0, 4096));
  }
}

/** The dictionary and its ancestors, nearest first. */
export function* lineage(document: PdfDocument, field: PdfDict): Generator<PdfDict> {
  let current: PdfDict | null = field;
  for (let depth = 0; current !== null && depth < MAX_DEPTH; depth++) {
    yield current;
    current = document.dictEntry(current, 'Parent');
  }
}

/** Fully qualified name: partial names joined by periods; empty where no ancestor has a /T. */
export function fieldName(document: PdfDocument, field: PdfDict): string {
  const parts: string[] = [];
  for (const ancestor of lineage(document, field)) {
    const part = textOf(document.entry(ancestor, 'T'));
    if (part !== null) parts.unshift(part);
  }
  return parts.join('.');
}

/** An inheritable entry (/FT, /V, /Ff, /DV): the nearest one up the tree. */
export function inherited(document: PdfDocument, field: PdfDict, key: string): PdfObject {
  for (const ancestor of lineage(document, field)) {
    const value = document.entry(ancestor, key);
    if (value !== null) return value;
  }
  return null;
}

/** `Tx`, `Btn`, `Ch`, `Sig`, or null. */
export function fieldType(document: PdfDocument, field: PdfDict): string | null {
  const type = inherited(document, field, 'FT');
  return isName(type) ? type.value : null;
}

/**
 * Every signature field of the form, hierarchies and kids included, in the order of the tree. Widgets
 * of one field are not fields of their own (ISO 32000-2, 12.7.4.1: a kid without /T is a widget).
 */
export function signatureFields(document: PdfDocument): SignatureField[] {
  const form = document.dictEntry(document.catalog, 'AcroForm');
  const found: SignatureField[] = [];
  if (form === null) return found;
  const seen = new Set<number>();
  let visited = 0;
  const visit = (object: PdfObject, prefix: string, type: string | null, depth: number): void => {
    if (depth > MAX_DEPTH || ++visited > MAX_FIELDS) return;
    const ref = isRef(object) ? object : null;
    if (ref !== null) {
      if (seen.has(ref.number)) return;
      seen.add(ref.number);
    }
    const field = document.resolve(object);
    if (!isDict(field)) return;
    const own = document.entry(field, 'FT');
    const kind = isName(own) ? own.value : type;
    const part = textOf(document.entry(field, 'T'));
    const name = part === null ? prefix : prefix === '' ? part : `${prefix}.${part}`;
    const kids = document.arrayEntry(field, 'Kids') ?? [];
    const subfields = kids.filter((kid) => {
      const child = document.resolve(kid);
      return (
        isDict(child) &&
        (child.entries.has('T') || child.entries.has('FT') || child.entries.has('V'))
      );
    });
    if (kind === 'Sig' && (subfields.length === 0 || field.entries.has('V')))
      found.push({ name, ref, dict: field });
    for (const kid of subfields) visit(kid, name, kind, depth + 1);
  };
  for (const field of document.arrayEntry(form, 'Fields') ?? []) visit(field, '', null, 0);
  return found;
}

/** A field, or a widget of one, in the tree. */
export interface FormNode {
  /** Fully qualified; that of its field for a widget. */
  readonly name: string;
  readonly type: string | null;
  readonly ref: PdfRef | null;
  readonly dict: PdfDict;
  /** It has a partial name of its own: a field, not merely a widget. */
  readonly named: boolean;
}

/** Every field and widget of the form, in the order of the tree. */
export function formNodes(document: PdfDocument): FormNode[] {
  const form = document.dictEntry(document.catalog, 'AcroForm');
  const nodes: FormNode[] = [];
  const seen = new Set<number>();
  const visit = (object: PdfObject, prefix: string, type: string | null, depth: number): void => {
    const ref = isRef(object) ? object : null;
    if (depth > MAX_DEPTH || nodes.length >= MAX_FIELDS) return;
    if (ref !== null && seen.has(ref.number)) return;
    if (ref !== null) seen.add(ref.number);
    const dict = document.resolve(object);
    if (!isDict(dict)) return;
    const own = document.entry(dict, 'FT');
    const kind = isName(own) ? own.value : type;
    const part = textOf(document.entry(dict, 'T'));
    const name = part === null ? prefix : prefix === '' ? part : `${prefix}.${part}`;
    nodes.push({ name, type: kind, ref, dict, named: part !== null });
    for (const kid of document.arrayEntry(dict, 'Kids') ?? []) visit(kid, name, kind, depth + 1);
  };
  for (const field of form === null ? [] : (document.arrayEntry(form, 'Fields') ?? []))
    visit(field, '', null, 0);
  return nodes;
}
