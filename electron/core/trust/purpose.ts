/** Whether a certificate's key may be used for what it was used for. */
import type { Certificate } from '../cms/certificate.ts';
import { keyPurposes } from '../cms/extension-names.ts';

/** `any`: only the chain counts. */
export type Purpose = 'signature' | 'timestamp' | 'any';

/** Purposes that speak of machines and services; a certificate with none but these signs no document. */
const NOT_FOR_DOCUMENTS: ReadonlySet<string> = new Set([
  keyPurposes.timeStamping,
  keyPurposes.ocspSigning,
  keyPurposes.codeSigning,
  // serverAuth
  '1.3.6.1.5.5.7.3.1',
]);

/** What forbids the purpose, as the rest of a sentence; null where nothing does. */
export function purposeProblem(certificate: Certificate, purpose: Purpose): string | null {
  const { keyUsage, extendedKeyUsage } = certificate;
  if (purpose === 'any') return null;
  // RFC 5280, 4.2.1.3.
  if (
    keyUsage !== null &&
    !keyUsage.includes('digitalSignature') &&
    !keyUsage.includes('nonRepudiation')
  )
    return 'its key may not be used for signatures';
  if (purpose === 'timestamp') {
    // RFC 3161, 2.3: exactly this purpose, and critical.
    const [only, second] = extendedKeyUsage?.purposes ?? [];
    return only === keyPurposes.timeStamping && second === undefined && extendedKeyUsage?.critical
      ? null
      : 'its certificate is not one of a timestamp authority';
  }
  const purposes = extendedKeyUsage?.purposes;
  return purposes !== undefined && purposes.every((oid) => NOT_FOR_DOCUMENTS.has(oid))
    ? 'its certificate is not meant for documents'
    : null;
}
