/** The issuers of a certificate among others, as a signature carries them. */
import { X509Certificate } from 'node:crypto';
import type { CertificateBody } from '../core/cms/certificate-body.ts';
import { equalBytes } from '../core/cms/der-writing.ts';

type Body = Pick<CertificateBody, 'der' | 'subject' | 'issuer'>;

/**
 * In order, nearest first. The root is left out: whoever verifies must have it already, and every
 * signature would carry it.
 */
export function chainOf<B extends Body>(leaf: B, bodies: readonly B[]): readonly B[] {
  const chain: B[] = [];
  for (let current = leaf; !selfIssued(current);) {
    const issuer = bodies.find((body) => issued(body, current));
    if (issuer === undefined || selfIssued(issuer) || chain.includes(issuer)) break;
    chain.push(issuer);
    current = issuer;
  }
  return chain;
}

function selfIssued(body: Body): boolean {
  return equalBytes(body.subject, body.issuer);
}

/** By name, and by key where several certificates of one authority are there. */
function issued(issuer: Body, subject: Body): boolean {
  if (!equalBytes(issuer.subject, subject.issuer)) return false;
  try {
    const publicKey = new X509Certificate(issuer.der).publicKey;
    return new X509Certificate(subject.der).verify(publicKey);
  } catch {
    return false;
  }
}
