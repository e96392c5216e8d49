/** The document security store (EN 319 142-1, 5.4.2): certificates and revocation data for validators. */
import type { Certificate } from '../cms/certificate.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { isDict, isStream } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';
import { unpacked } from './unpacked.ts';
import type { CertificateReader } from '../trust/certificates.ts';

export interface ValidationData {
  readonly present: boolean;
  readonly certificates: readonly Certificate[];
  /** How many OCSP answers and revocation lists there are. */
  readonly revocations: number;
}

const MAX_ENTRIES = 512;
/** Unpacked bytes of all of them; what unpacks to more is no store of certificates. */
const MAX_BYTES = 16 << 20;

/** Reads /DSS of the revision; nothing in it is trusted for being there. */
export function readValidationData(document: PdfDocument, read: CertificateReader): ValidationData {
  const store = document.dictEntry(document.catalog, 'DSS');
  if (store === null) return { present: false, certificates: [], revocations: 0 };
  const count = (key: string): number => document.arrayEntry(store, key)?.length ?? 0;
  return {
    present: true,
    certificates: read(certificatesOf(document, store)),
    revocations: count('OCSPs') + count('CRLs'),
  };
}

function* certificatesOf(document: PdfDocument, store: PdfDict): Generator<Uint8Array> {
  const budget = { left: MAX_BYTES };
  yield* streams(document, store, 'Certs', budget);
  const vri = document.dictEntry(store, 'VRI');
  for (const entry of [...(vri?.entries.values() ?? [])].slice(0, MAX_ENTRIES)) {
    const related = document.resolve(entry);
    if (isDict(related)) yield* streams(document, related, 'Cert', budget);
  }
}

function* streams(
  document: PdfDocument,
  from: PdfDict,
  key: string,
  budget: { left: number },
): Generator<Uint8Array> {
  for (const item of (document.arrayEntry(from, key) ?? []).slice(0, MAX_ENTRIES)) {
    const stream = document.resolve(item);
    if (!isStream(stream)) continue;
    if (budget.left <= 0) return;
    const bytes = unpacked(document, stream);
    budget.left -= bytes?.length ?? MAX_BYTES;
    if (bytes !== null && budget.left > 0) yield bytes;
  }
}
