/** Whether an OCSP answer is to be believed (RFC 6960, 3.2 and 4.2.2.2), each refusal by its own name. */
import { parseCertificate } from '../cms/certificate.ts';
import type { Certificate } from '../cms/certificate.ts';
import { equalBytes } from '../cms/der-writing.ts';
import { keyPurposes } from '../cms/extension-names.ts';
import type { Crypto, Revocation, RevocationQuestion } from '../ports.ts';
import { workingKeyOf } from './inherited-key.ts';
import { sameName } from './names.ts';
import type { OcspResponse, SingleResponse } from './ocsp.ts';
import { issuerHashes } from './ocsp-request.ts';
import { namesRevocationSource } from './revocation.ts';
import { CLOCK_SKEW, saysNothing, timeProblem } from './revocation-times.ts';
import { keyEnd, overEnd, schemeEnd } from './strength.ts';
import type { End, Strength } from './strength.ts';

export type OcspProblem =
  | 'ocsp.malformed'
  | 'ocsp.refused'
  | 'ocsp.other-issuer'
  | 'ocsp.other-certificate'
  | 'ocsp.unauthorised-responder'
  | 'ocsp.expired-responder'
  | 'ocsp.revoked-responder'
  | 'ocsp.unchecked-responder'
  | 'ocsp.wrong-signature'
  | 'ocsp.unknown-algorithm'
  | 'ocsp.unknown-extension'
  | 'ocsp.weak'
  | 'ocsp.wrong-nonce'
  | 'ocsp.future'
  | 'ocsp.stale'
  | 'ocsp.after-expiry';

export interface OcspQuestion extends RevocationQuestion {
  /** When somebody looks. */
  readonly now: Date;
  /** When the answer is known to have existed: a timestamp's time, or now. */
  readonly provenAt: Date;
  /** What was asked with, where it was asked: an answer may leave it out, but not carry another. */
  readonly nonce?: Uint8Array;
  readonly strength: Strength | 'any';
}

export type OcspVerdict =
  | { readonly ok: true; readonly answer: SingleResponse }
  | { readonly ok: false; readonly problem: OcspProblem };

/** `ports.revocation` is asked about a delegated responder that has to be asked about. */
export async function judgeOcsp(
  response: OcspResponse,
  question: OcspQuestion,
  ports: { readonly crypto: Crypto; readonly revocation: Revocation },
): Promise<OcspVerdict> {
  const refused = (problem: OcspProblem): OcspVerdict => ({ ok: false, problem });
  const found = answerFor(response, question, ports.crypto);
  if (typeof found === 'string') return refused(found);
  if (response.scheme === null) return refused('ocsp.unknown-algorithm');
  if (isOver(question, ({ constraints }) => [schemeEnd(response.scheme, constraints)]))
    return refused('ocsp.weak');
  const signer = await signerProblem(response, question, ports);
  if (signer !== null) return refused(signer);
  if (response.unknownCritical.length + found.unknownCritical.length > 0)
    return refused('ocsp.unknown-extension');
  const { nonce, now, certificate } = question;
  if (nonce !== undefined && response.nonce !== null && !equalBytes(nonce, response.nonce))
    return refused('ocsp.wrong-nonce');
  if (response.producedAt.getTime() > now.getTime() + CLOCK_SKEW) return refused('ocsp.future');
  const time = timeProblem(found, question);
  if (time !== null) return refused(`ocsp.${time}`);
  if (
    found.status !== 'revoked' &&
    saysNothing(found.thisUpdate, certificate.notAfter, found.archiveCutoff)
  )
    return refused('ocsp.after-expiry');
  return { ok: true, answer: found };
}

/** Whether an algorithm that the answer rests on had come to its end when the answer is known to have existed. */
function isOver(
  { strength, provenAt }: OcspQuestion,
  ends: (strength: Strength) => readonly (End | null)[],
): boolean {
  return strength !== 'any' && overEnd(ends(strength), strength, () => provenAt) !== null;
}

/** The newest answer about the certificate, or why there is none. */
function answerFor(
  { responses }: OcspResponse,
  { certificate, issuers }: OcspQuestion,
  crypto: Crypto,
): SingleResponse | OcspProblem {
  const [issuer] = issuers;
  const ofIssuer = responses.filter(({ hash, issuerNameHash, issuerKeyHash }) => {
    if (hash === null || issuer === undefined) return false;
    const hashes = issuerHashes(hash, certificate, issuer, crypto);
    return (
      hashes !== null &&
      equalBytes(issuerNameHash, hashes.name) &&
      equalBytes(issuerKeyHash, hashes.key)
    );
  });
  if (ofIssuer.length === 0) return 'ocsp.other-issuer';
  const [newest] = ofIssuer
    .filter(({ serial }) => serial === certificate.serial)
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  return newest ?? 'ocsp.other-certificate';
}

