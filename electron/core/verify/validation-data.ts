/** The document security store (EN 319 142-1, 5.4.2): certificates and revocation data for validators. */
import type { Certificate } from '../cms/certificate.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { isDict, isStream } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';
import type { RevocationEvidence } from '../ports.ts';
import { unpacked } from './unpacked.ts';
import type { CertificateReader } from '../trust/certificates.ts';

export interface ValidationData {
  readonly present: boolean;
  readonly certificates: readonly Certificate[];
  /** OCSP answers and revocation lists. */
  readonly evidence: readonly RevocationEvidence[];
  /** False where something in it could not be read, or was too much: it may have spoken against the signer. */
  readonly complete: boolean;
}

const MAX_ENTRIES = 512;
/** Unpacked bytes of all of them; what unpacks to more is no store of certificates. */
const MAX_BYTES = 16 << 20;
/** Revocation lists are larger than everything else. */
const MAX_LIST_BYTES = 64 << 20;

interface Unread {
  count: number;
}

/** Reads /DSS of the revision; nothing in it is trusted for being there. */
export function readValidationData(document: PdfDocument, read: CertificateReader): ValidationData {
  const store = document.dictEntry(document.catalog, 'DSS');
  if (store === null) return { present: false, certificates: [], evidence: [], complete: true };
  const unread: Unread = { count: 0 };
  const certificates = read(stored(document, store, ['Certs', 'Cert'], MAX_BYTES, unread));
  const evidence = readEvidence(document, store, unread);
  return { present: true, certificates, evidence, complete: unread.count === 0 };
}

function readEvidence(
  document: PdfDocument,
  store: PdfDict,
  unread: Unread,
): readonly RevocationEvidence[] {
  return [
    ...[...stored(document, store, ['OCSPs', 'OCSP'], MAX_BYTES, unread)].map(
      (der) => ({ type: 'ocsp', der }) as const,
    ),
    ...[...stored(document, store, ['CRLs', 'CRL'], MAX_LIST_BYTES, unread)].map(
      (der) => ({ type: 'crl', der }) as const,
    ),
  ];
}

/** What stands in the store under the first key, and in its VRI dictionaries under the second. */
function* stored(
  document: PdfDocument,
  store: PdfDict,
  [own, related]: readonly [string, string],
  most: number,
  unread: Unread,
): Generator<Uint8Array> {
  const budget = { left: most, seen: new Set<unknown>(), unread };
  yield* streams(document, store, own, budget);
  const vri = document.dictEntry(store, 'VRI');
  for (const entry of [...(vri?.entries.values() ?? [])].slice(0, MAX_ENTRIES)) {
    const one = document.resolve(entry);
    if (isDict(one)) yield* streams(document, one, related, budget);
  }
}

function* streams(
  document: PdfDocument,
  from: PdfDict,
  key: string,
  budget: { left: number; readonly seen: Set<unknown>; readonly unread: Unread },
): Generator<Uint8Array> {
  const items = document.arrayEntry(from, key) ?? [];
  if (items.length > MAX_ENTRIES) budget.unread.count += 1;
  for (const item of items.slice(0, MAX_ENTRIES)) {
    const stream = document.resolve(item);
    // A signature's own dictionary repeats what stands in the store.
    if (!isStream(stream) || budget.seen.has(stream)) continue;
    budget.seen.add(stream);
    const bytes = unpacked(document, stream, budget.left);
    if (bytes === null) budget.unread.count += 1;
    budget.left -= bytes?.length ?? 0;
    if (bytes !== null) yield bytes;
  }
}
