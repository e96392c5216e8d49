/** Writes the document security store (ISO 32000-2, 12.8.4.3; EN 319 142-1, 5.4.2). */
import type { Result } from '../../../shared/result.ts';
import { attempt } from '../../../shared/result.ts';
import { equalBytes } from '../cms/der-writing.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { withEntries } from '../pdf/fields.ts';
import { dict, isRef, isStream, name, stream } from '../pdf/objects.ts';
import type { PdfDict, PdfObject } from '../pdf/objects.ts';
import { beginUpdate } from '../pdf/update.ts';
import type { Random } from '../ports.ts';
import { refuseDamaged } from './permission.ts';

/** DER of each; answers are whole OCSPResponses. */
export interface ValidationMaterial {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/**
 * The tail of a revision that adds what the store does not hold yet; null where it holds all of it. What
 * stands there stays, VRI too, which is read and never written (EN 319 142-1 advises against it).
 * Fails with `pdf.damaged`.
 */
export function addValidationData(
  document: PdfDocument,
  material: ValidationMaterial,
  ports: { readonly random: Random },
): Result<Uint8Array | null> {
  return attempt(() => {
    const update = beginUpdate(document, ports);
    const known = document.catalog.entries.get('DSS');
    const store = document.dictEntry(document.catalog, 'DSS') ?? dict({ Type: name('DSS') });
    const changes = new Map<string, PdfObject>();
    for (const [key, ders] of [
      ['Certs', material.certificates],
      ['OCSPs', material.ocsps],
      ['CRLs', material.crls],
    ] as const) {
      const before = document.arrayEntry(store, key) ?? [];
      const fresh = unknownOf(document, before, ders);
      if (fresh.length === 0) continue;
      const added = fresh.map((der) => update.add(stream(dict({ Length: der.length }), der)));
      changes.set(key, [...before, ...added]);
    }
    if (changes.size === 0) return null;
    const next = withEntries(store, Object.fromEntries(changes));
    if (isRef(known)) update.set(known, next);
    else update.set(document.catalogRef, catalogWith(document.catalog, update.add(next)));
    refuseDamaged(document);
    return update.build().tail;
  });
}

function catalogWith(catalog: PdfDict, store: PdfObject): PdfDict {
  return withEntries(catalog, { DSS: store });
}

/** Those that no stream of the array holds, each once. */
function unknownOf(
  document: PdfDocument,
  before: readonly PdfObject[],
  ders: readonly Uint8Array[],
): readonly Uint8Array[] {
  const held = before.flatMap((item) => {
    const object = document.resolve(item);
    return isStream(object) ? [document.decode(object)] : [];
  });
  const fresh: Uint8Array[] = [];
  for (const der of ders)
    if (![...held, ...fresh].some((other) => equalBytes(other, der))) fresh.push(der);
  return fresh;
}
