/** Every signature of a file: those in its fields, and those that hide elsewhere. */
import type { PdfDocument } from '../pdf/document.ts';
import { isArray, isDict, isName, isRef, isString } from '../pdf/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../pdf/objects.ts';
import type { SignatureKind } from '../../../shared/report.ts';
import { isInvisible } from './changes/geometry.ts';
import { signatureFields } from './field-tree.ts';
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

export interface Findings {
  readonly signatures: readonly FoundSignature[];
  readonly anomalies: readonly string[];
}

// More objects than this in the first revision are not searched for stray signatures.
const MAX_SEARCHED = 5_000;

/** Finds them in the newest revision, in the order of the field tree. */
export function findSignatures(document: PdfDocument): Findings {
  const anomalies: string[] = [];
  const signatures: FoundSignature[] = [];
  const holders = new Set<number>();
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
      anomalies.push(`The value of the signature field "${name}" is no signature.`);
      continue;
    }
    const holder = isRef(raw) ? raw.number : (ref?.number ?? null);
    if (holder !== null && holders.has(holder))
      anomalies.push(`Two fields share one signature: "${name}".`);
    if (holder !== null) holders.add(holder);
    const subFilter = document.entry(value, 'SubFilter');
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
  anomalies.push(...strays(document, holders));
  return { signatures, anomalies };
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
 * Looked for among what later revisions wrote, and in the first one where it is not large.
 */
function strays(document: PdfDocument, known: ReadonlySet<number>): string[] {
  const found = new Set<number>();
  document.revisions.forEach((revision, index) => {
    if (index === 0 && revision.objects.size > MAX_SEARCHED) return;
    const view = document.at(index);
    for (const number of revision.objects) {
      if (known.has(number) || found.has(number)) continue;
      const entry = view.xrefEntry(number);
      if (entry?.type !== 'offset') continue;
      const value = view.resolve({ kind: 'ref', number, generation: entry.generation });
      if (isDict(value) && looksSigned(value)) found.add(number);
      else if (isDict(value) && isName(value.entries.get('FT'), 'Sig')) {
        const direct = value.entries.get('V');
        if (isDict(direct) && looksSigned(direct)) found.add(number);
      }
    }
  });
  return [...found].map((number) => `A signature stands in no field (object ${number}).`);
}

function looksSigned(value: PdfDict): boolean {
  const range: PdfObject | undefined = value.entries.get('ByteRange');
  return isArray(range) && isString(value.entries.get('Contents'));
}
