/** Which certificates of a card are for signing, and what keeps each from it. Pure. */
import type { CardCertificateView } from '../../../shared/card.ts';
import { parseCertificate, type Certificate } from '../../core/cms/certificate.ts';
import type { SignatureScheme } from '../../core/ports.ts';
import { chainOf } from '../certificate-chain.ts';
import { schemesOn } from './mechanisms.ts';
import type { Token, TokenCertificate } from './protocol.ts';
import { fingerprint } from './fingerprint.ts';

export interface CardCertificate {
  readonly view: CardCertificateView;
  readonly certificate: Certificate;
  /** DER, nearest first, without the root. */
  readonly chain: readonly Uint8Array[];
  readonly schemes: readonly SignatureScheme[];
}

/** Certificates of persons on this token, those that can sign first; authorities only build chains. */
export function certificatesOf(
  token: Token,
  anchors: readonly Certificate[],
  now: Date,
): readonly CardCertificate[] {
  const parsed = token.certificates.flatMap((one) => {
    const certificate = parseCertificate(one.der);
    return certificate.ok ? [{ one, certificate: certificate.value }] : [];
  });
  const all = parsed.map(({ certificate }) => certificate);
  return parsed
    .filter(({ certificate }) => certificate.basicConstraints?.ca !== true)
    .map(({ one, certificate }) => describe(one, certificate, [...all, ...anchors], token, now))
    .sort((a, b) => rank(a.view) - rank(b.view));
}

/** nonRepudiation first (RFC 5280, 4.2.1.3): cards keep one key for signing and one for logging in. */
function rank({ problem, forSigning }: CardCertificateView): number {
  return (problem === null ? 0 : 2) + (forSigning ? 0 : 1);
}

function describe(
  one: TokenCertificate,
  certificate: Certificate,
  pool: readonly Certificate[],
  token: Token,
  now: Date,
): CardCertificate {
  const bodies = [certificate, ...pool].map((each) => ({
    der: each.der,
    subject: each.subject.der,
    issuer: each.issuer.der,
    name: each.commonName,
  }));
  const leaf = bodies[0];
  const chain = leaf === undefined ? [] : chainOf(leaf, bodies.slice(1));
  const schemes = schemesOn(certificate.key, token.mechanisms);
  return {
    certificate,
    schemes,
    chain: chain.map(({ der }) => der),
    view: {
      id: fingerprint(one.der),
      name: certificate.commonName,
      issuer: issuerName(certificate),
      serial: certificate.serial,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
      algorithm: algorithmOf(certificate),
      chain: chain.map(({ name }) => name),
      forSigning: certificate.keyUsage?.includes('nonRepudiation') ?? true,
      alwaysAuthenticate: one.alwaysAuthenticate,
      problem: problemOf(one, certificate, schemes, now),
    },
  };
}

export function issuerName({ issuer }: Pick<Certificate, 'issuer'>): string {
  const named = issuer.attributes.find(({ oid }) => oid === '2.5.4.3');
  return named?.value ?? issuer.text;
}

export function algorithmOf({ key }: Pick<Certificate, 'key'>): string {
  return `${key.type.toUpperCase()} ${key.curve ?? key.bits}`;
}

/** Whether it may sign by what it says, and for how long; also of a key file's certificate. */
export function certificateProblem(
  certificate: Pick<Certificate, 'keyUsage' | 'notBefore' | 'notAfter'>,
  now: Date,
): string | null {
  const { keyUsage } = certificate;
  if (
    keyUsage !== null &&
    !keyUsage.includes('nonRepudiation') &&
    !keyUsage.includes('digitalSignature')
  )
    return 'card.not-for-signing';
  if (now < certificate.notBefore) return 'card.certificate-not-yet-valid';
  return now > certificate.notAfter ? 'card.certificate-expired' : null;
}

function problemOf(
  one: TokenCertificate,
  certificate: Certificate,
  schemes: readonly SignatureScheme[],
  now: Date,
): string | null {
  // Without an id no key can be told to be its own.
  if (one.id === '') return 'card.no-key';
  if (schemes.length === 0) return 'card.cannot-sign';
  return certificateProblem(certificate, now);
}
