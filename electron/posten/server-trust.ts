/**
 * Whether it is the service that answers: its chain leads to an authority of the environment, and the
 * organisation number in its certificate is the service's. Its host name is not in the certificate.
 */
import { X509Certificate, createHash } from 'node:crypto';
import { certificateFacts } from './certificate-facts.ts';
import type { Environment } from './environments.ts';

/** Those of the given authorities that the environment lets vouch. Unreadable ones are left out. */
export function allowedAuthorities(
  { authorities: fingerprints }: Environment,
  given: readonly Uint8Array[],
): readonly X509Certificate[] {
  return given.flatMap((der) => {
    try {
      const certificate = new X509Certificate(der);
      const print = createHash('sha256').update(certificate.raw).digest('hex').toUpperCase();
      const allowed = fingerprints === null || fingerprints.some((each) => print.startsWith(each));
      return allowed ? [certificate] : [];
    } catch {
      return [];
    }
  });
}

/** For `checkServerIdentity`, which TLS calls after the chain has been found good. */
export function serverObjection(
  { serverOrganisation }: Environment,
  certificate: Uint8Array | undefined,
): Error | undefined {
  const found = certificate === undefined ? null : certificateFacts(certificate)?.organisation;
  if (found === serverOrganisation) return undefined;
  return new Error('The server’s certificate is of another organisation.');
}