/** Certificates of an answer that are looked at. */
const MAX_RESPONDERS = 16;

async function signerProblem(
  response: OcspResponse,
  question: OcspQuestion,
  ports: { readonly crypto: Crypto; readonly revocation: Revocation },
): Promise<OcspProblem | null> {
  const [issuer] = question.issuers;
  if (issuer === undefined || response.scheme === null) return 'ocsp.unauthorised-responder';
  const { crypto } = ports;
  const issuerKey = workingKeyOf(question.issuers);
  const verify = async (key: Uint8Array): Promise<OcspProblem | null> => {
    if (response.scheme === null) return 'ocsp.unknown-algorithm';
    const answer = await crypto.verify(response.scheme, key, response.tbs, response.signature);
    if (answer === 'valid') return null;
    return answer === 'invalid' ? 'ocsp.wrong-signature' : 'ocsp.unknown-algorithm';
  };
  if (isNamed(response, issuer, crypto)) {
    const problem = await verify(issuerKey);
    if (problem !== null) return problem;
    return question.provenAt > issuer.notAfter ? 'ocsp.expired-responder' : null;
  }
  let problem: OcspProblem | null = null;
  const carried = response.certificates.slice(0, MAX_RESPONDERS).flatMap((der) => {
    const parsed = parseCertificate(der);
    return parsed.ok ? [parsed.value] : [];
  });
  for (const responder of [...carried, ...question.pool]) {
    if (!isNamed(response, responder, crypto)) continue;
    // RFC 6960, 4.2.2.2: whom the issuer itself appointed, with the key it signs certificates with.
    problem =
      (await appointmentProblem(responder, issuer, issuerKey, question, crypto)) ??
      (await verify(responder.spki)) ??
      datesProblem(responder, response, question) ??
      (await revocationProblem(responder, question, ports.revocation));
    if (problem === null) return null;
  }
  return problem ?? 'ocsp.unauthorised-responder';
}

function isNamed(
  { responder }: OcspResponse,
  { subject, key }: Certificate,
  crypto: Crypto,
): boolean {
  if (responder.type === 'name') return sameName(subject, responder.name);
  // RFC 6960, 4.2.1: KeyHash is SHA-1, of the key's bits.
  const hash = crypto.hash('sha1')?.update(key.bytes).digest();
  return hash !== undefined && equalBytes(hash, responder.hash);
}

async function appointmentProblem(
  responder: Certificate,
  issuer: Certificate,
  issuerKey: Uint8Array,
  question: OcspQuestion,
  crypto: Crypto,
): Promise<OcspProblem | null> {
  const { scheme, tbs, signature, keyUsage, extendedKeyUsage, key } = responder;
  if (
    !sameName(responder.issuer, issuer.subject) ||
    extendedKeyUsage?.purposes.includes(keyPurposes.ocspSigning) !== true ||
    (keyUsage !== null &&
      !keyUsage.includes('digitalSignature') &&
      !keyUsage.includes('nonRepudiation')) ||
    responder.unknownCritical.length > 0 ||
    scheme === null ||
    (await crypto.verify(scheme, issuerKey, tbs, signature)) !== 'valid'
  )
    return 'ocsp.unauthorised-responder';
  const weak = isOver(question, ({ constraints }) => [
    schemeEnd(scheme, constraints),
    keyEnd(key, constraints),
    keyEnd(issuer.key, constraints),
  ]);
  return weak ? 'ocsp.weak' : null;
}

/** Valid when it answered, and still so when the answer is first known to have existed. */
function datesProblem(
  { notBefore, notAfter }: Certificate,
  { producedAt }: OcspResponse,
  { provenAt }: OcspQuestion,
): OcspProblem | null {
  const inside = producedAt >= notBefore && producedAt <= notAfter && provenAt <= notAfter;
  return inside ? null : 'ocsp.expired-responder';
}

/** RFC 6960, 4.2.2.2.1: not asked about with id-pkix-ocsp-nocheck, nor where nothing could be asked. */
async function revocationProblem(
  responder: Certificate,
  question: OcspQuestion,
  revocation: Revocation,
): Promise<OcspProblem | null> {
  if (responder.ocspNoCheck || !namesRevocationSource(responder)) return null;
  const within = [...(question.within ?? []), question.certificate];
  if (within.some(({ der }) => equalBytes(der, responder.der))) return 'ocsp.unchecked-responder';
  const { issuers, pool, at } = question;
  const answer = await revocation.check({ certificate: responder, issuers, pool, at, within });
  switch (answer.status) {
    case 'good':
    case 'no-source':
      return null;
    case 'revoked':
      return 'ocsp.revoked-responder';
    case 'unknown':
    case 'unreachable':
    case 'not-checked':
      return 'ocsp.unchecked-responder';
  }
}
