/** What the judges of signatures and of timestamps share. */
import type { Claim, Level, Qualification, RevocationStatus } from '../../../shared/report.ts';
import type { Certificate } from '../cms/certificate.ts';
import type { PdfDocument } from '../pdf/document.ts';
import type { TrustedServices } from '../trusted-lists/services.ts';
import type { CertificateReader } from '../trust/certificates.ts';
import type { Crypto, Revocation } from '../ports.ts';
import type { AnswerReader } from '../trust/revocation-evidence.ts';
import type { CryptoConstraints } from '../trust/strength.ts';
import type { ChangeSummary } from './changes/changes.ts';
import type { LocatedSignature } from './located.ts';
import type { ValidationData } from './validation-data.ts';
import type { Objection } from './verdict.ts';

export interface Case {
  readonly document: PdfDocument;
  /** Oldest first. */
  readonly located: readonly LocatedSignature[];
  readonly changesAfter: (revision: number) => ChangeSummary;
  readonly validation: ValidationData;
  /** The file can be read as two different documents. */
  readonly ambiguous: boolean;
  readonly anchors: readonly Certificate[];
  /** Null where no trusted list is given. */
  readonly services: TrustedServices | null;
  readonly seals: readonly Uint8Array[] | null;
  readonly at: Date;
  readonly read: CertificateReader;
  readonly readAnswer: AnswerReader;
  readonly constraints: CryptoConstraints;
}

export interface Ports {
  readonly crypto: Crypto;
  readonly revocation?: Revocation;
}

/** A document timestamp that proves, or at least soundly says, when the file's first `length` bytes existed. */
export interface TimeProof {
  readonly length: number;
  readonly time: Date;
  /** Its authority is trusted. */
  readonly proves: boolean;
  /** The revision it stands in already had validation data. */
  readonly overValidationData: boolean;
  /** Where its own bytes end: what is signed after that was signed later. */
  readonly end: number;
  /** Digests of the revocation data that stood in the file with it (`evidenceKey`). */
  readonly evidence: ReadonlySet<string>;
  /** The certificates of that store. */
  readonly certificates: ReadonlySet<Certificate>;
}

/** One signature, judged by itself: before what came after it is weighed in. */
export interface Judged {
  readonly objections: readonly Objection[];
  readonly intact: boolean;
  readonly trusted: boolean;
  readonly certificate: Certificate | null;
  readonly revocation: RevocationStatus;
  /** When its certificate was revoked, whether or not that was after the signature. */
  readonly revokedAt: Date | null;
  /** Why an answer about revocation was not used (`ocsp.stale`), where none settled it. */
  readonly revocationProblem: string | null;
  /** Of a timestamp: nobody could be asked since then. */
  readonly revocationAsOf: Date | null;
  readonly qualification: Qualification | null;
  readonly level: Level;
  readonly bestTime: Date | null;
  readonly timestampProblem: string | null;
  readonly claim: Claim | null;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
}

/** Something that could not be read far enough to be judged. */
export function unjudged(objection: Objection): Judged {
  return {
    objections: [objection],
    intact: false,
    trusted: false,
    certificate: null,
    revocation: 'not-checked',
    revokedAt: null,
    revocationProblem: null,
    revocationAsOf: null,
    qualification: null,
    level: 'CMS',
    bestTime: null,
    timestampProblem: null,
    claim: null,
    digestAlgorithm: '',
    signatureAlgorithm: '',
  };
}

/** The earliest proven time of bytes up to `end`, or null. */
export function provenTime(proofs: readonly TimeProof[], end: number): Date | null {
  return proofs
    .filter(({ length, proves }) => proves && length >= end)
    .reduce<Date | null>(
      (first, { time }) => (first === null || time < first ? time : first),
      null,
    );
}
