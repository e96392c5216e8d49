/**
 * The enterprise certificate before it is used: what would otherwise be an unreadable handshake failure is
 * said here in a code of its own, whose sentence a clerk understands.
 */
import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { certificateFacts } from './certificate-facts.ts';
import type { Environment } from './environments.ts';
import { allowedAuthorities } from './server-trust.ts';

export interface EnterpriseCredentials {
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, nearest issuer first. */
  readonly chain: readonly Uint8Array[];
  readonly privateKey: KeyObject;
}

/** Days before the end at which the answer says so. */
const SOON = 45;

/**
 * Who the certificate is of, and how many days it has left where they are few. Fails with
 * `posten.certificate-unreadable`, `-expired`, `-not-yet-valid`, `-not-rsa`, `-weak`, `-no-organisation`,
 * `-cannot-sign`, `-cannot-authenticate`, `-other-key` or `-wrong-environment`.
 */
export function checkEnterpriseCertificate(
  credentials: EnterpriseCredentials,
  context: {
    readonly now: Date;
    readonly environment: Environment;
    /** DER of the environment's authorities; absent: its issuer is not checked. */
    readonly authorities?: readonly Uint8Array[];
  },
): Result<{
  readonly organisation: string;
  readonly name: string;
  readonly daysLeft: number | null;
}> {
  const facts = certificateFacts(credentials.certificate);
  const node = parsed(credentials.certificate);
  if (facts === null || node === null)
    return fail('posten.certificate-unreadable', 'The enterprise certificate is not readable.');
  const until = { until: facts.notAfter.toISOString().slice(0, 10) };
  if (context.now > facts.notAfter)
    return fail('posten.certificate-expired', 'The enterprise certificate has expired.', until);
  if (context.now < facts.notBefore)
    return fail(
      'posten.certificate-not-yet-valid',
      'The enterprise certificate is not valid yet.',
      {
        from: facts.notBefore.toISOString().slice(0, 10),
      },
    );
  const { asymmetricKeyType, asymmetricKeyDetails } = node.publicKey;
  if (asymmetricKeyType !== 'rsa')
    return fail('posten.certificate-not-rsa', 'The enterprise certificate has no RSA key.');
  if ((asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    return fail('posten.certificate-weak', 'The enterprise certificate’s key is too short.');
  if (facts.organisation === null)
    return fail('posten.certificate-no-organisation', 'The certificate names no organisation.');
  if (facts.maySign !== true)
    return fail('posten.certificate-cannot-sign', 'The certificate may not be used to sign.');
  if (facts.mayAuthenticate === false)
    return fail('posten.certificate-cannot-authenticate', 'The certificate may not authenticate.');
  if (!node.checkPrivateKey(credentials.privateKey))
    return fail('posten.certificate-other-key', 'The private key is of another certificate.');
  if (!issuedHere(node, credentials, context))
    return fail(
      'posten.certificate-wrong-environment',
      'The enterprise certificate is not from an issuer of this environment.',
      { environment: context.environment.name },
    );
  const days = Math.floor((facts.notAfter.getTime() - context.now.getTime()) / 86_400_000);
  return ok({
    organisation: facts.organisation,
    name: facts.commonName,
    daysLeft: days <= SOON ? days : null,
  });
}

function parsed(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

function issuedHere(
  certificate: X509Certificate,
  { chain }: EnterpriseCredentials,
  context: { readonly environment: Environment; readonly authorities?: readonly Uint8Array[] },
): boolean {
  if (context.authorities === undefined) return true;
  const anchors = allowedAuthorities(context.environment, context.authorities);
  const between = chain.map(parsed).filter((each) => each !== null);
  let current = certificate;
  for (let depth = 0; depth < 5; depth++) {
    const issuedBy = (issuer: X509Certificate): boolean =>
      current.checkIssued(issuer) && current.verify(issuer.publicKey);
    if (anchors.some(issuedBy)) return true;
    const next = between.find((each) => each !== current && issuedBy(each));
    if (next === undefined) return false;
    current = next;
  }
  return false;
}
