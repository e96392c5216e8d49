/** Every signature of a file: those in its fields, and those that hide elsewhere. */
import type { PdfDocument } from '../pdf/document.ts';
import { Refusal } from '../../../shared/result.ts';
import { isDict, isName, isRef, isString } from '../pdf/objects.ts';
import type { PdfDict, PdfRef } from '../pdf/objects.ts';
import type { SignatureKind } from '../../../shared/report.ts';
import { equalBytes } from '../cms/der-writing.ts';
import { isInvisible } from './changes/geometry.ts';
import { generationOf } from './changes/roles.ts';
import { signatureFields } from './field-tree.ts';
import { oddity } from './oddity.ts';
import type { Oddity } from './oddity.ts';
import { pageIndexes } from './page-indexes.ts';
import { certification } from './policy.ts';

/** A signature dictionary that some field has as its value. */
export interface FoundSignature {
  readonly field: string;
  readonly fieldDict: PdfDict;
  readonly dict: PdfDict;
  /** Number of the indirect object the dictionary stands in. */
  readonly holder: number | null;
  readonly kind: SignatureKind;
  readonly subFilter: string;
  /** 0-based page of the visible mark; null where there is none. */
  readonly page: number | null;
}

/** A signature dictionary that no field leads to, in the revision that wrote it. */
export interface Stray {
  readonly revision: number;
  readonly oddity: Oddity;
}

export interface Findings {
  readonly signatures: readonly FoundSignature[];
  readonly anomalies: readonly Oddity[];
  /** Something that makes the list of signatures another one for another reader. */
  readonly ambiguities: readonly Oddity[];
  readonly strays: readonly Stray[];
}

/** Real files stay below a hundred; each costs a look at its certificates. */
const MAX_SIGNATURES = 1_000;
// More objects than this in the first revision are not searched for stray signatures.
const MAX_SEARCHED = 5_000;

/** Finds them in the newest revision, in the order of the field tree; `pdf.limit` past a thousand. */
export function findSignatures(document: PdfDocument): Findings {
  const anomalies: Oddity[] = [];
  const ambiguities: Oddity[] = [];
  const signatures: FoundSignature[] = [];
  const holders = new Map<number, PdfDict>();
  let pages: ReadonlyMap<number, number> | null = null;
  const pageOf = (field: PdfDict): number | null => {
    pages ??= pageIndexes(document);
    return markPage(document, field, pages);
  };
  for (const { name, ref, dict: fieldDict } of signatureFields(document)) {
    const raw = fieldDict.entries.get('V');
    const value = document.resolve(raw);
    if (value === null) continue;
    if (!isDict(value)) {
      anomalies.push(oddity('signature.no-value', { field: name }));
      continue;
    }
    const holder = isRef(raw) ? raw.number : (ref?.number ?? null);
    if (holder !== null && holders.has(holder))
      ambiguities.push(oddity('signature.shared', { field: name }));
    if (holder !== null) holders.set(holder, value);
    const subFilter = document.entry(value, 'SubFilter');
    if (signatures.length >= MAX_SIGNATURES)
      throw new Refusal('pdf.limit', 'The file has more signatures than are verified.');
    signatures.push({
      field: name,
      fieldDict,
      dict: value,
      holder,
      kind: kindOf(document, value, isRef(raw) ? raw : null),
      subFilter: isName(subFilter) ? subFilter.value : '',
      page: pageOf(fieldDict),
    });
  }
  return { signatures, anomalies, ambiguities, strays: strays(document, holders) };
}

function kindOf(document: PdfDocument, signature: PdfDict, ref: PdfRef | null): SignatureKind {
  if (
    isName(document.entry(signature, 'Type'), 'DocTimeStamp') ||
    isName(document.entry(signature, 'SubFilter'), 'ETSI.RFC3161')
  )
    return 'timestamp';
  // ISO 32000-2, 12.8.2.2: a certification is named in /Perms and has the DocMDP transform.
  const permissions = document.dictEntry(document.catalog, 'Perms');
  const named = permissions?.entries.get('DocMDP');
  const isNamed = isRef(named) && ref !== null && named.number === ref.number;
  return isNamed && certification(document, signature) !== null ? 'certification' : 'signature';
}

function markPage(
  document: PdfDocument,
  field: PdfDict,
  pages: ReadonlyMap<number, number>,
): number | null {
  const kids = document.arrayEntry(field, 'Kids') ?? [];
  for (const candidate of [field, ...kids.map((kid) => document.resolve(kid))]) {
    if (!isDict(candidate) || !candidate.entries.has('Rect') || isInvisible(document, candidate))
      continue;
    const page = candidate.entries.get('P');
    const index = isRef(page) ? pages.get(page.number) : undefined;
    if (index !== undefined) return index;
  }
  return null;
}

/**
 * Signature dictionaries that no field leads to: left behind when a field was taken away, or hidden.
 * Looked for in what later revisions wrote, and in the first one where it is not large.
 */
function strays(document: PdfDocument, known: ReadonlyMap<number, PdfDict>): Stray[] {
  const found = new Map<number, Stray>();
  document.revisions.forEach((revision, index) => {
    if (index === 0 && revision.objects.size > MAX_SEARCHED) return;
    const view = document.at(index);
    const rights = usageRights(view);
    for (const number of revision.objects) {
      if (number === rights) continue;
      const generation = generationOf(view, number);
      const value = view.resolve({ kind: 'ref', number, generation });
      const signature = isDict(value) ? signatureIn(view, value) : null;
      if (signature === null) continue;
      const current = known.get(number);
      if (current !== undefined && sameSignature(current, signature)) continue;
      found.set(number, {
        revision: index,
        oddity: oddity('signature.stray', { object: number }),
      });
    }
  });
  return [...found.values()];
}

/** The signature that this object is, or carries as a field's direct value. */
function signatureIn(document: PdfDocument, value: PdfDict): PdfDict | null {
  if (looksSigned(document, value)) return value;
  const direct = value.entries.get('V');
  return isDict(direct) && looksSigned(document, direct) ? direct : null;
}

/** /ByteRange and /Contents, or a /Type that says so; an empty place for a signature is none. */
function looksSigned(document: PdfDocument, value: PdfDict): boolean {
  const contents = document.entry(value, 'Contents');
  if (!isString(contents) || contents.bytes.every((byte) => byte === 0)) return false;
  const type = document.entry(value, 'Type');
  return value.entries.has('ByteRange') || isName(type, 'Sig') || isName(type, 'DocTimeStamp');
}

/** What stood there earlier was another signature, unless it is byte for byte the one that stands there now. */
function sameSignature(current: PdfDict, earlier: PdfDict): boolean {
  const [a, b] = [current.entries.get('Contents'), earlier.entries.get('Contents')];
  return isString(a) && isString(b) && equalBytes(a.bytes, b.bytes);
}

/** ISO 32000-2, 12.8.6: usage rights are signed too, by Adobe, and in no field. */
function usageRights(document: PdfDocument): number | null {
  const permissions = document.dictEntry(document.catalog, 'Perms');
  const rights = permissions?.entries.get('UR3') ?? permissions?.entries.get('UR');
  return isRef(rights) ? rights.number : null;
}
