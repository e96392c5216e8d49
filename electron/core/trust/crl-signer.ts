/** Who may sign a revocation list, and whether they did (RFC 5280, 6.3.3 (f) and (g)). */
import type { Certificate } from '../cms/certificate.ts';
import type { Crypto, Revocation, RevocationQuestion } from '../ports.ts';
import type { Crl } from './crl.ts';
import { equalBytes } from '../cms/der-writing.ts';
import { workingKeyOf } from './inherited-key.ts';
import { sameName } from './names.ts';
import { validatePath } from './path.ts';
import { keyEnd, overEnd, schemeEnd } from './strength.ts';
import type { Strength } from './strength.ts';

export type SignerProblem =
  | 'crl.wrong-signature'
  | 'crl.unauthorised-signer'
  | 'crl.revoked-signer'
  | 'crl.expired-signer'
  | 'crl.unknown-algorithm'
  | 'crl.weak';

export interface SignerRules {
  /** When the list is known to have existed: a timestamp's time, or now. */
  readonly provenAt: Date;
  readonly strength: Strength | 'any';
}

/** Signers of one name that are tried. */
const MAX_SIGNERS = 8;

/**
 * Null where a certificate of the list's issuer signed it that may sign lists and leads to the anchor
 * of the question. `others` answers for the revocation of a signer outside the path.
 */
export async function signerProblem(
  crl: Crl,
  question: RevocationQuestion,
  rules: SignerRules,
  ports: { readonly crypto: Crypto; readonly revocation: Revocation },
): Promise<SignerProblem | null> {
  if (crl.scheme === null) return 'crl.unknown-algorithm';
  const { strength, provenAt } = rules;
  if (strength !== 'any') {
    const end = schemeEnd(crl.scheme, strength.constraints);
    if (overEnd([end], strength, () => provenAt) !== null) return 'crl.weak';
  }
  let problem: SignerProblem | null = null;
  for (const signer of signersOf(crl, question)) {
    const key = signer.chain === null ? signer.certificate.spki : workingKeyOf(signer.chain);
    const answer = await ports.crypto.verify(crl.scheme, key, crl.tbs, crl.signature);
    if (answer !== 'valid') {
      problem ??= answer === 'invalid' ? 'crl.wrong-signature' : 'crl.unknown-algorithm';
      continue;
    }
    const found = await authorityProblem(signer, question, rules, ports);
    if (found === null) return null;
    problem = found;
  }
  return problem ?? 'crl.unauthorised-signer';
}

interface Signer {
  readonly certificate: Certificate;
  /** From the signer to the anchor where it stands in the path of the question; null elsewhere. */
  readonly chain: readonly Certificate[] | null;
}

function signersOf(crl: Crl, question: RevocationQuestion): readonly Signer[] {
  const { issuers, pool } = question;
  const fits = ({ subject, subjectKeyId }: Certificate): boolean =>
    sameName(subject, crl.issuer) &&
    (crl.authorityKeyId === null ||
      subjectKeyId === null ||
      equalBytes(crl.authorityKeyId, subjectKeyId));
  const within = issuers.flatMap((certificate, i) =>
    fits(certificate) ? [{ certificate, chain: issuers.slice(i) }] : [],
  );
  const elsewhere = pool
    .filter((certificate) => fits(certificate) && !within.some((one) => same(one, certificate)))
    .map((certificate) => ({ certificate, chain: null }));
  return [...within, ...elsewhere].slice(0, MAX_SIGNERS);
}

function same({ certificate }: Signer, other: Certificate): boolean {
  return equalBytes(certificate.der, other.der);
}

async function authorityProblem(
  { certificate, chain }: Signer,
  question: RevocationQuestion,
  rules: SignerRules,
  ports: { readonly crypto: Crypto; readonly revocation: Revocation },
): Promise<SignerProblem | null> {
  const { keyUsage, key, notAfter } = certificate;
  if (keyUsage !== null && !keyUsage.includes('cRLSign')) return 'crl.unauthorised-signer';
  const { strength, provenAt } = rules;
  if (strength !== 'any') {
    const end = keyEnd(key, strength.constraints);
    if (overEnd([end], strength, () => provenAt) !== null) return 'crl.weak';
  }
  // A key outlives its certificate, not its protection: a list that nothing proves to be older is not believed.
  if (provenAt > notAfter) return 'crl.expired-signer';
  if (chain !== null) return null;
  const within = [...(question.within ?? []), question.certificate];
  // Its own list may speak of itself (RFC 5280, 6.3.3 leaves the circle open): the circle ends here.
  if (within.some((other) => equalBytes(other.der, certificate.der))) return null;
  const anchor = question.issuers[question.issuers.length - 1];
  if (anchor === undefined) return 'crl.unauthorised-signer';
  const path = await validatePath(
    {
      certificate,
      pool: [...question.issuers, ...question.pool],
      anchors: [anchor],
      at: question.at,
      purpose: 'any',
      within,
      strength,
    },
    ports,
  );
  if (!path.valid) return 'crl.unauthorised-signer';
  return path.revocation === 'good' || path.revocation === 'no-source'
    ? null
    : 'crl.revoked-signer';
}
