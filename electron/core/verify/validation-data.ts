/** The document security store (EN 319 142-1, 5.4.2): certificates and revocation data for validators. */
import type { Certificate } from '../cms/certificate.ts';
import { Refusal } from '../../../shared/result.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { isDict, isStream } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';
import type { CertificateReader } from '../trust/certificates.ts';

export interface ValidationData {
  readonly present: boolean;
  readonly certificates: readonly Certificate[];
  /** How many OCSP answers and revocation lists there are. */
  readonly revocations: number;
}

const MAX_ENTRIES = 512;
const MAX_CERTIFICATE = 1 << 20;

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
  yield* streams(document, store, 'Certs');
  const vri = document.dictEntry(store, 'VRI');
  for (const entry of [...(vri?.entries.values() ?? [])].slice(0, MAX_ENTRIES)) {
    const related = document.resolve(entry);
    if (isDict(related)) yield* streams(document, related, 'Cert');
  }
}

function* streams(document: PdfDocument, from: PdfDict, key: string): Generator<Uint8Array> {
  for (const item of (document.arrayEntry(from, key) ?? []).slice(0, MAX_ENTRIES)) {
    const stream = document.resolve(item);
    if (!isStream(stream)) continue;
    try {
      const bytes = document.decode(stream);
      if (bytes.length <= MAX_CERTIFICATE) yield bytes;
    } catch (error) {
      // One that cannot be unpacked proves nothing, and takes nothing away.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
