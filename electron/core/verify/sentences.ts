/** The verdict in plain English: who, unchanged, trusted, when, and what to do next. */
import type {
  Changes,
  Indication,
  Qualification,
  RevocationStatus,
  SignatureKind,
} from '../../../shared/report.ts';
import { revocationText } from './revocation-text.ts';
import type { Objection } from './verdict.ts';

export interface Verdict {
  readonly kind: SignatureKind;
  /** What a person calls the signer; empty where there is no certificate. */
  readonly name: string;
  readonly objection: Objection | null;
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly trial: boolean;
  readonly revocation: RevocationStatus;
  readonly revokedAt?: Date | null;
  readonly revocationProblem?: string | null;
  readonly revocationAsOf?: Date | null;
  readonly changes: Changes;
  readonly qualification?: Qualification | null;
  /** The sentence of the gravest change. */
  readonly gravestChange: string | null;
  readonly claimedTime: string | null;
  readonly bestTime: string | null;
  /** What is wrong with the signature's own timestamp, if anything. */
  readonly timestampProblem: string | null;
}

/** One sentence for one signature. */
export function signatureSentence(verdict: Verdict): string {
  const { objection } = verdict;
  const parts = [who(verdict), unchanged(verdict), trusted(verdict), when(verdict)];
  const rank = qualified(verdict);
  if (rank !== null) parts.push(rank);
  if (objection !== null && !alreadySaid(objection)) parts.push(objection.problem);
  const next = whatNext(verdict);
  if (next !== null) parts.push(next);
  return `${parts.join('; ')}.`;
}

/** Said by another part of the sentence already. */
function alreadySaid(objection: Objection): boolean {
  return ['HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'TRY_LATER'].includes(objection.subIndication);
}

function who({ kind, name: known, trial }: Verdict): string {
  const name = known === '' ? 'somebody unknown' : known;
  const self = trial ? ' (a trial seal that proves nothing)' : '';
  switch (kind) {
    case 'timestamp':
      return `A timestamp by ${name}${self}`;
    case 'certification':
      return `Certified by ${name}${self}`;
    case 'signature':
      return `Signed by ${name}${self}`;
  }
}

function unchanged({ intact, objection, changes, gravestChange }: Verdict): string {
  if (!intact)
    return objection?.subIndication === 'HASH_FAILURE'
      ? 'the signed bytes have been changed'
      : 'it cannot be said that the signed bytes are unchanged';
  const gravest = gravestChange === null ? '' : ` (${gravestChange.replace(/\.$/, '')})`;
  switch (changes) {
    case 'none':
      return 'the document is unchanged since';
    case 'allowed':
      return 'what was added since is allowed';
    case 'visible':
      return `something visible was added since${gravest}`;
    case 'forbidden':
      return `the document was changed in a way that is not allowed${gravest}`;
  }
}

function trusted(verdict: Verdict): string {
  const { trusted: isTrusted, revocation, revokedAt = null, revocationProblem = null } = verdict;
  const { revocationAsOf: asOf = null } = verdict;
  if (!isTrusted && revocation !== 'revoked') return 'the certificate is not trusted here';
  const when = revokedAt === null ? '' : ` at ${revokedAt.toISOString()}`;
  const why = revocationProblem === null ? '' : ` (${revocationText(revocationProblem)})`;
  switch (revocation) {
    case 'good':
      if (asOf !== null)
        return `the certificate is trusted and was not revoked as far as was known on ${asOf.toISOString().slice(0, 10)}, when the timestamp was made`;
      return revokedAt === null
        ? 'the certificate is trusted and was not revoked'
        : `the certificate is trusted and was revoked only afterwards,${when}`;
    case 'no-source':
      return 'the certificate is trusted and names no place where revocation could be checked';
    case 'not-checked':
      return `the certificate is trusted but revocation was not checked${why}`;
    case 'unknown':
      return `the certificate is trusted but nobody could say whether it has been revoked${why}`;
    case 'revoked':
      return `the certificate was revoked${when}`;
  }
}

/** Said only where certificate and trusted list say so, and nothing else speaks against it. */
function qualified({ qualification = null, objection }: Verdict): string | null {
  if (qualification === null || objection !== null) return null;
  const { level, of, provider, territory } = qualification;
  const source = provider === undefined ? '' : ` (${provider}, by the list of ${territory ?? ''})`;
  switch (level) {
    case 'qualified':
      return `it is a qualified ${of ?? 'signature'}${source}`;
    case 'advanced-qc':
      return `its certificate is qualified, its device is not${source}`;
    case 'open':
      return `whether it is qualified depends on what the list does not tell${source}`;
    case 'not-qualified':
      return 'it is not a qualified one by the trusted lists';
  }
}

function when({ kind, claimedTime, bestTime, timestampProblem }: Verdict): string {
  if (bestTime !== null)
    return kind === 'timestamp'
      ? `it proves that the document existed at ${bestTime}`
      : `a timestamp proves that it existed at ${bestTime}`;
  if (timestampProblem !== null) return `its timestamp proves nothing: ${timestampProblem}`;
  return claimedTime === null
    ? 'nothing says when'
    : `the signer’s clock said ${claimedTime}, which nothing proves`;
}

function whatNext({ objection, changes }: Verdict): string | null {
  switch (objection?.subIndication) {
    case undefined:
      return null;
    case 'NO_CERTIFICATE_CHAIN_FOUND':
      return 'give the issuer’s certificate as trusted if you have it from a source you trust';
    case 'TRY_LATER':
      return 'verify again while online';
    case 'HASH_FAILURE':
    case 'SIG_CRYPTO_FAILURE':
    case 'FORMAT_FAILURE':
      return 'do not rely on it, and ask the signer for the document as it was signed';
    case 'OUT_OF_BOUNDS_NO_POE':
    case 'REVOKED_NO_POE':
      return 'a copy with a timestamp would settle it';
    default:
      return changes === 'visible' ? 'look at what was added before you rely on it' : null;
  }
}

/** One sentence for the document. */
export function documentSentence(
  indication: Indication,
  signatures: readonly {
    readonly kind: SignatureKind;
    readonly signer: string;
    readonly indication: Indication;
  }[],
  anomalies: readonly string[],
): string {
  const people = signatures.filter(({ kind }) => kind !== 'timestamp');
  const count = `${signatures.length} ${signatures.length === 1 ? 'signature' : 'signatures'}`;
  switch (indication) {
    case 'NO-SIGNATURE':
      return 'This document bears no signature, so nothing in it is proven.';
    case 'TOTAL-PASSED': {
      const names = [...new Set(people.map(({ signer }) => signer))].join('; ');
      return names === ''
        ? `The timestamps of this document are valid: it has existed unchanged since the first of them.`
        : `Every signature of this document is valid (${count}), and it has not been changed in any way that is not allowed: ${names}.`;
    }
    case 'INDETERMINATE':
    case 'TOTAL-FAILED': {
      const bad = signatures.filter((signature) => signature.indication === indication).length;
      const judged = indication === 'TOTAL-FAILED' ? 'not valid' : 'neither proven nor disproven';
      if (bad === 0)
        return `The signatures of this document may be valid, but its structure can be read in more than one way (${anomalies[0] ?? 'damaged'}): ask for the document as it was signed.`;
      return `${bad} of ${count} in this document ${bad === 1 ? 'is' : 'are'} ${judged}: see each of them for why and what to do.`;
    }
  }
}
