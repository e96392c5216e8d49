/** Certificates out of DER, each parsed once. */
import { parseCertificate } from '../cms/certificate.ts';
import type { Certificate } from '../cms/certificate.ts';
import { latin1Text } from '../pdf/chars.ts';

/** Certificates of one pool that are looked at. */
export const MAX_CERTIFICATES = 512;

/** Those among `ders` that are certificates, without duplicates. */
export type CertificateReader = (ders: Iterable<Uint8Array>) => Certificate[];

/**
 * A reader that remembers what it has read: the signatures of one file carry the same chain again and
 * again, and parsing costs more than verifying.
 */
export function createCertificateReader(): CertificateReader {
  const known = new Map<string, Certificate | null>();
  return (ders) => {
    const found = new Set<Certificate>();
    for (const der of ders) {
      if (found.size >= MAX_CERTIFICATES) break;
      const key = latin1Text(der);
      let certificate = known.get(key);
      if (certificate === undefined) {
        const parsed = parseCertificate(der);
        certificate = parsed.ok ? parsed.value : null;
        known.set(key, certificate);
      }
      if (certificate !== null) found.add(certificate);
    }
    return [...found];
  };
}
